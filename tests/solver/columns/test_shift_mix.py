"""A mix of single shifts proves a bound that no roster beats, and a close one of a week."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.weeks import make_problem
from solver.columns.shift_mix import ShiftMix
from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.evaluate import evaluate
from solver.lns.tables import WEIGHTS, Tables, can_hold
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rule import Period
from solver.rules.shift_count import ShiftCount
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.stop import TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.rules.small_worlds import WORLDS, rosters_of, without_overlap
from tests.solver.test_random_problems import problems

RULES = (
    Minutes(maximum=600),
    Minutes(minimum=300, period=Period(7), level="soft", weight=3),
    ShiftCount(maximum=1),
    MinRest(minutes=660),
    WeeklyRest(minutes=2100),
    Fairness(step_minutes=60, steps=2),
)


def weighted(problem, roster):
    """The cost of a roster with all levels added up."""
    score = evaluate(problem, roster).score
    return sum(weight * score.of(level) for level, weight in WEIGHTS.items())


def mix_of(problem, roster=Roster()):  # noqa: B008 - a roster never changes
    """The best mix of single shifts."""
    draft = Draft(problem, problem.all_rules)
    mix = ShiftMix(Tables(draft, roster), roster)
    while mix.step():
        pass
    return mix


@pytest.mark.parametrize("rules", [RULES, tuple(rule for rule in RULES if not isinstance(rule, ShiftCount))])
@pytest.mark.parametrize("name", WORLDS)
def test_no_roster_of_a_small_world_costs_less_than_the_bound(name, rules):
    world = replace(WORLDS[name], rules=rules, pins=())
    if not can_hold(Draft(world, world.all_rules)):
        pytest.skip("this world's rules are about several people")
    best = min(weighted(world, roster) for roster in without_overlap(world, rosters_of(world)))
    assert mix_of(world).bound <= best + 0.01


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(problems())
def test_no_roster_of_a_random_problem_costs_less_than_the_bound(problem):
    if not can_hold(Draft(problem, problem.all_rules)):
        return
    result = solve(problem, TimeLimit(10), engine="exact", workers=1)
    if result.status != "stopped_empty":
        assert mix_of(problem).bound <= weighted(problem, result.roster) + 0.01


def test_the_bound_of_a_week_is_close_and_the_same_from_any_roster():
    problem = make_problem(people=6, seed=3, start_step=60)
    result = solve(problem, WorkLimit(6), engine="local", workers=1)
    bound = mix_of(problem).bound
    assert 0.7 * weighted(problem, result.roster) < bound <= weighted(problem, result.roster)
    assert mix_of(problem, result.roster).bound == pytest.approx(bound, rel=1e-6)


def test_a_search_tells_the_bound_of_the_mix():
    problem = make_problem(people=10, seed=3, start_step=60)
    problem = replace(problem, coverage=tuple(replace(one, minimum=0) for one in problem.coverage))
    result = solve(problem, TimeLimit(4), engine="local", workers=1)
    assert result.score.mandatory == 0
    assert mix_of(problem).bound - 1 <= result.bound[1] <= result.score.soft


def test_the_mix_is_given_up_between_any_two_people():
    problem = make_problem(people=4, seed=3, start_step=60)
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    with pytest.raises(OutOfTime):
        ShiftMix(tables, Roster(), stopped=lambda: True)
