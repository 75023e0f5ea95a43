"""Extra pay on its page: recorded, approved by somebody else, taken back; and seen from a pay line."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.pay.models import PayFact, PayFactDecision, PayLine
from scheduler.people.models import Employee
from tests.api.world import World, build_world

HTML = {"Accept": "text/html"}


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return build_world(sqlite_database, "kometa", "Kometa")


def facts(database: Database, world: World) -> list[PayFact]:
    with database.read(world.organisation_id) as session:
        found = list(session.scalars(select(PayFact).order_by(PayFact.id)))
        session.expunge_all()
        return found


def number(database: Database, world: World) -> str:
    with database.read(world.organisation_id) as session:
        found = session.get(Employee, world.here["employee_id"])
        assert found is not None
        return found.number


def bonus(database: Database, world: World, **changes: str) -> dict[str, str]:
    today = utc_now().date().isoformat()
    form = {"number": number(database, world), "kind": "bonus", "day": today, "amount": "12.50"}
    return {**form, "effect": "flat_sum", "reason": "sales", **changes}


def test_a_manager_records_and_payroll_approves(app: FastAPI, sqlite_database: Database, world: World):
    manager, payroll = (world.people[who].client(app) for who in ("manager", "payroll"))
    answer = manager.post("/extra-pay", data=bonus(sqlite_database, world), headers=HTML)
    assert answer.status_code in (200, 303), answer.text
    fact = facts(sqlite_database, world)[-1]
    assert (fact.amount_cents, fact.currency, fact.effect, fact.needs_approval) == (
        1250, "PLN", "flat_sum", True,
    )  # fmt: skip
    page = manager.get("/extra-pay", headers=HTML).text
    assert "Recorded by you: somebody else has to approve it." in page
    refused = manager.post(f"/extra-pay/{fact.id}/approve", data={"reason": "ok"}, headers=HTML)
    assert refused.status_code == 403
    assert "Approve" in payroll.get("/extra-pay", headers=HTML).text
    payroll.post(f"/extra-pay/{fact.id}/approve", data={"reason": "ok"}, headers=HTML)
    assert "PLN 12.50" in payroll.get("/extra-pay", headers=HTML).text
    with sqlite_database.read(world.organisation_id) as session:
        verdicts = session.scalars(
            select(PayFactDecision.verdict).where(PayFactDecision.pay_fact_id == fact.id)
        ).all()
    assert [each.value for each in verdicts] == ["approved"]


def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(
    app: FastAPI, sqlite_database: Database, world: World
):
    payroll = world.people["payroll"].client(app)
    before = len(facts(sqlite_database, world))
    for changes, told in (
        ({"amount": "a lot"}, "Is no number"),
        ({"amount": "1.234"}, "Is no amount of money"),
        ({"amount": ""}, "Is missing for bonus"),
        ({"number": "nobody"}, "Is nobody here"),
        ({"day": "2019-01-01"}, "The person has no contract then"),
        ({"kind": "called_back", "clock": "08:01"}, "Nobody clocked in then"),
        ({"reason": " "}, "A reason is missing"),
    ):
        answer = payroll.post("/extra-pay", data=bonus(sqlite_database, world, **changes), headers=HTML)
        assert (answer.status_code, told in answer.text) == (422, True), (changes, answer.text)
        assert 'aria-invalid="true"' in answer.text
    assert len(facts(sqlite_database, world)) == before


def test_a_pay_line_shows_what_was_recorded_behind_it(app: FastAPI, sqlite_database: Database, world: World):
    payroll = world.people["payroll"].client(app)
    fact_id, allowance_id = world.here["pay_fact_id"], world.here["allowance_id"]
    with sqlite_database.write(world.organisation_id) as session:
        shown = session.get(PayLine, world.here["pay_line_id"])
        assert shown is not None
        line = PayLine(
            pay_period_id=shown.pay_period_id, employee_id=shown.employee_id, employee_number="1",
            employee_name="Somebody", contract_id=shown.contract_id, day=shown.day, pay_code="taxi",
            minutes=0, hourly_rate_cents=0, amount_cents=100, currency="PLN", created_at=utc_now(),
            records=[f"pay_fact:{fact_id}", f"allowance:{allowance_id}"],
        )  # fmt: skip
        session.add(line)
        session.flush()
        address = f"/pay-lines/{line.id}"
    page = payroll.get(address, headers=HTML).text
    assert f"pay_fact:{fact_id}" in page
    assert f"allowance:{allowance_id}" in page
    assert "One-off payment" in page


def test_employees_and_other_places_do_not_see_it(app: FastAPI, sqlite_database: Database, world: World):
    assert world.people["employee"].client(app).get("/extra-pay", headers=HTML).status_code == 403
    other = world.people["other manager"].client(app)
    answer = other.post("/extra-pay", data=bonus(sqlite_database, world), headers=HTML)
    assert (answer.status_code, "Is nobody here" in answer.text) == (422, True)
