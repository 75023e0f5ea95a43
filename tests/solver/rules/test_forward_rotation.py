"""Starts that move forward on the clock."""

import pytest

from solver.civil_days import Day
from solver.rules.forward_rotation import ForwardRotation
from solver.rules.rule import Scope
from tests.solver.rules.weeks import costs, found, violations

FORWARD = ForwardRotation(minimum=0)
SPRING, AUTUMN = (1440, 1380), (1440, 1500)  # the clocks change in the night to the second day


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("M D E N", []), ("E M - -", [480]), ("E - M -", []), ("N M - -", [960]), ("E D M -", [360, 120])],
)
def test_work_starts_no_earlier_than_the_day_before(week, short_by):
    assert found(FORWARD, week) == short_by
    assert costs(FORWARD, week) == short_by


def test_some_minutes_earlier_can_be_allowed_and_later_ones_limited():
    assert found(ForwardRotation(minimum=-120), "D M - -") == []
    assert found(ForwardRotation(minimum=-119), "D M - -") == [1]
    assert found(ForwardRotation(minimum=-60, maximum=60), "M E M") == [420, 420]


def test_the_first_start_of_each_day_is_compared():
    assert found(FORWARD, "DE DN -") == []
    assert found(FORWARD, "E ME -") == [480]


def test_days_off_between_working_days_can_be_passed_over():
    assert found(ForwardRotation(minimum=0, within_days=2), "E - M -") == [480]
    assert found(ForwardRotation(minimum=0, within_days=2), "E - - M") == []


def test_both_ends_of_the_horizon_count_and_the_past_alone_does_not():
    assert found(FORWARD, "M - -", before="E") == [480]
    assert found(FORWARD, "- - E", after="M") == [480]
    assert found(FORWARD, "- - -", before="E M", after="E M") == []


def test_other_work_than_that_in_scope_is_not_compared():
    assert found(ForwardRotation(minimum=0, scope=Scope(tags=("early", "late"))), "N M E M") == [480]


@pytest.mark.parametrize("lengths", [SPRING, AUTUMN])
def test_a_change_of_the_clocks_moves_no_start(lengths):
    assert found(FORWARD, "D D D", lengths=lengths) == []
    assert found(ForwardRotation(minimum=0, maximum=0), "D D D", lengths=lengths) == []
    assert found(FORWARD, "D M -", lengths=lengths) == [120]


@pytest.mark.parametrize(
    ("length", "minute", "wall"),
    [
        (1440, 200, 200),
        (1380, 119, 119),
        (1380, 120, 180),
        (1500, 179, 179),
        (1500, 180, 120),
        (1500, 300, 240),
    ],
)
def test_the_clock_is_read_on_days_on_which_it_changes(length, minute, wall):
    assert Day("2026-03-29", 0, length).wall(minute) == wall
    assert Day("2026-03-29", 1440, 1440 + length).wall(1440 + minute) == wall


def test_a_violation_says_by_how_much_the_start_moved():
    (violation,) = violations(FORWARD, "E M -")
    assert (violation.unit, violation.facts) == ("minutes", {"minimum": 0, "actual": -480})


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="give a minimum"):
        ForwardRotation()
    with pytest.raises(ValueError, match="in order"):
        ForwardRotation(minimum=60, maximum=0)
    with pytest.raises(ValueError, match="-1439 to 1439"):
        ForwardRotation(minimum=-1440)
    with pytest.raises(ValueError, match="within_days is 0"):
        ForwardRotation(minimum=0, within_days=0)
