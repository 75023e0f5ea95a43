from __future__ import annotations

from datetime import date

import pytest

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.lines import lines_of
from scheduler.pay.models import PayPeriodState
from scheduler.pay.periods import changed_periods, list_periods, period_for
from scheduler.people.contracts import ContractTerms, change_contract
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.models import PunchKind, TimesheetState
from scheduler.timekeeping.refresh import refresh_location
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, close_week, lines, told
from tests.scheduler.small_company import employee
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    at,
    codes,
    hours,
    punch,
    timesheet,
    week_of_days,
)


def test_a_late_day_becomes_a_line_in_the_next_open_period(tenant_session, clocked):
    closed = close_week(tenant_session, clocked, "2026-11-16")
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-17"))
    sheet = timesheet(tenant_session, clocked.ann)
    assert (sheet.state, hours(sheet)) == (TimesheetState.CLOSED, {"2026-11-16": 480})
    assert changed_periods(tenant_session, clocked.location_id) == [closed]

    settled = settle(tenant_session, closed.id, reason="clock was offline", actor=PAYROLL)
    assert (settled.period.starts_on, settled.period.state) == (date(2026, 11, 23), PayPeriodState.OPEN)
    (line,) = settled.lines
    assert (line.day, line.minutes, line.amount_cents) == (date(2026, 11, 17), 480, 32000)
    assert (line.corrects_period_id, line.corrects_id, line.reason) == (closed.id, None, "clock was offline")
    assert hours(timesheet(tenant_session, clocked.ann)) == {"2026-11-16": 480, "2026-11-17": 480}


def test_settling_again_adds_nothing(tenant_session, clocked):
    closed = close_week(tenant_session, clocked, "2026-11-16")
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-17"))
    settle(tenant_session, closed.id, reason="late", actor=PAYROLL)
    before = told(tenant_session)
    assert settle(tenant_session, closed.id, reason="late", actor=PAYROLL).lines == ()
    refresh_location(tenant_session, clocked.location_id, WEEK)
    assert changed_periods(tenant_session, clocked.location_id) == []
    assert pending(tenant_session, closed.id).differences == ()
    assert told(tenant_session) == before


def test_time_taken_back_is_a_negative_line_that_points_at_the_one_it_corrects(tenant_session, clocked):
    closed = close_week(tenant_session, clocked, "2026-11-16")
    (original,) = lines(tenant_session)
    *_, out = punch(tenant_session, clocked.ann, *week_of_days("2026-11-16"))
    void_punch(tenant_session, out.id, reason="left earlier", actor=MANAGER)
    add_punch(
        tenant_session,
        employee_id=clocked.ann.id,
        location_id=clocked.location_id,
        at=at("2026-11-16 15:50"),
        kind=PunchKind.OUT,
        reason="left earlier",
        actor=MANAGER,
    )
    (seen,) = pending(tenant_session, closed.id).differences
    assert (seen.before_minutes, seen.after_minutes, seen.before_cents, seen.after_cents) == (
        480,
        440,
        32000,
        29333,
    )
    (line,) = settle(tenant_session, closed.id, reason="left earlier", actor=PAYROLL).lines
    assert (line.minutes, line.amount_cents, line.corrects_id) == (-40, -2667, original.id)
    assert sum(cents for _, _, cents in told(tenant_session)) == 29333


