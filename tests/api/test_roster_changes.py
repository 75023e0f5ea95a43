"""Changes of what people know: priced before, refused without a reason, logged after, over HTTP and pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import delete, select

from scheduler.db.session import Database
from scheduler.kernel.ids import new_id
from scheduler.organisation.models import Location
from scheduler.people.models import Contract, WeeklyAvailability
from scheduler.rosters.models import Shift
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """Under Seattle's law, where a day of a week ahead is less than the notice that is due."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        for place in session.scalars(select(Location)):
            place.zone, place.jurisdiction, place.currency = "UTC", "us-wa-sea", "USD"
        for contract in session.scalars(select(Contract)):
            contract.hourly_rate_cents, contract.currency = 2000, "USD"
    return world


@pytest.fixture
def manager(app: FastAPI, client: TestClient, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def roster(manager: TestClient, world: World) -> str:
    """Ann's week is published, and then her shift is taken from her in the draft."""
    path = f"/v1/rosters/{world.here['roster_id']}"
    revision = manager.get(path).json()["roster"]["revision"]
    published = manager.post(f"{path}/publications", json={"expected_revision": revision})
    assert published.status_code == 201, published.text
    edit: dict[str, Any] = {
        "action": "unassign",
        "expected_revision": revision + 1,
        "lineage_id": str(world.here["lineage_id"]),
    }
    assert manager.post(f"{path}/edits", json=edit).status_code == 201
    return path


def test_a_change_has_its_price_its_reason_and_its_place_in_the_log(manager: TestClient, roster: str):
    price = manager.get(f"{roster}/published-changes/price").json()
    (change,) = price["changes"]
    assert (change["pay_code"], price["totals"]) == ("predictability_half", {"USD": 8000})
    body: dict[str, Any] = {"expected_revision": price["revision"]}
    refused = manager.post(f"{roster}/publications", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "reason"
    assert manager.get(f"{roster}/published-changes").json()["items"] == []
    done = manager.post(f"{roster}/publications", json={**body, "reason": "no delivery"})
    assert done.status_code == 201
    (logged,) = manager.get(f"{roster}/published-changes").json()["items"]
    assert (logged["reason"], logged["premium_cents"]) == ("no delivery", 8000)
    assert logged["citation"]


def test_the_page_tells_the_price_asks_for_the_reason_and_works_the_price_out_again(
    manager: TestClient, world: World, roster: str
):
    page = f"/rosters/{world.here['roster_id']}/publish"
    shown = manager.get(page, headers=HTML).text
    assert "these changes cost" in shown
    assert "80.00" in shown
    revision = manager.get(roster).json()["roster"]["revision"]
    name = f"{world.here['employee_id']} {world.here['lineage_id']}"
    form = {"revision": str(revision), "changed": name, "cause": "employer", "reason": " "}
    refused = manager.post(page, data=form, headers=HTML)
    assert (refused.status_code, "reason is missing" in refused.text) == (422, True)
    asked = {**form, "cause": "employee_request", "reason": "she asked"}
    again = manager.post(page, data={**asked, "do": "price"}, headers=HTML)
    assert (again.status_code, "asks for no premium" in again.text) == (200, True)
    assert manager.post(page, data={**asked, "consented": name}, headers=HTML).status_code == 303
    (logged,) = manager.get(f"{roster}/published-changes").json()["items"]
    assert (logged["cause"], logged["consented"], logged["premium_cents"]) == ("employee_request", True, 0)
    log = manager.get(f"/rosters/{world.here['roster_id']}/changes", headers=HTML).text
    assert "she asked" in log
    assert "they asked for it" in log


def test_a_change_named_without_ids_is_refused(manager: TestClient, world: World, roster: str):
    page = f"/rosters/{world.here['roster_id']}/publish"
    answer = manager.post(page, data={"revision": "1", "changed": "somebody", "cause": "swap"})
    assert answer.status_code == 422


def test_a_sector_that_the_law_of_the_place_does_not_know_is_refused(
    app: FastAPI, client: TestClient, world: World
):
    admin = world.people["admin"].client(app)
    path = f"/v1/locations/{world.here['location_id']}"
    known = {key: value for key, value in admin.get(path).json().items() if key != "id"}
    new_york = {**known, "jurisdiction": "us-ny-nyc", "zone": "America/New_York"}
    assert admin.put(path, json={**new_york, "sector": "retail"}).json()["sector"] == "retail"
    refused = admin.put(path, json={**new_york, "sector": "mining"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["hint"] == "fast_food or retail, or null"


def test_a_short_rest_has_its_price_on_the_page_and_its_place_in_the_log(
    manager: TestClient, world: World, sqlite_database: Database
):
    person, path = world.here["employee_id"], f"/v1/rosters/{world.here['roster_id']}"
    agreed = {"ground": "short_rest", "given_on": "2026-01-05", "valid_from": "2026-01-05"}
    assert manager.post(f"/v1/employees/{person}/consents", json=agreed).status_code == 201
    with sqlite_database.write(world.organisation_id) as session:
        (first,) = session.scalars(select(Shift).where(Shift.lineage_id == world.here["lineage_id"]))
        starts = first.ends_at + timedelta(hours=9, minutes=30)
        early = Shift(
            version_id=first.version_id, lineage_id=new_id(), department_id=first.department_id,
            skill_id=first.skill_id, employee_id=first.employee_id, starts_at=starts,
            ends_at=starts + timedelta(hours=4), breaks=[], paid_minutes=240,
        )  # fmt: skip
        session.add(early)
        session.execute(delete(WeeklyAvailability))
    shown = manager.get(f"/rosters/{world.here['roster_id']}/publish", headers=HTML).text
    assert "By law these rests cost" in shown
    assert "5.00" in shown
    (told,) = manager.get(f"{path}/published-changes/price").json()["short_rests"]
    assert (told["rest_minutes"], told["premium_cents"], told["consented"]) == (570, 500, True)
    revision = manager.get(path).json()["roster"]["revision"]
    done = manager.post(f"{path}/publications", json={"expected_revision": revision})
    assert done.status_code == 201, done.text
    (logged,) = manager.get(f"{path}/published-changes/short-rests").json()["items"]
    assert (logged["premium_cents"], logged["reason"], logged["pay_code"]) == (
        500,
        None,
        "short_rest_premium",
    )
    log = manager.get(f"/rosters/{world.here['roster_id']}/changes", headers=HTML).text
    assert "short rest from" in log
    assert "9 h 30 of 10 h" in log
    assert "SMC 14.22.035" in log


def test_the_log_of_changes_is_a_page_and_says_when_there_are_none(
    manager: TestClient, world: World, roster: str
):
    page = f"/rosters/{world.here['roster_id']}/changes"
    assert "Nothing was changed" in manager.get(page, headers=HTML).text
    revision = manager.get(roster).json()["roster"]["revision"]
    body = {"expected_revision": revision, "reason": "no delivery"}
    assert manager.post(f"{roster}/publications", json=body).status_code == 201
    shown = manager.get(page, headers=HTML).text
    assert all(words in shown for words in ("no delivery", "our own need", "80.00", "no work"))
