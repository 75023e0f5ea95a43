"""Breaks that a shift of some length contains."""

import pytest

from solver.rules.breaks import Breaks
from solver.work import Assignment, Break
from tests.solver.rules.told import shifts, short, told

HALF_AN_HOUR = Breaks(from_minutes=361, minutes=30)


@pytest.mark.parametrize(
    ("end", "breaks", "short_by"),
    [
        (14, (), []),
        (15, (), [30]),
        (15, (Break(20),), [10]),
        (15, (Break(15), Break(15, paid=True)), []),
        (15, (Break(45),), []),
    ],
)
def test_all_breaks_of_a_long_shift_add_up(end, breaks, short_by):
    work = Assignment(employee="ann", start=8 * 60, end=end * 60, breaks=breaks)
    assert short(HALF_AN_HOUR, [work]) == short_by


def test_unpaid_breaks_may_be_left_out():
    paid = Breaks(from_minutes=361, minutes=15, paid_only=True)
    assert short(paid, shifts(0, breaks=(Break(30),))) == [15]
    assert short(paid, shifts(0, breaks=(Break(15, paid=True),))) == []


@pytest.mark.parametrize(
    ("presence", "breaks", "short_by"),
    [
        (380, (Break(20),), []),  # 6 h of work
        (381, (Break(20),), [10]),
        (380, (Break(20, paid=True),), [10]),
        (361, (), [30]),
        (391, (Break(30),), []),
    ],
)
def test_the_length_can_be_that_of_work_alone(presence, breaks, short_by):
    rule = Breaks(from_minutes=361, minutes=30, of_work=True)
    work = Assignment(employee="ann", start=480, end=480 + presence, breaks=breaks)
    assert short(rule, [work]) == short_by


def test_a_violation_tells_what_is_there_and_in_how_long_a_shift():
    (violation,) = told(HALF_AN_HOUR, shifts(0))
    assert violation.facts == {"required": 30, "actual": 0, "length": 480}


def test_a_break_of_no_length_is_refused():
    with pytest.raises(ValueError, match="minutes is 0"):
        Breaks(minutes=0)
