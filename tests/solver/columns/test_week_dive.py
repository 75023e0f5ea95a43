"""Everybody's whole week, place by place: lawful, and better than by prices alone."""

from itertools import count

import pytest

from benchmarks.organisation import make_locations
from solver.columns.generation import Generation
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.columns.week_dive import WeekDive
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.crowds import crowds_of
from solver.lns.tables import Tables
from solver.work import Roster


@pytest.fixture(scope="module")
def places():
    """Two places of twenty people each and two people of both; what finds weeks, and prices."""
    problem = make_locations(locations=2, people=42, floaters=2, start_step=60)
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    assert crowds_of(tables).number(2) == 2
    generation = Generation(tables, Roster(), workers=2)
    prices = ShiftPrices(ShiftOptions(tables), workers=2)
    while prices.step():
        pass
    yield problem, generation, prices
    generation.close()


def dived(places, *, workers, used=lambda: 0.0):
    """Everybody's week."""
    _, generation, prices = places
    return WeekDive(generation, prices, used, seed=1, workers=workers).run()


def test_weeks_keep_hard_rules_and_cost_less_than_by_prices_alone(places, monkeypatch):
    problem, generation, _ = places
    found = dived(places, workers=2)
    assert [column.person for column in found] == list(generation.people)
    assert evaluate(problem, generation.roster(found)).score.hard == 0
    monkeypatch.setattr(WeekDive, "_mix", lambda *_: None)
    by_prices = dived(places, workers=2)
    assert generation.cost(found) < generation.cost(by_prices)


def test_one_thread_finds_the_same_weeks_again(places):
    assert dived(places, workers=1) == dived(places, workers=1)


def test_where_time_is_over_everybody_still_has_a_week(places):
    problem, generation, _ = places
    looks = count()
    found = dived(places, workers=2, used=lambda: float(next(looks)))
    assert evaluate(problem, generation.roster(found)).score.hard == 0


def test_nothing_is_found_once_the_search_is_stopped(places):
    _, generation, _ = places
    before, generation.stopped = generation.stopped, lambda: True
    try:
        assert dived(places, workers=2) is None
    finally:
        generation.stopped = before
