"""Leave policies and accounts over HTTP."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from tests.api.world import World, build_world

TODAY = utc_now().date()
YEAR = date(TODAY.year, 1, 1)
POLICY = {
    "kind": "annual",
    "starts_on": str(YEAR),
    "unit": "days",
    "granting": "yearly",
    "yearly_amount": 26,
    "carry_over_limit": 5.5,
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


def say(payroll: TestClient, world: World, **changes: Any) -> Any:
    path = f"/v1/locations/{world.here['location_id']}/leave-policies"
    return payroll.put(path, json={**POLICY, **changes})


def account(client: TestClient, world: World) -> Any:
    answer = client.get(f"/v1/employees/{world.here['employee_id']}/leave-balances")
    assert answer.status_code == 200, answer.text
    return answer.json()["accounts"]


def workdays(count: int) -> tuple[date, date]:
    """A span of a week in the future that starts on a Monday, of so many days."""
    first = TODAY + timedelta(days=7 - TODAY.weekday())
    return first, first + timedelta(days=count)


def test_a_policy_that_is_said_shows_with_the_law_and_makes_accounts(payroll, employee, world):
    answer = say(payroll, world)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["yearly_amount"], answer.json()["carry_over_limit"]) == (26, 5.5)
    listed = employee.get(f"/v1/locations/{world.here['location_id']}/leave-policies").json()
    assert listed["law"]["days"] == 20
    assert [one["kind"] for one in listed["policies"]] == ["annual"]
    (one,) = account(employee, world)
    assert (one["unit"], one["balance"], one["lines"][0]["why"]) == ("days", 26, "26 days a year")


def test_a_policy_below_the_law_is_kept_and_says_so(payroll, world):
    below = say(payroll, world, yearly_amount=10).json()["below_law"]
    assert below.startswith("The law gives at least 20 days a year")


def test_entries_are_made_by_payroll_and_managers_with_a_reason(payroll, manager, employee, world):
    say(payroll, world)
    path = f"/v1/employees/{world.here['employee_id']}/leave-entries"
    entry = {
        "leave_kind": "annual",
        "entry": "adjustment",
        "day": str(YEAR),
        "amount": -1.5,
        "reason": "sold",
    }
    made = manager.post(path, json=entry)
    assert made.status_code == 201, made.text
    assert made.json()["amount"] == -1.5
    assert employee.post(path, json=entry).status_code == 403
    refused = manager.post(path, json={**entry, "reason": ""})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "reason")
    (one,) = account(employee, world)
    assert one["balance"] == 24.5


def test_parts_of_minutes_are_refused(payroll, world):
    answer = say(payroll, world, unit="minutes", yearly_amount=9600.5)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "yearly_amount")


def test_an_outlook_says_what_a_leave_would_leave(payroll, employee, world):
    path = f"/v1/employees/{world.here['employee_id']}/leave-outlook"
    first, end = workdays(2)
    asked = {"kind": "annual", "starts_on": str(first), "ends_on": str(end)}
    assert employee.get(path, params=asked).json()["has_account"] is False
    say(payroll, world, counts_holidays=True)
    told = employee.get(path, params=asked).json()
    assert (told["asked"], told["is_covered"], told["left"]) == (2, True, told["available"] - 2)
    other = employee.get(f"/v1/employees/{world.here['colleague_id']}/leave-outlook", params=asked)
    assert other.status_code == 403
    backwards = employee.get(path, params={**asked, "ends_on": str(first)})
    assert backwards.json()["errors"][0]["field"] == "ends_on"


def test_a_request_beyond_the_balance_is_approved_only_by_an_explicit_word(payroll, manager, employee, world):
    say(payroll, world, yearly_amount=1, counts_holidays=True, carry_over_limit=0)
    first, end = workdays(4)
    if end.year != first.year:
        pytest.skip("the week lies in two leave years")
    body = {"starts_on": str(first), "ends_on": str(end), "kind": "annual"}
    asked = employee.post(f"/v1/employees/{world.here['employee_id']}/time-off", json=body)
    path = f"/v1/time-off/{asked.json()['id']}/decision"
    refused = manager.post(path, json={"decision": "approve"})
    assert (refused.status_code, refused.json()["code"]) == (409, "leave_beyond_balance")
    assert "3 days too much" in refused.json()["detail"]
    done = manager.post(path, json={"decision": "approve", "beyond_balance": True})
    assert (done.status_code, done.json()["state"]) == (200, "approved")


def test_managers_do_not_say_what_leave_there_is(manager, world):
    answer = manager.put(f"/v1/locations/{world.here['location_id']}/leave-policies", json=POLICY)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")


def test_days_far_ahead_are_refused(employee, world):
    path = f"/v1/employees/{world.here['employee_id']}/leave-balances"
    answer = employee.get(path, params={"day": "2199-01-01"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "day")
