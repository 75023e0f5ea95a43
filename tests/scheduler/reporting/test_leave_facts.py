"""What human resources are told about leave accounts and overtime accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from scheduler.reporting.hr_query import HrFact
from scheduler.reporting.leave_facts import overtime_accounts
from scheduler.reporting.models import HrRecordKind
from scheduler.timeoff.leave_policies import save_policy
from scheduler.timeoff.models import LeaveEntryKind, LeaveGranting, LeaveKind, LeaveUnit
from scheduler.timeoff.record_leave_entry import record_leave_entry
from scheduler.timeoff.requests import approve_time_off, cancel_time_off, request_time_off
from tests.scheduler.reporting.pulls import TODAY, YEAR, Reader, query
from tests.scheduler.small_company import SmallCompany, store_small_company
from tests.scheduler.timeoff.leave_world import terms

OWED = terms(kind=LeaveKind.OVERTIME, unit=LeaveUnit.MINUTES, yearly_amount=0, granting=LeaveGranting.BY_HAND)


@pytest.fixture
def company(tenant_session: Session) -> SmallCompany:
    return store_small_company(tenant_session)


def away(session: Session, company: SmallCompany, first: date, end: date, **more: Any) -> Any:
    kind = more.get("kind", LeaveKind.ANNUAL)
    leave = request_time_off(session, company.ann.id, starts_on=first, ends_on=end, kind=kind, actor="system")
    return approve_time_off(session, leave.id, actor="system")


def test_a_balance_is_told_by_leave_year_and_again_only_when_it_changes(tenant_session, company):
    save_policy(tenant_session, company.location.id, terms(), actor="system")
    reader = Reader(tenant_session, query(HrRecordKind.LEAVE_BALANCES))
    assert reader.pull() == 1
    assert reader.told("kind", "unit", "granted", "balance", "available") == [("annual", "days", 26, 26, 26)]
    leave = away(tenant_session, company, date(2026, 12, 7), date(2026, 12, 12))
    assert reader.pull() == 1
    assert reader.told("taken", "planned", "balance", "available") == [(0, 5, 26, 21)]
    assert reader.pull() == 0
    cancel_time_off(tenant_session, leave.id, actor="system")
    assert reader.pull() == 1
    assert reader.told("available") == [(26,)]


def test_a_place_without_a_policy_tells_no_balance(tenant_session, company):
    assert Reader(tenant_session, query(HrRecordKind.LEAVE_BALANCES)).pull() == 0


def test_time_off_owed_for_overtime_runs_on_from_month_to_month(tenant_session, company):
    save_policy(tenant_session, company.location.id, OWED, actor="system")
    record_leave_entry(
        tenant_session, company.ann.id, leave_kind=LeaveKind.OVERTIME, entry=LeaveEntryKind.GRANT,
        day=date(2026, 9, 10), amount=960, reason="instead of pay, asked for", actor="system",
    )  # fmt: skip
    record_leave_entry(
        tenant_session, company.ann.id, leave_kind=LeaveKind.OVERTIME, entry=LeaveEntryKind.PAID_OUT,
        day=date(2026, 10, 31), amount=-120, reason="paid after all", actor="system",
    )  # fmt: skip
    away(tenant_session, company, date(2026, 10, 5), date(2026, 10, 6), kind=LeaveKind.OVERTIME)
    reader = Reader(tenant_session, query(HrRecordKind.OVERTIME_ACCOUNTS))
    reader.pull()
    names = ("day", "time_off_given_minutes", "time_off_taken_minutes", "time_off_paid_out_minutes")
    assert reader.told(*names, "balance_minutes") == [
        ("2026-09-01", 960, 0, 0, 960),
        ("2026-10-01", 0, 480, 120, 360),
        ("2026-11-01", 0, 0, 0, 360),
    ]


def test_overtime_that_was_paid_stands_beside_time_off_owed(tenant_session, company):
    month = date(2026, 10, 1)
    paid = [
        HrFact(company.location.id, company.ann.id, code, month, date(2026, 11, 1), {"paid_minutes": minutes})
        for code, minutes in (("ot_50", 90), ("ot_100", 30))
    ]
    asked = query(HrRecordKind.OVERTIME_ACCOUNTS, YEAR)
    (told,) = overtime_accounts(tenant_session, asked, TODAY, paid)
    assert (told.starts_on, told.facts["overtime_paid_minutes"]) == (month, 120)
    assert told.facts["balance_minutes"] is None
