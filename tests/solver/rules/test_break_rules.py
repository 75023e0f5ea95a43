"""Rules on the inside of a shift: numbers, and what an unplaced break means."""

import pytest

from solver.problem import Employee
from solver.rules.break_distance import BreakDistance
from solver.rules.task_blocks import TaskBlocks
from solver.rules.unbroken_work import UnbrokenWork
from solver.work import Assignment, Break, Roster, Task
from tests.solver.worlds import problem_of


def found(rule, start, end, breaks=(), tasks=()):
    """What a rule says of one shift: minutes, and the facts."""
    problem = problem_of([Employee(id="ann")])
    work = Assignment(employee="ann", start=start, end=end, breaks=breaks, tasks=tasks)
    return [(violation.short_by, dict(violation.facts)) for violation in rule.check(problem, Roster([work]))]


@pytest.mark.parametrize(
    ("breaks", "short_by"),
    [
        ((), 210),
        ((Break(30, start=480 + 225),), 0),
        ((Break(30, start=480 + 270),), 0),
        ((Break(30, start=480 + 271),), 1),
        ((Break(30, start=480 + 120),), 60),
        ((Break(30),), 0),
        ((Break(10, start=480 + 240),), 210),  # too short to count
        ((Break(15, start=480 + 100), Break(15, start=480 + 400)), 15),
    ],
)
def test_minutes_without_a_break_are_counted_from_break_to_break(breaks, short_by):
    told = found(UnbrokenWork(maximum=270, shortest_break=15), 480, 960, breaks)
    assert [minutes for minutes, _ in told] == ([short_by] if short_by else [])


def test_the_longest_stretch_is_told():
    assert found(UnbrokenWork(maximum=200), 0, 480, (Break(30, start=120),)) == [
        (130, {"maximum": 200, "actual": 330, "length": 480})
    ]


def test_breaks_without_a_place_cannot_mend_a_shift_that_is_too_long_for_them():
    assert found(UnbrokenWork(maximum=200), 0, 480, (Break(30),)) == [(50, {"length": 480})]


@pytest.mark.parametrize(
    ("starts", "short_by"),
    [((60, 195), 0), ((59, 195), 1), ((60, 194), 1), ((60, 405), 0), ((60, 406), 1), ((30, 120), 30 + 45)],
)
def test_distances_of_breaks_are_summed(starts, short_by):
    rule = BreakDistance(from_start=60, between=90, before_end=60)
    breaks = (Break(45, start=starts[0]), Break(15, start=starts[1]))
    told = found(rule, 0, 480, breaks)
    assert [minutes for minutes, _ in told] == ([short_by] if short_by else [])


def test_breaks_without_a_place_have_no_distance():
    assert found(BreakDistance(from_start=60), 0, 480, (Break(30),)) == []


def test_stretches_of_a_task_are_as_long_as_they_may_be():
    tasks = (Task(0, 45, "x"), Task(45, 60, "y"), Task(60, 90, "x"), Task(90, 300, "x"))
    assert found(TaskBlocks(shortest=60), 0, 300, tasks=tasks) == [
        (15, {"minimum": 60, "task": "x", "actual": 45}),
        (45, {"minimum": 60, "task": "y", "actual": 15}),
    ]
    assert found(TaskBlocks(longest=200), 0, 300, tasks=tasks) == [
        (40, {"maximum": 200, "task": "x", "actual": 240})
    ]
    assert found(TaskBlocks(shortest=60, skills=("z",)), 0, 300, tasks=tasks) == []


def test_work_without_tasks_has_no_stretches():
    assert found(TaskBlocks(shortest=60), 0, 30) == []


@pytest.mark.parametrize(
    ("family", "fields", "message"),
    [
        (UnbrokenWork, {"maximum": 0}, "maximum is 0; use 1 minute or more"),
        (BreakDistance, {}, "one of them must be above 0"),
        (BreakDistance, {"between": -1, "from_start": 5}, "must not be negative"),
        (TaskBlocks, {}, "give a minimum, a maximum or both"),
        (TaskBlocks, {"shortest": 90, "longest": 60}, "minimum 90 is above maximum 60"),
    ],
)
def test_parameters_that_make_no_sense_are_refused(family, fields, message):
    with pytest.raises(ValueError, match=message):
        family(**fields)
