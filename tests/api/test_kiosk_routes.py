"""Kiosks, PINs, places and presence over HTTP."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.people.models import JobRole
from tests.api.world import World, build_world

FENCE = {"mode": "tell", "latitude": 52.2297, "longitude": 21.0122, "radius_metres": 150, "networks": []}
FAR = {"latitude": 52.3, "longitude": 21.0122, "accuracy_metres": 11.2}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def ann(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["employee"].client(app)


def place(world: World) -> str:
    return f"/v1/locations/{world.here['location_id']}"


def own(world: World) -> str:
    return f"/v1/employees/{world.here['employee_id']}/punches"


def test_a_kiosk_is_made_listed_and_revoked(manager: TestClient, client: TestClient, world: World):
    made = manager.post(f"{place(world)}/kiosks", json={"name": " Gate 3 "}).json()
    path = made["address"].removeprefix("http://testserver")
    assert client.get(path).status_code == 200
    listed = manager.get(f"{place(world)}/kiosks").json()
    assert "Gate 3" in [each["name"] for each in listed]
    manager.delete(f"/v1/kiosks/{made['kiosk']['id']}")
    assert client.get(path).status_code == 404


def test_a_pin_is_drawn_and_shown_once(manager: TestClient, world: World):
    pin = manager.post(f"/v1/employees/{world.here['employee_id']}/kiosk-pin").json()["pin"]
    assert len(pin) == 6
    assert pin.isdecimal()


def test_where_people_punch_is_said_and_read(manager: TestClient, world: World):
    path = f"{place(world)}/punch-place"
    assert manager.get(path).json()["mode"] == "off"
    assert manager.put(path, json=FENCE).json() == FENCE
    assert manager.get(path).json() == FENCE
    refused = manager.put(path, json={**FENCE, "radius_metres": 3, "networks": ["gate"]})
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == ["radius_metres", "networks[0]"]
    assert manager.get(path).json() == FENCE


def test_a_punch_from_elsewhere_keeps_what_was_decided(manager: TestClient, ann: TestClient, world: World):
    manager.put(f"{place(world)}/punch-place", json=FENCE)
    made: dict[str, Any] = ann.post(own(world), json={"kind": "in", "position": FAR}).json()
    assert (made["place_decision"], made["accuracy_metres"]) == ("outside", 12)
    assert made["place_rule"]["radius_metres"] == 150
    assert made["network"] == "testclient"


def test_a_forwarded_address_of_nobody_we_trust_counts_for_nothing(
    manager: TestClient, ann: TestClient, world: World
):
    rule = {"mode": "refuse", "networks": ["203.0.113.0/24"]}
    assert manager.put(f"{place(world)}/punch-place", json=rule).status_code == 200
    answer = ann.post(own(world), json={"kind": "in"}, headers={"X-Forwarded-For": "203.0.113.9"})
    assert (answer.status_code, answer.json()["code"]) == (403, "punch_outside")
    assert "network" in answer.json()["detail"]


def test_a_kept_punch_is_one_punch_however_often_it_is_sent(ann: TestClient, world: World):
    pressed = utc_now() - timedelta(hours=1)
    sent = {
        "kind": "in",
        "once": "press-1",
        "taken_at": pressed.isoformat(),
        "sent_at": utc_now().isoformat(),
    }
    first, second = (ann.post(own(world), json=sent).json() for _ in range(2))
    assert first["id"] == second["id"]
    assert (datetime.fromisoformat(first["at"]), first["source"]) == (pressed, "offline")
    other = ann.post(own(world), json={**sent, "kind": "out"})
    assert (other.status_code, other.json()["code"]) == (409, "punch_conflict")


@pytest.mark.parametrize(
    ("taken_at", "field"),
    [("2020-01-01T08:00:00Z", "at"), ("2199-01-01T08:00:00Z", "at"), ("2026-11-02T08:00:00", "taken_at")],
)
def test_a_kept_punch_of_a_time_that_cannot_be_is_refused(
    ann: TestClient, world: World, taken_at: str, field: str
):
    answer = ann.post(own(world), json={"kind": "in", "once": "press-1", "taken_at": taken_at})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_only_ones_own_phone_says_where_it_is(app: FastAPI, client: TestClient, world: World):
    admin = world.people["admin"].client(app)
    answer = admin.post(own(world), json={"kind": "in", "position": FAR})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "position")


def test_who_is_in_is_told_with_the_job(
    manager: TestClient, ann: TestClient, sqlite_database: Database, world: World
):
    with sqlite_database.write(world.organisation_id) as session:
        forklift = JobRole(code="forklift", name="Forklift")
        session.add(forklift)
        session.flush()
        job = str(forklift.id)
    assert manager.get(f"{place(world)}/presence").json() == []
    assert ann.post(own(world), json={"kind": "in"}).status_code == 201
    moved = ann.post(own(world), json={"kind": "transfer", "job_role_id": job})
    assert moved.status_code == 201, moved.text
    (seen,) = manager.get(f"{place(world)}/presence").json()
    assert (seen["employee_id"], seen["whereabouts"]) == (str(world.here["employee_id"]), "at_work")
    assert seen["job_role_id"] == job
    assert ann.get(f"{place(world)}/presence").status_code == 403
