from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from scheduler.kernel.clock import days_between
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.pay.change_pay_days import change_calendar, put_employee_in_group, put_location_in_group
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import settle
from scheduler.pay.periods import list_periods, period_for, present_period
from scheduler.people.pay_groups import PayGroupTerms, change_pay_group, create_pay_group, find_pay_group
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh
from tests.scheduler.pay.paid_groups import (
    FORTNIGHTS,
    HALVES,
    MONTHLY,
    everybody_in,
    group,
    somebody_in,
)
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, lines
from tests.scheduler.timekeeping.clock_company import MANAGER, punch, week_of_days

LATER = datetime(2026, 12, 8, 15, tzinfo=UTC)


def spans(session, who) -> list[tuple[str, str]]:
    """First day and end of every timesheet of somebody."""
    found = select(Timesheet.starts_on, Timesheet.ends_on).where(Timesheet.employee_id == who.id)
    return [(str(first), str(end)) for first, end in session.execute(found.order_by(Timesheet.starts_on))]


def codes(session) -> list[tuple[str, str, int, int]]:
    """Day, code, minutes and cents of every line, oldest first."""
    return [(str(line.day), line.pay_code, line.minutes, line.amount_cents) for line in lines(session)]


def test_timesheets_and_periods_follow_the_calendar_of_the_location(tenant_session, clocked):
    made = everybody_in(tenant_session, clocked.location_id, FORTNIGHTS)
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-05", "2026-11-16", "2026-11-17"))
    assert spans(tenant_session, clocked.ann) == [
        ("2026-11-02", "2026-11-16"),
        ("2026-11-16", "2026-11-30"),
    ]
    period = period_for(tenant_session, clocked.location_id, date(2026, 11, 9), made)
    assert (period.starts_on, period.ends_on) == (date(2026, 11, 2), date(2026, 11, 16))


def test_people_of_one_location_are_paid_in_the_periods_of_their_groups(tenant_session, clocked):
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-16"))
    monthly = somebody_in(tenant_session, clocked.ben, MONTHLY)
    punch(tenant_session, clocked.ben, *week_of_days("2026-11-17"))
    approve_all(tenant_session, clocked.location_id, WEEK, actor=MANAGER)
    close_period(tenant_session, period_for(tenant_session, clocked.location_id, WEEK).id, actor=PAYROLL)
    assert [line.employee_id for line in lines(tenant_session)] == [clocked.ann.id]
    assert spans(tenant_session, clocked.ben) == [("2026-11-01", "2026-12-01")]
    ben = refresh(tenant_session, clocked.ben.id, WEEK)
    assert (ben.state, ben.pay_group_id) == (TimesheetState.OPEN, monthly)


def test_overtime_of_a_workweek_that_a_period_cuts_is_paid_in_the_period_of_its_last_day(
    tenant_session, clocked, now
):
    clocked.company.location.jurisdiction = "us"
    made = everybody_in(tenant_session, clocked.location_id, HALVES)
    for day in (16, 17, 18, 19):
        punch(tenant_session, clocked.ann, f"2026-11-{day} 08:00 in", f"2026-11-{day} 20:00 out")
    approve_all(tenant_session, clocked.location_id, date(2026, 11, 19), actor=MANAGER)
    before = period_for(tenant_session, clocked.location_id, date(2026, 11, 19), made)
    close_period(tenant_session, before.id, actor=PAYROLL)
    first = codes(tenant_session)
    assert sum(minutes for _, _, minutes, _ in first if minutes) >= 48 * 60
    now.move_to(LATER)
    after = period_for(tenant_session, clocked.location_id, date(2026, 11, 22), made)
    close_period(tenant_session, after.id, actor=PAYROLL)
    every = codes(tenant_session)
    overtime = [(line.pay_period_id, line.minutes) for line in lines(tenant_session) if "ot" in line.pay_code]
    assert overtime == [(after.id, 480)]
    assert sum(cents for *_, cents in every) == 40 * 4000 + 8 * 6000


