"""A closed period is marked while contracts price it otherwise than it was paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from scheduler.pay.corrections import settle
from scheduler.pay.periods import changed_periods
from scheduler.people.contracts import ContractTerms, change_contract
from scheduler.people.correct_contract import correct_contract
from scheduler.people.models import Contract, ContractKind
from tests.scheduler.pay.paid_weeks import PAYROLL, close_week, lines
from tests.scheduler.timekeeping.clock_company import MANAGER, punch

TERMS = ContractTerms(ContractKind.PERMANENT, 2400, 0, 2880, 720, 4000, "PLN")


def test_a_corrected_rate_marks_the_period_until_it_is_settled(tenant_session, clocked):
    closed = close_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    assert changed_periods(tenant_session, clocked.location_id) == []
    held = tenant_session.scalars(select(Contract).where(Contract.employee_id == clocked.ann.id)).one()
    start, terms = held.valid_from, replace(TERMS, hourly_rate_cents=4400)
    correct_contract(tenant_session, held.id, terms, valid_from=start, actor=PAYROLL)
    assert changed_periods(tenant_session, clocked.location_id) == [closed]
    settle(tenant_session, closed.id, reason="a slip", actor=PAYROLL)
    assert changed_periods(tenant_session, clocked.location_id) == []


def test_terms_changed_from_a_paid_day_on_mark_the_period_until_it_is_settled(tenant_session, clocked):
    closed = close_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    change_contract(tenant_session, clocked.ann.id, TERMS, valid_from=date(2026, 11, 18), actor=MANAGER)
    assert changed_periods(tenant_session, clocked.location_id) == []
    change_contract(tenant_session, clocked.ann.id, TERMS, valid_from=date(2026, 11, 17), actor=MANAGER)
    assert changed_periods(tenant_session, clocked.location_id) == [closed]
    settle(tenant_session, closed.id, reason="late", actor=PAYROLL)
    assert changed_periods(tenant_session, clocked.location_id) == []


def test_a_night_into_a_new_contract_is_paid_right_and_not_marked(tenant_session, clocked):
    terms = replace(TERMS, hourly_rate_cents=4400)
    change_contract(tenant_session, clocked.ann.id, terms, valid_from=date(2026, 11, 17), actor=MANAGER)
    punch(tenant_session, clocked.ann, "2026-11-16 22:00 in", "2026-11-17 06:00 out")
    closed = close_week(tenant_session, clocked)
    worked = [line for line in lines(tenant_session) if line.counts_time]
    paid = [(str(line.day), line.minutes, line.hourly_rate_cents) for line in worked]
    assert sorted(paid) == [("2026-11-16", 120, 4000), ("2026-11-16", 360, 4400)]
    assert changed_periods(tenant_session, clocked.location_id) == []
    held = tenant_session.scalars(select(Contract).where(Contract.hourly_rate_cents == 4400)).one()
    correct_contract(tenant_session, held.id, TERMS, valid_from=held.valid_from, actor=PAYROLL)
    assert changed_periods(tenant_session, clocked.location_id) == [closed]
