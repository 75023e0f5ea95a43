"""What is proven beside the search for shifts made of tasks holds for every roster."""

from dataclasses import replace
from math import inf
from time import perf_counter, sleep

import pytest

from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.tables import WEIGHTS, Tables
from solver.pooling import pooled
from solver.solve import solve
from solver.standing import Incumbent
from solver.stop import TimeLimit, WorkLimit
from solver.tasks.bound import PooledBound, costs_less_together
from solver.work import Roster
from tests.solver.tasks.test_anneal import retail, shop


def proven(problem):
    """What the bound is once all is mixed."""
    pool = pooled(problem)
    tables = Tables(Draft(pool, pool.all_rules), Roster())
    with PooledBound(Incumbent(problem, TimeLimit(60), None), tables) as bound:
        ends = perf_counter() + 30
        before = 0.0
        while bound.bound != before and perf_counter() < ends:
            before = bound.bound
            sleep(0.5)
        return bound.bound


@pytest.mark.parametrize("problem", [retail(people=4, tasks=3, days=2), retail(people=10, tasks=2, days=2)])
def test_no_roster_that_is_found_costs_less_than_the_bound(problem):
    result = solve(problem, WorkLimit(4), workers=1)
    assert evaluate(problem, result.roster).clean
    assert len(result.roster) > 0
    best = result.score
    assert 0 < proven(problem) <= sum(WEIGHTS[level] * best.of(level) for level in WEIGHTS)


def test_the_bound_is_told_and_a_roster_that_costs_no_more_is_called_best():
    problem = retail(people=10, tasks=2, days=2)
    result = solve(problem, TimeLimit(8), workers=2)
    assert result.bound <= (result.score.mandatory, result.score.soft)
    assert result.bound[1] > 0
    if result.bound == (result.score.mandatory, result.score.soft):
        assert result.status == "optimal"
        assert result.seconds < 8


def test_nothing_is_proven_where_missing_people_cost_differently_on_tasks_of_one_pool():
    problem = shop()
    assert costs_less_together(problem)
    dearer = tuple(
        replace(cover, missing_price=5) if cover.skill == "x" else cover for cover in problem.coverage
    )
    assert not costs_less_together(replace(problem, coverage=dearer))
    assert proven(replace(problem, coverage=dearer)) == -inf