def test_whoever_leaves_in_a_week_that_a_period_cuts_is_paid_its_overtime(
    sqlite_tenant_session, clocked_sqlite, now
):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    clocked.company.location.jurisdiction = "us"
    made = everybody_in(session, clocked.location_id, HALVES)
    for day in (16, 17, 18, 19):
        punch(session, clocked.ann, f"2026-11-{day} 08:00 in", f"2026-11-{day} 20:00 out")
    clocked.ann.left_on = date(2026, 11, 20)
    approve_all(session, clocked.location_id, date(2026, 11, 19), actor=MANAGER)
    now.move_to(LATER)
    for day in (19, 22):
        period = period_for(session, clocked.location_id, date(2026, 11, day), made)
        close_period(session, period.id, actor=PAYROLL)
    assert sum(cents for *_, cents in codes(session)) == 40 * 4000 + 8 * 6000
    assert spans(session, clocked.ann) == [("2026-11-05", "2026-11-20"), ("2026-11-20", "2026-11-23")]


def test_a_change_of_group_begins_where_nothing_is_recorded_and_what_is_empty_makes_room(
    tenant_session, clocked
):
    session = tenant_session
    punch(session, clocked.ann, *week_of_days("2026-11-16"))
    refresh(session, clocked.ann.id, date(2026, 11, 25))
    refresh(session, clocked.ann.id, date(2026, 12, 3))
    made = group(session, MONTHLY)
    with pytest.raises(SchedulerError) as refused:
        put_employee_in_group(session, clocked.ann.id, made, valid_from=date(2026, 11, 16), actor=PAYROLL)
    assert refused.value.code == "pay_days_taken"
    assert refused.value.facts["possible_from"] == "2026-11-17"
    assert spans(session, clocked.ann) == [
        ("2026-11-16", "2026-11-23"), ("2026-11-23", "2026-11-30"), ("2026-11-30", "2026-12-07"),
    ]  # fmt: skip
    put_employee_in_group(session, clocked.ann.id, made, valid_from=date(2026, 11, 26), actor=PAYROLL)
    punch(session, clocked.ann, *week_of_days("2026-11-23"))
    refresh(session, clocked.ann.id, date(2026, 11, 27))
    assert spans(session, clocked.ann) == [
        ("2026-11-16", "2026-11-23"), ("2026-11-23", "2026-11-26"), ("2026-11-26", "2026-12-01"),
    ]  # fmt: skip


def test_a_closed_period_keeps_its_days_whatever_is_changed(tenant_session, clocked):
    session = tenant_session
    made = everybody_in(session, clocked.location_id, FORTNIGHTS)
    punch(session, clocked.ann, *week_of_days("2026-11-05"))
    approve_all(session, clocked.location_id, date(2026, 11, 5), actor=MANAGER)
    period = period_for(session, clocked.location_id, date(2026, 11, 5), made)
    close_period(session, period.id, actor=PAYROLL)
    for change in (
        lambda: change_calendar(session, made, MONTHLY, valid_from=date(2026, 11, 1), actor=PAYROLL),
        lambda: put_location_in_group(
            session, clocked.location_id, None, valid_from=date(2026, 11, 9), actor=PAYROLL
        ),
        lambda: put_employee_in_group(
            session, clocked.ann.id, group(session, MONTHLY, "M"), valid_from=date(2026, 11, 15),
            actor=PAYROLL,
        ),
    ):  # fmt: skip
        with pytest.raises(SchedulerError) as refused:
            change()
        assert refused.value.code == "pay_days_taken"
    assert (period.starts_on, period.ends_on) == (date(2026, 11, 2), date(2026, 11, 16))
    change_calendar(session, made, MONTHLY, valid_from=date(2026, 12, 1), actor=PAYROLL)
    rest = [period_for(session, clocked.location_id, date(2026, 11, day), made) for day in (16, 30)]
    assert [(each.starts_on.day, each.ends_on.day) for each in rest] == [(16, 30), (30, 1)]


