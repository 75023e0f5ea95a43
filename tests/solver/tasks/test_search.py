"""Rosters of shifts made of tasks come soon, keep all hard rules, and nobody is missing who need not be."""

from dataclasses import replace
from time import perf_counter

import pytest

from solver.evaluate import evaluate
from solver.formats.retail_problem import missing, penalty
from solver.problem import BreakPolicy, BreakWindow
from solver.rules.keep_apart import KeepApart
from solver.rules.rule import Scope
from solver.solve import solve
from solver.stop import AnyOf, Cancel, TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.tasks.test_anneal import retail, shop


@pytest.fixture(autouse=True, scope="module")
def compiled():
    """What is compiled or loaded once is no matter of a single test."""
    solve(retail(), WorkLimit(0.2), workers=1)


def test_a_shop_in_which_minutes_suffice_misses_nobody():
    problem = retail(people=34, tasks=4, days=4)
    result = solve(problem, WorkLimit(4), workers=1)
    assert evaluate(problem, result.roster).clean
    assert missing(result.score) == 0
    contracts = sum(employee.minimum_minutes for employee in problem.employees)
    wanted = sum(cover.minimum * (cover.end - cover.start) for cover in problem.coverage)
    free = sum(cover.surplus_prices.count(0) * (cover.end - cover.start) for cover in problem.coverage)
    assert penalty(result.score) * 15 < 1.5 * max(contracts - wanted - free, wanted / 10)


@pytest.mark.parametrize("world", [shop, retail])
def test_the_same_seed_and_work_on_one_worker_give_the_same_roster(world):
    first, second = (solve(world(), WorkLimit(1), seed=5, workers=1) for _ in range(2))
    assert first.roster == second.roster
    assert evaluate(world(), first.roster).clean


def test_a_roster_to_begin_with_is_never_made_worse_and_is_made_better_where_it_can_be():
    problem = retail(people=12, tasks=3, days=3)
    good = solve(problem, WorkLimit(2), workers=1).roster
    again = solve(problem, WorkLimit(0.3), warm_start=good, workers=1)
    assert not evaluate(problem, good).score < again.score
    poor = solve(problem, WorkLimit(0.3), workers=1).roster
    assert solve(problem, WorkLimit(3), warm_start=poor, workers=1).score < evaluate(problem, poor).score


def test_work_done_by_hand_in_the_roster_to_begin_with_is_no_obstacle():
    problem = shop()
    known = solve(problem, WorkLimit(1), workers=1).roster
    one = next(work for work in known if work.template == "day" and work.employee != "e0")
    by_hand = replace(one, template=None)
    begin = Roster([by_hand if work is one else work for work in known])
    result = solve(problem, WorkLimit(2), warm_start=begin, workers=1)
    assert evaluate(problem, result.roster).clean
    assert not evaluate(problem, begin).score < result.score


def test_breaks_are_placed_inside_shifts_made_of_tasks():
    lunch = BreakPolicy(301, 30, window=BreakWindow(earliest=120, before_end=60, step=30))
    base = shop()
    problem = replace(base, templates=(replace(base.templates[0], breaks=(lunch,)), base.templates[1]))
    result = solve(problem, WorkLimit(1.5), workers=1)
    assert evaluate(problem, result.roster).clean
    long = [work for work in result.roster if work.template == "day" and work.minutes > 300]
    assert all(len(work.breaks) == 1 and work.breaks[0].start is not None for work in long)


def test_rules_about_several_people_are_kept_too():
    base = shop()
    problem = replace(base, rules=(*base.rules, KeepApart(scope=Scope(employees=("e1", "e2")))))
    result = solve(problem, WorkLimit(2), workers=1)
    assert evaluate(problem, result.roster).clean
    assert len(result.roster) > 1


def test_it_ends_in_time_where_breaks_are_placed_inside():
    lunch = BreakPolicy(301, 30, window=BreakWindow(earliest=120, before_end=60, step=15))
    base = retail(people=60, tasks=7, days=7)
    problem = replace(base, templates=tuple(replace(one, breaks=(lunch,)) for one in base.templates))
    begun = perf_counter()
    solve(problem, TimeLimit(12), workers=2)
    assert perf_counter() - begun < 12 + 2.5


def test_it_ends_in_time_and_when_it_is_cancelled():
    problem = retail(people=40, tasks=5, days=7)
    begun = perf_counter()
    solve(problem, TimeLimit(3), workers=1)
    assert perf_counter() - begun < 3 + 2.5
    cancel = Cancel()
    begun = perf_counter()

    def stop_soon(progress):
        if progress.seconds > 2:
            cancel.request()

    result = solve(problem, AnyOf((TimeLimit(60), cancel)), workers=2, observer=stop_soon)
    assert perf_counter() - begun < 2 + 5
    assert result.seconds < 10
