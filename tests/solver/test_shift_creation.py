"""Shifts created from demand as a step of its own."""

from dataclasses import replace
from itertools import product

import pytest

from solver.problem import (
    BreakPolicy,
    BreakWindow,
    Coverage,
    Employee,
    Shift,
    ShiftTemplate,
    SkillHeld,
)
from solver.rules.coverage import CoverageCurves
from solver.rules.shift_minutes import ShiftMinutes
from solver.score import score_of
from solver.shift_creation import create_shifts
from solver.solve import solve
from solver.work import Roster, Work
from tests.solver.worlds import problem_of

HOUR = 60
DAY = ShiftTemplate(
    id="day",
    earliest_start=6 * HOUR,
    latest_start=8 * HOUR,
    start_step=HOUR,
    shortest=3 * HOUR,
    longest=4 * HOUR,
    length_step=HOUR,
    skill="x",
)
NEED = (
    Coverage(id="early", start=6 * HOUR, end=9 * HOUR, skill="x", minimum=1, target=2, surplus_price=1),
    Coverage(id="late", start=9 * HOUR, end=13 * HOUR, skill="x", target=1, missing_price=3, maximum=1),
    Coverage(id="any", start=7 * HOUR, end=8 * HOUR, minimum=2, surplus_prices=(0, 5)),
)


def world(template=DAY, **fields):
    """One day, one person who can do x."""
    return problem_of(count=1, **{"shifts": (), "templates": (template,), "coverage": NEED, **fields})


@pytest.mark.parametrize(
    "template",
    [
        DAY,
        replace(DAY, breaks=(BreakPolicy(200, 60, window=BreakWindow(earliest=60, before_end=60)),)),
        replace(DAY, skill=None, tasks=("x", "y"), task_step=60, shortest=240),
    ],
    ids=["plain", "breaks", "tasks"],
)
def test_no_other_shifts_of_the_templates_are_better(template):
    problem = world(template, shifts=(Shift(id="given", start=420, end=480, skill="x"),))
    lengths = range(template.shortest, template.longest + 1, HOUR)
    starts = range(6 * HOUR, 8 * HOUR + 1, HOUR)
    options = []
    for start, length in product(starts, lengths):
        work = problem.create("", "day", start, length)
        ways = [replace(task, skill=skill) for task in work.tasks for skill in template.tasks]
        options += [replace(work, tasks=(task,)) for task in ways] if ways else [work]
    best = min(
        cost_of(problem, [work for work, n in zip(options, counts, strict=True) for _ in range(n)])
        for counts in product(range(3), repeat=len(options))
        if sum(counts) < 5
    )
    created = create_shifts(problem, seconds=None)
    assert created.proven
    assert (created.mandatory, created.soft, created.minutes) == best


def cost_of(problem, works):
    given = [problem.fill("", shift.id) for shift in problem.shifts]
    score = score_of(CoverageCurves().check(problem, Roster([*given, *works])))
    return score.mandatory, score.soft, sum(work.paid for work in works)


def test_equal_shifts_are_one_with_a_headcount_and_people_can_be_given_to_them():
    need = (Coverage(id="c", start=8 * HOUR, end=12 * HOUR, skill="x", minimum=2),)
    problem = world(coverage=need, employees=())
    created = create_shifts(problem)
    assert [(shift.start, shift.end, shift.headcount) for shift in created.shifts] == [(480, 720, 2)]
    people = tuple(Employee(id=name, skills=(SkillHeld("x"),)) for name in ("ann", "bo"))
    result = solve(replace(created.added_to(problem), employees=people), workers=1)
    assert {(work.employee, work.start, work.end) for work in result.roster} == {
        ("ann", 480, 720),
        ("bo", 480, 720),
    }


def test_shifts_that_nobody_may_work_are_created_and_named():
    problem = world(employees=[Employee(id="ann")])
    created = create_shifts(problem)
    assert created.shifts
    assert created.nobody_can == tuple(shift.id for shift in created.shifts)
    able = create_shifts(world())
    assert able.nobody_can == ()
    limited = create_shifts(world(rules=(ShiftMinutes(maximum=3 * HOUR),)))
    too_long = {shift.id for shift in limited.shifts if shift.end - shift.start > 3 * HOUR}
    assert too_long
    assert set(limited.nobody_can) == too_long


def test_demand_that_no_template_reaches_is_listed():
    need = (*NEED, Coverage(id="night", start=20 * HOUR, end=22 * HOUR, skill="x", minimum=1))
    created = create_shifts(world(coverage=need))
    assert [(span.start, span.end) for span in created.uncovered if span.level == "mandatory"] == [
        (20 * HOUR, 22 * HOUR)
    ]


def test_what_is_worked_already_is_not_created_again():
    night = Employee(id="ann", history=(Work(start=-60, end=9 * HOUR, skill="x"),))
    need = (Coverage(id="c", start=6 * HOUR, end=9 * HOUR, skill="x", minimum=1),)
    assert create_shifts(world(coverage=need, employees=[night])).shifts == ()
    given = (Shift(id="g", start=6 * HOUR, end=9 * HOUR, skill="x"),)
    assert create_shifts(world(coverage=need, shifts=given)).shifts == ()


def test_nothing_is_created_without_demand_or_without_templates():
    assert create_shifts(world(coverage=())).shifts == ()
    created = create_shifts(world(templates=()))
    assert created.shifts == ()
    assert created.mandatory > 0


def test_days_that_nothing_connects_are_created_one_by_one_and_together_as_good():
    apart = [
        Coverage(id=f"c{day}", start=1440 * day + 480, end=1440 * day + 720, minimum=1 + day)
        for day in (0, 1)
    ]
    problem = problem_of(["ann"], count=2, templates=(replace(DAY, skill=None),), coverage=tuple(apart))
    linked = Coverage(id="link", start=720, end=1440 + 480, missing_price=0)
    alone = create_shifts(problem)
    together = create_shifts(replace(problem, coverage=(*apart, linked)))
    assert alone.proven
    assert together.proven
    assert alone.shifts == together.shifts
    assert (alone.mandatory, alone.minutes) == (together.mandatory, together.minutes) == (0, 3 * 4 * HOUR)
