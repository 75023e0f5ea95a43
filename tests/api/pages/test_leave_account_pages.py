"""Leave balances, policies and outlooks on pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from tests.api.world import World, build_world

TODAY = utc_now().date()
FORM = {
    "kind": "annual",
    "starts_on": f"{TODAY.year}-01-01",
    "unit": "days",
    "granting": "yearly",
    "yearly_amount": "12,5",
    "part_year": "days",
    "rounding": "exact",
    "day_hours": "8",
    "waiting_months": "0",
    "counted_weekdays": ["0", "1", "2", "3", "4"],
    "counts_holidays": "true",
}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def payroll(app: FastAPI, world: World) -> TestClient:
    return world.people["payroll"].client(app)


@pytest.fixture
def manager(app: FastAPI, world: World) -> TestClient:
    return world.people["manager"].client(app)


@pytest.fixture
def employee(app: FastAPI, world: World) -> TestClient:
    return world.people["employee"].client(app)


def policies(world: World) -> str:
    return f"/locations/{world.here['location_id']}/leave-policies"


def leave(world: World) -> str:
    return f"/employees/{world.here['employee_id']}/leave"


def monday() -> date:
    return TODAY + timedelta(days=7 - TODAY.weekday())


def test_before_anybody_said_anything_pages_say_what_to_do(payroll, manager, employee, world):
    assert "Nobody said how leave is counted here" in manager.get("/leave-balances").text
    page = payroll.get(policies(world)).text
    assert "Nothing yet" in page
    assert "20 days a year in a five-day week, 26 days after long service" in page
    assert "No account" in manager.get(leave(world)).text
    assert "See what is left" not in employee.get("/my/time-off").text


def test_the_law_fills_in_the_form_and_nothing_else_does(payroll, world):
    page = payroll.get(f"{policies(world)}?start=law").text
    assert 'name="yearly_amount" inputmode="decimal" maxlength="20" value="20"' in page
    assert 'name="long_service_amount" inputmode="decimal" maxlength="20" value="26"' in page
    assert "Kodeks pracy, art. 154" in page


def test_a_policy_is_said_in_days_and_shows_in_words(payroll, manager, world):
    saved = payroll.post(policies(world), data=FORM, follow_redirects=True)
    assert saved.status_code == 200, saved.text
    assert "12.5 days a year; part years by calendar days." in saved.text
    assert "The law gives at least 20 days a year" in saved.text
    listed = manager.get("/leave-balances").text
    assert "12.5 days" in listed
    assert "annual leave" in listed


def test_a_policy_in_hours_is_said_in_hours(payroll, manager, world):
    hours = {**FORM, "unit": "minutes", "yearly_amount": "160", "full_time_hours": "40"}
    payroll.post(policies(world), data=hours)
    assert "160 h a year" in manager.get(leave(world)).text


def test_every_wrong_field_is_told_and_the_form_stays(payroll, world):
    wrong = {**FORM, "starts_on": "soon", "yearly_amount": "many", "waiting_months": "1.5"}
    answer = payroll.post(policies(world), data=wrong)
    assert answer.status_code == 422
    for said in ("is no day", "is no number of days", "is no whole number"):
        assert said in answer.text
    assert 'value="many"' in answer.text
    assert "Nothing yet" in answer.text


def test_a_manager_enters_something_and_the_line_says_why(payroll, manager, world):
    payroll.post(policies(world), data=FORM)
    entry = {"kind": "annual", "entry": "adjustment", "day": str(TODAY), "amount": "-2.5", "reason": "sold"}
    page = manager.post(leave(world), data=entry, follow_redirects=True)
    assert "Entered" in page.text
    assert "-2.5 days" in page.text
    assert "10 days" in page.text
    refused = manager.post(leave(world), data={**entry, "amount": "lots"})
    assert (refused.status_code, "is no number of days" in refused.text) == (422, True)
    assert 'value="lots"' in refused.text


def test_an_employee_sees_what_is_left_before_asking(payroll, employee, world):
    payroll.post(policies(world), data=FORM)
    assert "12.5 days available" in employee.get("/my/time-off").text
    span = {"first_day": str(monday()), "last_day": str(monday() + timedelta(days=1))}
    asked = {**span, "kind": "annual", "note": "trip"}
    page = employee.get("/my/time-off/outlook", params=asked)
    assert "this asks for 2 days" in page.text
    assert "Nothing is asked for yet" in page.text
    assert 'value="trip"' in page.text
    backwards = employee.get("/my/time-off/outlook", params={**asked, "last_day": str(TODAY)})
    assert (backwards.status_code, "is before the first day" in backwards.text) == (422, True)


def test_a_manager_is_told_and_approves_beyond_the_balance_by_a_word_of_its_own(
    payroll, manager, employee, world
):
    payroll.post(policies(world), data={**FORM, "yearly_amount": "0", "carry_over_limit": "0"})
    asked = {"first_day": str(monday()), "last_day": str(monday() + timedelta(days=3)), "kind": "annual"}
    employee.post("/my/time-off", data=asked)
    page = manager.get("/time-off").text
    assert "4 days too much" in page
    assert "Approve beyond the balance" in page
    path = next(part.partition('"')[0] for part in page.split('action="') if "/approve" in part)
    refused = manager.post(path)
    assert (refused.status_code, "4 days too much" in refused.text) == (409, True)
    done = manager.post(path, data={"beyond_balance": "true"}, follow_redirects=True)
    assert "Approved:" in done.text


def test_an_employee_does_not_open_the_page_that_enters_into_accounts(employee, world):
    assert employee.get(leave(world)).status_code == 403
    assert employee.get("/leave-balances").status_code == 403
