"""Contracts on their pages: found, read, changed from a day on, corrected with before and after."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.people.models import Contract
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}
TERMS = {
    "valid_from": "2027-01-01", "kind": "part_time", "paid_by": "day", "rate": "645.00", "currency": "php",
    "weekly": "30", "min_weekly": "", "max_weekly": "40", "max_daily": "8", "guaranteed": "12.5",
    "night_work": "permanent", "agreed_0": "10", "agreed_2": "10", "agreed_3": "10", "exempt_by": "",
    "allowance": "10", "salary_by": "",
}  # fmt: skip


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


def contracts(database: Database, world: World) -> list[Contract]:
    with database.read(world.organisation_id) as session:
        query = select(Contract).where(Contract.employee_id == world.here["employee_id"])
        found = list(session.scalars(query.order_by(Contract.valid_from)))
        session.expunge_all()
        return found


def test_new_terms_hold_from_their_day_with_everything_they_say(
    app: FastAPI, sqlite_database: Database, world: World
):
    payroll = world.people["payroll"].client(app)
    address = f"/employees/{world.here['employee_id']}/contracts"
    answer = payroll.post(address, data=TERMS, headers=HTML)
    assert answer.status_code in (200, 303), answer.text
    before, after = contracts(sqlite_database, world)
    assert str(before.valid_until) == "2027-01-01"
    assert (after.daily_rate_cents, after.hourly_rate_cents, after.currency) == (64500, 8063, "PHP")
    assert (after.guaranteed_weekly_minutes, after.daily_allowance_cents) == (750, 1000)
    assert after.agreed_week == [600, 0, 600, 600, 0, 0, 0]
    page = payroll.get(address, headers=HTML).text
    assert "645.00 PHP a day, 30 h a week, 12.5 h a week guaranteed, nights only" in page


def test_a_correction_shows_before_and_after(app: FastAPI, sqlite_database: Database, world: World):
    payroll = world.people["payroll"].client(app)
    contract = contracts(sqlite_database, world)[0]
    terms = {**TERMS, "valid_from": "2024-01-01", "paid_by": "month", "rate": "8000", "currency": "PLN"}
    terms |= {"guaranteed": "", "salary_by": "thirtieths"}
    payroll.post(f"/contracts/{contract.id}", data=terms, headers=HTML)
    corrected = contracts(sqlite_database, world)[0]
    assert (corrected.monthly_salary_cents, corrected.hourly_rate_cents) == (800000, 6154)
    page = payroll.get(f"/employees/{contract.employee_id}/contracts", headers=HTML).text
    assert "nothing before, <strong>800000</strong> now" in page


def test_what_cannot_be_is_told_beside_its_field(app: FastAPI, sqlite_database: Database, world: World):
    payroll = world.people["payroll"].client(app)
    address = f"/employees/{world.here['employee_id']}/contracts"
    for changes, told in (
        ({"rate": "x"}, "Is no number"),
        ({"weekly": ""}, "Is missing"),
        ({"agreed_0": "30"}, "Is no week"),
        ({"guaranteed": "60"}, "Cannot be guaranteed"),
        ({"currency": "ABC"}, "Is no known currency"),
    ):
        answer = payroll.post(address, data=TERMS | changes, headers=HTML)
        assert (answer.status_code, told in answer.text) == (422, True), (changes, answer.text)
        assert 'value="2027-01-01"' in answer.text
    assert len(contracts(sqlite_database, world)) == 1


def test_managers_read_payroll_writes_and_people_see_their_own(
    app: FastAPI, sqlite_database: Database, world: World
):
    address = f"/employees/{world.here['employee_id']}/contracts"
    manager, employee = (world.people[who].client(app) for who in ("manager", "employee"))
    listed = manager.get("/contracts?find=Kometa", headers=HTML).text
    assert address in listed
    assert "New terms" not in manager.get(address, headers=HTML).text
    assert manager.post(address, data=TERMS, headers=HTML).status_code == 403
    assert "My contract" in employee.get("/my/contract", headers=HTML).text
    stranger = world.people["other employee"].client(app)
    assert stranger.get(address, headers=HTML).status_code == 403
    rival = build_world(sqlite_database, "rival", "Rival")
    assert rival.people["admin"].client(app).get(address, headers=HTML).status_code == 404
