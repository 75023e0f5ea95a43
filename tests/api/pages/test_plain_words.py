"""No page about law shows a reader a raw name, such as those that packs are written with."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.law.library import packs
from scheduler.organisation.models import Location
from scheduler.people.models import Employee
from scheduler.rosters.models import Shift
from tests.api.world import World, build_world

RAW = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b")
PLACES = sorted(packs())


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """A young person works twelve hours right after eight."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        first = session.scalars(select(Shift).where(Shift.lineage_id == world.here["lineage_id"])).one()
        others = select(Shift).where(Shift.version_id == first.version_id, Shift.id != first.id)
        second = session.scalars(others).one()
        second.employee_id = first.employee_id
        second.starts_at, second.ends_at = first.ends_at, first.ends_at + timedelta(hours=12)
        young = session.get_one(Employee, first.employee_id)
        young.born_on = date(first.starts_at.year - 17, 1, 1)
    return world


def seen(client: TestClient, path: str) -> str:
    """What a reader of a page sees, without what stands there as code."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    body = answer.text.partition("<body>")[2]
    body = re.sub(r"<(code|script|style)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("jurisdiction", PLACES)
def test_no_page_of_law_shows_a_raw_name(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database, jurisdiction: str
):
    with sqlite_database.write(world.organisation_id) as session:
        session.get_one(Location, world.here["location_id"]).jurisdiction = jurisdiction
    manager = world.people["manager"].client(app)
    roster, who = world.here["roster_id"], world.here["employee_id"]
    other = "de" if jurisdiction != "de" else "pl"
    for path in (
        "/law",
        f"/law/{jurisdiction}",
        f"/employees/{who}/limits",
        f"/rosters/{roster}/compliance",
        f"/rosters/{roster}/what-if?jurisdiction={other}",
        f"/locations/{world.here['location_id']}/compliance",
    ):
        assert RAW.findall(seen(manager, path)) == [], path
