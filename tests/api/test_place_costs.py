"""Pay by place and job over HTTP."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.organisation.models import Role
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from tests.api.people import store_person
from tests.api.world import World, build_world


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


@pytest.fixture
def payroll(app: FastAPI, client: TestClient, world: World, sqlite_database: Database) -> TestClient:
    person = store_person(sqlite_database, world.organisation_id, "pay@kometa", (Role.PAYROLL, None))
    return person.client(app)


def test_what_a_closed_period_cost_is_told_by_place_and_an_open_one_is_refused(
    payroll: TestClient, sqlite_database: Database, world: World
):
    path = f"/v1/pay-periods/{world.here['pay_period_id']}/place-costs"
    refused = payroll.get(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "period_not_closed")
    with sqlite_database.write(world.organisation_id) as session:
        line = session.get_one(PayLine, world.here["pay_line_id"])
        session.add(
            PayLine(
                pay_period_id=line.pay_period_id, employee_id=line.employee_id, employee_number="1",
                employee_name="x", contract_id=line.contract_id, day=line.day, pay_code="bonus", minutes=0,
                hourly_rate_cents=0, amount_cents=12345, currency="PLN", is_worked=False,
                created_at=utc_now(),
            )
        )  # fmt: skip
        session.flush()
        period = session.get_one(PayPeriod, world.here["pay_period_id"])
        period.state, period.closed_at, period.closed_by = PayPeriodState.CLOSED, utc_now(), "system"
    (told,) = payroll.get(path).json()
    assert told == {
        "location_id": str(world.here["location_id"]),
        "job_role_id": None,
        "currency": "PLN",
        "worked_minutes": 0,
        "amount_cents": 12345,
    }
