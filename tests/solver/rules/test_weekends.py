"""Weekends worked, and weekends worked whole or not at all."""

import pytest

from solver.rules.complete_weekends import CompleteWeekends
from solver.rules.rule import Period, Scope
from solver.rules.weekends import Weekends
from solver.work import Assignment
from tests.solver.rules.told import DAY, HOUR, fixed, shifts, short, span, told

NIGHT_TO_SATURDAY = [Assignment(employee="ann", **span(4, 22, 30), tags=("night",))]


def test_a_weekend_counts_once_for_its_two_days():
    assert short(Weekends(maximum=1), shifts(5, 6, 11), count=14) == []
    assert short(Weekends(maximum=1), shifts(5, 6, 13), count=14) == [1]
    assert short(Weekends(minimum=2), shifts(5, 6, 11), count=14) == [1]


def test_friday_is_weekend_where_it_is_said_so():
    friday = Weekends(maximum=0, weekdays=(4, 5))
    assert short(friday, shifts(4)) == [1]
    assert short(friday, shifts(6)) == []


def test_a_violation_says_how_many_weekends():
    (violation,) = told(Weekends(maximum=1), shifts(5, 13), count=14)
    assert (violation.unit, dict(violation.facts)) == (
        "weekends",
        {"actual": 2, "from": "2026-11-23", "maximum": 1},
    )


def test_any_five_weeks_reach_back_into_history():
    rule = Weekends(maximum=2, period=Period(35, rolling=True))
    assert short(rule, shifts(5), history=fixed(-2, -8)) != []
    assert short(rule, shifts(6), history=fixed(-2, -30)) == []
    assert short(rule, [], history=fixed(-1, -8, -15)) == []


def test_a_weekend_that_began_before_the_horizon_is_not_counted_again():
    history = fixed(-2)
    sunday_first = {"count": 7, "history": history}
    rule = Weekends(maximum=1, weekdays=(5, 6, 0))  # Saturday to Monday: Monday is day 0
    assert short(rule, shifts(0), **sunday_first) == []
    assert short(rule, shifts(0, 5), **sunday_first) == [1]


def test_a_weekend_over_the_end_of_a_month_belongs_to_the_month_of_its_saturday():
    # Saturday 31 October 2026 is day -23.
    november = Weekends(maximum=1, period=Period(months=1))
    assert short(november, shifts(5), history=fixed(-22)) == []
    assert short(november, shifts(5), history=fixed(-16)) == [1]


def test_a_night_into_saturday_counts_where_touching_is_asked():
    assert short(Weekends(maximum=0), NIGHT_TO_SATURDAY) == []
    assert short(Weekends(maximum=0, touching=True), NIGHT_TO_SATURDAY) == [1]
    assert short(Weekends(maximum=0, touching=True), [Assignment(employee="ann", **span(4, 16, 24))]) == []


def test_the_weekend_begins_at_midnight_of_the_clock():
    # Friday has 23 hours: midnight comes an hour earlier.
    until = Assignment(employee="ann", start=4 * DAY + 16 * HOUR, end=4 * DAY + 24 * HOUR)
    lengths = (1440, 1440, 1440, 1440, 1380)
    assert short(Weekends(maximum=0, touching=True), [until], lengths=lengths) == [1]


def test_only_tagged_work_counts_where_tags_are_named():
    rule = Weekends(maximum=0, scope=Scope(tags=("night",)))
    assert short(rule, shifts(5)) == []
    assert short(rule, shifts(5, tags=("night",))) == [1]


@pytest.mark.parametrize("weekdays", [(), (5, 5), (4, 6), (7,), (0, 1, 2, 3, 4, 5, 6)])
def test_days_that_are_no_weekend_are_refused(weekdays):
    with pytest.raises(ValueError, match="weekdays"):
        Weekends(maximum=1, weekdays=weekdays)


def test_half_a_weekend_is_charged_once():
    assert short(CompleteWeekends(), shifts(5)) == [1]
    assert short(CompleteWeekends(), shifts(5, 6)) == []
    assert short(CompleteWeekends(), []) == []
    (violation,) = told(CompleteWeekends(weekdays=(4, 5, 6)), shifts(4, 6))
    assert dict(violation.facts) == {"worked": 2, "days": 3, "from": "2026-11-27"}


def test_a_weekend_half_known_is_judged_by_what_is_known():
    saturday_last = {"count": 6}
    assert short(CompleteWeekends(), shifts(5), **saturday_last) == []
    assert short(CompleteWeekends(), shifts(5), upcoming=fixed(8), **saturday_last) == [1]
    assert short(CompleteWeekends(), shifts(5), upcoming=fixed(6), **saturday_last) == []


def test_a_weekend_begun_in_history_is_to_be_completed():
    three = CompleteWeekends(weekdays=(6, 0))
    assert short(three, [], history=fixed(-1)) == [1]
    assert short(three, shifts(0), history=fixed(-1)) == []
    assert short(three, shifts(0), history=fixed(-2)) == [1]


def test_a_weekend_already_broken_before_the_horizon_is_not_charged():
    assert short(CompleteWeekends(weekdays=(5, 6, 0)), [], history=fixed(-5, -2)) == []


def test_one_day_is_always_complete():
    with pytest.raises(ValueError, match="always complete"):
        CompleteWeekends(weekdays=(6,))
