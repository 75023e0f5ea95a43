"""Prices of single shifts prove a bound that no roster beats, and a close one of a week."""

from dataclasses import replace

import numpy as np
import ortools.linear_solver.pywraplp as pywraplp
import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.weeks import make_problem
from solver.columns.demand import steps
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.evaluate import evaluate
from solver.lns.tables import Tables, can_hold, weighted
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.no_overlap import NoOverlap
from solver.rules.rule import Period
from solver.rules.shift_count import ShiftCount
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.stop import TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.rules.small_worlds import WORLDS, rosters_of, without_overlap
from tests.solver.test_random_problems import problems
from tests.solver.worlds import problem_of

RULES = (
    Minutes(maximum=600),
    Minutes(minimum=300, period=Period(7), level="soft", weight=3),
    ShiftCount(maximum=1),
    MinRest(minutes=660),
    WeeklyRest(minutes=2100),
    Fairness(step_minutes=60, steps=2),
)


def cost_of(problem, roster):
    """The cost of a roster with all levels added up."""
    return weighted(evaluate(problem, roster).score)


def prices_of(problem, workers=1):
    """Prices of single shifts, as fine as they get."""
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    prices = ShiftPrices(ShiftOptions(tables)).finely(lambda: False, workers=workers)
    while prices.step():
        pass
    return prices


def _ways(solver, places):
    """Somebody begins before the first of so many places and comes by each, or not, until the end."""
    infinity = solver.infinity()
    return [
        *(solver.Constraint(float(place == 0), float(place == 0)) for place in range(places)),
        solver.Constraint(-infinity, infinity),
    ]


def linear_program(problem):
    """What the best mix of single shifts costs, by a linear program of all options at once."""
    options = ShiftOptions(Tables(Draft(problem, problem.all_rules), Roster()))
    solver = pywraplp.Solver.CreateSolver("GLOP")
    demand, infinity = options.demand, solver.infinity()
    rows = [solver.Constraint(0.0, 0.0) for _ in demand.slopes]
    ways = [_ways(solver, places) for places in np.diff(options.first_place)]
    totals = [solver.Constraint(float(base), float(base)) for base in options.bases]
    objective = solver.Objective()

    def variable(most, cost, *parts):
        new = solver.NumVar(0.0, float(most), "")
        objective.SetCoefficient(new, float(cost))
        for row, amount in parts:
            row.SetCoefficient(new, float(amount))

    for row, slopes in zip(rows, demand.slopes, strict=True):
        for most, slope in steps(slopes):
            variable(most, slope, (row, -1))
    for counter, length, slope in zip(options.piece_of, options.lengths, options.slopes, strict=True):
        variable(length, slope, (totals[counter], -1))
    for place, option in enumerate(options.options):
        person = options.person_of[place]
        own = range(options.first_counter[person], options.first_counter[person + 1])
        way, at = ways[person], place - options.first_place[person]
        variable(infinity, 0, (way[at], 1), (way[at + 1], -1))
        counted = zip(*demand.rows_of(np.array([option])), strict=True)
        variable(
            infinity,
            options.prices[place],
            (way[at], 1),
            (way[options.following[place]], -1),
            *((totals[counter], options.amounts[place, here]) for here, counter in enumerate(own)),
            *((rows[row], count) for row, count in counted),
        )
    assert solver.Solve() == solver.OPTIMAL
    return objective.Value() + options.constant


@pytest.mark.parametrize("rules", [RULES, tuple(rule for rule in RULES if not isinstance(rule, ShiftCount))])
@pytest.mark.parametrize("name", WORLDS)
def test_no_roster_of_a_small_world_costs_less_than_the_bound(name, rules):
    world = replace(WORLDS[name], rules=rules, pins=())
    if not can_hold(Draft(world, world.all_rules)):
        pytest.skip("this world's rules are about several people")
    best = min(cost_of(world, roster) for roster in without_overlap(world, rosters_of(world)))
    assert prices_of(world).bound <= best + 0.01


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(problems())
def test_no_roster_of_a_random_problem_costs_less_than_the_bound(problem):
    if not can_hold(Draft(problem, problem.all_rules)):
        return
    result = solve(problem, TimeLimit(10), engine="exact", workers=1)
    if result.status != "stopped_empty":
        assert prices_of(problem).bound <= cost_of(problem, result.roster) + 0.01


