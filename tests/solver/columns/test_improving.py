"""Parts make a roster better, also from a worse one, and the best is never lost."""

from random import Random

import numpy as np
import pytest

from solver.columns.generation import EXACT, Generation
from solver.columns.improving import Improving
from solver.columns.mixture import Mixture
from solver.columns.parts import Prices
from solver.cpsat.draft import Draft
from solver.lns.tables import Tables
from solver.standing import Incumbent
from solver.stop import Stop, TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.columns.test_search import ward


class Ward:
    """A ward with prices of its mix, where nobody works yet."""

    def __init__(self, stop: Stop) -> None:
        problem = ward()
        self.incumbent = Incumbent(problem, stop, observer=None)
        self.generation = Generation(
            Tables(Draft(problem, problem.all_rules), Roster()), Roster(), self.incumbent.stopped, self._spend
        )
        self.nobody = self.generation.columns_of(Roster())
        self.mixture = Mixture(
            self.generation, self.generation.demand, self.generation.people, self.nobody, Random(0)
        )
        self.mixture.converge()
        self.improving = Improving(self.generation, self.incumbent, self.nobody, Random(0), seed=0, workers=1)

    @property
    def prices(self) -> Prices:
        assert self.mixture.mix is not None
        return Prices(self.mixture.mix.duals, self.mixture.mix.shares)

    def _spend(self, work: float) -> None:
        self.incumbent.work += work


@pytest.fixture
def timed():
    made = Ward(TimeLimit(600))
    yield made
    made.generation.close()


@pytest.fixture
def short():
    made = Ward(WorkLimit(4))
    yield made
    made.generation.close()


def cost(ward, columns):
    return ward.generation.cost(columns)


def test_parts_that_gain_nothing_end_it_where_there_is_time_for_another_dive(timed):
    before = cost(timed, timed.nobody)
    assert timed.improving.improve(-np.inf, timed.prices, took=0.5, again=True)
    assert timed.mixture.bound <= cost(timed, timed.improving.best) < before


def test_without_time_for_another_dive_parts_go_on(short):
    before = cost(short, short.nobody)
    assert not short.improving.improve(-np.inf, short.prices, took=600.0, again=True)
    assert short.incumbent.stopped()
    assert cost(short, short.improving.best) < before


def test_the_best_is_kept_where_a_worse_roster_is_gone_on_from(timed):
    found = timed.mixture.dive(EXACT)
    assert found is not None
    timed.improving.take([found[person] for person in timed.generation.people])
    best, offered = timed.improving.best, timed.incumbent.roster
    timed.improving.current = timed.nobody
    assert timed.improving.best is best
    timed.improving.improve(-np.inf, timed.prices, took=0.5, again=True)
    assert timed.improving.current is timed.improving.best
    assert cost(timed, timed.improving.best) <= cost(timed, best)
    if timed.improving.best is best:
        assert timed.incumbent.roster == offered


@pytest.mark.parametrize("most", [-np.inf, np.inf])
def test_a_dive_that_ends_worse_is_gone_on_from_only_where_that_is_allowed(timed, most):
    found = timed.mixture.dive(EXACT)
    assert found is not None
    timed.improving.take([found[person] for person in timed.generation.people])
    best = timed.improving.best
    idle = {column.person: column for column in timed.nobody}
    timed.generation.stopped = lambda: True  # so that nobody is planned once more
    timed.improving.settle(idle, timed.prices, most)
    assert timed.improving.best is best
    assert timed.improving.current == (timed.nobody if most > 0 else best)
