"""What is done inside of shifts is drawn as its cost says, and the count kept of it is that of the rules."""

from collections import Counter
from dataclasses import replace
from itertools import product
from math import exp

import pytest

from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.formats.retail import Cover, Instance, Staff
from solver.formats.retail_problem import problem_of as retail_problem_of
from solver.lns.kernel import TOTAL
from solver.lns.tables import WEIGHTS
from solver.pooling import pooled
from solver.problem import (
    BreakPolicy,
    BreakWindow,
    Coverage,
    Employee,
    Pin,
    Shift,
    ShiftTemplate,
    SkillHeld,
)
from solver.rules.contract_range import ContractRange
from solver.rules.min_rest import MinRest
from solver.rules.shift_count import ShiftCount
from solver.rules.task_blocks import TaskBlocks
from solver.tasks.anneal import TaskAnnealing
from solver.tasks.tables import TaskTables
from solver.work import Break, Roster, Task, Work
from tests.solver.worlds import problem_of

HOUR = 60
NOBODY = Roster()
ALL = (SkillHeld("x"), SkillHeld("y"), SkillHeld("z"))
THREE_HOURS = ShiftTemplate(
    id="morning",
    earliest_start=8 * HOUR,
    latest_start=8 * HOUR,
    shortest=3 * HOUR,
    longest=3 * HOUR,
    tasks=("x", "y", "z"),
    task_step=30,
)


def annealing_of(problem, base=NOBODY, seed=0):
    """An annealing of a problem that begins with a roster."""
    pool = pooled(problem)
    draft, together = (Draft(one, one.all_rules) for one in (problem, pool))
    return TaskAnnealing(TaskTables(draft, together, base), base, seed)


def one_shift(rules, skills):
    """Somebody who has to work one shift, which has some prices on what is done when."""
    person = Employee(id="ann", skills=skills, minimum_minutes=180, maximum_minutes=180)
    wanted = [("x", 480, 540, 2), ("y", 510, 630, 1), ("z", 600, 660, 3), ("x", 570, 600, 1)]
    coverage = tuple(
        Coverage(id=f"{skill}{start}", start=start, end=end, skill=skill, target=1, missing_price=price)
        for skill, start, end, price in wanted
    )
    return problem_of(
        [person],
        count=1,
        templates=(THREE_HOURS,),
        shifts=(),
        coverage=coverage,
        rules=(ContractRange(), *rules),
    )


def ways_of(problem):
    """What each allowed way to fill the shift costs."""
    costs = {}
    for steps in product("xyz", repeat=6):
        tasks = tuple(Task(480 + 30 * place, 510 + 30 * place, skill) for place, skill in enumerate(steps))
        work = replace(problem.create("ann", "morning", 480, 180), tasks=tasks)
        score = evaluate(problem, Roster([work])).score
        if not score.hard:
            costs[steps] = sum(WEIGHTS[level] * score.of(level) for level in WEIGHTS)
    return costs


def steps_of(roster):
    """What is done in each half hour of the only shift."""
    (work,) = roster
    return tuple(
        next(task.skill for task in work.tasks if task.start <= at < task.end)
        for at in range(work.start, work.end, 30)
    )


@pytest.mark.parametrize(
    ("rules", "skills"),
    [
        ((), ALL),
        ((TaskBlocks(shortest=60),), ALL),
        ((TaskBlocks(longest=90),), ALL),
        ((TaskBlocks(shortest=60, longest=120), TaskBlocks(shortest=90, skills=("y",))), ALL),
        ((TaskBlocks(shortest=60),), (SkillHeld("x"), SkillHeld("y", 0, 600), SkillHeld("z", 570, 900))),
    ],
)  # fmt: skip
def test_each_way_to_fill_a_shift_comes_as_often_as_its_cost_says(rules, skills):
    problem, temperature, drawn = one_shift(rules, skills), 40.0, 4000
    annealing = annealing_of(problem)
    annealing.advance(2000, temperature)
    seen: Counter[tuple[str, ...]] = Counter()
    for _ in range(drawn):
        annealing.advance(60, temperature)
        seen[steps_of(annealing.roster_now())] += 1
    weights = {steps: exp(-cost / temperature) for steps, cost in ways_of(problem).items()}
    whole = sum(weights.values())
    assert set(seen) <= set(weights)
    for steps, weight in weights.items():
        expected = drawn * weight / whole
        assert abs(seen[steps] - expected) < 6 * max(2.0, expected) ** 0.5, (steps, seen[steps], expected)


