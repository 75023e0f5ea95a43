"""Worlds in which shifts have an inside: breaks to be placed and tasks to be chosen."""

from dataclasses import replace
from itertools import product

from solver.problem import BreakPolicy, BreakWindow, Coverage, Employee, Shift, ShiftTemplate, SkillHeld
from solver.work import Break, Task, Work, tasks_of
from tests.solver.worlds import problem_of

HOUR = 60

ANN = Employee(
    id="ann",
    skills=(SkillHeld("x"), SkillHeld("y", 0, 9 * HOUR)),
    history=(Work(start=-HOUR, end=7 * HOUR, breaks=(Break(30, start=6 * HOUR),), skill="x"),),
)
COFFEE = BreakPolicy(180, 15, paid=True, window=BreakWindow(earliest=60, before_end=45, step=45))
LUNCH = BreakPolicy(240, 30, window=BreakWindow(earliest=60, latest=150, before_end=60, step=30))
FLEX = ShiftTemplate(
    id="flex",
    earliest_start=6 * HOUR,
    latest_start=7 * HOUR,
    start_step=HOUR,
    shortest=3 * HOUR,
    longest=4 * HOUR,
    length_step=HOUR,
    tags=("night",),
)
COVERAGE = (
    Coverage(id="x", start=6 * HOUR, end=11 * HOUR, skill="x", minimum=1, missing_price=2),
    Coverage(id="y", start=7 * HOUR, end=9 * HOUR, skill="y", target=1, maximum=1, surplus_price=1),
    Coverage(id="any", start=5 * HOUR, end=10 * HOUR, minimum=0, target=0, surplus_prices=(0, 3, 7)),
)
GIVEN = (
    Shift(
        id="given",
        start=12 * HOUR,
        end=16 * HOUR,
        breaks=(Break(15, paid=True, start=13 * HOUR), Break(30, start=14 * HOUR)),
        tasks=(Task(720, 780, "x"), Task(780, 900, "y"), Task(900, 960, "x")),
        tags=("night",),
    ),
    Shift(id="open breaks", start=17 * HOUR, end=23 * HOUR, breaks=(Break(30),), skill="x", headcount=2),
)


def world(template, **fields):
    """One person, one day and a template."""
    return problem_of([ANN], count=1, templates=(template,), coverage=COVERAGE, **{"shifts": (), **fields})


INSIDE_WORLDS = {
    "breaks inside": world(
        replace(FLEX, skill="x", breaks=(COFFEE, LUNCH), longest=5 * HOUR, start_step=30, latest_start=390)
    ),
    "a break without a place": world(
        replace(FLEX, skill="x", breaks=(COFFEE, BreakPolicy(200, 30)), longest=5 * HOUR), shifts=GIVEN
    ),
    "tasks inside": world(replace(FLEX, tasks=("x", "y"), task_step=HOUR)),
    "breaks and tasks inside": world(
        replace(FLEX, tasks=("y", "x"), task_step=HOUR, breaks=(LUNCH,), latest_start=6 * HOUR)
    ),
}


def insides_of(template, work):
    """Every way to place the breaks and choose the tasks of an assignment."""
    policies = [policy for policy in template.breaks if work.minutes >= policy.from_minutes]
    cells = range(work.start, work.end, template.task_step)
    for places in _places(policies, work.minutes, 0):
        starts = [None if place is None else work.start + place for place in places]
        breaks = tuple(
            Break(policy.minutes, policy.paid, start) for policy, start in zip(policies, starts, strict=True)
        )
        for skills in product(template.tasks, repeat=len(cells)) if template.tasks else [()]:
            tasks = tasks_of(zip(cells, skills, strict=False), work.end)
            yield replace(work, breaks=breaks, tasks=tasks)


def _places(policies, length, after):
    if not policies:
        yield ()
        return
    first, *others = policies
    if first.window is None:
        for places in _places(others, length, after):
            yield (None, *places)
        return
    last = length - first.window.before_end - first.minutes
    for at in range(first.window.earliest, last + 1, first.window.step):
        if at >= after and (first.window.latest is None or at <= first.window.latest):
            for places in _places(others, length, at + first.minutes):
                yield (at, *places)
