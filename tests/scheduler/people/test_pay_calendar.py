from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernel.clock import days_between
from scheduler.people.pay_calendar import (
    LENGTH_DAYS,
    NO_GROUP,
    CalendarFrom,
    PayCalendar,
    PayCalendarKind,
    PayCalendars,
)
from scheduler.people.pay_group_members import Membership, Steps

FIRST, END = date(2023, 12, 1), date(2029, 2, 1)
"""Two leap years, and years of both other kinds of length."""
DAYS = st.dates(FIRST, END - timedelta(days=1))


@st.composite
def calendars(draw: st.DrawFn) -> PayCalendar:
    kind = draw(st.sampled_from(PayCalendarKind))
    if kind in LENGTH_DAYS:
        return PayCalendar(kind, anchor_on=draw(DAYS))
    first = draw(st.integers(1, 27))
    if kind is PayCalendarKind.MONTHLY:
        return PayCalendar(kind, first_day=draw(st.integers(1, 28)))
    return PayCalendar(kind, first_day=first, second_day=draw(st.integers(first + 1, 28)))


@st.composite
def changes(draw: st.DrawFn) -> PayCalendars:
    """Calendars one after another, each from a day that begins one of its periods."""
    versions: dict[date, PayCalendar] = {}
    for calendar in draw(st.lists(calendars(), min_size=1, max_size=4)):
        versions[calendar.span(draw(DAYS))[0]] = calendar
    return PayCalendars(tuple(CalendarFrom(day, versions[day]) for day in sorted(versions)))


def days_of(known: PayCalendars) -> list[date]:
    """Every day of the periods from `FIRST` to `END`, as the periods have them."""
    found, day = [], known.span(FIRST)[0]
    while day < END:
        first, end = known.span(day)
        assert first == day
        found += days_between(first, end)
        day = end
    return found


@given(known=changes())
def test_periods_hold_every_day_of_years_once_whatever_the_calendars_and_their_changes(known: PayCalendars):
    found = days_of(known)
    assert found == days_between(found[0], found[-1] + timedelta(days=1))
    assert found[0] <= FIRST
    assert found[-1] >= END - timedelta(days=1)


@given(known=changes(), day=DAYS)
def test_every_day_of_a_period_is_in_that_period(known: PayCalendars, day: date):
    first, end = known.span(day)
    assert first <= day < end
    assert {known.span(each) for each in days_between(first, end)} == {(first, end)}


@given(calendar=calendars(), day=DAYS)
def test_periods_are_as_long_as_their_kind_says(calendar: PayCalendar, day: date):
    first, end = calendar.span(day)
    length = (end - first).days
    if calendar.kind in LENGTH_DAYS:
        assert length == LENGTH_DAYS[calendar.kind]
    elif calendar.kind is PayCalendarKind.MONTHLY:
        assert 28 <= length <= 31
        assert first.day == end.day == calendar.first_day
    else:
        assert {first.day, end.day} == {calendar.first_day, calendar.second_day}


def test_a_leap_day_belongs_to_the_second_half_of_february():
    halves = PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=1, second_day=16)
    assert halves.span(date(2028, 2, 29)) == (date(2028, 2, 16), date(2028, 3, 1))
    assert halves.span(date(2027, 12, 31)) == (date(2027, 12, 16), date(2028, 1, 1))


def test_without_a_group_periods_are_weeks_from_monday():
    assert NO_GROUP.span(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 4))


def test_the_last_period_before_a_change_is_cut_short_and_the_first_after_it_is_whole():
    known = PayCalendars((
        CalendarFrom(date(2026, 11, 2), PayCalendar(PayCalendarKind.WEEKLY, anchor_on=date(2026, 11, 2))),
        CalendarFrom(date(2026, 12, 1), PayCalendar(PayCalendarKind.MONTHLY, first_day=1)),
    ))  # fmt: skip
    assert known.periods(date(2026, 11, 25), 3) == [
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ]


@pytest.mark.parametrize(
    ("calendar", "fields"),
    [
        (PayCalendar(PayCalendarKind.WEEKLY), ["anchor_on"]),
        (PayCalendar(PayCalendarKind.WEEKLY, anchor_on=FIRST, first_day=1), ["first_day"]),
        (PayCalendar(PayCalendarKind.MONTHLY), ["first_day"]),
        (PayCalendar(PayCalendarKind.MONTHLY, first_day=29), ["first_day"]),
        (PayCalendar(PayCalendarKind.MONTHLY, anchor_on=FIRST, first_day=1), ["anchor_on"]),
        (PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=1), ["second_day"]),
        (PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=0, second_day=31), ["first_day", "second_day"]),
        (PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=16, second_day=1), ["second_day"]),
        (PayCalendar(PayCalendarKind.FORTNIGHTLY, anchor_on=FIRST), []),
        (PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=1, second_day=28), []),
    ],
)
def test_what_a_calendar_lacks_or_cannot_have_is_named(calendar: PayCalendar, fields: list[str]):
    assert [error.field for error in calendar.errors()] == fields


GROUPS = [None, UUID(int=1), UUID(int=2)]
STEPS: st.SearchStrategy[Steps] = st.dictionaries(DAYS, st.sampled_from(GROUPS), max_size=4).map(
    lambda found: sorted(found.items())
)


@given(own=STEPS, place=STEPS, day=DAYS)
def test_a_stretch_holds_the_days_around_a_day_on_which_the_group_stays(own: Steps, place: Steps, day: date):
    held = Membership(own, place)
    first, end = held.stretch(day)
    assert first <= day < end
    inside = days_between(max(first, FIRST), min(end, END))
    assert {held.on(each) for each in inside} == {held.on(day)}
    assert first == date.min or held.on(first - timedelta(days=1)) != held.on(day)
    assert end == date.max or held.on(end) != held.on(day)
