"""Breaks and tasks of finished rosters, placed where coverage suffers least."""

from dataclasses import replace

import pytest

from solver.cpsat.place_inside import has_insides, place_inside
from solver.evaluate import evaluate
from solver.problem import BreakPolicy, BreakWindow, Coverage, Employee, ShiftTemplate, SkillHeld
from solver.rules.break_distance import BreakDistance
from solver.rules.task_blocks import TaskBlocks
from solver.rules.unbroken_work import UnbrokenWork
from solver.score import Score
from solver.solve import solve
from solver.work import Roster
from tests.solver.rules.inside_worlds import INSIDE_WORLDS
from tests.solver.rules.small_worlds import rosters_of
from tests.solver.worlds import problem_of

HOUR = 60
RULES = (
    BreakDistance(between=60, level="soft", weight=2),
    UnbrokenWork(maximum=150, level="soft"),
    TaskBlocks(shortest=120, level="soft"),
)


def times_of(roster):
    """Who works when, whatever is inside."""
    return tuple((work.employee, work.start, work.end) for work in roster)


@pytest.mark.parametrize("name", INSIDE_WORLDS)
def test_no_inside_of_the_same_shifts_is_better_than_the_one_that_is_chosen(name):
    world = replace(INSIDE_WORLDS[name], rules=RULES)
    best: dict[object, Score] = {}
    one: dict[object, Roster] = {}
    for roster in rosters_of(world):
        score = evaluate(world, roster).score
        key = times_of(roster)
        if not score.hard and (key not in best or score < best[key]):
            best[key] = score
        one[key] = roster
    for key, roster in one.items():
        placed = place_inside(world, roster, seconds=None)
        assert times_of(placed) == key
        if key in best:
            assert evaluate(world, placed).score == best[key]


def break_starts(roster):
    """When each person's first break starts."""
    return [work.breaks[0].start for work in roster]


def lunch_world(people=3, minimum=2, rules=()):
    """People on one long shift each, whose lunches must not fall together."""
    lunch = BreakPolicy(361, 60, window=BreakWindow(earliest=3 * HOUR, before_end=3 * HOUR, step=30))
    template = ShiftTemplate(
        id="day", earliest_start=480, latest_start=480, shortest=480, longest=480, breaks=(lunch,), skill="x"
    )
    cover = Coverage(id="c", start=480, end=960, skill="x", minimum=minimum)
    names = [f"e{place}" for place in range(people)]
    employees = [Employee(id=name, skills=(SkillHeld("x"),)) for name in names]
    return problem_of(employees, count=1, shifts=(), templates=(template,), coverage=(cover,), rules=rules)


def test_lunches_do_not_fall_together_where_that_would_leave_too_few():
    problem = lunch_world()
    roster = Roster(problem.create(f"e{place}", "day", 480, 480) for place in range(3))
    assert evaluate(problem, roster).score.mandatory == 120  # all at once
    placed = place_inside(problem, roster)
    assert evaluate(problem, placed).score.mandatory == 60
    assert all(660 <= start <= 720 for start in break_starts(placed))


def test_a_solved_roster_has_its_breaks_where_coverage_suffers_least():
    problem = lunch_world(people=2, minimum=1)
    result = solve(problem, workers=1)
    first, second = break_starts(result.roster)
    assert abs(first - second) >= 60
    assert result.score.mandatory == 0
    assert result.status == "optimal"


def test_breaks_without_a_window_stay_without_a_place_and_cover():
    problem = lunch_world(people=1, minimum=1)
    plain = replace(problem.templates[0], breaks=(BreakPolicy(361, 60),))
    problem = replace(problem, templates=(plain,))
    assert not has_insides(problem)
    roster = Roster([problem.create("e0", "day", 480, 480)])
    assert roster.assignments[0].breaks[0].start is None
    assert evaluate(problem, roster).score.mandatory == 0
    assert place_inside(problem, roster) is roster


def test_a_roster_whose_inside_cannot_keep_a_hard_rule_comes_back_as_it_is():
    problem = lunch_world(rules=(UnbrokenWork(maximum=60),))
    roster = Roster([problem.create("e0", "day", 480, 480)])
    assert place_inside(problem, roster) is roster


def test_a_hard_limit_of_work_without_a_break_decides_where_the_break_is():
    problem = lunch_world(people=1, minimum=1, rules=(UnbrokenWork(maximum=3 * HOUR + 30),))
    result = solve(problem, workers=1)
    assert [work.breaks[0].start for work in result.roster] == [480 + 3 * HOUR + 30]
