"""A timesheet says where and in which job somebody worked, and what was made of where punches came from."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.people.models import JobRole
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import PlaceDecision, Punch, PunchKind
from scheduler.timekeeping.punch import record_punches
from scheduler.timekeeping.punch_place import Whence
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


def sheet(world: World) -> str:
    return f"/timesheets/{world.here['employee_id']}/{(utc_now() - timedelta(days=1)).date()}"


def test_time_at_another_place_in_another_job_and_doubts_about_a_punch_are_told(
    manager: TestClient, sqlite_database: Database, world: World
):
    who, home, there = world.here["employee_id"], world.here["location_id"], world.there["location_id"]
    came = utc_now().replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=1)
    far = Whence(place_decision=PlaceDecision.OUTSIDE, place_distance_metres=430, clock_offset_seconds=95)
    with sqlite_database.write(world.organisation_id) as session:
        forklift = JobRole(code="forklift", name="Forklift")
        session.add(forklift)
        session.flush()
        job_id = forklift.id
    moved = NewPunch(who, there, came + timedelta(hours=2), PunchKind.TRANSFER, "api", "move", job_id)
    with sqlite_database.write(world.organisation_id) as session:
        record_punches(
            session,
            [
                NewPunch(who, home, came, PunchKind.IN, "offline", "in", None, far),
                moved,
                NewPunch(who, there, came + timedelta(hours=6), PunchKind.OUT, "device", "out"),
            ],
            actor="system",
        )
    page = html.unescape(manager.get(sheet(world), headers=HTML).text)
    assert page.count("Kometa THERE, as Forklift") == 2
    assert "made elsewhere, 430 m away; its clock was 95 s ahead" in page
    assert "in the browser, offline" in page


def test_a_forgotten_transfer_is_added_with_its_place_and_job(
    manager: TestClient, sqlite_database: Database, world: World
):
    there, job = str(world.there["location_id"]), str(world.here["job_role_id"])
    at = f"{(utc_now() - timedelta(days=1)).date()}T10:00"
    said = {"kind": "transfer", "at": at, "reason": "helped out", "location_id": there, "job_role_id": job}
    assert manager.post(f"{sheet(world)}/punches", data=said).status_code == 303
    with sqlite_database.read(world.organisation_id) as session:
        kept = session.scalars(select(Punch).where(Punch.kind == PunchKind.TRANSFER)).one()
        session.expunge(kept)
    assert (str(kept.location_id), str(kept.job_role_id), kept.reason) == (there, job, "helped out")
