"""Which windows a period has."""

import json

import pytest

from solver.problem import Employee, Problem
from solver.rules.days_off import DaysOff
from solver.rules.fairness import Fairness
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, Scope
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

DAY = 1440


def windows(period, *, count=7, closed=False, upcoming_day=None):
    """The windows of a period in a horizon from Monday 2026-11-23, as pairs of first and last dates."""
    upcoming = () if upcoming_day is None else (Work(start=upcoming_day * DAY, end=upcoming_day * DAY + 60),)
    ann = Employee(id="ann", upcoming=upcoming)
    problem = problem_of([ann], count=count)
    found = period.windows(problem, ann, closed=closed)
    return [(problem.calendar.date(days[0]), problem.calendar.date(days[-1])) for days in found]


def test_a_week_from_its_anchor_on_reaches_over_both_edges():
    anchored = Period(7, anchor="2026-11-18")
    assert windows(anchored) == [("2026-11-18", "2026-11-24"), ("2026-11-25", "2026-12-01")]
    assert windows(anchored, closed=True) == [("2026-11-18", "2026-11-24")]
    assert windows(anchored, closed=True, upcoming_day=8) == windows(anchored)


def test_calendar_months_begin_on_the_first():
    assert windows(Period(months=1), count=10) == [("2026-11-01", "2026-11-30"), ("2026-12-01", "2026-12-31")]
    assert windows(Period(months=1), count=10, closed=True) == [("2026-11-01", "2026-11-30")]


def test_months_begin_on_the_day_of_the_anchor():
    month = Period(months=1, anchor="2020-02-26")
    assert windows(month) == [("2026-10-26", "2026-11-25"), ("2026-11-26", "2026-12-25")]


def test_several_months_count_from_january_or_from_the_anchor():
    assert windows(Period(months=4)) == [("2026-09-01", "2026-12-31")]
    assert windows(Period(months=4, anchor="2026-02-01")) == [("2026-10-01", "2027-01-31")]
    assert windows(Period(months=5, anchor="2026-11-01")) == [("2026-11-01", "2027-03-31")]


def test_rolling_months_begin_with_every_month():
    assert windows(Period(months=2, rolling=True), count=10) == [
        ("2026-10-01", "2026-11-30"),
        ("2026-11-01", "2026-12-31"),
        ("2026-12-01", "2027-01-31"),
    ]


def test_custom_windows_that_miss_the_horizon_are_left_out():
    pay = Period(
        custom=(("2026-11-01", "2026-11-22"), ("2026-11-23", "2026-11-24"), ("2026-11-29", "2026-12-05"))
    )
    assert windows(pay) == [("2026-11-23", "2026-11-24"), ("2026-11-29", "2026-12-05")]
    assert windows(pay, closed=True) == [("2026-11-23", "2026-11-24")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"days": 0}, "days is 0"),
        ({"months": 0}, "months is 0"),
        ({"days": 3661}, "at most 3660"),
        ({"months": 121}, "at most 120"),
        ({"days": 7, "months": 1}, "not two of them"),
        ({"days": 7, "custom": (("2026-11-23", "2026-11-24"),)}, "not two of them"),
        ({"months": 5}, "no part of a year"),
        ({"months": 1, "anchor": "2026-01-31"}, "day 1 to 28"),
        ({"custom": (("2026-11-23",),)}, "is no window"),
        ({"custom": (("2026-11-23", "soon"),)}, "is no window"),
        ({"custom": (("2026-11-24", "2026-11-23"),)}, "ends before it starts"),
        (
            {"custom": (("2026-11-23", "2026-11-24"), ("2026-11-24", "2026-11-25"))},
            "starts before the one before",
        ),
        ({"custom": (("2026-11-23", "2026-11-24"),), "rolling": True}, "neither rolling nor anchored"),
        ({"days": None, "rolling": True}, "neither rolling nor anchored"),
    ],
)
def test_windows_that_make_no_sense_are_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        Period(**fields)


def test_periods_read_back_from_json_as_they_were():
    periods = (Period(months=2, rolling=True), Period(custom=(("2026-11-23", "2026-12-06"),)), Period(None))
    problem = problem_of(["ann"], rules=tuple(Minutes(maximum=60, period=period) for period in periods))
    assert Problem.from_json(json.loads(json.dumps(problem.to_json()))) == problem


@pytest.mark.parametrize("weekdays", [(7,), (-1,), (5, 5)])
def test_weekdays_that_are_none_are_refused(weekdays):
    with pytest.raises(ValueError, match="from 0 for Monday to 6 for Sunday"):
        Scope(weekdays=weekdays)


def test_a_scope_of_weekdays_counts_work_that_starts_on_them():
    problem = problem_of(["ann"], count=14)
    roster = Roster(Assignment(employee="ann", start=day * DAY, end=day * DAY + 300) for day in (4, 5, 6, 12))
    rule = Minutes(maximum=400, period=Period(7), scope=Scope(weekdays=(5, 6)))
    assert [violation.facts["actual"] for violation in rule.check(problem, roster)] == [600]
    sundays = DaysOff(minimum=2, period=Period(14), scope=Scope(weekdays=(6,)))
    assert [violation.short_by for violation in sundays.check(problem, roster)] == [1]


def test_a_scope_of_weekdays_means_nothing_where_days_mean_nothing():
    with pytest.raises(ValueError, match=r"scope\.weekdays means nothing to fairness"):
        Fairness(scope=Scope(weekdays=(5,)))
