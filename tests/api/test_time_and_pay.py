"""From punches to pay over HTTP: what was worked, who stands for it, what payroll is handed."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now, week_start
from scheduler.organisation.permissions import Permission
from tests.api.people import store_key
from tests.api.world import World, build_world

WEEK = week_start(utc_now().date()) - timedelta(days=7)
"""Monday of the last whole week."""


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def gate(app: FastAPI, client: TestClient, world: World, sqlite_database: Database) -> TestClient:
    key = store_key(sqlite_database, world.organisation_id, [Permission.PUNCHES_IMPORT])
    return TestClient(app, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def payroll(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["payroll"].client(app)


def punch(world: World, day: int, hour: int, kind: str, **more: Any) -> dict[str, Any]:
    at = datetime.combine(WEEK + timedelta(days=day), time(hour), UTC)
    return {
        "employee_id": str(world.here["employee_id"]),
        "location_id": str(world.here["location_id"]),
        "at": at.isoformat(),
        "kind": kind,
        "external_id": f"gate/{day}/{hour}/{kind}",
        **more,
    }


def day_of_work(world: World, day: int) -> list[dict[str, Any]]:
    return [punch(world, day, 7, "in"), punch(world, day, 15, "out")]


def timesheet(manager: TestClient, world: World) -> dict[str, Any]:
    query = {"employee_id": str(world.here["employee_id"]), "starts_on": str(WEEK)}
    sheets = manager.get("/v1/timesheets", params=query).json()["items"]
    assert len(sheets) == 1
    sheet: dict[str, Any] = sheets[0]
    return sheet


def test_a_person_clocks_in_now_and_cannot_name_another_time(app: FastAPI, client: TestClient, world: World):
    ann = world.people["employee"].client(app)
    path = f"/v1/employees/{world.here['employee_id']}/punches"
    before = utc_now()
    made = ann.post(path, json={"kind": "in"})
    assert made.status_code == 201, made.text
    assert before <= datetime.fromisoformat(made.json()["at"]) <= utc_now()
    assert made.json()["source"] == "web"
    dated = ann.post(path, json={"kind": "in", "at": "2026-01-01T08:00:00Z"})
    assert (dated.status_code, dated.json()["errors"][0]["field"]) == (422, "at")
    assert ann.post("/v1/punches", json={"punches": [punch(world, 0, 7, "in")]}).status_code == 403
    assert len(ann.get(path).json()["items"]) == 2


def test_a_device_hands_in_punches_once_however_often_it_sends_them(gate: TestClient, world: World):
    body = {"punches": day_of_work(world, 0)}
    first, second = gate.post("/v1/punches", json=body), gate.post("/v1/punches", json=body)
    assert first.status_code == 201, first.text
    assert first.json() == second.json()
    other = {"punches": [{**body["punches"][0], "kind": "out"}]}
    answer = gate.post("/v1/punches", json=other)
    assert (answer.status_code, answer.json()["code"]) == (409, "punch_conflict")
    assert gate.get(f"/v1/employees/{world.here['employee_id']}/punches").status_code == 403


def test_one_bad_punch_keeps_all_of_them_out(gate: TestClient, manager: TestClient, world: World):
    good, bad = day_of_work(world, 0)
    naive = {**bad, "at": bad["at"].replace("+00:00", "")}
    answer = gate.post("/v1/punches", json={"punches": [good, naive]})
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["field"] == "punches[1].at"
    assert "offset" in error["hint"]
    foreign = {**bad, "employee_id": str(world.here["roster_id"])}
    answer = gate.post("/v1/punches", json={"punches": [good, foreign]})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    path = f"/v1/employees/{world.here['employee_id']}/punches"
    assert len(manager.get(path).json()["items"]) == 1


def test_a_week_goes_from_punches_to_the_payroll_file(
    gate: TestClient, manager: TestClient, payroll: TestClient, world: World
):
    gate.post("/v1/punches", json={"punches": [*day_of_work(world, 0), punch(world, 1, 7, "in")]})
    sheet = timesheet(manager, world)
    path = f"/v1/timesheets/{sheet['id']}"
    refused = manager.post(f"{path}/approval", json={"expected_revision": sheet["revision"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "timesheet_has_exceptions")
    late = {"at": punch(world, 1, 15, "out")["at"], "kind": "out", "reason": "forgot to punch out"}
    corrections = f"/v1/employees/{world.here['employee_id']}/punch-corrections"
    assert manager.post(corrections, json=late).status_code == 201
    sheet = timesheet(manager, world)
    assert sum(entry["worked_minutes"] for entry in sheet["entries"]) == 960
    stale = manager.post(f"{path}/approval", json={"expected_revision": sheet["revision"] - 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "timesheet_changed")
    done = manager.post(f"{path}/approval", json={"expected_revision": sheet["revision"]})
    assert (done.status_code, done.json()["state"]) == (200, "approved")

    period = payroll.post(
        f"/v1/locations/{world.here['location_id']}/pay-periods", json={"day": str(WEEK)}
    ).json()
    lines = f"/v1/pay-periods/{period['id']}/lines"
    assert payroll.get(lines).json()["code"] == "period_not_closed"
    closed = payroll.post(f"/v1/pay-periods/{period['id']}/close")
    assert (closed.status_code, closed.json()["state"]) == (200, "closed"), closed.text
    as_json, as_csv = payroll.get(lines), payroll.get(lines, params={"format": "csv"})
    assert [line["minutes"] for line in as_json.json()["lines"]] == [480, 480]
    rows = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert [row["amount"] for row in rows] == ["320.00", "320.00"]
    assert as_csv.headers["content-disposition"].startswith("attachment")
    assert manager.get(lines).status_code == 403

    gate.post("/v1/punches", json={"punches": day_of_work(world, 2)})
    assert payroll.get(lines, params={"format": "csv"}).content == as_csv.content
    pending = payroll.get(f"/v1/pay-periods/{period['id']}/corrections").json()
    assert [each["minutes"] for each in pending["differences"]] == [480]
    settled = payroll.post(f"/v1/pay-periods/{period['id']}/corrections", json={"reason": "late gate"})
    assert settled.status_code == 201, settled.text
    assert settled.json()["minutes"] == 480
    assert settled.json()["period"]["starts_on"] == str(WEEK + timedelta(days=7))
    assert payroll.get(lines, params={"format": "csv"}).content == as_csv.content


def test_submitting_and_reopening_a_timesheet(
    app: FastAPI, gate: TestClient, manager: TestClient, world: World
):
    gate.post("/v1/punches", json={"punches": day_of_work(world, 0)})
    ann = world.people["employee"].client(app)
    sheet = timesheet(ann, world)
    path = f"/v1/timesheets/{sheet['id']}"
    submitted = ann.post(f"{path}/submission", json={"expected_revision": sheet["revision"]}).json()
    assert submitted["state"] == "submitted"
    body = {"expected_revision": submitted["revision"], "reason": "Friday is missing"}
    assert ann.post(f"{path}/reopening", json=body).status_code == 403
    assert manager.post(f"{path}/reopening", json={**body, "reason": " "}).status_code == 422
    assert manager.post(f"{path}/reopening", json=body).json()["state"] == "open"


def test_a_whole_week_is_approved_but_for_what_needs_a_person(
    gate: TestClient, manager: TestClient, world: World
):
    colleague = {"employee_id": str(world.here["colleague_id"])}
    forgotten = {**punch(world, 0, 8, "in"), **colleague}
    gate.post("/v1/punches", json={"punches": [*day_of_work(world, 0), forgotten]})
    path = f"/v1/locations/{world.here['location_id']}/timesheet-approvals"
    answer = manager.post(path, json={"starts_on": str(WEEK)}).json()
    assert [each["employee_id"] for each in answer["approved"]] == [str(world.here["employee_id"])]
    assert [each["employee_id"] for each in answer["needing_a_person"]] == [colleague["employee_id"]]


def test_a_punch_is_taken_back_with_a_reason_and_stays_on_record(
    gate: TestClient, manager: TestClient, world: World
):
    stored = gate.post("/v1/punches", json={"punches": day_of_work(world, 0)}).json()[0]
    path = f"/v1/punches/{stored['id']}/void"
    assert manager.post(path, json={"reason": ""}).status_code == 422
    assert manager.post(path, json={"reason": "punched for a colleague"}).json()["voids_id"] == stored["id"]
    again = manager.post(path, json={"reason": "once more"})
    assert (again.status_code, again.json()["code"]) == (409, "punch_already_voided")
    name = manager.get("/v1/me").json()["name"]
    assert again.json()["detail"] == f"{name} took the punch back, saying: punched for a colleague."
    kinds = [
        each["kind"] for each in manager.get(f"/v1/employees/{stored['employee_id']}/punches").json()["items"]
    ]
    assert kinds.count("void") == 1
    assert kinds.count("in") == 2


def test_a_revoked_key_opens_nothing_from_the_next_request_on(app: FastAPI, client: TestClient, world: World):
    admin = world.people["admin"].client(app)
    body = {"name": "gate", "scopes": ["punches:import"], "expires_at": None}
    made = admin.post("/v1/api-keys", json=body).json()
    headers = {"Authorization": f"Bearer {made['secret']}"}
    send = {"punches": day_of_work(world, 0)}
    assert client.post("/v1/punches", json=send, headers=headers).status_code == 201
    assert made["secret"] not in admin.get("/v1/api-keys").text
    assert admin.delete(f"/v1/api-keys/{made['key']['id']}").json()["revoked_at"]
    refused = client.post("/v1/punches", json=send, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "key_refused")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scopes": ["accounts:write"]}, "scopes[0]"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes[0]"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "2030-01-01T00:00:00"}, "expires_at"),
    ],
)
def test_a_key_that_cannot_be_is_refused(
    app: FastAPI, client: TestClient, world: World, body: dict[str, Any], field: str
):
    admin = world.people["admin"].client(app)
    valid = {"name": "gate", "scopes": ["punches:import"], "expires_at": None}
    answer = admin.post("/v1/api-keys", json={**valid, **body})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_an_expired_key_is_refused(client: TestClient, world: World, sqlite_database: Database):
    now = utc_now()
    key = store_key(
        sqlite_database,
        world.organisation_id,
        [Permission.AUDIT_READ],
        now=now - timedelta(days=2),
        expires_at=now - timedelta(days=1),
    )
    answer = client.get("/v1/audit", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "key_refused")
