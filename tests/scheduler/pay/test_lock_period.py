from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import Account, Role, RoleGrant
from scheduler.pay.close_period import close_period
from scheduler.pay.lock_period import lock_of, lock_period, unlock_period
from scheduler.pay.models import PayPeriod
from scheduler.pay.periods import period_for
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.models import PunchKind, Timesheet, TimesheetState
from scheduler.timekeeping.reopen import reopen
from scheduler.timekeeping.submit import submit
from tests.scheduler.pay.paid_weeks import WEEK, close_week
from tests.scheduler.timekeeping.clock_company import ClockCompany, at, punch, timesheet, week_of_days


def account(session: Session, role: Role) -> str:
    """The actor that an account with a role is."""
    made = Account(
        email=f"{role.value}@example.org", name=role.value, password_hash="-", active=True,
        created_at=datetime(2026, 1, 1, tzinfo=UTC), grants=[RoleGrant(role=role)],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return f"user:{made.id}"


def locked(session: Session, clocked: ClockCompany, actor: str) -> PayPeriod:
    punch(session, clocked.ann, *week_of_days("2026-11-16"))
    period = period_for(session, clocked.location_id, WEEK)
    lock_period(session, period.id, actor=actor)
    return period


def changes(session: Session, clocked: ClockCompany, actor: str) -> dict[str, Callable[[], object]]:
    """What an actor may want to do to Ann's time of the week."""
    sheet = timesheet(session, clocked.ann)
    first = punch(session, clocked.ann, "2026-11-16 08:00 in")[0]
    seen = sheet.revision
    return {
        "submit": lambda: submit(session, sheet.id, expected_revision=seen, actor=actor),
        "approve": lambda: approve(session, sheet.id, expected_revision=seen, actor=actor),
        "void": lambda: void_punch(session, first.id, reason="wrong", actor=actor),
        "add": lambda: add_punch(
            session, employee_id=clocked.ann.id, location_id=clocked.location_id,
            at=at("2026-11-18 08:00"), kind=PunchKind.IN, reason="forgotten", actor=actor,
        ),
    }  # fmt: skip


@pytest.mark.parametrize("change", ["submit", "approve", "void", "add"])
def test_in_a_locked_period_managers_and_employees_change_nothing_and_payroll_does(
    sqlite_tenant_session, clocked_sqlite, change
):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    manager, payroll = account(session, Role.MANAGER), account(session, Role.PAYROLL)
    locked(session, clocked, payroll)
    with pytest.raises(SchedulerError) as refused:
        changes(session, clocked, manager)[change]()
    assert refused.value.code == "period_locked"
    assert refused.value.facts["starts_on"] == "2026-11-16"
    assert changes(session, clocked, payroll)[change]()


def test_an_approval_in_a_locked_period_is_taken_back_by_payroll_alone(tenant_session, clocked):
    manager, payroll = account(tenant_session, Role.MANAGER), account(tenant_session, Role.PAYROLL)
    locked(tenant_session, clocked, payroll)
    sheet = timesheet(tenant_session, clocked.ann)
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=payroll)

    def take_back(actor: str) -> Timesheet:
        seen = sheet.revision
        return reopen(tenant_session, sheet.id, expected_revision=seen, reason="too early", actor=actor)

    with pytest.raises(SchedulerError, match="period_locked"):
        take_back(manager)
    assert take_back(payroll).state is TimesheetState.OPEN


def test_a_punch_that_a_clock_took_down_is_stored_though_the_period_is_locked(tenant_session, clocked):
    payroll = account(tenant_session, Role.PAYROLL)
    locked(tenant_session, clocked, payroll)
    sheet = timesheet(tenant_session, clocked.ann)
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=payroll)
    assert len(punch(tenant_session, clocked.ann, *week_of_days("2026-11-17"))) == 4
    assert timesheet(tenant_session, clocked.ann).state is TimesheetState.OPEN


def test_other_weeks_are_not_locked(sqlite_tenant_session, clocked_sqlite):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    manager = account(session, Role.MANAGER)
    locked(session, clocked, account(session, Role.PAYROLL))
    added = add_punch(
        session, employee_id=clocked.ann.id, location_id=clocked.location_id,
        at=at("2026-11-23 08:00"), kind=PunchKind.IN, reason="forgotten", actor=manager,
    )  # fmt: skip
    assert added.reason == "forgotten"


def test_a_period_is_unlocked_with_a_reason_and_locking_twice_is_locking_once(tenant_session, clocked):
    payroll, manager = account(tenant_session, Role.PAYROLL), account(tenant_session, Role.MANAGER)
    period = locked(tenant_session, clocked, payroll)
    lock = lock_of(tenant_session, period)
    assert lock_period(tenant_session, period.id, actor=manager) is lock
    with pytest.raises(InvalidInput):
        unlock_period(tenant_session, period.id, reason=" ", actor=payroll)
    unlock_period(tenant_session, period.id, reason="a punch is missing", actor=payroll)
    assert (lock.unlocked_by, lock.reason) == (payroll, "a punch is missing")
    assert changes(tenant_session, clocked, manager)["approve"]()
    with pytest.raises(SchedulerError, match="period_not_locked"):
        unlock_period(tenant_session, period.id, reason="again", actor=payroll)


def test_a_locked_period_is_closed_and_a_closed_one_is_not_locked(tenant_session, clocked):
    period = close_week(tenant_session, clocked, "2026-11-16")
    with pytest.raises(SchedulerError, match="period_already_closed"):
        lock_period(tenant_session, period.id, actor=account(tenant_session, Role.PAYROLL))
    with pytest.raises(SchedulerError, match="period_already_closed"):
        close_period(tenant_session, period.id, actor="user:other")
