"""Tolerances, days of nights and rounding of a location, and the monitor, over HTTP and on their pages."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now, week_start, zone_named
from scheduler.organisation.models import Location
from scheduler.people.models import Employee
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.punch import record_punches
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
MONDAY = week_start(utc_now().date()) - timedelta(days=7)
USUAL = {
    "early_in_minutes": 15, "late_in_minutes": 5, "early_out_minutes": 5, "late_out_minutes": 15,
    "break_minutes": 5, "not_here_minutes": 15, "no_show_minutes": 120,
}  # fmt: skip


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """The location is in America, where rounding is allowed, and somebody worked on Monday of last week."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        place = session.get_one(Location, world.here["location_id"])
        place.jurisdiction = "us"
        who = session.get_one(Employee, world.here["employee_id"])
        arrivals = [
            NewPunch(who.id, place.id, at(place.zone, MONDAY, clock), kind, "api", clock)
            for clock, kind in (("07:53", PunchKind.IN), ("16:07", PunchKind.OUT))
        ]
        record_punches(session, arrivals, actor="system")
    return world


def at(zone: str, day: date, clock: str) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone_named(zone))


@pytest.fixture
def admin(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["admin"].client(app)


def path(world: World, end: str, *, page: bool = False) -> str:
    return f"{'' if page else '/v1'}/locations/{world.here['location_id']}/{end}"


def shown(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_tolerances_are_the_usual_ones_until_others_are_chosen(admin: TestClient, world: World):
    address = path(world, "time-tolerances")
    assert admin.get(address).json() == USUAL
    new = USUAL | {"late_in_minutes": 10}
    assert admin.put(address, json=new).json() == new
    refused = admin.put(address, json=USUAL | {"no_show_minutes": 10, "break_minutes": 9000})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "break_minutes")
    assert admin.get(address).json() == new


def test_a_rule_about_days_is_set_told_and_removed(admin: TestClient, world: World):
    address = path(world, "day-rules")
    assert admin.get(address).json() == {"rules": [], "of_law": None, "article": None}
    body = {"starts_on": str(MONDAY), "rule": "workday", "workday_starts_minute": 240}
    made = admin.post(address, json=body)
    assert (made.status_code, made.json()["rules"]) == (201, [body])
    middle = admin.post(address, json=body | {"starts_on": str(MONDAY + timedelta(days=2))})
    assert middle.json()["errors"][0]["problem"] == "is in the middle of a pay period"
    assert admin.delete(address, params={"starts_on": str(MONDAY)}).json()["rules"] == []
    gone = admin.delete(address, params={"starts_on": str(MONDAY)})
    assert (gone.status_code, gone.json()["code"]) == (404, "time_setting_not_found")


def test_rounding_is_chosen_within_the_law_and_refused_with_the_article_elsewhere(
    admin: TestClient, world: World, sqlite_database: Database
):
    address = path(world, "rounding")
    body = {"starts_on": str(MONDAY), "policy": "nearest_15"}
    known = admin.get(address).json()
    assert known["article"] == "29 CFR 785.48(b)"
    assert all(one["allowed"] for one in known["policies"])
    assert admin.post(address, json=body).json()["chosen"] == [body]
    with sqlite_database.write(world.organisation_id) as session:
        session.get_one(Location, world.here["location_id"]).jurisdiction = "us-ca"
    refused = admin.post(address, json=body | {"policy": "nearest_5"})
    assert (refused.status_code, refused.json()["code"]) == (409, "rounding_not_allowed")
    assert "exact minutes: Camp v. Home Depot" in refused.json()["detail"]
    known = admin.get(address).json()
    assert [one["id"] for one in known["policies"] if one["allowed"]] == ["exact"]
    assert admin.delete(address, params={"starts_on": str(MONDAY)}).json()["chosen"] == []


def test_the_monitor_tells_who_lost_in_pages_and_as_a_file(admin: TestClient, world: World):
    admin.post(path(world, "rounding"), json={"starts_on": str(MONDAY), "policy": "nearest_15"})
    days = {"first_day": str(MONDAY), "end_day": str(MONDAY + timedelta(days=7))}
    told = admin.get(path(world, "rounding-neutrality"), params=days).json()
    assert (told["total"]["minutes"], told["total"]["harmed"], told["total"]["verdict"]) == (
        -14,
        2,
        "too_few",
    )
    (one,) = told["people"]
    assert (one["id"], one["loses"], told["next"]) == (str(world.here["employee_id"]), True, None)
    bad = admin.get(path(world, "rounding-neutrality"), params=days | {"after": str(UUID(int=1))})
    assert bad.json()["errors"][0]["field"] == "after"
    file = admin.get(path(world, "rounding-neutrality/file"), params=days)
    assert file.headers["content-disposition"].endswith(f'rounding-{MONDAY}-{days["end_day"]}.csv"')
    lines = list(csv.DictReader(io.StringIO(file.text)))
    assert [(line["difference_minutes"], line["loses"]) for line in lines] == [("-14", "yes")] * 2
    assert lines[1]["employee_name"] == "everybody"


def test_the_page_of_rules_keeps_what_is_chosen_and_names_what_it_refuses(admin: TestClient, world: World):
    address = path(world, "time-rules", page=True)
    page = shown(admin.get(address, headers=HTML).text)
    assert "Always: the day it starts on." in page
    assert "The law here asks for nearest 5, 6 or 15 min (29 CFR 785.48(b))." in page
    saved = admin.post(f"{address}/tolerances", data=USUAL | {"late_in_minutes": "9"}, headers=HTML)
    assert (saved.status_code, saved.headers["location"]) == (303, f"{address}?done=1")
    assert admin.get(path(world, "time-tolerances")).json()["late_in_minutes"] == 9
    bad = admin.post(f"{address}/tolerances", data=USUAL | {"late_in_minutes": "soon"}, headers=HTML)
    assert bad.status_code == 422
    assert "Coming late" in shown(bad.text)
    assert 'value="soon"' in bad.text
    rule = {"starts_on": str(MONDAY), "rule": "workday", "workday_starts": "04:00"}
    assert admin.post(f"{address}/days", data=rule, headers=HTML).status_code == 303
    assert "the day whose 24 hours began at a fixed time, 04:00." in shown(
        admin.get(address, headers=HTML).text
    )
    assert admin.post(f"{address}/days", data=rule | {"starts_on": ""}, headers=HTML).status_code == 422
    policy = {"starts_on": str(MONDAY), "policy": "nearest_6"}
    assert admin.post(f"{address}/rounding", data=policy, headers=HTML).status_code == 303
    assert "a tenth of an hour" in shown(admin.get(address, headers=HTML).text)
    for what in ("days", "rounding"):
        gone = admin.post(f"{address}/{what}/remove", data={"starts_on": str(MONDAY)}, headers=HTML)
        assert gone.status_code == 303
    assert "Always: exact minutes." in shown(admin.get(address, headers=HTML).text)


def test_a_policy_the_law_forbids_is_not_offered_and_refused_on_the_page(
    admin: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        session.get_one(Location, world.here["location_id"]).jurisdiction = "pl"
    address = path(world, "time-rules", page=True)
    page = admin.get(address, headers=HTML).text
    assert "nearest_15" not in page
    assert "The law here counts the day whose 24 hours began with the scheduled start" in shown(page)
    policy = {"starts_on": str(MONDAY), "policy": "nearest_15"}
    refused = admin.post(f"{address}/rounding", data=policy, headers=HTML)
    assert refused.status_code == 409
    assert "Judgment in case C-55/18" in shown(refused.text)


def test_managers_read_the_rules_of_their_location_and_change_none(
    app: FastAPI, world: World, client: TestClient
):
    manager = world.people["manager"].client(app)
    address = path(world, "time-rules", page=True)
    page = manager.get(address, headers=HTML)
    assert page.status_code == 200
    assert "<button" not in page.text.split("<main")[1]
    assert manager.post(f"{address}/tolerances", data=USUAL, headers=HTML).status_code == 403
    other = world.people["other manager"].client(app)
    assert other.get(address, headers=HTML).status_code == 403


def test_the_page_of_the_monitor_shows_who_lost_and_says_when_nothing_was_rounded(
    admin: TestClient, world: World
):
    address = path(world, "rounding", page=True)
    days = f"?first={MONDAY}&last={MONDAY + timedelta(days=6)}"
    assert "Nothing was rounded on these days." in shown(admin.get(address, headers=HTML).text)
    admin.post(path(world, "rounding"), json={"starts_on": str(MONDAY), "policy": "nearest_15"})
    page = shown(admin.get(address + days, headers=HTML).text)
    assert "−14 min for the workers in all" in page
    assert "1 of 1 people lost" in page
    assert "too few to say" in page
    file = admin.get(f"{address}.csv{days}")
    assert file.text.splitlines()[1].split(",")[2:5] == ["494", "480", "-14"]
    bad = admin.get(f"{address}?first=soon", headers=HTML)
    assert (bad.status_code, "is no day" in bad.text) == (422, True)


def test_a_timesheet_names_the_article_of_a_limit_when_it_is_opened(
    admin: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        place = session.get_one(Location, world.here["location_id"])
        place.jurisdiction = "de"
        who = session.get_one(Employee, world.here["employee_id"])
        arrivals = [
            NewPunch(
                who.id, place.id, at(place.zone, MONDAY + timedelta(days=1), clock), kind, "api", clock + "!"
            )
            for clock, kind in (("02:00", PunchKind.IN), ("07:00", PunchKind.OUT))
        ]
        record_punches(session, arrivals, actor="system")
    page = shown(admin.get(f"/timesheets/{world.here['employee_id']}/{MONDAY}", headers=HTML).text)
    assert "(ArbZG, s. 5(1))" in page


def test_a_timesheet_shows_what_was_punched_beside_what_counts(admin: TestClient, world: World):
    admin.post(path(world, "rounding"), json={"starts_on": str(MONDAY), "policy": "nearest_15"})
    page = admin.get(f"/timesheets/{world.here['employee_id']}/{MONDAY}", headers=HTML)
    assert "rounded; punched 07:53" in shown(page.text)
    sheets = admin.get("/v1/timesheets", params={"location_id": str(world.here["location_id"])}).json()
    (entry,) = [entry for sheet in sheets["items"] for entry in sheet["entries"] if entry["exact"]]
    assert entry["worked_minutes"] == 480
    assert entry["starts_at"] != entry["exact"]["starts_at"]
