"""Stretches cost together what whole rosters cost; planned anew they make better lawful rosters."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.columns import search as columns_search
from solver.columns.clock import Clock
from solver.columns.generation import EXACT, Generation
from solver.columns.improving import Improving
from solver.columns.keeping import KEPT
from solver.columns.labels import NEVER
from solver.columns.mixture import Mixture
from solver.columns.search import search_by_columns
from solver.columns.stretches import MUST, Stretches, between
from solver.columns.sweeping import Sweeping
from solver.cpsat.draft import Draft
from solver.evaluate import evaluate
from solver.lns.kernel import DAY, HARD
from solver.lns.tables import Tables
from solver.rules.minutes import Minutes
from solver.rules.rule import HORIZON, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.weekends import Weekends
from solver.standing import Incumbent
from solver.stop import TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.columns.test_search import ward

DAYS = 63


@pytest.fixture(scope="module")
def quarter():
    """Nine weeks of a ward: the problem, its tables, and a roster that keeps all hard rules."""
    month = ward(6, DAYS)
    totals = (
        Weekends(maximum=6),
        Minutes(minimum=12_000, maximum=19_200, period=HORIZON),
        ShiftCount(scope=Scope(tags=("night",)), period=HORIZON, maximum=10),
    )
    of_horizon = {type(rule) for rule in totals}
    own = (rule for rule in month.rules if type(rule) not in of_horizon or rule.period != HORIZON)
    problem = replace(month, rules=(*own, *totals))
    tables = Tables(Draft(problem, problem.all_rules), Roster())
    incumbent = Incumbent(problem, WorkLimit(1), observer=None)
    draft = Draft(problem, problem.all_rules)
    with columns_search.ColumnSearch(incumbent, draft, tables, Roster(), seed=0, workers=1) as search:
        search.mend()
    assert incumbent.roster is not None
    return problem, tables, incumbent.roster


@pytest.fixture
def generation(quarter):
    _, tables, _ = quarter
    generation = Generation(tables, Roster(), workers=1)
    yield generation
    generation.close()


def score_of(incumbent):
    """What the roster costs, by the evaluator."""
    assert incumbent.roster is not None
    score = evaluate(incumbent.problem, incumbent.roster).score
    assert score == incumbent.score
    return score


def worked(generation, column):
    return sorted({int(generation.day[option]) for option in column.options})


def cut(generation, best, length):
    places = [length * place for place in range(1, DAYS // length)]
    return Stretches(generation, best, [between(DAYS, worked(generation, one), places, 5) for one in best])


def mixed_cost(stretches, columns):
    """What columns of all stretches cost with their rows, and by how much totals are over what must be."""
    filled = np.zeros(len(stretches.demand.slopes))
    for column in columns:
        filled[column.rows] += column.counts
    slopes = zip(stretches.demand.slopes, filled.astype(int), strict=True)
    return sum(column.cost for column in columns) + sum(own[:number].sum() for own, number in slopes)


@pytest.mark.parametrize("seed", range(8))
def test_stretches_cost_together_what_the_whole_rosters_cost(quarter, generation, seed):
    random, (_, _, roster) = Random(seed), quarter
    best = generation.columns_of(roster)
    stretches = cut(generation, best, 14)
    assert len(stretches.people) > 3 * len(best)
    now = mixed_cost(stretches, stretches.columns)
    of_must = 0
    chosen = list(stretches.columns)
    for _ in range(30):
        place = random.choice(stretches.people)
        duals = np.array([random.uniform(-50, 400) for _ in stretches.demand.slopes])
        duals[stretches.demand.own_rows :] = 0.0
        ((found, least, exact),) = stretches.price([place], stretches.demand.gains(duals), [NEVER], EXACT, 5)
        assert found
        assert (least, exact) == (-np.inf, False)
        chosen[place] = random.choice(found)
        whole = stretches.whole(dict(enumerate(chosen)))
        columns = [generation.column(person, own) for person, own in enumerate(whole)]
        change = mixed_cost(stretches, chosen) - now
        if all(column.cost < HARD for column in columns):
            assert change == pytest.approx(generation.cost(columns) - generation.cost(best))
        else:
            of_must += 1
            assert change > MUST / 2
            chosen[place] = stretches.columns[place]
    assert of_must < 30


def test_whole_rosters_of_the_stretches_they_had_are_what_they_were(quarter, generation):
    best = generation.columns_of(quarter[2])
    stretches = cut(generation, best, 14)
    assert stretches.whole(dict(enumerate(stretches.columns))) == [column.options for column in best]
    assert all(column.cost == 0 for column in stretches.columns)


@pytest.mark.parametrize("seed", range(4))
def test_columns_of_stretches_keep_everything_else(quarter, generation, seed):
    random, best = Random(seed), generation.columns_of(quarter[2])
    stretches = cut(generation, best, 21)
    gains = stretches.demand.gains(np.array([random.uniform(0, 300) for _ in stretches.demand.slopes]))
    for stretch in stretches.stretches:
        ((found, _, _),) = stretches.price([stretch.place], gains, [NEVER], EXACT, 3)
        for column in found:
            assert not stretch.kept.days[generation.day[list(column.options)]].any()
            whole = stretches.whole({**dict(enumerate(stretches.columns)), stretch.place: column})
            others = [own for person, own in enumerate(whole) if person != stretch.person]
            assert others == [one.options for one in best if one.person != stretch.person]


@pytest.mark.parametrize("seed", range(4))
def test_days_that_are_kept_change_nothing_about_what_is_cheapest_on_others(quarter, generation, seed):
    random = Random(seed)
    gains = generation.demand.gains(np.array([random.uniform(0, 300) for _ in generation.demand.slopes]))
    for column in generation.columns_of(quarter[2]):
        free = np.zeros(DAYS, np.bool_)
        free[random.randrange(DAYS - 14) :][:14] = True
        kept = generation.kept(column, ~free)
        ((found, _, _),) = generation.price([column.person], gains, [NEVER], EXACT, 1, {column.person: kept})
        bound = gains.copy()
        route = generation.routes[column.person]
        bound[route.options[~free[generation.day[route.options]]]] = -KEPT
        bound[list(kept.options)] = gains[list(kept.options)] + KEPT
        ((plain, _, exact),) = generation.price([column.person], bound, [NEVER], EXACT, 1)
        assert exact
        cost = [one.cost - gains[list(one.options)].sum() for one in (*found, *plain)]
        assert cost[0] == pytest.approx(cost[1])


def test_columns_that_are_more_than_may_be_are_left_out_once_true_rules_are_asked(quarter, generation):
    best = generation.columns_of(quarter[2])
    parts = [[np.ones(DAYS, np.bool_)] for _ in best]
    relaxed, true = Stretches(generation, best, parts, relaxed=True), Stretches(generation, best, parts)
    assert len(true.demand.slopes) == len(generation.demand.slopes)
    assert len(relaxed.demand.slopes) > len(true.demand.slopes)
    gains = relaxed.demand.gains(np.full(len(relaxed.demand.slopes), 300.0))
    found = [
        one
        for own, _, _ in relaxed.price(relaxed.people, gains, [NEVER] * len(best), EXACT, 3)
        for one in own
    ]
    again = true.again(found)
    assert again[: len(best)] == true.columns
    for column in again:
        whole = true.whole({**dict(enumerate(true.columns)), column.person: column})
        assert generation.column(column.person, whole[column.person]).cost < HARD


@pytest.mark.parametrize("seed", range(2))
def test_planning_stretches_anew_gives_better_rosters_that_keep_all_rules(quarter, generation, seed):
    problem, _, roster = quarter
    incumbent = Incumbent(problem, TimeLimit(600), observer=None)
    incumbent.offer(roster)
    random = Random(seed)
    improving = Improving(generation, incumbent, generation.columns_of(roster), random, seed=seed, workers=1)
    sweeping = Sweeping(generation, improving, Clock(incumbent), random)
    costs = [score_of(incumbent)]
    for _ in range(3):
        sweeping.sweep()
        costs.append(score_of(incumbent))
    assert all(after <= before for before, after in pairwise(costs))
    assert costs[-1] < costs[0]
    assert costs[-1].hard == 0
    assert sweeping.prices is not None


def test_nothing_changes_where_time_is_up(quarter):
    problem, tables, roster = quarter
    incumbent = Incumbent(problem, TimeLimit(600), observer=None)
    incumbent.offer(roster)
    over: list[str] = []
    generation = Generation(tables, Roster(), lambda: bool(over), workers=1)
    over.append("time is up")
    improving = Improving(generation, incumbent, generation.columns_of(roster), Random(0), seed=0, workers=1)
    Sweeping(generation, improving, Clock(incumbent), Random(0)).run()
    assert incumbent.roster == roster
    generation.close()


def test_the_search_of_a_long_horizon_begins_with_stretches(quarter, monkeypatch):
    problem, tables, roster = quarter
    sweeps = []
    sweep = Sweeping.sweep

    def counted(self):
        sweeps.append(self)
        return sweep(self)

    monkeypatch.setattr(Sweeping, "sweep", counted)
    incumbent = Incumbent(problem, WorkLimit(5), observer=None)
    incumbent.offer(roster)
    before = score_of(incumbent)
    draft = Draft(problem, problem.all_rules)
    search_by_columns(incumbent, draft, tables, roster, seed=0, workers=1)
    assert sweeps
    assert score_of(incumbent) < before


@given(
    st.sets(st.integers(0, 59), min_size=1).map(sorted),
    st.lists(st.integers(1, 59), unique=True, max_size=5).map(sorted),
    st.integers(0, 10),
)
def test_between_stretches_are_days_off_with_work_on_both_sides(days, places, slack):
    parts = between(60, days, places, slack)
    inside = np.sum(parts, axis=0) if parts else np.zeros(60)
    assert inside.max(initial=0) <= 1
    for part, following in pairwise(parts):
        first, end = int(np.flatnonzero(part)[-1]) + 1, int(np.flatnonzero(following)[0])
        assert (first in days, end - 1 in days) == (True, True)
        assert (first + 1 in days, end - 2 in days) == (False, False)
        assert places


def test_a_mixture_of_stretches_says_no_bound(quarter, generation):
    stretches = cut(generation, generation.columns_of(quarter[2]), 14)
    mixture = Mixture(stretches, stretches.demand, stretches.people, stretches.columns, Random(0))
    mixture.converge(1, 3)
    assert mixture.bound == -np.inf
    assert mixture.mix is not None


def test_options_know_their_day(generation):
    assert np.array_equal(generation.day, generation.tables.world.options[:, DAY])
