"""Leave that is earned by the hour, when a pay period is closed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from scheduler.people.models import Employee
from scheduler.timeoff.balances import balances
from scheduler.timeoff.leave_policies import save_policy
from scheduler.timeoff.models import LeaveEntry, LeaveEntryKind, LeaveGranting, LeaveUnit
from tests.scheduler.pay.paid_weeks import PAYROLL, close_week
from tests.scheduler.timeoff.leave_world import terms

BY_THE_HOUR = terms(
    granting=LeaveGranting.HOURS, unit=LeaveUnit.MINUTES, yearly_amount=0, share_basis_points=1207
)


def test_closing_a_period_enters_a_share_of_the_time_worked(tenant_session, clocked):
    save_policy(tenant_session, clocked.location_id, BY_THE_HOUR, actor="system")
    period = close_week(tenant_session, clocked, "2026-11-16", "2026-11-17")
    (entry,) = tenant_session.scalars(select(LeaveEntry))
    assert (entry.employee_id, entry.entry, entry.day) == (
        clocked.ann.id,
        LeaveEntryKind.ACCRUAL,
        date(2026, 11, 23),
    )
    assert entry.amount == round(960 * 0.1207) == 116
    assert entry.reason == "12.07 % of 16 h worked from 2026-11-16 to before 2026-11-23"
    assert (entry.source, entry.recorded_by) == (f"pay_period:{period.id}", PAYROLL)
    ann = tenant_session.get_one(Employee, clocked.ann.id)
    (account,) = balances(tenant_session, [ann], date(2026, 11, 23))
    assert account.amount == 116


def test_nothing_is_earned_where_no_policy_grants_by_the_hour(tenant_session, clocked):
    save_policy(tenant_session, clocked.location_id, terms(), actor="system")
    close_week(tenant_session, clocked, "2026-11-16")
    assert tenant_session.scalars(select(LeaveEntry)).all() == []
