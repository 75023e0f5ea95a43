"""Starts that stay about the same on the clock."""

import pytest

from solver.explain.sentences import Speaker
from solver.rules.rule import Period, Scope
from solver.rules.start_range import StartRange
from tests.solver.rules.weeks import costs, found, violations
from tests.solver.worlds import problem_of

STEADY = StartRange(maximum=120)
SPRING, AUTUMN = (1440, 1380), (1440, 1500)  # the clocks change in the night to the second day


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("M M - D", []), ("M - E -", [360]), ("E - M M", [360]), ("M D E N", [840]), ("- - - -", [])],
)
def test_starts_of_a_week_lie_close_together_in_whatever_order(week, short_by):
    assert found(STEADY, week) == short_by
    assert costs(STEADY, week) == short_by


def test_the_last_minute_allowed_is_allowed():
    assert found(StartRange(maximum=480), "M E") == []
    assert found(StartRange(maximum=479), "M E") == [1]


def test_both_starts_of_a_split_day_count():
    assert found(STEADY, "ME -") == [360]


def test_each_window_is_judged_by_itself():
    assert found(StartRange(maximum=0, period=Period(2)), "M M E E") == []
    assert found(StartRange(maximum=0, period=Period(2, rolling=True)), "M M E E") == [480]


def test_both_ends_of_the_horizon_count_and_the_past_alone_does_not():
    around = StartRange(maximum=120, period=Period(3, rolling=True))
    assert found(around, "M - -", before="E") == [360, 360]
    assert found(around, "- - M", after="E") == [360]
    assert found(around, "- - -", before="M E", after="E M") == []
    assert found(around, "D - -", before="M E") == [240]
    assert found(around, "N - -", before="M E") == [480, 360]


def test_other_work_than_that_in_scope_is_not_compared():
    days = StartRange(maximum=0, scope=Scope(without_tags=("night",)))
    assert found(days, "M N M N") == []
    assert found(days, "M N E N") == [480]


@pytest.mark.parametrize("lengths", [SPRING, AUTUMN])
def test_a_change_of_the_clocks_moves_no_start(lengths):
    assert found(StartRange(maximum=0), "D D D", lengths=lengths) == []
    assert found(StartRange(maximum=0), "D M -", lengths=lengths) == [120]


def test_a_violation_names_the_earliest_and_the_latest_start_and_reads_well():
    (violation,) = violations(STEADY, "D M E -")
    assert (violation.unit, violation.facts) == (
        "minutes",
        {"actual": 480, "from": "2026-11-23", "maximum": 120},
    )
    assert [span.start for span in violation.spans] == [1440 + 360, 2880 + 840]
    told = Speaker(problem_of(["ann"], count=4)).phrase(violation)
    assert told == "starts of work 8 h apart in the days from Mon 23 Nov, at most 2 h"


@pytest.mark.parametrize("maximum", [-1, 1440])
def test_nonsense_is_refused(maximum):
    with pytest.raises(ValueError, match=f"maximum is {maximum}"):
        StartRange(maximum=maximum)
