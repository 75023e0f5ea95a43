"""Shifts in a row without a day off."""

import pytest

from solver.rules.consecutive_shifts import ConsecutiveShifts
from solver.rules.rule import Scope
from solver.work import Assignment
from tests.solver.rules.told import fixed, shifts, short, span, told

THREE = ConsecutiveShifts(maximum=3)


def late(*days):
    return [Assignment(employee="ann", **span(day, 18, 20)) for day in days]


def test_both_shifts_of_a_split_day_count():
    assert short(THREE, [*shifts(0, 1), *late(1)]) == []
    (violation,) = told(THREE, [*shifts(0, 1), *late(0, 1)])
    assert (violation.short_by, violation.unit) == (1, "shifts")
    assert dict(violation.facts) == {"maximum": 3, "actual": 4, "from": "2026-11-23"}


def test_a_day_off_starts_the_count_again():
    assert short(THREE, [*shifts(0, 1, 3, 4), *late(0, 4)]) == []


def test_each_run_is_charged_by_itself():
    assert short(ConsecutiveShifts(maximum=1), shifts(0, 1, 2, 4, 5)) == [2, 1]


def test_shifts_around_the_horizon_take_part():
    assert short(THREE, shifts(0), history=fixed(-3, -2, -1)) == [1]
    assert short(THREE, shifts(6), upcoming=fixed(7, 8, 9)) == [1]
    assert short(THREE, shifts(6), upcoming=fixed(8, 9, 10)) == []


def test_what_was_too_much_before_the_horizon_is_not_charged():
    assert short(THREE, [], history=fixed(-5, -4, -3, -2, -1)) == []
    assert short(THREE, shifts(0), history=fixed(-5, -4, -3, -2, -1)) == [1]
    assert short(THREE, shifts(5, 6), upcoming=fixed(7, 8, 9, 10)) == [2]


def test_tags_make_it_about_such_shifts():
    nights = ConsecutiveShifts(maximum=1, scope=Scope(tags=("night",)))
    assert short(nights, [*shifts(0, tags=("night",)), *shifts(1)]) == []
    assert short(nights, shifts(0, 1, tags=("night",))) == [1]


def test_no_shift_at_all_is_refused():
    with pytest.raises(ValueError, match="allow 1 shift"):
        ConsecutiveShifts(maximum=0)
