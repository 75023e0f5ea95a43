"""Who may have been sent home, by what was published and worked; and what a person says to it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from scheduler.law.verify.example import Example, read_examples
from scheduler.pay.decide_pay_fact import decide_pay_fact
from scheduler.pay.models import PayFactKind, PayFactVerdict
from scheduler.pay.proposed_facts import proposed_facts
from scheduler.pay.record_pay_fact import NewPayFact, record_pay_facts
from tests.scheduler.pay.example_company import PAYROLL, ExampleCompany

TWO_DAYS = """[{"id": "home", "jurisdiction": "us-ca", "kind": "pay", "expected": {}, "input": {
  "tz": "America/Los_Angeles", "rate": "20.00", "currency": "USD",
  "punches": [{"in": "2026-05-04T08:00-07:00", "out": "2026-05-04T09:00-07:00"},
              {"in": "2026-05-05T08:00-07:00", "out": "2026-05-05T13:00-07:00"}],
  "schedule": [{"start": "2026-05-04T08:00", "end": "2026-05-04T16:00"},
               {"start": "2026-05-05T08:00", "end": "2026-05-05T16:00"},
               {"start": "2026-05-06T08:00", "end": "2026-05-06T16:00"}]}}]"""


@pytest.fixture
def example() -> Example:
    return read_examples(TWO_DAYS, "here.json")[0]


def test_less_than_half_of_a_published_day_is_proposed_until_somebody_looked_at_it(
    sqlite_tenant_session, example
):
    session = sqlite_tenant_session
    with time_machine.travel("2027-06-01T12:00:00Z", tick=False):
        company = ExampleCompany(session, example)
        here = company.location.id
        found = proposed_facts(session, here, date(2026, 5, 7))
        assert [(one.day.day, one.planned_minutes, one.worked_minutes) for one in found] == [(4, 480, 60)]
        told = NewPayFact(
            employee_id=company.person.id, kind=PayFactKind.SENT_HOME, day=date(2026, 5, 4), reason="no goods"
        )
        (fact,) = record_pay_facts(session, [told], may_approve=False, actor=PAYROLL)
        assert not fact.needs_approval
        assert proposed_facts(session, here, date(2026, 5, 4)) == []
        decide_pay_fact(session, fact.id, PayFactVerdict.TAKEN_BACK, reason="left early", actor=PAYROLL)
        assert proposed_facts(session, here, date(2026, 5, 4)) == []


def test_a_week_to_come_and_the_present_day_have_no_proposals(sqlite_tenant_session, example):
    with time_machine.travel("2027-06-01T12:00:00Z", tick=False):
        company = ExampleCompany(sqlite_tenant_session, example)
        assert proposed_facts(sqlite_tenant_session, company.location.id, date(2027, 6, 7)) == []
    with time_machine.travel("2026-05-04T20:00:00Z", tick=False):
        assert proposed_facts(sqlite_tenant_session, company.location.id, date(2026, 5, 4)) == []
