"""Time clocks send punches with keys of their own, and each punch is answered by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.organisation.permissions import Permission
from tests.api.people import store_key
from tests.api.world import World, build_world

ADDRESS = "/v1/clock/punches"


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def made(manager: TestClient, world: World) -> dict[str, Any]:
    answer = manager.post(f"/v1/locations/{world.here['location_id']}/clock-devices", json={"name": "Hall 2"})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.fixture
def gate(app: FastAPI, made: dict[str, Any]) -> TestClient:
    return TestClient(app, headers={"Authorization": f"Bearer {made['key']}"})


def punch(name: str, **more: Any) -> dict[str, Any]:
    at = utc_now() - timedelta(hours=2)
    return {"employee_number": "HERE-1", "at": at.isoformat(), "kind": "in", "external_id": name, **more}


def test_a_device_punches_at_its_location_and_is_seen(
    gate: TestClient, manager: TestClient, world: World, made: dict[str, Any]
):
    answer = gate.post(ADDRESS, json={"punches": [punch("1")], "sent_at": utc_now().isoformat()})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["accepted"], body["refused"], body["clock_warning"]) == (1, 0, None)
    listed = manager.get(f"/v1/employees/{world.here['employee_id']}/punches").json()["items"][-1]
    assert (listed["id"], listed["source"]) == (body["results"][0]["punch_id"], "device")
    assert listed["location_id"] == str(world.here["location_id"])
    assert listed["recorded_by"] == f"device:{made['device']['id']}"
    devices = manager.get(f"/v1/locations/{world.here['location_id']}/clock-devices").json()
    (seen,) = [each for each in devices if each["id"] == made["device"]["id"]]
    assert abs(datetime.fromisoformat(seen["last_seen_at"]) - utc_now()) < timedelta(minutes=1)
    assert "mkc_" in seen["prefix"]
    assert made["key"] not in str(devices)


def test_each_bad_punch_is_told_by_field_value_and_what_would_do(gate: TestClient, world: World):
    bad: list[Any] = [
        punch("a", at="2026-11-02T08:00:00"),
        punch("b", kind="lunch"),
        punch("c", employee_number="nobody"),
        punch("d", employee_id=str(world.here["employee_id"])),
        punch("e", at=(utc_now() + timedelta(minutes=7)).isoformat()),
        punch("f", at=(utc_now() - timedelta(days=32)).isoformat()),
        punch("g", colour="red"),
        punch("h", location_id=str(world.there["location_id"])),
        "no punch at all",
        {},
    ]
    body = gate.post(ADDRESS, json={"punches": [*bad, punch("good")]}).json()
    outcomes = [each["outcome"] for each in body["results"]]
    assert outcomes == ["refused"] * len(bad) + ["accepted"]
    assert [each["index"] for each in body["results"]] == list(range(len(bad) + 1))
    fields = [each["errors"][0]["field"] if each["errors"] else each["code"] for each in body["results"][:-1]]
    assert fields == [
        "at", "kind", "employee_number", "body", "at", "at", "colour", "outside_reach", "body", "at",
    ]  # fmt: skip
    assert all(error["hint"] for each in body["results"][:8] for error in each["errors"])


def test_what_is_sent_again_is_a_duplicate_and_other_content_a_conflict(gate: TestClient):
    first = punch("1")
    gate.post(ADDRESS, json={"punches": [first]})
    other = {**first, "kind": "out"}
    body = gate.post(ADDRESS, json={"punches": [first, other]}).json()
    assert [each["outcome"] for each in body["results"]] == ["duplicate", "refused"]
    assert body["results"][1]["code"] == "punch_conflict"
    assert "other content" in body["results"][1]["detail"]


@pytest.mark.parametrize(("seconds", "warned"), [(-90, "behind"), (120, "ahead of"), (30, None)])
def test_a_clock_that_is_off_is_told(gate: TestClient, seconds: int, warned: str | None):
    told = (utc_now() + timedelta(seconds=seconds)).isoformat()
    body = gate.post(ADDRESS, json={"punches": [punch("1")], "sent_at": told}).json()
    assert abs(body["clock_offset_seconds"] - seconds) <= 2
    assert (body["clock_warning"] is None) if warned is None else warned in body["clock_warning"]


def test_a_revoked_device_is_refused(gate: TestClient, manager: TestClient, made: dict[str, Any]):
    assert manager.delete(f"/v1/clock-devices/{made['device']['id']}").json()["revoked_at"] is not None
    answer = gate.post(ADDRESS, json={"punches": [punch("1")]})
    assert (answer.status_code, answer.json()["code"]) == (401, "key_refused")


def test_a_device_sees_nothing(gate: TestClient, world: World):
    for path in ("/v1/locations", f"/v1/employees/{world.here['employee_id']}/punches"):
        assert gate.get(path).status_code == 403, path


def test_an_api_key_names_the_location_of_each(
    app: FastAPI, client: TestClient, sqlite_database: Database, world: World
):
    key = store_key(sqlite_database, world.organisation_id, [Permission.PUNCHES_IMPORT])
    other = TestClient(app, headers={"Authorization": f"Bearer {key}"})
    there = punch("2", location_id=str(world.there["location_id"]))
    body = other.post(ADDRESS, json={"punches": [punch("1"), there]}).json()
    assert [each["outcome"] for each in body["results"]] == ["refused", "accepted"]
    assert body["results"][0]["errors"][0]["field"] == "location_id"


def test_a_device_of_another_organisation_knows_nobody_here(
    app: FastAPI, client: TestClient, sqlite_database: Database, gate: TestClient, world: World
):
    rival = build_world(sqlite_database, "rival", "Rival")
    theirs = punch("1", employee_number=None, employee_id=str(rival.here["employee_id"]))
    body = gate.post(ADDRESS, json={"punches": [theirs]}).json()
    assert (body["refused"], body["results"][0]["errors"][0]["field"]) == (1, "employee_id")
    accepted = gate.post(ADDRESS, json={"punches": [punch("same")]}).json()
    foreign = rival.people["manager"].client(app)
    made = foreign.post(f"/v1/locations/{rival.here['location_id']}/clock-devices", json={"name": "x"}).json()
    their_gate = TestClient(app, headers={"Authorization": f"Bearer {made['key']}"})
    mine = their_gate.post(ADDRESS, json={"punches": [punch("same")]}).json()
    assert (accepted["accepted"], mine["accepted"]) == (1, 1)