def test_an_open_period_is_cut_short_where_another_calendar_begins(tenant_session, clocked):
    session = tenant_session
    made = everybody_in(session, clocked.location_id, FORTNIGHTS)
    for day in (date(2026, 11, 30), date(2026, 12, 14)):
        period_for(session, clocked.location_id, day, made)
    change_calendar(session, made, MONTHLY, valid_from=date(2026, 12, 1), actor=PAYROLL)
    session.expire_all()
    assert [
        (str(each.starts_on), str(each.ends_on)) for each in list_periods(session, clocked.location_id)
    ] == [("2026-11-30", "2026-12-01")]
    known = find_pay_group(session, made).calendars
    assert [each.valid_from for each in known] == [date(2026, 11, 16), date(2026, 12, 1)]


def test_a_calendar_begins_with_one_of_its_periods(sqlite_tenant_session, clocked_sqlite):
    made = group(sqlite_tenant_session, FORTNIGHTS)
    with pytest.raises(InvalidInput) as refused:
        change_calendar(sqlite_tenant_session, made, MONTHLY, valid_from=date(2026, 12, 2), actor=PAYROLL)
    error = refused.value.errors[0]
    assert (error.field, error.hint) == ("valid_from", "a first day such as 2026-12-01 or 2027-01-01")


def test_a_code_is_taken_once_and_terms_are_checked(sqlite_tenant_session, clocked_sqlite):
    made = group(sqlite_tenant_session, FORTNIGHTS)
    with pytest.raises(InvalidInput) as refused:
        create_pay_group(sqlite_tenant_session, "G", PayGroupTerms(" ", -1, 99), FORTNIGHTS, actor=PAYROLL)
    assert [error.field for error in refused.value.errors] == [
        "name", "sheets_due_days", "pay_day_days", "code",
    ]  # fmt: skip
    changed = change_pay_group(sqlite_tenant_session, made, PayGroupTerms("Office", 3, 5), actor=PAYROLL)
    assert (changed.name, changed.sheets_due_days, changed.pay_day_days) == ("Office", 3, 5)


def test_what_is_late_of_a_group_that_nobody_is_in_any_more_is_paid_by_the_group_of_the_location(
    tenant_session, clocked
):
    session = tenant_session
    punch(session, clocked.ann, *week_of_days("2026-11-16"))
    approve_all(session, clocked.location_id, WEEK, actor=MANAGER)
    old = period_for(session, clocked.location_id, WEEK)
    close_period(session, old.id, actor=PAYROLL)
    made = everybody_in(session, clocked.location_id, MONTHLY, valid_from=date(2026, 11, 23))
    punch(session, clocked.ann, *week_of_days("2026-11-17"))
    settled = settle(session, old.id, reason="punches came late", actor=PAYROLL)
    assert settled.period == present_period(session, clocked.location_id, date(2026, 11, 23), made)
    assert [(line.minutes, line.corrects_period_id) for line in settled.lines] == [(480, old.id)]


CALENDARS = {"W": None, "F": FORTNIGHTS, "M": MONTHLY, "H": HALVES}
CHANGES = st.lists(st.tuples(st.integers(0, 150), st.sampled_from(sorted(CALENDARS))), max_size=4)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, days=st.lists(st.integers(0, 180), min_size=3, max_size=12, unique=True))
def test_timesheets_hold_every_day_once_however_people_change_groups(
    sqlite_tenant_session, clocked_sqlite, changes, days
):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    first = date(2026, 2, 1).toordinal()
    with session.begin_nested() as trial:
        made = {
            code: None if calendar is None else group(session, calendar, code)
            for code, calendar in CALENDARS.items()
        }
        for offset, code in changes:
            day = date.fromordinal(first + offset)
            put_employee_in_group(session, clocked.ann.id, made[code], valid_from=day, actor=PAYROLL)
        for offset in days:
            refresh(session, clocked.ann.id, date.fromordinal(first + offset))
        held = [
            day
            for sheet in session.scalars(select(Timesheet).where(Timesheet.employee_id == clocked.ann.id))
            for day in days_between(sheet.starts_on, sheet.ends_on)
        ]
        assert len(held) == len(set(held))
        assert {date.fromordinal(first + offset) for offset in days} <= set(held)
        trial.rollback()
    session.expire_all()