DAY = replace(THREE_HOURS, id="day", latest_start=14 * HOUR, longest=9 * HOUR, location="here")
TILL = ShiftTemplate(id="till", earliest_start=600, latest_start=720, longest=300, skill="x", location="here")
GIVEN = Shift(
    id="given", start=600, end=900, tasks=(Task(600, 720, "y"), Task(720, 900, "z")), location="here"
)
BY_HAND = Work(
    start=1440 + 540,
    end=1440 + 780,
    tasks=(Task(1980, 2100, "x"), Task(2100, 2220, "z")),
    breaks=(Break(30, start=2040),),
)
BLOCKS = (
    TaskBlocks(shortest=60),
    TaskBlocks(longest=240, skills=("z",), level="soft"),
    TaskBlocks(longest=300),
)
LAST_NIGHT = Work(start=-120, end=540, tasks=(Task(-120, 510, "x"), Task(510, 540, "y")))


def shop():
    """Three tasks over two days with people who can do some of them, given work, pins and history."""
    people = [
        Employee(
            id=f"e{place}",
            skills=tuple(SkillHeld(skill, 0 if place == 5 else None) for skill in skills),
            minimum_minutes=4 * HOUR,
            maximum_minutes=18 * HOUR,
            history=(LAST_NIGHT,) if place == 2 else (),
        )
        for place, skills in enumerate(["xyz", "xy", "yz", "x", "z", "xyz"])
    ]
    coverage = tuple(
        Coverage(
            id=f"{skill or 'any'}{at}",
            start=at,
            end=at + 90,
            skill=skill,
            location="here" if at % 180 else None,
            minimum=minimum,
            target=minimum + 1,
            surplus_prices=(1, 3, 5),
        )
        for skill, minimum in (("x", 1), ("y", 0), ("z", 1), (None, 2))
        for base in (0, 1440)
        for at in range(base + 480, base + 1200, 90)
    )
    return problem_of(
        people,
        count=2,
        templates=(DAY, TILL),
        shifts=(GIVEN,),
        pins=(Pin(employee="e0", work=BY_HAND),),
        coverage=coverage,
        rules=(ContractRange(), MinRest(minutes=660), ShiftCount(maximum=1), *BLOCKS),
    )


def retail(people=6, tasks=3, days=3):
    """A small instance of the retail format."""
    cover = tuple(
        Cover(start, task, 1, 1 + (start + task) % 2)
        for start in range(360, days * 1440 + 360, 15)
        for task in range(1, tasks + 1)
    )
    staff = tuple(Staff(f"e{place}", 960, 1500) for place in range(people))
    return retail_problem_of(Instance(days=days, tasks=tasks, staff=staff, cover=cover))


@pytest.mark.parametrize("world", [shop, retail])
def test_the_count_kept_over_many_changes_is_that_of_the_rules(world):
    problem = world()
    annealing = annealing_of(problem, seed=3)
    annealing.advance(20_000, 1.0)
    offsets, seen = set(), set()
    for temperature in (4000.0, 2000.0, 1000.0, 400.0, 10.0):
        annealing.advance(8000, temperature)
        roster = annealing.roster_now()
        score = evaluate(problem, roster).score
        if not score.hard:
            weighted = sum(WEIGHTS[level] * score.of(level) for level in WEIGHTS)
            offsets.add(int(annealing.state.scalars[TOTAL]) - weighted)
            seen.add(score.levels)
    assert len(seen) > 2
    assert len(offsets) == 1


def test_the_best_roster_costs_what_is_said_of_it():
    problem = retail()
    annealing = annealing_of(problem)
    for temperature in (30.0, 10.0, 4.0):
        annealing.advance(20_000, temperature)
    score = evaluate(problem, annealing.roster()).score
    assert not score.hard
    assert annealing.worth() == sum(WEIGHTS[level] * score.of(level) for level in WEIGHTS)


def test_where_only_insides_are_drawn_everybody_works_when_they_did():
    problem = retail(people=12)
    first = annealing_of(problem)
    first.advance(30_000, 30.0)
    begin = first.roster_now()
    annealing = annealing_of(problem, begin)
    annealing.advance(5000, 30.0, only_insides=True)
    now = annealing.roster_now()
    assert [(one.employee, one.span) for one in now] == [(one.employee, one.span) for one in begin]
    assert [one.tasks for one in now] != [one.tasks for one in begin]


def test_a_roster_that_is_begun_with_is_that_roster():
    problem = shop()
    first = annealing_of(problem)
    first.advance(30_000, 5.0)
    roster = first.roster()
    assert annealing_of(problem, roster).roster_now() == roster


def test_breaks_inside_the_roster_that_is_begun_with_leave_its_tasks_as_they_are():
    lunch = BreakPolicy(301, 30, window=BreakWindow(earliest=90, before_end=60, step=30))
    base = shop()
    problem = replace(base, templates=(replace(DAY, breaks=(lunch,)), TILL))
    tasks = (Task(480, 660, "y"), Task(660, 720, "z"), Task(720, 900, "x"))
    work = replace(problem.create("e5", "day", 480, 420), tasks=tasks, breaks=(Break(30, start=570),))
    (again,) = (one for one in annealing_of(problem, Roster([work])).roster_now() if one.employee == "e5")
    assert (again.start, again.end, again.tasks) == (480, 900, tasks)
