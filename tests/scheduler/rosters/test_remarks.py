"""A shift on leave, or at a place that is shut, is remarked on although nothing forbids it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from scheduler.organisation.models import OpeningHours
from scheduler.rosters.remarks import Remark, remarks_of
from scheduler.rosters.week import week_of
from tests.scheduler.rosters.company import MONDAY, Company

TUESDAY = MONDAY + timedelta(days=1)
LEAVE, SHUT = Remark.ON_LEAVE, Remark.OUTSIDE_HOURS


def open_hours(session: Session, company: Company, *hours: tuple[int, int, int]) -> None:
    company.location.hours = [
        OpeningHours(weekday=day, opens_minute=opens * 60, closes_minute=closes * 60)
        for day, opens, closes in hours
    ]
    session.add(company.location)
    session.flush()


def remarks(session: Session, company: Company, day: date, start: float, end: float) -> tuple[Remark, ...]:
    shift = company.shift("Ann", day, start, end)
    return remarks_of(session, [shift], company.location).get(shift.lineage_id, ())


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (6, 14, ()),
        (14, 22, ()),
        (2, 5, (SHUT,)),
        (5.75, 14, (SHUT,)),
        (20, 22.25, (SHUT,)),
        (22, 30, (SHUT,)),
    ],
)
def test_a_shift_outside_of_the_opening_hours_is_remarked_on(
    lite: Session, lite_company: Company, start: float, end: float, expected: tuple[Remark, ...]
):
    open_hours(lite, lite_company, (0, 6, 22), (1, 6, 22))
    assert remarks(lite, lite_company, MONDAY, start, end) == expected


def test_a_bar_that_closes_after_midnight_is_open_until_then(lite: Session, lite_company: Company):
    open_hours(lite, lite_company, (0, 18, 26))
    assert remarks(lite, lite_company, MONDAY, 18, 26) == ()
    assert remarks(lite, lite_company, TUESDAY, 0, 3) == (SHUT,)


def test_a_place_without_opening_hours_is_never_shut(lite: Session, lite_company: Company):
    open_hours(lite, lite_company)
    assert remarks(lite, lite_company, MONDAY, 2, 5) == ()


def test_every_shift_that_touches_a_day_of_leave_is_remarked_on(lite: Session, lite_company: Company):
    open_hours(lite, lite_company)
    lite_company.leave(lite, "Ann", TUESDAY, TUESDAY + timedelta(days=1))
    assert remarks(lite, lite_company, MONDAY, 16, 24) == ()
    assert remarks(lite, lite_company, MONDAY, 22, 30) == (LEAVE,)
    assert remarks(lite, lite_company, TUESDAY, 8, 16) == (LEAVE,)
    assert remarks(lite, lite_company, TUESDAY, 24, 30) == ()


def test_the_week_says_which_shifts_are_odd_and_leaves_out_the_others(lite: Session, lite_company: Company):
    c = lite_company
    open_hours(lite, c, *((day, 6, 22) for day in range(7)))
    c.leave(lite, "Ann", MONDAY, TUESDAY)
    roster = c.roster(lite)
    away, fine, early = c.shift("Ann", MONDAY), c.shift("Bo", MONDAY), c.shift(None, TUESDAY, 2, 8)
    c.draft(lite, roster, [away, fine, early])
    assert week_of(lite, roster.id).remarks == {away.lineage_id: (LEAVE,), early.lineage_id: (SHUT,)}
