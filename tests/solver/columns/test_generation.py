"""Pricing in threads ends when it is told to, and goes on when there is time again."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from solver.columns.generation import EXACT, Generation
from solver.columns.labels import NEVER
from solver.columns.mixture import Mixture
from solver.cpsat.draft import Draft
from solver.lns.kernel import DAY
from solver.lns.tables import Tables
from solver.work import Roster
from tests.solver.columns.test_search import ward


class Clock:
    """Says that time is up, as long as it is."""

    up = False

    def __call__(self):
        return self.up


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def generation(clock):
    problem = ward()
    generation = Generation(Tables(Draft(problem, problem.all_rules), Roster()), Roster(), clock)
    yield generation
    generation.close()


def test_pricing_that_was_interrupted_goes_on_when_there_is_time_again(generation, clock):
    gains = generation.demand.gains(-100.0 * (generation.filled([]) == 0))
    people = list(generation.people)
    bars = [NEVER] * len(people)
    first = generation.price(people, gains, bars, EXACT, 1)
    assert all(exact for _, _, exact in first)
    clock.up = True
    for pricer in generation._every_pricer():
        pricer.interrupt()
    clock.up = False
    again = generation.price(people, gains, bars, EXACT, 1)
    assert [least for _, least, _ in again] == [least for _, least, _ in first]
    assert all(exact for _, _, exact in again)


def test_a_dive_gives_everybody_a_column_also_where_time_is_up(generation, clock):
    columns = generation.columns_of(Roster())
    mixture = Mixture(generation, generation.demand, generation.people, columns, Random(0))
    mixture.converge()
    clock.up = True
    found = mixture.dive(EXACT)
    assert found is not None
    assert sorted(found) == list(generation.people)
    assert generation.cost(found.values()) >= mixture.bound - 1e-6


def test_a_dive_costs_little_more_than_the_mix(generation):
    columns = generation.columns_of(Roster())
    mixture = Mixture(generation, generation.demand, generation.people, columns, Random(0))
    mixture.converge()
    found = mixture.dive(EXACT)
    assert mixture.mix is not None
    assert found is not None
    least, worst = mixture.bound, generation.cost(columns)
    assert least - 1e-6 <= generation.cost(found.values()) < least + 0.25 * (worst - least)


def test_the_nearest_columns_mix_as_well_as_all(generation):
    columns = generation.columns_of(Roster())
    mixture = Mixture(generation, generation.demand, generation.people, columns, Random(0))
    mixture.converge()
    nearest = mixture.nearest(8)
    fewer = Mixture(generation, generation.demand, generation.people, nearest, Random(0))
    assert len(nearest) < len(mixture.master.columns)
    assert max(Counter(column.person for column in nearest).values()) == 8
    assert {column.person for column in nearest} == set(generation.people)
    assert fewer.mix is not None
    assert mixture.mix is not None
    assert fewer.mix.cost == pytest.approx(mixture.mix.cost)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_to_be_kept_is_kept_and_the_rest_is_planned_anew(generation, seed):
    random = Random(seed)
    days = generation.tables.problem.calendar.size
    columns = generation.columns_of(Roster())
    mixture = Mixture(generation, generation.demand, generation.people, columns, random)
    mixture.converge()
    prices = np.array([random.uniform(-200, 0) for _ in generation.demand.slopes])
    gains = generation.demand.gains(-prices)
    free = np.zeros(days, np.bool_)
    free[random.randrange(days - 7) :][:7] = True
    day = generation.tables.world.options[:, DAY]
    roster = mixture.dive(EXACT)
    assert roster is not None
    for column in roster.values():
        before = column.cost - gains[list(column.options)].sum()
        kept = {column.person: generation.kept(column, ~free)}
        found = generation.price([column.person], gains, [before + 1], EXACT, 4, kept)
        ((changed, least, exact),) = found
        assert (least, exact) == (-np.inf, False)
        assert changed, "at least the work itself is there"
        assert min(one.cost - gains[list(one.options)].sum() for one in changed) <= before + 1e-6
        for one in changed:
            assert {o for o in one.options if not free[day[o]]} == {
                o for o in column.options if not free[day[o]]
            }
