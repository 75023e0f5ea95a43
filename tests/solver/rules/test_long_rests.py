"""The uninterrupted rest in each 24 hours and in each week."""

import pytest

from solver.rules.daily_rest import DailyRest
from solver.rules.rule import Period
from solver.rules.weekly_rest import WeeklyRest
from solver.work import Assignment, Work
from tests.solver.rules.told import DAY, HOUR, fixed, shifts, short, told


def work(start, end):
    return Assignment(employee="ann", start=start * HOUR, end=end * HOUR)


def around(start, end):
    return Work(start=start * HOUR, end=end * HOUR)


@pytest.mark.parametrize(
    ("works", "short_by"),
    [
        ([work(8, 16)], []),
        ([work(8, 21)], []),
        ([work(8, 22)], [60]),
        ([work(8, 12), work(16, 23)], [120]),
        ([work(8, 12), work(16, 20)], []),
        ([work(8, 18), work(28, 36)], [60]),
    ],
)
def test_eleven_hours_lie_in_the_day_that_begins_with_work(works, short_by):
    assert short(DailyRest(minutes=660), works, count=2) == short_by


def test_daily_rest_looks_at_the_work_before_and_after():
    rest = DailyRest(minutes=660)
    assert short(rest, [work(4, 12)], history=(around(-8, 0),), count=1) == [420]
    assert short(rest, [work(8, 16)], upcoming=(around(26, 34),), count=1) == [60]
    assert short(rest, [], history=(around(-20, -12), around(-10, -4)), count=1) == []


@pytest.mark.parametrize(
    ("days", "longest"),
    [((0, 1, 2, 3, 4, 5), 32 * HOUR), ((0, 1, 2, 3, 4, 5, 6), 16 * HOUR), ((0, 1, 3, 4, 5, 6), None)],
)
def test_a_week_has_a_long_rest_somewhere(days, longest):
    violations = told(WeeklyRest(minutes=2100), shifts(*days))
    assert [v.facts["actual"] for v in violations] == ([] if longest is None else [longest])


def test_a_week_without_the_rest_costs_once_and_is_short_by_what_is_missing():
    (violation,) = told(WeeklyRest(minutes=2100, level="soft", weight=7), shifts(*range(7)))
    assert (violation.cost, violation.short_by) == (7, 2100 - 16 * HOUR)
    assert violation.spans[0].end == 7 * DAY


def test_any_seven_days_may_reach_into_the_around():
    rolling = WeeklyRest(minutes=2100, period=Period(7, rolling=True))
    worked = fixed(-4, -3, -2, -1)
    assert short(rolling, shifts(0, 1, 2), count=3, history=(*fixed(-6, -5), *worked)) == [960, 1140, 1140]
    assert short(rolling, shifts(0, 1), count=3, history=worked) == [180, 180]


def test_what_the_past_makes_impossible_is_not_asked_for():
    week = WeeklyRest(minutes=2100, period=Period(7, rolling=True))
    assert short(week, [], count=1, history=fixed(-6, -5, -4, -3, -2, -1)) == []


def test_rests_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="does not fit into 1 days"):
        WeeklyRest(minutes=1441, period=Period(1))
