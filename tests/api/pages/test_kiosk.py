"""Kiosks: the secret address, employee number and PIN, and what is told to whoever stands before one."""

from __future__ import annotations

import html
import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.organisation.models import Kiosk
from scheduler.people.models import Employee, JobRole
from scheduler.timekeeping.kiosk_pin import set_pin
from scheduler.timekeeping.models import KioskPin, Punch, PunchKind
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
PIN = "2580"


@pytest.fixture
def world(sqlite_database: Database) -> World:
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        set_pin(session, world.here["employee_id"], PIN, actor="system")
    return world


@pytest.fixture
def address(app: FastAPI, world: World) -> str:
    return make(app, world)


def make(app: FastAPI, world: World) -> str:
    manager = world.people["manager"].client(app)
    page = manager.post(f"/locations/{world.here['location_id']}/kiosks", data={"name": "Main gate"})
    found = re.search(r'value="http://testserver(/kiosk/[^"]+)"', page.text)
    assert found
    return found[1]


def filled(client: TestClient, address: str, **typed: str) -> dict[str, str]:
    """The form as somebody sends it who loaded the page."""
    once = re.search(r'name="once" value="([^"]+)"', client.get(address, headers=HTML).text)
    assert once
    return {"number": "HERE-1", "pin": PIN, "kind": "in", "once": once[1], **typed}


def punches(database: Database, world: World) -> list[Punch]:
    with database.read(world.organisation_id) as session:
        found = list(session.scalars(select(Punch).where(Punch.source == "kiosk").order_by(Punch.id)))
        session.expunge_all()
        return found


def test_number_and_pin_make_a_punch_where_the_kiosk_stands(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    answer = client.post(address, data=filled(client, address), headers=HTML)
    assert answer.status_code == 200
    assert "Ann, clocked in at" in answer.text
    (kept,) = punches(sqlite_database, world)
    assert (kept.employee_id, kept.location_id) == (world.here["employee_id"], world.here["location_id"])
    assert kept.kind is PunchKind.IN
    with sqlite_database.read(world.organisation_id) as session:
        kiosk_id = session.scalars(select(Kiosk.id).where(Kiosk.name == "Main gate")).one()
    assert kept.recorded_by == f"kiosk:{kiosk_id}"


def test_the_same_form_sent_twice_is_one_punch(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    sent = filled(client, address)
    first, second = (client.post(address, data=sent, headers=HTML) for _ in range(2))
    assert first.text.count("clocked in at") == second.text.count("clocked in at") == 1
    assert "It is recorded, but" not in second.text
    assert len(punches(sqlite_database, world)) == 1


def test_a_punch_that_does_not_fit_is_kept_and_told(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    assert "It is recorded, but you had not clocked in before" in html.unescape(
        client.post(address, data=filled(client, address, kind="out"), headers=HTML).text
    )
    client.post(address, data=filled(client, address), headers=HTML)
    again = client.post(address, data=filled(client, address), headers=HTML)
    assert "you were at work already since" in again.text
    assert [each.kind.value for each in punches(sqlite_database, world)] == ["out", "in", "in"]


@pytest.mark.parametrize("typed", [{"pin": "2581"}, {"number": "HERE-9"}, {"number": "HERE-2"}])
def test_a_wrong_pin_an_unknown_number_and_nobodys_pin_are_refused_alike(
    client: TestClient, sqlite_database: Database, world: World, address: str, typed: dict[str, str]
):
    answer = client.post(address, data=filled(client, address, **typed), headers=HTML)
    assert answer.status_code == 403
    assert "The employee number or the PIN is wrong." in answer.text
    assert PIN not in answer.text
    assert not punches(sqlite_database, world)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"kind": ""}, "is not chosen: press Clock in"),
        ({"kind": "void"}, "is not chosen: press Clock in"),
        ({"number": " "}, "the number on your badge or payslip"),
        ({"pin": ""}, "the digits you chose"),
    ],
)
def test_what_is_missing_is_named(
    client: TestClient,
    sqlite_database: Database,
    world: World,
    address: str,
    typed: dict[str, str],
    told: str,
):
    answer = client.post(address, data=filled(client, address, **typed), headers=HTML)
    assert answer.status_code == 422
    assert told in answer.text
    assert not punches(sqlite_database, world)


