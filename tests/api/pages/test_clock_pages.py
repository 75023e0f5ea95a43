"""One's own clock, the scanned code of a kiosk, places of punching, time clocks and who is in, as pages."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.organisation.kiosk_code import code_at
from scheduler.organisation.models import Kiosk, PlaceMode
from scheduler.organisation.punch_places import PlaceRule, rule_of, save_place
from scheduler.people.models import JobRole
from scheduler.timekeeping.models import PlaceDecision, Punch
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
FENCE = PlaceRule(PlaceMode.TELL, 52.2297, 21.0122, 150)
PLACE = {
    "mode": "tell",
    "latitude": "52.2297",
    "longitude": "21,0122",
    "radius_metres": "150",
    "networks": "203.0.113.0/24\n2001:db8::/32",
}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def ann(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["employee"].client(app)


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


def say(database: Database, world: World, rule: PlaceRule) -> None:
    with database.write(world.organisation_id) as session:
        save_place(session, world.here["location_id"], rule, actor="system")


def latest(database: Database, world: World) -> Punch:
    with database.read(world.organisation_id) as session:
        found = session.scalars(select(Punch).order_by(Punch.recorded_at.desc()).limit(1)).one()
        session.expunge(found)
        return found


def forklift(database: Database, world: World) -> str:
    """A job that is nobody's own."""
    with database.write(world.organisation_id) as session:
        role = JobRole(code="forklift", name="Forklift")
        session.add(role)
        session.flush()
        return str(role.id)


def form(page: str, **said: str) -> dict[str, str]:
    once = re.search(r'name="once" value="([^"]+)"', page)
    proof = re.search(r'name="kiosk_proof" value="([^"]*)"', page)
    assert once
    assert proof
    return {"once": once[1], "kiosk_proof": proof[1], **said}


def read(client: TestClient, path: str, **more: str) -> str:
    return html.unescape(client.get(path, headers=HTML, params=more).text)


def test_one_moves_to_another_job_and_the_page_says_where_one_is(
    ann: TestClient, sqlite_database: Database, world: World
):
    job, place = forklift(sqlite_database, world), str(world.there["location_id"])
    ann.post("/my/time/punches", data=form(read(ann, "/my/time"), kind="in"), headers=HTML)
    said = form(read(ann, "/my/time"), kind="transfer", job_role_id=job, location_id=place)
    assert ann.post("/my/time/punches", data=said).headers["location"] == "/my/time?done=transfer"
    page = read(ann, "/my/time", done="transfer")
    assert "You have moved." in page
    assert "Kometa THERE, as Forklift" in page
    kept = latest(sqlite_database, world)
    assert (str(kept.job_role_id), str(kept.location_id)) == (job, place)
    again = ann.post("/my/time/punches", data=said | {"once": "other"}, headers=HTML)
    assert again.status_code == 422
    assert "You work there in this job already" in again.text


def test_only_where_the_place_asks_a_browser_may_be_asked_and_why_is_said(
    ann: TestClient, sqlite_database: Database, world: World
):
    assert "data-asks-position" not in read(ann, "/my/time")
    say(sqlite_database, world, FENCE)
    answer = ann.get("/my/time", headers=HTML)
    assert "geolocation=(self)" in answer.headers["permissions-policy"]
    assert "geolocation=()" in ann.get("/my/shifts", headers=HTML).headers["permissions-policy"]
    assert "data-asks-position" in answer.text
    assert "nobody follows where you are" in answer.text
    assert "you punch all the same" in answer.text


def test_without_scripts_a_punch_counts_and_its_place_is_said_to_be_unknown(
    ann: TestClient, sqlite_database: Database, world: World
):
    say(sqlite_database, world, FENCE)
    ann.post("/my/time/punches", data=form(read(ann, "/my/time"), kind="in"), headers=HTML)
    assert latest(sqlite_database, world).place_decision is PlaceDecision.UNKNOWN
    assert "the place is not known" in read(ann, "/my/time", done="in")


def test_what_a_place_refuses_is_told_on_the_page_with_what_would_do(
    ann: TestClient, sqlite_database: Database, world: World
):
    say(sqlite_database, world, PlaceRule(PlaceMode.REFUSE, networks=("203.0.113.0/24",)))
    answer = ann.post("/my/time/punches", data=form(read(ann, "/my/time"), kind="in"), headers=HTML)
    assert answer.status_code == 403
    assert "Nothing was punched" in answer.text
    assert "scan the code on a kiosk" in answer.text


def test_a_scanned_code_opens_ones_clock_there_and_its_punch_is_inside(
    ann: TestClient, client: TestClient, sqlite_database: Database, world: World
):
    say(sqlite_database, world, PlaceRule(PlaceMode.REFUSE, networks=("203.0.113.0/24",)))
    with sqlite_database.read(world.organisation_id) as session:
        code = code_at(session.get_one(Kiosk, world.here["kiosk_id"]), utc_now())
    to_sign_in = client.get(f"/my/time/at/{code}", headers=HTML)
    assert f"/my/time/at/{code}" in to_sign_in.headers["location"]
    page = read(ann, f"/my/time/at/{code}")
    assert "You are at gate, Kometa HERE." in page.replace("<strong>", "").replace("</strong>", "")
    assert ann.post("/my/time/punches", data=form(page, kind="in"), headers=HTML).status_code == 303
    kept = latest(sqlite_database, world)
    assert kept.place_decision is PlaceDecision.INSIDE
    assert kept.place_rule is not None
    assert kept.place_rule["by"] == "kiosk_code"


