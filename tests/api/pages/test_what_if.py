"""What if the law were another: the page, the API, and that neither changes anything."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.law.library import packs
from scheduler.organisation.models import Location
from scheduler.rosters.models import Shift
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """Somebody works four hours, twelve hours after the eight before."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        mine = select(Shift).where(Shift.lineage_id == world.here["lineage_id"])
        first = session.scalars(mine).one()
        others = select(Shift).where(Shift.version_id == first.version_id, Shift.id != first.id)
        second = session.scalars(others).one()
        second.employee_id = first.employee_id
        second.starts_at = first.starts_at + timedelta(hours=20)
        second.ends_at = second.starts_at + timedelta(hours=4)
    return world


def version_of(world: World, database: Database) -> str:
    with database.read(world.organisation_id) as session:
        mine = select(Shift.version_id).where(Shift.lineage_id == world.here["lineage_id"])
        return str(session.scalars(mine).one())


def shown(client: TestClient, world: World, query: str, status: int = 200) -> str:
    answer = client.get(f"/rosters/{world.here['roster_id']}/what-if?{query}", headers=HTML)
    assert answer.status_code == status
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_the_report_leads_to_the_question_and_the_form_offers_rules_with_their_values(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    path = f"/rosters/{world.here['roster_id']}"
    assert f'href="{path}/what-if"' in manager.get(f"{path}/compliance", headers=HTML).text
    page = shown(manager, world, "")
    assert "Nothing is saved." in page
    assert "uninterrupted rest in the 24 h from each start of work: 11 h" in page
    assert "Only under the other law" not in page
    average = packs()["gb"].parameters["gb.week.max_avg"]
    assert f"{average.label} ({average.population}): 48 h" in shown(manager, world, "jurisdiction=gb")


def test_a_changed_value_is_shown_side_by_side(app: FastAPI, client: TestClient, world: World):
    manager = world.people["manager"].client(app)
    asked = "parameter=pl.daily_rest.min&value=13+h&parameter=&value=&parameter=&value="
    page = shown(manager, world, asked)
    assert "Only under the other law (1)" in page
    assert "13 h are due. by 1 h" in page
    assert "with 13 h in place of 11 h" in page
    assert "What the other law says differently (1)" in page


def test_a_place_is_known_by_its_other_names_too(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database
):
    with sqlite_database.write(world.organisation_id) as session:
        session.get_one(Location, world.here["location_id"]).jurisdiction = "PL"
    manager = world.people["manager"].client(app)
    answer = manager.get(f"/rosters/{world.here['roster_id']}/what-if?jurisdiction=pl", headers=HTML)
    assert '<option value="pl" selected>' in answer.text
    assert "Only under the other law" not in answer.text  # the same law was asked for


def test_what_will_not_do_is_told_by_name_on_the_page_with_the_form_as_it_was(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    page = shown(manager, world, "parameter=pl.daily_rest.min&value=long", 422)
    assert "pl.daily_rest.min “long”: is no duration; write 11 h, 15 min or 4 h 30 min" in page
    assert "has no value" in shown(manager, world, "parameter=pl.daily_rest.min&value=", 422)
    assert "choose one, or clear the value" in shown(manager, world, "parameter=&value=12+h", 422)
    assert "is no day; a day such as" in shown(manager, world, "as_on=soon", 422)
    assert "has no rule pack" in shown(manager, world, "jurisdiction=br", 422)


def test_the_api_gives_both_reports_and_what_only_one_of_them_finds(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database
):
    manager = world.people["manager"].client(app)
    version = version_of(world, sqlite_database)
    body = {"values": [{"parameter": "pl.daily_rest.min", "value": "13 h"}]}
    found = manager.post(f"/v1/roster-versions/{version}/what-if", json=body).json()
    assert found["now"] == manager.get(f"/v1/roster-versions/{version}/compliance").json()
    (new,) = found["only_then"]
    assert (new["then"]["code"], new["then"]["short_by"], new["now"]) == ("PL.DAILY_REST_11H", 60, None)
    assert found["only_now"] == []
    (difference,) = found["differences"]
    assert [one["value"] for one in difference["then"]] == ["13 h"]


def test_the_api_names_each_bad_value(
    app: FastAPI, client: TestClient, world: World, sqlite_database: Database
):
    manager = world.people["manager"].client(app)
    path = f"/v1/roster-versions/{version_of(world, sqlite_database)}/what-if"
    values = [{"parameter": "pl.daily_rest.min", "value": "x"}, {"parameter": "pl.nothing", "value": "1 h"}]
    answer = manager.post(path, json={"values": values})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["pl.daily_rest.min", "parameter"]
    assert manager.post(path, json={"values": values[:1] * 21}).status_code == 422
    assert manager.post(path, json={"law": "gb"}).status_code == 422


def test_somebody_who_sees_no_rosters_may_not_ask(app: FastAPI, client: TestClient, world: World):
    page = f"/rosters/{world.here['roster_id']}/what-if"
    assert world.people["employee"].client(app).get(page).status_code == 403
    assert world.people["other manager"].client(app).get(page).status_code == 403
