"""People and places over HTTP: made, changed, refused in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from tests.api.world import World, build_world, monday


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def admin(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["admin"].client(app)


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def ann(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["employee"].client(app)


WARSAW: dict[str, Any] = {
    "code": "WAW",
    "name": "Warsaw",
    "zone": "Europe/Warsaw",
    "jurisdiction": "pl",
    "currency": "PLN",
    "hours": [{"weekday": 0, "opens_minute": 360, "closes_minute": 1320}],
}


def test_a_location_is_made_changed_and_keeps_its_hours(admin: TestClient):
    made = admin.post("/v1/locations", json=WARSAW)
    assert made.status_code == 201, made.text
    path = f"/v1/locations/{made.json()['id']}"
    night = {"weekday": 4, "opens_minute": 1080, "closes_minute": 1560}
    changed = admin.put(path, json={**WARSAW, "name": "Warsaw West", "hours": [night]})
    assert changed.json() == admin.get(path).json()
    assert (changed.json()["name"], changed.json()["hours"]) == ("Warsaw West", [night])
    again = admin.post("/v1/locations", json=WARSAW)
    assert (again.status_code, again.json()["code"]) == (409, "code_taken")
    department = admin.post(f"{path}/departments", json={"code": "PICK", "name": "Picking"})
    assert admin.get(f"{path}/departments").json() == [department.json()]


@pytest.mark.parametrize(
    ("change", "field", "hint"),
    [
        ({"zone": "Mars/Olympus"}, "zone", "Europe/Warsaw"),
        ({"zone": ""}, "zone", "at least 1"),
        ({"jurisdiction": "POLAND"}, "jurisdiction", "us-ca"),
        ({"currency": "zł"}, "currency", "ISO 4217"),
        ({"currency": "ZZZ"}, "currency", "ISO 4217"),
        ({"hours": [{"weekday": 7, "opens_minute": 0, "closes_minute": 60}]}, "hours[0].weekday", "0 to 6"),
        (
            {"hours": [{"weekday": 1, "opens_minute": 60, "closes_minute": 60}]},
            "hours[0].closes_minute",
            "2880",
        ),
        ({"hours": [WARSAW["hours"][0]] * 2}, "hours[1].weekday", "one span"),
    ],
)
def test_a_location_that_cannot_be_is_refused(
    admin: TestClient, change: dict[str, Any], field: str, hint: str
):
    before = admin.get("/v1/locations").json()
    answer = admin.post("/v1/locations", json={**WARSAW, **change})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert hint in answer.json()["errors"][0]["hint"]
    assert admin.get("/v1/locations").json() == before


def test_skills_and_job_roles_are_made_once(admin: TestClient):
    for path, body in (
        ("/v1/skills", {"code": "FORK", "name": "Forklift", "kind": "certificate"}),
        ("/v1/job-roles", {"code": "BOSS", "name": "Boss"}),
    ):
        made = admin.post(path, json=body)
        assert made.status_code == 201
        assert made.json() in admin.get(path).json()["items"]
        assert admin.post(path, json=body).json()["code"] == "code_taken"


def person(world: World, **change: Any) -> dict[str, Any]:
    return {
        "number": "N-1",
        "first_name": "Jan",
        "last_name": "Kowalski",
        "hired_on": "2026-01-01",
        "location_id": str(world.here["location_id"]),
        "department_id": str(world.here["department_id"]),
        **change,
    }


def test_a_manager_hires_at_his_own_location_only(manager: TestClient, world: World):
    made = manager.post("/v1/employees", json=person(world))
    assert made.status_code == 201, made.text
    path = f"/v1/employees/{made.json()['id']}"
    there = {
        "location_id": str(world.there["location_id"]),
        "department_id": str(world.there["department_id"]),
    }
    moved = manager.put(path, json=person(world, **there))
    assert (moved.status_code, moved.json()["code"]) == (403, "outside_reach")
    hired = manager.post("/v1/employees", json=person(world, number="N-2", **there))
    assert (hired.status_code, hired.json()["code"]) == (403, "outside_reach")
    married = manager.put(path, json=person(world, last_name="Nowak"))
    assert married.json()["last_name"] == "Nowak"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"left_on": "2026-01-01"}, "left_on"),
        ({"born_on": "2026-02-01"}, "born_on"),
        ({"job_role_id": "0192f1c3-7b7a-7c3e-9d2e-3f8f4c1b2a10"}, "job_role_id"),
        ({"hired_on": "2026-02-30"}, "hired_on"),
        ({"hired_on": "0001-01-01"}, "hired_on"),
        ({"first_name": "\u0007"}, "first_name"),
        ({"first_name": "\ud800"}, "first_name"),
    ],
)
def test_a_person_who_cannot_be_is_refused(
    admin: TestClient, world: World, change: dict[str, Any], field: str
):
    # Written by hand, because the client refuses to send half of a surrogate pair.
    body = json.dumps(person(world, **change))
    answer = admin.post("/v1/employees", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_department_of_another_place_or_company_is_no_department(
    app: FastAPI, admin: TestClient, world: World, sqlite_database: Database
):
    rival = build_world(sqlite_database, "rival", "Rival")
    for place in (world.there, rival.here):
        body = person(world, department_id=str(place["department_id"]))
        answer = admin.post("/v1/employees", json=body)
        assert [error["field"] for error in answer.json()["errors"]] == ["department_id"]
    answer = admin.post("/v1/employees", json=person(world, location_id=str(rival.here["location_id"])))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_number_belongs_to_one_person(admin: TestClient, world: World):
    answer = admin.post("/v1/employees", json=person(world, number="HERE-1"))
    assert (answer.status_code, answer.json()["code"]) == (409, "number_taken")


def test_skills_are_said_as_a_whole(manager: TestClient, world: World):
    path = f"/v1/employees/{world.here['employee_id']}"
    span = {"skill_id": str(world.here["skill_id"]), "valid_from": "2026-01-01", "valid_until": "2027-01-01"}
    said = manager.put(f"{path}/skills", json={"skills": [span]}).json()
    assert [(each["valid_from"], each["valid_until"]) for each in said["skills"]] == [
        ("2026-01-01", "2027-01-01")
    ]
    twice = {"skills": [span, {**span, "valid_from": "2026-12-31", "valid_until": None}]}
    answer = manager.put(f"{path}/skills", json=twice)
    assert [error["field"] for error in answer.json()["errors"]] == ["skills[1].valid_from"]
    assert manager.get(path).json() == said


def window(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"start_minute": start, "end_minute": end, "kind": "available", **more}


def test_people_say_themselves_when_they_can_work(ann: TestClient, world: World):
    path = f"/v1/employees/{world.here['employee_id']}/availability"
    weekly = [window(960, 1320, weekday=0), window(1320, 1800, weekday=4, kind="preferred")]
    said = ann.put(f"{path}/weekly", json={"windows": weekly})
    assert said.status_code == 200, said.text
    assert [each["weekday"] for each in said.json()["weekly"]] == [0, 4]
    date = {"day": "2026-12-24", "windows": [window(0, 1440, kind="unavailable", note="Christmas Eve")]}
    dated = ann.put(f"{path}/exceptions", json=date).json()
    assert [each["day"] for each in dated["exceptions"]] == ["2026-05-01", "2026-12-24"]
    cleared = ann.put(f"{path}/exceptions", json={"day": "2026-12-24", "windows": []}).json()
    assert len(cleared["exceptions"]) == 1
    assert ann.get(path).json() == cleared


@pytest.mark.parametrize(
    ("windows", "field"),
    [
        ([window(480, 960, weekday=0), window(900, 1020, weekday=0)], "windows[1].start_minute"),
        ([window(1200, 1800, weekday=6), window(240, 480, weekday=0)], "windows[1].start_minute"),
        ([window(240, 480, weekday=3), window(1200, 1800, weekday=2)], "windows[1].start_minute"),
        ([window(960, 480, weekday=0)], "windows[0].end_minute"),
        ([window(480, 2881, weekday=0)], "windows[0].end_minute"),
        ([window(1440, 1500, weekday=0)], "windows[0].end_minute"),
        ([window(0, 60, weekday=9)], "windows[0].weekday"),
    ],
)
def test_overlapping_and_impossible_availability_is_refused(
    ann: TestClient, world: World, windows: list[dict[str, Any]], field: str
):
    path = f"/v1/employees/{world.here['employee_id']}/availability"
    before = ann.get(path).json()
    answer = ann.put(f"{path}/weekly", json={"windows": windows})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert ann.get(path).json() == before


def test_a_date_must_not_overlap_the_night_of_the_date_before(ann: TestClient, world: World):
    path = f"/v1/employees/{world.here['employee_id']}/availability"
    dated = f"{path}/exceptions"
    night = {"day": "2027-03-01", "windows": [window(1320, 1800)]}
    assert ann.put(dated, json=night).status_code == 200
    before = ann.get(path).json()
    answer = ann.put(dated, json={"day": "2027-03-02", "windows": [window(300, 480)]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["problem"] == "overlaps what is stated for 2027-03-01"
    assert ann.get(path).json() == before
    assert ann.put(dated, json={"day": "2027-03-02", "windows": [window(360, 480)]}).status_code == 200


def test_leave_is_asked_for_decided_by_a_manager_and_taken_back(
    ann: TestClient, manager: TestClient, world: World
):
    mine = f"/v1/employees/{world.here['employee_id']}/time-off"
    body = {"starts_on": "2027-08-02", "ends_on": "2027-08-09", "kind": "annual"}
    asked = ann.post(mine, json=body).json()
    assert asked["state"] == "requested"
    assert ann.post(mine, json=body).json()["code"] == "time_off_overlaps"
    decision = f"/v1/time-off/{asked['id']}/decision"
    assert ann.post(decision, json={"decision": "approve"}).status_code == 403
    assert manager.post(decision, json={"decision": "approve"}).json()["state"] == "approved"
    unsaid = manager.post(decision, json={"decision": "reject"})
    assert (unsaid.status_code, unsaid.json()["errors"][0]["field"]) == (422, "reason")
    late = manager.post(decision, json={"decision": "reject", "reason": "too many"})
    assert (late.status_code, late.json()["code"]) == (409, "time_off_not_open")
    assert ann.post(f"/v1/time-off/{asked['id']}/cancellation").json()["state"] == "cancelled"
    listed = manager.get("/v1/time-off", params={"state": "cancelled"}).json()["items"]
    assert [each["id"] for each in listed] == [asked["id"]]


def test_a_contract_changes_from_a_day_on(app: FastAPI, client: TestClient, world: World):
    payroll = world.people["payroll"].client(app)
    path = f"/v1/employees/{world.here['employee_id']}/contracts"
    terms = {
        "valid_from": "2027-01-01",
        "kind": "part_time",
        "weekly_minutes": 1200,
        "min_weekly_minutes": 960,
        "max_weekly_minutes": 1440,
        "max_daily_minutes": 600,
        "hourly_rate_cents": 4200,
        "currency": "PLN",
    }
    assert payroll.post(path, json=terms).status_code == 201
    spans = [(each["valid_from"], each["valid_until"]) for each in payroll.get(path).json()]
    assert spans == [("2024-01-01", "2027-01-01"), ("2027-01-01", None)]
    assert payroll.post(path, json=terms).json()["code"] == "contract_starts_that_day"
    unordered = payroll.post(path, json={**terms, "valid_from": "2028-01-01", "weekly_minutes": 10})
    assert unordered.json()["errors"][0]["field"] == "weekly_minutes"


def test_a_slip_in_a_contract_is_corrected(app: FastAPI, client: TestClient, world: World):
    payroll = world.people["payroll"].client(app)
    of_ann = f"/v1/employees/{world.here['employee_id']}/contracts"
    [said] = payroll.get(of_ann).json()
    path = f"/v1/contracts/{said['id']}"
    terms = {name: value for name, value in said.items() if name not in ("id", "valid_until")}
    corrected = payroll.put(path, json={**terms, "valid_from": "2024-01-15", "hourly_rate_cents": 4400})
    assert corrected.status_code == 200, corrected.text
    assert payroll.get(of_ann).json() == [corrected.json()]
    assert corrected.json() == {**said, "valid_from": "2024-01-15", "hourly_rate_cents": 4400}
    wrong = payroll.put(path, json={**terms, "currency": "PNL"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "currency")
    missing = payroll.put(f"/v1/contracts/{world.here['skill_id']}", json=terms)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


def test_what_is_needed_is_said_anew_for_a_span(manager: TestClient, world: World):
    path = f"/v1/locations/{world.here['location_id']}/coverage"
    day = monday()
    span = {"starts_at": f"{day}T00:00:00Z", "ends_at": f"{day}T23:00:00Z"}
    need = {
        "department_id": str(world.here["department_id"]),
        "skill_id": str(world.here["skill_id"]),
        "starts_at": f"{day}T10:00:00Z",
        "ends_at": f"{day}T11:00:00Z",
        "minimum": 2,
        "target": 3,
    }
    said = manager.put(path, json={**span, "requirements": [need]})
    assert said.status_code == 200, said.text
    assert [each["target"] for each in manager.get(path, params=span).json()] == [3]
    wrong = {**need, "minimum": 5}
    foreign = {**need, "skill_id": str(world.here["roster_id"]), "starts_at": f"{day}T12:00:00Z"}
    answer = manager.put(path, json={**span, "requirements": [wrong, foreign]})
    assert answer.status_code == 422
    assert {error["field"].partition(".")[0] for error in answer.json()["errors"]} == {
        "requirements[0]",
        "requirements[1]",
    }
    assert [each["target"] for each in manager.get(path, params=span).json()] == [3]
    naive = manager.get(path, params={**span, "starts_at": f"{day}T00:00:00"})
    assert (naive.status_code, naive.json()["errors"][0]["field"]) == (422, "starts_at")


def test_a_shift_template_is_made_changed_and_retired(manager: TestClient, world: World):
    of_location = f"/v1/locations/{world.here['location_id']}/shift-templates"
    [early] = manager.get(of_location).json()["items"]
    said = {name: value for name, value in early.items() if name not in ("id", "location_id")}
    made = manager.post(of_location, json={**said, "code": "LATE", "earliest_start_minute": 600})
    assert made.status_code == 201, made.text
    assert manager.post(of_location, json=said).json()["code"] == "code_taken"
    path = f"/v1/shift-templates/{made.json()['id']}"
    retired = manager.put(path, json={**said, "code": "LATE", "weekdays": []})
    assert (retired.status_code, retired.json()["weekdays"]) == (200, [])
    assert manager.get(of_location).json()["items"] == [early, retired.json()]
    wrong = manager.put(path, json={**said, "code": "LATE", "weekdays": [7]})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "weekdays")
