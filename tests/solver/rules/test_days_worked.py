"""Days worked, however many shifts they have."""

import pytest

from solver.rules.days_worked import DaysWorked
from solver.rules.rule import Period, Scope
from solver.work import Assignment
from tests.solver.rules.told import fixed, shifts, short, span, told


def test_a_day_with_two_shifts_counts_once():
    twice = [*shifts(0), Assignment(employee="ann", **span(0, 18, 20))]
    assert short(DaysWorked(maximum=1), twice) == []
    assert short(DaysWorked(maximum=1), [*twice, *shifts(3)]) == [1]
    assert short(DaysWorked(minimum=2), twice) == [1]


def test_a_violation_says_how_many_days_from_when():
    (violation,) = told(DaysWorked(maximum=2), shifts(0, 1, 5))
    assert (violation.unit, dict(violation.facts)) == (
        "days",
        {"actual": 3, "from": "2026-11-23", "maximum": 2},
    )
    assert len(violation.shifts) == 3


def test_days_before_and_after_the_horizon_take_part():
    five = DaysWorked(maximum=2, period=Period(5, rolling=True))
    assert short(five, shifts(0), history=fixed(-2, -1)) == [1, 1, 1]
    assert short(five, shifts(6), upcoming=fixed(8, 9)) == [1]
    assert short(five, [], history=fixed(-3, -2, -1)) == []


def test_what_the_past_has_used_up_leaves_nothing_to_add():
    month = DaysWorked(maximum=2, period=Period(months=1))
    (violation,) = told(month, shifts(0), history=fixed(-3, -2, -1))
    assert (violation.short_by, violation.facts["actual"]) == (1, 4)


def test_a_minimum_is_asked_where_the_window_ends_in_what_is_known():
    month = DaysWorked(minimum=3, period=Period(months=1))
    assert short(month, shifts(0)) == []
    assert short(month, shifts(0), count=8) == [2]
    assert short(month, shifts(0), upcoming=fixed(9)) == [2]


def test_the_night_over_the_end_of_a_day_counts_where_it_starts_even_if_clocks_change():
    night = [Assignment(employee="ann", **span(1, 23, 30))]
    spring = (1440, 1380)
    tuesday = Scope(weekdays=(1,))
    assert short(DaysWorked(maximum=0, scope=tuesday), night) == [1]
    early = [Assignment(employee="ann", start=1440 + 1380, end=1440 + 1380 + 60)]
    assert short(DaysWorked(maximum=0, scope=tuesday), early, lengths=spring) == []


@pytest.mark.parametrize(
    "bounds", [{}, {"minimum": -1}, {"maximum": 10_000_001}, {"minimum": 3, "maximum": 2}]
)
def test_bounds_that_make_no_sense_are_refused(bounds):
    with pytest.raises(ValueError, match="minimum"):
        DaysWorked(**bounds)