def test_the_bound_of_a_week_is_close_and_the_same_in_threads():
    problem = make_problem(people=30, seed=3, start_step=60)
    result = solve(problem, WorkLimit(6), engine="local", workers=1)
    bound = prices_of(problem).bound
    assert 0.8 * cost_of(problem, result.roster) < bound <= cost_of(problem, result.roster)
    assert prices_of(problem, workers=2).bound == pytest.approx(bound, rel=1e-3)


def test_the_bound_is_that_of_the_linear_program():
    problem = make_problem(people=6, seed=3, start_step=60)
    assert prices_of(problem).bound == pytest.approx(linear_program(problem), rel=1e-4)


def alone(*rules, kinds, count=7):
    """One person, and shifts of eight hours that cost a point for each minute where nobody works them."""
    problem = problem_of(kinds=kinds, count=count, rules=rules)
    shifts = tuple(replace(one, mandatory=False) for one in problem.shifts)
    return replace(problem, shifts=shifts)


def test_the_bound_knows_of_rests_from_day_to_day():
    late_then_early = alone(NoOverlap(), MinRest(minutes=660), kinds="ME", count=2)
    kept = replace(late_then_early, shifts=late_then_early.shifts[1:3])
    assert [shift.id for shift in kept.shifts] == ["E0", "M1"]
    assert prices_of(kept).bound == pytest.approx(480, rel=1e-3)


def test_the_bound_knows_of_the_day_that_a_rest_of_the_week_takes():
    week = alone(NoOverlap(), ShiftCount(maximum=1), WeeklyRest(minutes=2100), kinds="D")
    assert prices_of(week).bound == pytest.approx(480, rel=1e-3)


def test_quick_prices_prove_less_and_never_fall_back():
    problem = make_problem(people=10, seed=3, start_step=60)
    prices = ShiftPrices(ShiftOptions(Tables(Draft(problem, problem.all_rules), Roster())))
    bounds = []
    while prices.step():
        bounds.append(prices.bound)
    assert bounds == sorted(bounds)
    assert prices.bound <= prices_of(problem).bound * (1 + 1e-6)


def test_a_search_tells_the_bound_of_the_prices():
    problem = make_problem(people=10, seed=3, start_step=60)
    problem = replace(problem, coverage=tuple(replace(one, minimum=0) for one in problem.coverage))
    result = solve(problem, TimeLimit(6), engine="local", workers=1)
    assert result.score.mandatory == 0
    assert 0.99 * prices_of(problem).bound <= result.bound[1] <= result.score.soft


def test_gathering_options_is_given_up_between_any_two_people():
    problem = make_problem(people=4, seed=3, start_step=60)
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    with pytest.raises(OutOfTime):
        ShiftOptions(tables, stopped=lambda: True)


def test_an_interrupted_climb_ends_and_keeps_its_bound():
    problem = make_problem(people=4, seed=3, start_step=60)
    prices = ShiftPrices(ShiftOptions(Tables(Draft(problem, problem.all_rules), Roster())))
    prices.step()
    bound = prices.bound
    prices.interrupt()
    assert not prices.step()
    assert prices.bound == bound > -np.inf


def test_prices_of_some_people_move_alone_and_fit_what_the_others_leave():
    problem = make_problem(people=12, seed=3, start_step=60)
    prices = ShiftPrices(ShiftOptions(Tables(Draft(problem, problem.all_rules), Roster())))
    while prices.step():
        pass
    nobody = np.zeros(len(prices.prices))
    part = prices.part([0, 1, 2], workers=1).left([0, 1, 2], nobody)
    part.climb(1.0, 100)
    moved = part.now != prices.now
    assert moved.any()
    assert not moved.all()
    assert part.now[moved].mean() > prices.now[moved].mean(), (
        "nine people less make everybody left worth more"
    )