def test_an_old_code_and_one_of_another_organisation_are_told_to_be_scanned_again(
    app: FastAPI, ann: TestClient, sqlite_database: Database, world: World
):
    rival = build_world(sqlite_database, "rival", "Rival")
    with sqlite_database.read(rival.organisation_id) as session:
        theirs = code_at(session.get_one(Kiosk, rival.here["kiosk_id"]), utc_now())
    with sqlite_database.read(world.organisation_id) as session:
        old = code_at(session.get_one(Kiosk, world.here["kiosk_id"]), utc_now() - timedelta(minutes=3))
    for code in (theirs, old, "nonsense"):
        answer = ann.get(f"/my/time/at/{code}", headers=HTML)
        assert answer.status_code == 403
        assert "scan it again" in answer.text


def test_where_people_punch_is_said_on_a_page(manager: TestClient, sqlite_database: Database, world: World):
    path = f"/locations/{world.here['location_id']}/punch-place"
    assert 'value="off" checked' in read(manager, path)
    assert manager.post(path, data=PLACE).headers["location"] == f"{path}?done=saved"
    with sqlite_database.read(world.organisation_id) as session:
        rule = rule_of(session, world.here["location_id"])
    assert (rule.mode, rule.longitude, rule.radius_metres) == (PlaceMode.TELL, 21.0122, 150)
    page = read(manager, path, done="saved")
    assert "It holds from now on." in page
    assert "203.0.113.0/24\n2001:db8::/32" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"latitude": "north"}, "north is no number: a number such as 52.2297."),
        ({"radius_metres": "1.5"}, "1.5 is no whole number"),
        ({"radius_metres": "5"}, "5 lies outside what can be: 20 to 50000 metres."),
        ({"mode": "maybe"}, "maybe is not chosen: choose one of the three."),
        ({"networks": "10.0.0.1/8"}, "10.0.0.1/8 cannot be a network"),
        ({"longitude": ""}, "is missing: latitude, longitude and radius_metres together"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_as_it_was_typed(
    manager: TestClient, sqlite_database: Database, world: World, typed: dict[str, str], told: str
):
    answer = manager.post(
        f"/locations/{world.here['location_id']}/punch-place", data=PLACE | typed, headers=HTML
    )
    assert answer.status_code == 422
    page = html.unescape(answer.text)
    assert told in page
    assert "Nothing was saved." in page
    with sqlite_database.read(world.organisation_id) as session:
        assert rule_of(session, world.here["location_id"]) == PlaceRule()


def test_a_time_clock_is_made_with_a_key_shown_once_and_revoked(manager: TestClient, world: World):
    path = f"/locations/{world.here['location_id']}"
    made = manager.post(f"{path}/clock-devices", data={"name": "Hall 2"}, headers=HTML).text
    key = re.search(r'value="(mkc_[^"]+)"', made)
    assert key
    listed = read(manager, f"{path}/kiosks")
    assert "Hall 2" in listed
    assert "never seen" in listed
    assert key[1] not in listed
    device = re.findall(r"/clock-devices/([0-9a-f-]+)/revoke", listed)[-1]
    assert manager.post(f"/clock-devices/{device}/revoke").status_code == 303
    assert "Hall 2" not in read(manager, f"{path}/kiosks")
    assert "cannot be a name" in manager.post(f"{path}/clock-devices", data={"name": " "}, headers=HTML).text


def test_a_clock_that_is_off_is_told_on_the_page(
    app: FastAPI, manager: TestClient, client: TestClient, world: World
):
    path = f"/locations/{world.here['location_id']}"
    key = manager.post(f"/v1{path}/clock-devices", json={"name": "Hall 2"}).json()["key"]
    ahead = (utc_now() + timedelta(minutes=3)).isoformat()
    gate = TestClient(app, headers={"Authorization": f"Bearer {key}"})
    gate.post("/v1/clock/punches", json={"punches": [{}], "sent_at": ahead})
    assert re.search(r"Its clock is 1[78]\d seconds ahead", read(manager, f"{path}/kiosks"))


def test_who_is_in_is_listed_with_job_and_since_when(ann: TestClient, manager: TestClient, world: World):
    path = f"/locations/{world.here['location_id']}/presence"
    assert "Nobody is in." in read(manager, path)
    ann.post("/my/time/punches", data=form(read(ann, "/my/time"), kind="in"), headers=HTML)
    page = read(manager, path)
    assert "1 person." in page
    assert "at work" in page
    assert ann.get(path, headers=HTML).status_code == 403


def test_the_code_on_a_kiosk_changes_and_leads_to_ones_own_clock(
    app: FastAPI, client: TestClient, manager: TestClient, world: World
):
    made = manager.post(f"/v1/locations/{world.here['location_id']}/kiosks", json={"name": "Gate"}).json()
    path = made["address"].removeprefix("http://testserver")
    assert f'src="{path}/code.svg"' in client.get(path, headers=HTML).text
    with time_machine.travel(utc_now(), tick=False) as now:
        first, same = (client.get(f"{path}/code.svg") for _ in range(2))
        now.shift(timedelta(seconds=30))
        later = client.get(f"{path}/code.svg")
    assert first.headers["content-type"] == "image/svg+xml"
    assert first.content == same.content != later.content
    assert b'xmlns="http://www.w3.org/2000/svg"' in first.content
    manager.delete(f"/v1/kiosks/{made['kiosk']['id']}")
    assert client.get(f"{path}/code.svg").status_code == 404