def test_a_correction_is_corrected_by_its_difference_only(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    closed = close_week(session, clocked_sqlite, "2026-11-16")
    late = punch(session, clocked_sqlite.ann, *week_of_days("2026-11-17"))
    settle(session, closed.id, reason="late", actor=PAYROLL)
    for wrong in late:
        void_punch(session, wrong.id, reason="another person's card", actor=MANAGER)
    settle(session, closed.id, reason="taken back", actor=PAYROLL)
    assert told(session) == [
        ("2026-11-16", 480, 32000),
        ("2026-11-17", 480, 32000),
        ("2026-11-17", -480, -32000),
    ]


def test_corrections_are_paid_with_the_period_they_landed_in(tenant_session, clocked, now):
    closed = close_week(tenant_session, clocked, "2026-11-16")
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-17"))
    target = settle(tenant_session, closed.id, reason="late", actor=PAYROLL).period
    untouched = lines_of(tenant_session, closed.id)
    now.move_to(at("2026-12-01 12:00"))
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-25"))
    approve_all(tenant_session, clocked.location_id, target.starts_on, actor=MANAGER)
    close_period(tenant_session, target.id, actor=PAYROLL)
    handed = [
        (line.day.day, line.minutes, line.corrects_period_first_day)
        for line in lines_of(tenant_session, target.id)
    ]
    assert handed == [(17, 480, WEEK), (25, 480, None)]
    assert lines_of(tenant_session, closed.id) == untouched


def test_what_comes_later_lands_in_the_period_after_the_last_closed_one(
    sqlite_tenant_session, clocked_sqlite, now
):
    session = sqlite_tenant_session
    closed = close_week(session, clocked_sqlite, "2026-11-16")
    now.move_to(at("2026-12-01 12:00"))
    following = period_for(session, clocked_sqlite.location_id, date(2026, 11, 23))
    close_period(session, following.id, actor=PAYROLL)
    punch(session, clocked_sqlite.ann, *week_of_days("2026-11-17"))
    assert settle(session, closed.id, reason="late", actor=PAYROLL).period.starts_on == date(2026, 11, 30)


def test_unclear_time_is_left_out_and_stays_pending(tenant_session, clocked):
    closed = close_week(tenant_session, clocked, "2026-11-16")
    punch(tenant_session, clocked.ann, "2026-11-17 08:00 in")
    settled = settle(tenant_session, closed.id, reason="late", actor=PAYROLL)
    assert (settled.lines, [each.why for each in settled.unclear]) == ((), ["exceptions"])
    assert settled.unclear[0].details[0]["code"] == "missing_out"
    assert changed_periods(tenant_session, clocked.location_id) == [closed]
    punch(tenant_session, clocked.ann, "2026-11-17 16:00 out")
    assert len(settle(tenant_session, closed.id, reason="late", actor=PAYROLL).lines) == 1
    assert codes(timesheet(tenant_session, clocked.ann)) == []


def test_somebody_who_had_no_time_at_all_is_corrected_too_once_a_contract_exists(
    sqlite_tenant_session, clocked_sqlite
):
    session, ben = sqlite_tenant_session, clocked_sqlite.ben
    closed = close_week(session, clocked_sqlite, "2026-11-16")
    punch(session, ben, *week_of_days("2026-11-18"))
    (unclear,) = pending(session, closed.id).unclear
    assert (unclear.employee_id, unclear.why, unclear.details) == (
        ben.id,
        "without_contract",
        ("2026-11-18",),
    )
    terms = ContractTerms(clocked_sqlite.ann.contracts[0].kind, 2400, 0, 2880, 720, 6000, "PLN")
    change_contract(session, ben.id, terms, valid_from=date(2026, 11, 1), actor=MANAGER)
    (line,) = settle(session, closed.id, reason="contract came late", actor=PAYROLL).lines
    assert (line.employee_number, line.minutes, line.amount_cents) == ("2", 480, 48000)


def test_a_raise_that_is_known_late_takes_back_the_old_price_and_pays_the_new(
    sqlite_tenant_session, clocked_sqlite
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    closed = close_week(session, clocked_sqlite, "2026-11-16", "2026-11-17")
    terms = ContractTerms(ann.contracts[0].kind, 2400, 0, 2880, 720, 4500, "PLN")
    change_contract(session, ann.id, terms, valid_from=date(2026, 11, 17), actor=MANAGER)
    session.expire_all()
    added = settle(session, closed.id, reason="raise", actor=PAYROLL).lines
    assert sorted((line.hourly_rate_cents, line.minutes, line.amount_cents) for line in added) == [
        (4000, -480, -32000),
        (4500, 480, 36000),
    ]
    original = next(line for line in lines(session) if line.day == date(2026, 11, 17))
    assert {line.corrects_id for line in added} == {original.id}


def test_a_timesheet_opened_after_the_close_is_settled_once_it_is_approved(
    sqlite_tenant_session, clocked_sqlite
):
    session = sqlite_tenant_session
    closed = close_week(session, clocked_sqlite, "2026-11-16")
    cleo = employee(clocked_sqlite.company.location, clocked_sqlite.company.department, "3", "Cleo")
    session.add(cleo)
    session.flush()
    terms = ContractTerms(clocked_sqlite.ann.contracts[0].kind, 2400, 0, 2880, 720, 6000, "PLN")
    change_contract(session, cleo.id, terms, valid_from=date(2026, 11, 1), actor=MANAGER)
    punch(session, cleo, *week_of_days("2026-11-18"))
    settled = settle(session, closed.id, reason="late", actor=PAYROLL)
    assert (settled.lines, [each.why for each in settled.unclear]) == ((), ["not_approved"])
    assert changed_periods(session, clocked_sqlite.location_id) == [closed]
    approve_all(session, clocked_sqlite.location_id, WEEK, actor=MANAGER)
    (line,) = settle(session, closed.id, reason="late", actor=PAYROLL).lines
    assert (line.employee_number, line.amount_cents) == ("3", 48000)
    assert timesheet(session, cleo).state is TimesheetState.CLOSED
    assert changed_periods(session, clocked_sqlite.location_id) == []


def test_an_open_period_has_nothing_to_correct(sqlite_tenant_session, clocked_sqlite):
    period = period_for(sqlite_tenant_session, clocked_sqlite.location_id, WEEK)
    with pytest.raises(SchedulerError, match="period_not_closed"):
        settle(sqlite_tenant_session, period.id, reason="x", actor=PAYROLL)
    with pytest.raises(SchedulerError, match="period_not_closed"):
        pending(sqlite_tenant_session, period.id)
    assert len(list_periods(sqlite_tenant_session, clocked_sqlite.location_id)) == 1


def test_a_correction_needs_a_reason(sqlite_tenant_session, clocked_sqlite):
    closed = close_week(sqlite_tenant_session, clocked_sqlite, "2026-11-16")
    with pytest.raises(InvalidInput, match="reason"):
        settle(sqlite_tenant_session, closed.id, reason=" ", actor=PAYROLL)
