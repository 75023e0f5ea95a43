"""A mixture of weeks: the same by flows as by rows of people; prices are held until columns suffice."""

from random import Random

import numpy as np
import pytest

from benchmarks.weeks import make_problem
from solver.columns.generation import Generation
from solver.columns.master import Held
from solver.columns.mixture import Mixture
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.cpsat.draft import Draft
from solver.lns.tables import Tables
from solver.work import Roster


@pytest.fixture
def generation():
    """What generates columns of a week of eight people."""
    problem = make_problem(people=8)
    generation = Generation(Tables(Draft(problem, problem.all_rules), Roster()), Roster(), workers=1)
    yield generation
    generation.close()


def mixture_of(generation, demand, held=None):
    """A mixture that begins with nobody working."""
    columns = generation.columns_of(Roster())
    return Mixture(generation, demand, generation.people, columns, Random(0), held=held)


def test_rows_as_flows_mix_columns_as_rows_of_people_do(generation):
    flows = mixture_of(generation, generation.demand)
    assert np.any(generation.demand.following >= 0)
    flows.converge(0, 6)
    generation.demand.following[:] = -1
    rows = Mixture(generation, generation.demand, generation.people, flows.master.columns, Random(0))
    assert rows.mix is not None
    assert rows.mix.cost == pytest.approx(flows.mix.cost)
    for column in flows.master.columns:
        reduced = column.cost - flows.mix.duals[column.rows] @ column.counts - flows.mix.shares[column.person]
        assert reduced > -1e-4


def test_prices_are_held_near_others_until_nobody_is_lent(generation):
    prices = ShiftPrices(ShiftOptions(generation.tables))
    while prices.step():
        pass
    free = mixture_of(generation, generation.demand)
    held = mixture_of(generation, generation.demand, Held(prices.now, 20.0))
    before = held.mix.lent
    assert before > 0
    assert held.mix.cost < free.mix.cost
    rounds = iter(range(30))
    held.converge_held(1, 3, 0.5, lambda: next(rounds, None) is not None)
    assert held.mix.lent < before


def test_what_some_people_cannot_work_is_left_out(generation):
    first = generation.routes[0].options
    demand = generation.demand.of(first)
    counted = generation.demand.counted(first)
    assert [len(slopes) > 0 for slopes in demand.slopes] == [
        bool(here) and len(slopes) > 0 for slopes, here in zip(generation.demand.slopes, counted, strict=True)
    ]
    columns = [column for column in generation.columns_of(Roster()) if column.person == 0]
    parts = [Mixture(generation, wanted, [0], columns, Random(0)) for wanted in (demand, generation.demand)]
    for part in parts:
        part.converge(1, 10)
    assert parts[0].mix is not None
    assert parts[1].mix is not None
    assert parts[0].mix.values == pytest.approx(parts[1].mix.values)
