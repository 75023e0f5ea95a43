"""CP-SAT prices the work of a person as labels do, and as trying all work does."""

from dataclasses import replace
from math import inf
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from solver.columns.exact_pricing import ExactPricer
from solver.columns.pricing import Pricer
from solver.columns.walks import route_of
from solver.cpsat.draft import Draft
from solver.lns.anneal import Annealing
from solver.lns.kernel import HARD
from solver.lns.tables import Tables
from solver.problem import ProblemError
from solver.rules.rest_after_run import RestAfterRun
from solver.work import Roster
from tests.solver.columns.test_pricing import GAINS, OF_ONE, PERSONAL, all_work
from tests.solver.columns.test_search import ward
from tests.solver.rules.test_two_readings import rules_of
from tests.solver.test_random_problems import problems

ROUNDING = 1e-4


def tables_of(problem):
    return Tables(Draft(problem, problem.all_rules), Roster())


def random_gains(tables, random):
    return np.array([random.choice(GAINS) / random.choice((1, 3, 7)) for _ in tables.world.options])


def check_cheapest(tables, person, random):
    """Compare what CP-SAT finds with all work there is, and with labels that know all rules."""
    route = route_of(tables.world, person, tables.problem.calendar.size)
    units = int(route.walk.room.sum()) * route.walk.pace_next.shape[1]
    labels = Pricer(len(route.walk.begin), tables.problem.calendar.size, len(tables.world.menus), units + 1)
    on = np.ones(len(route.relaxed), np.int32)
    pricer = ExactPricer(tables, person)
    cost_of = {tuple(own): cost for own, cost in all_work(tables, person) if cost < HARD}
    for _ in range(2):
        gains = random_gains(tables, random)
        costs = {own: cost - gains[list(own)].sum() for own, cost in cost_of.items()}
        found = pricer.price(gains)
        assert found.least == pytest.approx(min(costs.values(), default=inf), abs=ROUNDING)
        assert bool(found.works) == bool(costs)
        if costs:
            assert costs[tuple(found.works[0].tolist())] == pytest.approx(found.least, abs=ROUNDING)
        if costs and route.exact:
            assert labels.price(route, gains, 0.0, on).costs[0] == pytest.approx(found.least, abs=ROUNDING)


@pytest.mark.parametrize("family", PERSONAL, ids=lambda family: family.id)
def test_nothing_is_cheaper_than_what_is_found_under_one_rule(family):
    random = Random(1)
    for rule in rules_of(family):
        for world in OF_ONE.values():
            try:
                problem = replace(world, rules=(rule,))
            except ProblemError:
                continue  # the rule names shifts of another world
            check_cheapest(tables_of(problem), 0, random)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(problems(), st.integers(0, 1000))
def test_labels_and_the_exact_model_find_the_same_for_random_people_under_many_rules(problem, seed):
    tables = tables_of(problem)
    sizes = [person.size for person in tables.draft.persons.values()]
    assume(sizes and min(sizes) <= 10)
    for person, size in enumerate(sizes):
        if size <= 10:
            check_cheapest(tables, person, Random(seed))


@pytest.fixture(scope="module")
def nurse():
    """Three weeks of somebody under a rule that labels leave out."""
    problem = ward(1)
    return tables_of(replace(problem, rules=(*problem.rules, RestAfterRun(days=3, minutes=2880))))


def test_of_work_that_is_not_below_the_bar_only_the_bar_is_told(nurse):
    pricer, gains = ExactPricer(nurse, 0), np.full(len(nurse.world.options), 7.5)
    least = pricer.price(gains).least
    above = pricer.price(gains, bar=least - 1)
    assert (above.works, above.least) == ([], least - 1)
    below = pricer.price(gains, bar=least + 1)
    assert below.works
    assert below.least == pytest.approx(least)


def test_several_works_come_cheapest_first_and_the_same_each_time(nurse):
    annealing = Annealing(nurse, Roster(), 0)
    for seed in range(5):
        gains = random_gains(nurse, Random(seed)) * 20
        first, again = (ExactPricer(nurse, 0).price(gains, number=4) for _ in range(2))
        assert [own.tolist() for own in first.works] == [own.tolist() for own in again.works]
        costs = [annealing.cost_of(0, own.tolist()) - gains[own].sum() for own in first.works]
        assert costs == sorted(costs)
        assert costs[0] == pytest.approx(first.least)
        if len(costs) > 1:
            return
    pytest.fail("none of the searches found more than one work")


def test_little_work_proves_less_but_nothing_false(nurse):
    gains = random_gains(nurse, Random(4)) * 100
    pricer = ExactPricer(nurse, 0)
    least = pricer.price(gains).least
    assert least < 0
    for work in (1e-5, 1e-4, 1e-3, 2e-3):
        assert pricer.price(gains, work=work).least <= least


def test_nothing_is_known_once_pricing_is_interrupted(nurse):
    pricer = ExactPricer(nurse, 0)
    pricer.interrupt()
    found = pricer.price(np.zeros(len(nurse.world.options)))
    assert (found.works, found.least) == ([], -inf)
    pricer.resume()
    assert pricer.price(np.zeros(len(nurse.world.options))).least > -inf
