"""Weeks of many starts are planned by columns at held prices: lawful, never worse, near their bound."""

from random import Random

import numpy as np
import pytest

from benchmarks.weeks import make_problem
from solver.columns.generation import Generation
from solver.columns.master import Held
from solver.columns.mixture import Mixture
from solver.columns.search import few_a_day
from solver.columns.shift_mix import ShiftMix
from solver.columns.week_search import search_week
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.tables import Tables
from solver.solve import solve
from solver.standing import Incumbent
from solver.stop import AnyOf, Cancel, TimeLimit, WorkLimit
from solver.work import Roster


@pytest.fixture(scope="module")
def week():
    """A shop of eight people: the problem and its tables."""
    problem = make_problem(people=8)
    draft = Draft(problem, problem.all_rules)
    assert not few_a_day(draft)
    return problem, Tables(draft, Roster())


@pytest.fixture
def generation(week):
    """What generates columns of the week."""
    _, tables = week
    generation = Generation(tables, Roster(), workers=1)
    yield generation
    generation.close()


def mixture_of(generation, held=None):
    """A mixture that begins with nobody working."""
    columns = generation.columns_of(Roster())
    return Mixture(generation, generation.demand, generation.people, columns, Random(0), held=held)


def test_rows_as_flows_mix_columns_as_rows_of_people_do(generation):
    flows = mixture_of(generation)
    assert np.any(generation.demand.following >= 0)
    flows.converge(0, 6)
    generation.demand.following[:] = -1
    rows = Mixture(generation, generation.demand, generation.people, flows.master.columns, Random(0))
    assert rows.mix is not None
    assert rows.mix.cost == pytest.approx(flows.mix.cost)
    for column in flows.master.columns:
        reduced = column.cost - flows.mix.duals[column.rows] @ column.counts - flows.mix.shares[column.person]
        assert reduced > -1e-4


@pytest.fixture
def mix(week):
    """The best mix of single shifts of the week."""
    mix = ShiftMix(week[1], Roster())
    while mix.step():
        pass
    return mix


def test_prices_are_held_near_others_until_nobody_is_lent(generation, mix):
    held, free = mixture_of(generation, Held(mix.prices, 20.0)), mixture_of(generation)
    assert held.mix.lent > 0
    assert held.mix.cost < free.mix.cost
    before = held.mix.lent
    held.converge_held(1, 3, 0.5, 30)
    assert held.mix.lent < before


def test_exact_pricing_at_prices_of_single_shifts_proves_a_bound(generation, mix):
    mixture = mixture_of(generation, Held(mix.prices, 20.0))
    mixture.prove_at(mix.prices)
    bound = mixture.bound
    assert np.isfinite(bound)
    mixture.converge(1, 20)
    found = mixture.dive(1)
    assert bound <= generation.cost(found[person] for person in generation.people)


def incumbent_with_a_roster(problem, stop):
    """An incumbent that has a poor roster: nobody works."""
    incumbent = Incumbent(problem, stop, observer=None)
    incumbent.offer(Roster())
    return incumbent


def test_a_week_is_planned_lawfully_and_well(week):
    problem, tables = week
    incumbent = incumbent_with_a_roster(problem, TimeLimit(10))
    search_week(incumbent, tables, seed=0, workers=2)
    score = evaluate(problem, incumbent.roster).score
    assert score == incumbent.score
    assert score.hard == 0
    assert incumbent.bound <= incumbent.objective
    assert score.mandatory < evaluate(problem, Roster()).score.mandatory / 8


def test_the_same_seed_and_one_thread_give_the_same_roster(week):
    problem, tables = week
    rosters = []
    for _ in range(2):
        incumbent = incumbent_with_a_roster(problem, WorkLimit(6))
        search_week(incumbent, tables, seed=3, workers=1)
        rosters.append(incumbent.roster)
    assert rosters[0] == rosters[1]


def test_a_published_week_is_never_made_worse_and_a_cancel_ends_the_search(week):
    problem, _ = week
    published = solve(problem, TimeLimit(3), workers=1).roster
    cancel, phases = Cancel(), []

    def observe(progress):
        phases.append(progress.phase)
        if progress.phase == "columns":
            cancel.request()

    result = solve(problem, AnyOf((TimeLimit(60), cancel)), warm_start=published, observer=observe, workers=2)
    assert result.score <= evaluate(problem, published).score
    assert "columns" in phases
    assert result.seconds < 50
