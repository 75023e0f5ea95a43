"""Allowances on their page: added for whom they are, ended, refused beside the field."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.pay.models import Allowance
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
MEALS = {
    "name": "Warm meals", "pay_code": "warm_meals", "amount": "15.50", "currency": "pln", "per": "day",
    "least": "6", "effect": "discretionary", "valid_from": "2026-01-01", "cite": "House agreement, s. 7",
}  # fmt: skip


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


def stored(database: Database, world: World) -> list[tuple[object, ...]]:
    columns = (Allowance.pay_code, Allowance.amount_cents, Allowance.least_minutes, Allowance.valid_until)
    with database.read(world.organisation_id) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Allowance.id))]


def test_an_allowance_is_added_and_ended(app: FastAPI, sqlite_database: Database, world: World):
    payroll = world.people["payroll"].client(app)
    here = {"location": str(world.here["location_id"])}
    answer = payroll.post("/allowances", data=MEALS | here, headers=HTML)
    assert answer.status_code in (200, 303), answer.text
    assert stored(sqlite_database, world)[-1][:3] == ("warm_meals", 1550, 360)
    page = payroll.get("/allowances", headers=HTML).text
    assert "Warm meals: PLN 15.50" in page
    ends = payroll.post(
        f"/allowances/{world.here['allowance_id']}/end", data={"ends_on": "2026-02-01"}, headers=HTML
    )
    assert ends.status_code in (200, 303), ends.text
    assert "2026-02-01" in {str(row[3]) for row in stored(sqlite_database, world)}


def test_what_cannot_be_is_told_beside_its_field(app: FastAPI, sqlite_database: Database, world: World):
    payroll = world.people["payroll"].client(app)
    here = {"location": str(world.here["location_id"])}
    before = stored(sqlite_database, world)
    for changes, told in (
        ({"amount": "x"}, "Is no number"),
        ({"valid_from": ""}, "Is missing"),
        ({"pay_code": "regular"}, "Is no pay code for money"),
        ({"currency": "ABC"}, "Is no known currency"),
        ({"number": "nobody"}, "Is nobody"),
    ):
        answer = payroll.post("/allowances", data=MEALS | here | changes, headers=HTML)
        assert (answer.status_code, told in answer.text) == (422, True), (changes, answer.text)
    assert stored(sqlite_database, world) == before


def test_managers_do_not_set_allowances(app: FastAPI, world: World):
    assert world.people["manager"].client(app).get("/allowances", headers=HTML).status_code == 403
