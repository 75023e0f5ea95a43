from __future__ import annotations

from datetime import date

import pytest

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.late_sheets import REASON
from scheduler.pay.models import PayPeriodState
from scheduler.pay.periods import changed_periods, period_for
from scheduler.people.models import Contract
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.models import TimesheetState
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, lines
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, punch, timesheet, week_of_days

NEXT_WEEK = date(2026, 11, 23)


def contract_of_ben(clocked: ClockCompany) -> None:
    """Ben is paid too."""
    same = {
        column.name: getattr(clocked.ann.contracts[0], column.name)
        for column in Contract.__table__.columns
        if column.name not in ("id", "employee_id", "organisation_id")
    }
    clocked.ben.contracts = [Contract(**same)]


def close_without_ben(session, clocked):
    """Ann's week is approved; Ben's is not, and does not stop hers."""
    contract_of_ben(clocked)
    punch(session, clocked.ann, *week_of_days("2026-11-16"))
    approve_all(session, clocked.location_id, WEEK, actor=MANAGER)
    punch(session, clocked.ben, *week_of_days("2026-11-17"))
    period = period_for(session, clocked.location_id, WEEK)
    with pytest.raises(SchedulerError, match="period_not_ready"):
        close_period(session, period.id, actor=PAYROLL)
    return close_period(session, period.id, without=[clocked.ben.id], actor=PAYROLL)


def test_a_late_sheet_does_not_stop_the_others(tenant_session, clocked):
    period = close_without_ben(tenant_session, clocked)
    assert period.state is PayPeriodState.CLOSED
    assert [line.employee_id for line in lines(tenant_session)] == [clocked.ann.id]
    assert timesheet(tenant_session, clocked.ben).state is TimesheetState.OPEN
    assert changed_periods(tenant_session, clocked.location_id) == [period]
    assert [each.why for each in pending(tenant_session, period.id).unclear] == ["not_approved"]


def test_a_late_sheet_is_paid_by_the_next_close_once_it_is_approved_and_points_back(
    tenant_session, clocked, now
):
    session = tenant_session
    period = close_without_ben(session, clocked)
    late = timesheet(session, clocked.ben)
    approve(session, late.id, expected_revision=late.revision, actor=MANAGER)
    now.move_to("2026-11-30 12:00")
    following = period_for(session, clocked.location_id, NEXT_WEEK)
    close_period(session, following.id, actor=PAYROLL)
    [line] = [line for line in lines(session) if line.employee_id == clocked.ben.id]
    assert (line.pay_period_id, line.corrects_period_id, line.reason) == (following.id, period.id, REASON)
    assert (line.day, line.minutes, line.corrects_id) == (date(2026, 11, 17), 480, None)
    assert timesheet(session, clocked.ben).state is TimesheetState.CLOSED
    assert changed_periods(session, clocked.location_id) == []


def test_a_late_sheet_that_is_still_not_approved_waits_for_the_close_after_that(tenant_session, clocked, now):
    session = tenant_session
    period = close_without_ben(session, clocked)
    now.move_to("2026-12-07 12:00")
    close_period(session, period_for(session, clocked.location_id, NEXT_WEEK).id, actor=PAYROLL)
    assert [line.employee_id for line in lines(session)] == [clocked.ann.id]
    late = timesheet(session, clocked.ben)
    approve(session, late.id, expected_revision=late.revision, actor=MANAGER)
    after = period_for(session, clocked.location_id, date(2026, 11, 30))
    close_period(session, after.id, actor=PAYROLL)
    assert [(line.pay_period_id, line.corrects_period_id) for line in lines(session)][1:] == [
        (after.id, period.id)
    ]


def test_a_late_sheet_can_be_settled_by_hand_and_is_paid_once(tenant_session, clocked, now):
    session = tenant_session
    period = close_without_ben(session, clocked)
    late = timesheet(session, clocked.ben)
    approve(session, late.id, expected_revision=late.revision, actor=MANAGER)
    settled = settle(session, period.id, reason="Ben was away", actor=PAYROLL)
    assert [line.minutes for line in settled.lines] == [480]
    now.move_to("2026-11-30 12:00")
    close_period(session, settled.period.id, actor=PAYROLL)
    assert len(lines(session)) == 2


def test_only_people_with_a_timesheet_in_the_period_can_be_left_out(sqlite_tenant_session, clocked_sqlite):
    period = period_for(sqlite_tenant_session, clocked_sqlite.location_id, WEEK)
    stranger = new_id()
    with pytest.raises(InvalidInput) as refused:
        close_period(sqlite_tenant_session, period.id, without=[stranger], actor=PAYROLL)
    assert [(error.field, error.value) for error in refused.value.errors] == [("without", str(stranger))]
    assert period.state is PayPeriodState.OPEN
