"""Tasks taken together while shifts are sought."""

from dataclasses import replace

import pytest

from solver.evaluate import evaluate
from solver.pooling import pooled, pools_of, unpooled
from solver.problem import Coverage, Employee, Pin, Shift, ShiftTemplate, SkillHeld
from solver.rules.task_blocks import TaskBlocks
from solver.solve import solve
from solver.stop import WorkLimit
from solver.work import Roster, Task, Work, tasks_of
from tests.solver.worlds import problem_of

HOUR = 60
DAY = ShiftTemplate(
    id="day",
    earliest_start=8 * HOUR,
    latest_start=8 * HOUR,
    shortest=HOUR,
    longest=HOUR,
    tasks=("x", "y"),
    task_step=60,
)
NEED = (
    Coverage(id="x", start=480, end=540, skill="x", minimum=1, surplus_prices=(1, 5)),
    Coverage(id="y", start=480, end=540, skill="y", minimum=1, target=1, surplus_price=3),
    Coverage(id="any", start=480, end=540, target=2),
)
BOTH = (SkillHeld("x"), SkillHeld("y"))


def world(people=5, **fields):
    """People who can do two tasks, for an hour of one day."""
    employees = [Employee(id=f"e{place}", skills=BOTH) for place in range(people)]
    fields = {"templates": (DAY,), "coverage": NEED, "shifts": (), **fields}
    return problem_of(fields.pop("employees", employees), count=1, **fields)


@pytest.mark.parametrize("people", range(6))
def test_the_pooled_cost_is_that_of_the_best_way_to_share_the_tasks(people):
    problem = world()
    works = [problem.create(f"e{place}", "day", 480, 60) for place in range(people)]
    shared = [
        [replace(w, tasks=(Task(480, 540, "x" if n < at else "y"),)) for n, w in enumerate(works)]
        for at in range(people + 1)
    ]
    best = min(evaluate(problem, Roster(ways)).score for ways in shared)
    together = pooled(problem)
    roster = Roster(together.create(work.employee, "day", work.start, 60) for work in works)
    assert evaluate(together, roster).score == best


def test_skills_that_share_a_template_are_one_pool():
    templates = (DAY, replace(DAY, id="other", tasks=("y", "z")), replace(DAY, id="w", tasks=("w",)))
    assert pools_of(world(templates=templates)) == {
        **dict.fromkeys("xyz", "x or y or z"),
        "w": "w",
    }


def test_whoever_may_do_one_of_the_tasks_only_keeps_the_skill_of_given_work():
    only_x = Employee(id="ann", skills=(SkillHeld("x"),), history=(Work(start=-60, end=500, skill="y"),))
    given = Shift(id="g", start=480, end=540, skill="y")
    pin = Pin(employee="ann", work=Work(start=600, end=660, tasks=(Task(600, 660, "x"),)))
    problem = world(employees=[only_x], shifts=(given,), pins=(pin,))
    together = pooled(problem)
    roster = Roster([together.fill("ann", "g"), together.pinned(together.pins[0])])
    broken = {(v.rule, v.shifts) for v in evaluate(together, roster).violations if v.level == "hard"}
    assert ("skills", ("g",)) in broken
    assert all("g" in shifts for _, shifts in broken)
    assert unpooled(problem, roster) == Roster([problem.fill("ann", "g"), problem.pinned(pin)])


def test_two_days_with_tasks_is_planned_so_that_nobody_is_missing_at_any():
    shift = replace(
        DAY, latest_start=12 * HOUR, start_step=30, shortest=4 * HOUR, longest=9 * HOUR, length_step=30
    )
    shift = replace(shift, task_step=15)
    need = [
        Coverage(
            id=f"{skill} {day} {hour}",
            start=day * 1440 + hour * HOUR,
            end=day * 1440 + hour * HOUR + HOUR,
            skill=skill,
            minimum=1 + (skill == "x" and hour % 5 == 0),
            surplus_prices=(1, 3, 5),
        )
        for skill in "xy"
        for day in range(2)
        for hour in range(8, 17)
    ]
    people = [Employee(id=f"e{place}", skills=BOTH) for place in range(5)]
    rules = (TaskBlocks(shortest=HOUR),)
    problem = problem_of(people, count=2, shifts=(), templates=(shift,), coverage=tuple(need), rules=rules)
    result = solve(problem, WorkLimit(1), workers=1, engine="local")
    assert result.score.mandatory == 0
    assert evaluate(problem, result.roster).clean
    assert any(len(work.tasks) > 1 for work in result.roster)
    for work in result.roster:
        assert tasks_of([(task.start, task.skill) for task in work.tasks], work.end) == work.tasks
