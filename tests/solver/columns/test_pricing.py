"""Pricing finds the cheapest work of a person: compared with trying all work there is."""

from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solver.columns.labels import NEVER
from solver.columns.pricing import Pricer
from solver.columns.walks import route_of
from solver.cpsat.draft import Draft
from solver.lns.anneal import Annealing
from solver.lns.kernel import DAY, HARD, MENU, ONE_A_DAY, START
from solver.lns.tables import Tables
from solver.problem import ProblemError
from solver.rules.registry import FAMILIES
from solver.rules.rule import PersonalRule
from solver.work import Roster
from tests.solver.rules.small_worlds import WORLDS
from tests.solver.rules.test_two_readings import rules_of
from tests.solver.test_random_problems import problems

PERSONAL = [family for family in FAMILIES if issubclass(family, PersonalRule)]
OF_ONE = {name: world for name, world in WORLDS.items() if name != "two people"}
GAINS = (0, 0, 1, 2, 3, 5, 8, 13, -2)


def all_work(tables, person):
    """Everything a person could work, with what the rules charge for it."""
    options, found = tables.world.options, []
    own = [o for o in range(len(options)) if tables.world.price_at[person, options[o, MENU]] >= 0]
    annealing = Annealing(tables, Roster(), 1)
    for size in range(len(own) + 1):
        for chosen in combinations(own, size):
            once = DAY if tables.world.people[person, ONE_A_DAY] else MENU
            if len({options[option, once] for option in chosen}) < size:
                continue
            works = sorted(chosen, key=lambda option: options[option, START])
            found.append((works, annealing.cost_of(person, works)))
    return found


def check_cheapest(tables, person, days, random):
    """Compare what pricing finds with all work there is, at some random prices."""
    route = route_of(tables.world, person, days)
    units = int(route.walk.room.sum()) * route.walk.pace_next.shape[1]
    pricer = Pricer(len(route.walk.begin), days, len(tables.world.menus), units + 1)
    work = all_work(tables, person)
    on = np.ones(len(route.relaxed), np.int32)
    for _ in range(5):
        gains = np.array([random.choice(GAINS) for _ in tables.world.options], float)
        least = min((cost - gains[own].sum() for own, cost in work if cost < HARD), default=NEVER)
        found = pricer.price(route, gains, 0.0, on)
        cheapest = found.costs[0] if found.costs else NEVER
        if route.exact:
            assert found.exact
            assert min(cheapest, HARD / 2) == pytest.approx(min(least, HARD / 2))
        else:
            assert cheapest <= least + 1e-6
    return route.exact


@pytest.mark.parametrize("family", PERSONAL, ids=lambda family: family.id)
def test_nothing_is_cheaper_than_what_pricing_finds_under_one_rule(family):
    random = Random(1)
    for rule in rules_of(family):
        for world in OF_ONE.values():
            try:
                problem = replace(world, rules=(rule,))
            except ProblemError:
                continue  # the rule names shifts of another world
            tables = Tables(Draft(problem, problem.all_rules), Roster())
            check_cheapest(tables, 0, problem.calendar.size, random)


@settings(max_examples=60, deadline=None)
@given(problems(), st.integers(0, 1000))
def test_nothing_is_cheaper_than_what_pricing_finds_under_many_rules(problem, seed):
    draft = Draft(problem, problem.all_rules)
    sizes = [person.size for person in draft.persons.values()]
    assume(sizes and min(sizes) <= 10)
    tables = Tables(draft, Roster())
    for person, size in enumerate(sizes):
        if size <= 10:
            check_cheapest(tables, person, problem.calendar.size, Random(seed))