def test_after_five_wrong_pins_a_number_waits_and_others_do_not(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    with sqlite_database.write(world.organisation_id) as session:
        set_pin(session, world.here["colleague_id"], "7410", actor="system")
    for _ in range(5):
        wrong = client.post(address, data=filled(client, address, pin="0000"), headers=HTML)
        assert wrong.status_code == 403
    waits = client.post(address, data=filled(client, address), headers=HTML)
    assert waits.status_code == 429
    assert "Too many attempts" in waits.text
    other = client.post(address, data=filled(client, address, number="HERE-2", pin="7410"), headers=HTML)
    assert other.status_code == 200


def test_a_whole_shift_can_clock_in_at_once(client: TestClient, world: World, address: str):
    """Right PINs forget the attempts before them."""
    for _ in range(4):
        answers = [
            client.post(address, data=filled(client, address, pin=pin), headers=HTML) for pin in ("0000", PIN)
        ]
        assert [answer.status_code for answer in answers] == [403, 200]


def test_a_revoked_address_opens_nothing(app: FastAPI, client: TestClient, world: World, address: str):
    manager = world.people["manager"].client(app)
    page = manager.get(f"/locations/{world.here['location_id']}/kiosks")
    gate = re.search(r'/kiosks/([^/"]+)/revoke"><button class="danger">Revoke<[^>]*> Main gate', page.text)
    assert gate
    assert manager.post(f"/kiosks/{gate[1]}/revoke").status_code == 303
    for answer in (client.get(address, headers=HTML), client.post(address, data={}, headers=HTML)):
        assert answer.status_code == 404
        assert "There is no kiosk at this address" in answer.text


def test_a_pin_of_another_organisation_opens_nothing_here(
    app: FastAPI, client: TestClient, sqlite_database: Database, world: World
):
    """Both have somebody numbered HERE-1."""
    rival = build_world(sqlite_database, "rival", "Rival")
    theirs = make(app, rival)
    assert client.post(theirs, data=filled(client, theirs), headers=HTML).status_code == 403
    assert not punches(sqlite_database, rival)
    assert not punches(sqlite_database, world)


def test_somebody_who_left_is_told_so(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    with sqlite_database.write(world.organisation_id) as session:
        ann = session.get_one(Employee, world.here["employee_id"])
        ann.left_on = ann.hired_on.replace(year=2025)
    answer = client.post(address, data=filled(client, address), headers=HTML)
    assert answer.status_code == 422
    assert "was not employed on" in answer.text


def test_one_sets_ones_own_pin_and_only_its_hash_is_kept(
    app: FastAPI, client: TestClient, sqlite_database: Database, world: World, address: str
):
    ann = world.people["employee"].client(app)
    assert "You have a PIN" in ann.get("/my/kiosk-pin").text
    assert ann.post("/my/kiosk-pin", data={"pin": "9513", "again": "9513"}).status_code == 303
    with sqlite_database.read(world.organisation_id) as session:
        kept = session.scalars(select(KioskPin.pin_hash)).one()
    assert kept.startswith("$argon2id$")
    assert "9513" not in kept.split("$")
    assert client.post(address, data=filled(client, address), headers=HTML).status_code == 403
    assert client.post(address, data=filled(client, address, pin="9513"), headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("pin", "again"), [("123", "123"), ("123456789", "123456789"), ("12a4", "12a4"), ("1111", "1111"),
                       ("1234", "1235"), ("", ""), ("١٢٣٤", "١٢٣٤")],
)  # fmt: skip
def test_a_pin_that_is_none_is_refused_and_the_one_before_stays(
    app: FastAPI, client: TestClient, world: World, address: str, pin: str, again: str
):
    ann = world.people["employee"].client(app)
    answer = ann.post("/my/kiosk-pin", data={"pin": pin, "again": again})
    assert answer.status_code == 422
    assert "Nothing was saved." in answer.text
    assert client.post(address, data=filled(client, address), headers=HTML).status_code == 200


def test_a_manager_gives_a_new_pin_that_is_shown_once(
    app: FastAPI, client: TestClient, world: World, address: str
):
    manager = world.people["manager"].client(app)
    page = manager.post(f"/employees/{world.here['colleague_id']}/kiosk-pin").text
    pin = re.search(r"is <strong>(\d{6})</strong>", page)
    assert pin
    assert pin[1] not in manager.get(f"/locations/{world.here['location_id']}/kiosks").text
    answer = client.post(address, data=filled(client, address, number="HERE-2", pin=pin[1]), headers=HTML)
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_kiosk_needs_a_name(app: FastAPI, world: World, name: str):
    manager = world.people["manager"].client(app)
    answer = manager.post(f"/locations/{world.here['location_id']}/kiosks", data={"name": name})
    assert answer.status_code == 422
    assert "such as Main gate" in answer.text


def test_the_way_to_kiosks_is_shown_to_those_who_may_make_them(app: FastAPI, world: World):
    link = f"/locations/{world.here['location_id']}/kiosks"
    assert link in world.people["manager"].client(app).get("/rosters").text
    assert link not in world.people["payroll"].client(app).get("/rosters").text


def test_one_moves_to_another_job_at_a_kiosk(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    with sqlite_database.write(world.organisation_id) as session:
        forklift = JobRole(code="forklift", name="Forklift")
        session.add(forklift)
        session.flush()
        job = str(forklift.id)
    client.post(address, data=filled(client, address), headers=HTML)
    answer = client.post(address, data=filled(client, address, kind="transfer", job=job), headers=HTML)
    assert "Ann, moved here at" in answer.text
    assert "It is recorded, but" not in answer.text
    came, moved = punches(sqlite_database, world)
    assert (came.job_role_id, str(moved.job_role_id)) == (None, job)
    assert moved.kind is PunchKind.TRANSFER


def test_ones_own_job_is_no_other_job(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    own = str(world.here["job_role_id"])
    assert client.post(address, data=filled(client, address, job=own), headers=HTML).status_code == 200
    (came,) = punches(sqlite_database, world)
    assert came.job_role_id is None


def test_a_job_that_is_not_on_the_list_is_told(
    client: TestClient, sqlite_database: Database, world: World, address: str
):
    for job, told in (("chief", "is none of the list"), (str(world.here["location_id"]), "no such job role")):
        answer = client.post(address, data=filled(client, address, job=job), headers=HTML)
        assert answer.status_code == 422
        assert told in html.unescape(answer.text)
    assert punches(sqlite_database, world) == []
