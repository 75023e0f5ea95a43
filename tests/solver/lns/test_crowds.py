"""Crowds are annealed at the same time: they share no coverage, and the count of the roster stays right."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest

from benchmarks.organisation import make_locations
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.crowds import CrowdAnnealing, Crowds, counted_in, crowds_of
from solver.lns.greedy import greedy
from solver.lns.kernel import TOTAL
from solver.lns.local_search import Pace, Plan, anneal
from solver.lns.tables import WEIGHTS, Tables
from solver.problem import Employee, Shift, SkillHeld
from solver.rules.coverage import fixed_work
from solver.standing import Incumbent
from solver.stop import WorkLimit
from solver.work import Roster
from tests.solver.worlds import problem_of


@cache
def drafted(locations, people, floaters):
    """Places with people of their own and a few floaters, and a roster that keeps the hard rules."""
    problem = make_locations(locations=locations, people=people, floaters=floaters, start_step=60)
    draft = Draft(problem, problem.all_rules)
    return draft, greedy(draft)


@cache
def tables_of(locations, people, floaters):
    draft, base = drafted(locations, people, floaters)
    return Tables(draft, base)


def two_halls():
    """Given shifts in two halls, with four people in each and one who works in both."""
    halls = {f"e{place}": ("north", "south")[place % 2 :][:1] for place in range(8)} | {
        "f": ("north", "south")
    }
    week = problem_of([Employee(id="e")], count=7, kinds="ME")
    people = tuple(
        Employee(id=name, skills=tuple(SkillHeld(hall) for hall in own)) for name, own in halls.items()
    )
    shifts: list[Shift] = []
    for hall in ("north", "south"):
        shifts += (replace(shift, id=f"{shift.id} {hall}", skill=hall, headcount=3) for shift in week.shifts)
    problem = replace(week, employees=people, shifts=tuple(shifts))
    draft = Draft(problem, problem.all_rules)
    return Tables(draft, Roster())


def weighted(problem, roster):
    score = evaluate(problem, roster).score
    return sum(WEIGHTS[level] * score.of(level) for level in WEIGHTS)


@pytest.mark.parametrize("make", [lambda: tables_of(4, 48, 3), two_halls])
def test_no_two_crowds_count_in_the_same_coverage_or_shift(make):
    tables = make()
    crowds, random, counted = Crowds(tables), Random(1), counted_in(tables.world)
    assert crowds.can_split(2)
    for _ in range(20):
        parts = crowds.split(2, random)
        assert all(len(part) for part in parts)
        for one, other in combinations(parts, 2):
            assert not set(one) & set(other)
            assert not (counted[one].any(axis=0) & counted[other].any(axis=0)).any()


def test_all_but_floaters_are_in_a_crowd_and_the_others_are_left_out():
    tables = tables_of(4, 48, 3)
    crowds, random = Crowds(tables), Random(2)
    floaters = {place for place, one in enumerate(tables.employees) if one.id.startswith("f")}
    assert set(crowds.floaters) == floaters
    for _ in range(20):
        parts = crowds.split(2, random)
        left = crowds.left_out(parts)
        assert set(left) <= floaters
        assert sorted(np.concatenate([*parts, left])) == list(range(len(tables.employees)))


def test_crowds_are_others_each_time():
    crowds, random = Crowds(tables_of(4, 48, 3)), Random(3)
    assert len({tuple(crowds.split(2, random)[0]) for _ in range(20)}) > 2


def test_one_place_cannot_be_split():
    crowds = Crowds(tables_of(1, 30, 0))
    assert not crowds.can_split(2)
    assert crowds.number(8) == 1


def test_there_are_no_more_crowds_than_places_and_none_for_one_thread():
    crowds = crowds_of(two_halls())
    assert [crowds.number(most) for most in (1, 2, 8)] == [1, 2, 2]


@pytest.mark.parametrize("make", [lambda: tables_of(4, 48, 3), two_halls])
def test_a_shared_roster_costs_what_the_plain_reading_says(make):
    tables = make()
    problem, base = tables.problem, Roster()
    chain = Annealing(tables, base, seed=4)
    shared = CrowdAnnealing(chain, Crowds(tables), 2, seed=4)
    at_first = chain.state.scalars[TOTAL] - weighted(problem, base)
    worked: set[str] = set()
    with ThreadPoolExecutor(2) as threads:
        for temperature in (300.0, 60.0, 20.0, 5.0, 1.0):
            for _ in range(20):
                shared.advance(threads, 1000, temperature)
            now = chain.roster_now()
            counted = tables.people_at([*now, *fixed_work(problem)])
            assert (chain.state.now == counted).all()
            if not evaluate(problem, now).score.hard:
                assert chain.state.scalars[TOTAL] - weighted(problem, now) == at_first
            worked |= {work.employee for work in now}
    best = chain.roster()
    assert chain.cost - weighted(problem, best) == at_first
    assert chain.cost < at_first + weighted(problem, base)
    floaters = {tables.employees[place].id for place in Crowds(tables).floaters}
    assert floaters & worked


def test_threads_do_not_get_in_each_others_way():
    tables, rosters = tables_of(4, 48, 3), []
    for number in (1, 2, 2):
        chain = Annealing(tables, Roster(), seed=5)
        shared = CrowdAnnealing(chain, Crowds(tables), 2, seed=5)
        with ThreadPoolExecutor(number) as threads:
            tried = [shared.advance(threads, 2000, 50.0) for _ in range(10)]
        rosters.append((tried, chain.state.scalars[TOTAL], chain.roster_now()))
    assert rosters[0] == rosters[1] == rosters[2]


def test_annealing_in_two_threads_makes_a_roster_no_worse():
    draft, base = drafted(4, 48, 3)
    incumbent = Incumbent(draft.problem, WorkLimit(10), observer=None)
    incumbent.offer(base)
    before, pace = evaluate(draft.problem, base).score, Pace()
    tables = tables_of(4, 48, 3)
    anneal(incumbent, tables, Plan.of(incumbent, 400_000), pace, seed=1, workers=2)
    assert incumbent.score is not None
    assert incumbent.score < before
    assert pace.a_second
