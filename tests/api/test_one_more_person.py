"""Where one more person would help, over HTTP and on its page."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.demand.models import CoverageRequirement
from scheduler.rosters.create import create_roster
from tests.api.world import World, build_world, monday

HTML = {"Accept": "text/html"}
HTMX = {**HTML, "HX-Request": "true"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        session.add(
            CoverageRequirement(
                location_id=world.here["location_id"],
                department_id=world.here["department_id"],
                skill_id=world.here["skill_id"],
                starts_at=datetime.combine(monday(), time(16), UTC),
                ends_at=datetime.combine(monday(), time(20), UTC),
                minimum=1,
                target=1,
                maximum=None,
            )
        )
    return world


@pytest.fixture
def manager(app: FastAPI, world: World) -> TestClient:
    return world.people["manager"].client(app)


def page_of(world: World) -> str:
    return f"/rosters/{world.here['roster_id']}/one-more-person"


def test_what_is_missing_and_who_would_fill_it_is_told(manager: TestClient, world: World):
    answer = manager.get(f"/v1{page_of(world)}")
    assert answer.status_code == 200, answer.text
    found = answer.json()
    missing = next(each for each in found["missing"] if each["skill_id"] == str(world.here["skill_id"]))
    assert missing["minutes"] >= 240
    assert sum(sum(stretch["gains"]) for stretch in missing["stretches"]) == missing["minutes"]
    assert missing["new_people"][0]["contract_minutes"] == 2880
    assert missing["new_people"][0]["sentence"] in found["sentences"]


def test_the_contract_of_the_new_person_can_be_asked_for(manager: TestClient, world: World):
    address = f"/v1{page_of(world)}"
    (missing,) = manager.get(address, params={"contract_minutes": 600}).json()["missing"]
    assert "a contract of up to 10 h" in missing["new_people"][0]["sentence"]
    for wrong in (0, -5, 7 * 24 * 60 + 1, "x"):
        refused = manager.get(address, params={"contract_minutes": wrong})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "contract_minutes"


def test_the_page_says_at_once_when_people_are_missing_and_then_who(manager: TestClient, world: World):
    page = manager.get(page_of(world), headers=HTML)
    assert page.status_code == 200
    assert "more person there would fill" in page.text
    assert "One more person with" not in page.text
    assert f'hx-get="{page_of(world)}?people=true"' in page.text
    part = manager.get(page_of(world), params={"people": "true"}, headers=HTMX)
    assert "<html" not in part.text
    assert "One more person with the contract and rules of Ann Kometa" in part.text
    whole = manager.get(page_of(world), params={"people": "true", "hours": "10"}, headers=HTML)
    assert "<html" in whole.text
    assert "with a contract of up to 10 h" in whole.text
    assert 'value="10"' in whole.text
    assert (
        manager.get(page_of(world), params={"people": "true", "hours": ""}, headers=HTML).status_code == 200
    )
    assert manager.get(page_of(world), params={"hours": "-3"}, headers=HTML).status_code == 422


def test_a_week_in_which_nothing_is_missing_has_an_empty_page_that_says_so(
    app: FastAPI, sqlite_database: Database
):
    world = build_world(sqlite_database, "rival", "Rival")
    admin = world.people["admin"].client(app)
    roster = f"/v1/rosters/{world.here['roster_id']}"
    week = admin.get(roster).json()
    for place, shift in enumerate(week["open_shifts"]):
        step = {"action": "remove", "lineage_id": shift["lineage_id"]}
        seen = week["roster"]["revision"] + place
        assert admin.post(f"{roster}/edits", json={**step, "expected_revision": seen}).status_code == 201
    missing = admin.get(f"/v1{page_of(world)}").json()["missing"]
    told = "Nothing is missing this week;</strong> one more person would gain nothing."
    assert (told in admin.get(page_of(world), headers=HTML).text) is not bool(missing)


def test_a_week_that_is_not_planned_yet_asks_for_a_roster_first(
    app: FastAPI, sqlite_database: Database, world: World
):
    with sqlite_database.write(world.organisation_id) as session:
        later = monday() + timedelta(weeks=6)
        roster_id = create_roster(session, world.here["location_id"], later, actor="system").id
    page = world.people["manager"].client(app).get(f"/rosters/{roster_id}/one-more-person", headers=HTML)
    assert "Nothing is planned in this week yet." in page.text


def test_the_week_leads_to_the_page(manager: TestClient, world: World):
    week = manager.get(f"/locations/{world.here['location_id']}/weeks/{monday()}", headers=HTML)
    assert f'href="{page_of(world)}"' in week.text
