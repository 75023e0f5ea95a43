"""Consents over HTTP and pages: given by the person or for them, seen by whom they concern, taken back."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.organisation.models import Location
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    """Under British law, which knows an opt-out."""
    world = build_world(sqlite_database, "kometa", "Kometa")
    with sqlite_database.write(world.organisation_id) as session:
        for place in session.scalars(select(Location)):
            place.zone, place.jurisdiction = "Europe/London", "gb"
    return world


def test_a_person_gives_a_consent_and_takes_it_back_on_their_own_page(
    app: FastAPI, client: TestClient, world: World
):
    ann = world.people["employee"].client(app)
    own = f"/employees/{world.here['employee_id']}/consents"
    given = ann.post(own, data={"ground": "opt_out"}, headers=HTML)
    assert (given.status_code, given.headers["location"]) == (303, "/my/limits?said=given#consents")
    shown = ann.get("/my/limits", headers=HTML).text
    assert "Opt out" in shown
    assert "WTR 1998, reg. 5" in shown
    listed = ann.get(f"/v1{own}").json()
    assert len(listed) == 2
    path = f"/consents/{listed[0]['id']}/withdrawal"
    assert ann.post(path, headers=HTML).status_code == 303
    again = ann.post(f"/v1{path}")
    assert (again.status_code, again.json()["code"]) == (409, "consent_withdrawn")
    assert ann.get(f"/v1{own}").json()[0]["ends_on"] is not None


def test_what_cannot_be_is_told_on_the_page_and_stores_nothing(
    app: FastAPI, client: TestClient, world: World
):
    manager = world.people["manager"].client(app)
    own = f"/employees/{world.here['employee_id']}/consents"
    before = manager.get(f"/v1{own}").json()
    for sent in ({"ground": "no_such"}, {"ground": "opt_out", "given_on": "yesterday"}):
        answer = manager.post(own, data=sent, headers=HTML)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    assert manager.get(f"/v1{own}").json() == before
    assert manager.get(f"/employees/{world.here['employee_id']}/limits", headers=HTML).status_code == 200
