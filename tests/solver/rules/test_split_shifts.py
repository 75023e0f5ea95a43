"""Several spans on one day: gaps and spread."""

import pytest

from solver.problem import Employee
from solver.rules.rule import Scope
from solver.rules.split_shifts import SplitShifts
from solver.work import Assignment, Roster, Work
from tests.solver.worlds import problem_of

DAY = 1440


def judged(rule, *spans, lengths=(), **employee):
    problem = problem_of([Employee(id="ann", **employee)], lengths=lengths)
    works = (Assignment(employee="ann", start=start, end=end, tags=tags) for start, end, *tags in spans)
    return rule.check(problem, Roster(works))


def found(rule, *spans, **employee):
    return [violation.short_by for violation in judged(rule, *spans, **employee)]


SPLIT = ((360, 600), (840, 1200))  # 06:00 to 10:00 and 14:00 to 20:00: a gap of 4 h, a spread of 14 h


@pytest.mark.parametrize(
    ("bounds", "short_by"),
    [
        ({"minimum_gap": 240}, []),
        ({"minimum_gap": 241}, [1]),
        ({"maximum_gap": 240}, []),
        ({"maximum_gap": 180}, [60]),
        ({"maximum_spread": 840}, []),
        ({"maximum_spread": 720}, [120]),
        ({"maximum_idle": 240}, []),
        ({"maximum_idle": 0}, [240]),
        ({"minimum_gap": 300, "maximum_spread": 839}, [60, 1]),
    ],
)
def test_gaps_and_spread_of_a_day_are_within_bounds(bounds, short_by):
    assert found(SplitShifts(**bounds), *SPLIT) == short_by


def test_each_day_and_each_gap_is_judged_by_itself():
    three = ((0, 60), (120, 180), (300, 360))
    assert found(SplitShifts(maximum_gap=30), *three) == [30, 90]
    assert found(SplitShifts(maximum_idle=100), *three) == [80]
    next_day = [(start + DAY, end + DAY) for start, end in SPLIT]
    assert found(SplitShifts(maximum_idle=200), *SPLIT, *next_day) == [40, 40]
    assert found(SplitShifts(maximum_gap=60), (0, 480), (DAY + 600, DAY + 700)) == []


def test_one_long_span_has_a_spread_too():
    assert found(SplitShifts(maximum_spread=600), (0, 660)) == [60]


def test_a_gap_that_other_work_fills_is_not_too_long():
    out_of_scope = SplitShifts(maximum_gap=60, scope=Scope(without_tags=("on_call",)))
    assert found(out_of_scope, (0, 60), (60, 300, "on_call"), (300, 400)) == []
    assert found(out_of_scope, (0, 60), (300, 400)) == [180]


def test_an_hour_that_the_clocks_repeat_is_an_hour_of_gap():
    assert found(SplitShifts(maximum_gap=300), (60, 120), (420, 480), lengths=(1500,)) == []
    assert found(SplitShifts(maximum_gap=300), (60, 120), (421, 480), lengths=(1500,)) == [1]


def test_the_days_around_the_horizon_are_not_judged():
    history, upcoming = (
        (Work(start=-600, end=-500), Work(start=-60, end=10)),
        (Work(start=7 * DAY, end=7 * DAY + 9),),
    )
    assert found(SplitShifts(maximum_gap=0), (60, 120), history=history, upcoming=upcoming) == []


def test_a_violation_says_what_bound_is_broken():
    (violation,) = judged(SplitShifts(maximum_spread=720, level="soft", weight=2), *SPLIT)
    assert (violation.cost, violation.unit) == (240, "minutes")
    assert violation.facts == {"maximum_spread": 720, "actual": 840}


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="give minimum_gap, maximum_gap"):
        SplitShifts()
    with pytest.raises(ValueError, match="minimum_gap 60 is above maximum_gap 30"):
        SplitShifts(minimum_gap=60, maximum_gap=30)
    with pytest.raises(ValueError, match="-1 minutes make no sense"):
        SplitShifts(maximum_idle=-1)
