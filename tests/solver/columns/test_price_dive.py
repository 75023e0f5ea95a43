"""Planning by prices of single shifts is lawful, leaves whom it is asked to, and listens to the clock."""

import numpy as np
import pytest

from benchmarks.weeks import make_problem
from solver.columns.generation import Generation
from solver.columns.price_dive import plan_by_prices
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.tables import Tables
from solver.work import Roster

PEOPLE = 20


@pytest.fixture(scope="module")
def shop():
    """A shop, what finds weeks, and prices."""
    problem = make_problem(people=PEOPLE, seed=3, start_step=60)
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    generation = Generation(tables, Roster(), workers=1)
    prices = ShiftPrices(ShiftOptions(tables))
    while prices.step():
        pass
    yield problem, generation, prices
    generation.close()


def planned(shop, used=lambda: 0.0, **options):
    """Everybody planned one after the other."""
    _, generation, prices = shop
    nobody = np.zeros(len(generation.demand.slopes))
    return plan_by_prices(generation, prices, generation.people, nobody, used, **options)


def test_one_after_the_other_is_lawful_and_better_than_all_at_the_same_prices(shop):
    problem, generation, _ = shop
    one_by_one, at_once = planned(shop), planned(shop, used=lambda: 1.0)
    for plan in (one_by_one, at_once):
        assert sorted(plan.best) == list(range(PEOPLE))
        assert evaluate(problem, generation.roster(plan.best.values())).score.hard == 0
    assert generation.cost(one_by_one.best.values()) < generation.cost(at_once.best.values())


def test_who_is_to_be_left_is_left_in_turn_and_the_rest_is_counted(shop):
    _, generation, _ = shop
    plan = planned(shop, last=5, number=3)
    assert plan.left == [15, 16, 17, 18, 19]
    assert (plan.filled == generation.filled(plan.best.values())).all()
    assert max(len(weeks) for weeks in plan.weeks.values()) == 3


def test_nothing_is_found_once_the_search_is_stopped(shop):
    _, generation, _ = shop
    before, generation.stopped = generation.stopped, lambda: True
    try:
        assert planned(shop) is None
    finally:
        generation.stopped = before
