"""Shadow prices say what one more person saves at most: no roster with that person saves more."""

from dataclasses import replace
from itertools import pairwise
from math import fsum

import pytest
from hypothesis import HealthCheck, assume, given, settings

from solver.columns.search import ColumnSearch
from solver.cpsat.draft import Draft
from solver.lns.greedy import greedy
from solver.lns.tables import Tables, can_hold
from solver.problem import Coverage, Employee, Shift, ShiftTemplate, SkillHeld
from solver.result import Result, ShadowPrices
from solver.rules.min_rest import MinRest
from solver.rules.preferences import Preferences
from solver.rules.shift_count import ShiftCount
from solver.solve import solve
from solver.standing import Incumbent
from solver.stop import TimeLimit, WorkLimit
from solver.work import Roster
from tests.solver.columns.test_search import ward
from tests.solver.test_random_problems import problems
from tests.solver.worlds import problem_of

ROUNDING = 0.02


def told(result: Result | Incumbent) -> ShadowPrices:
    """The prices, where there are some."""
    assert result.shadow_prices is not None
    return result.shadow_prices


def weighted(prices, score):
    return score.soft + prices.mandatory * score.mandatory


def with_one_more(problem, start, end, skill, location, shift=None):
    """The problem in which somebody who costs nothing is there besides."""
    coverage = []
    for cover in problem.coverage:
        counted = cover.skill in (None, skill) and cover.location in (None, location)
        edges = sorted({cover.start, cover.end, *(at for at in (start, end) if cover.start < at < cover.end)})
        for first, last in pairwise(edges):
            less = int(counted and start <= first and last <= end)
            piece = replace(
                cover,
                id=f"{cover.id}.{first}",
                start=first,
                end=last,
                minimum=max(0, cover.minimum - less),
                target=None if cover.target is None else cover.target - less,
                maximum=None if cover.maximum is None else cover.maximum - less,
            )
            coverage.append(piece)
    shifts = [
        replace(each, headcount=each.headcount - 1) if each.id == shift else each for each in problem.shifts
    ]
    return replace(problem, coverage=tuple(coverage), shifts=tuple(each for each in shifts if each.headcount))


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(problems())
def test_nobody_saves_more_than_their_price_or_anything_where_there_is_none(problem):
    problem = replace(problem, pins=(), published=())
    draft, incumbent = Draft(problem, problem.all_rules), Incumbent(problem, WorkLimit(0.2), None)
    assume(can_hold(draft))
    incumbent.offer(greedy(draft))
    with ColumnSearch(incumbent, draft, Tables(draft, Roster()), Roster(), seed=0, workers=1) as search:
        search.run()
    assume(incumbent.shadow_prices is not None)
    found = told(incumbent)
    spans = [(price.start, price.end, price.skill, price.location, price.shift) for price in found.prices]
    spans += [(cover.start, cover.end, cover.skill, cover.location, None) for cover in problem.coverage]
    for start, end, skill, location, shift in spans[:3]:
        there = with_one_more(problem, start, end, skill, location, shift)
        again = solve(there, WorkLimit(0.3), workers=1, engine="exact")
        worth = fsum(
            price.worth
            for price in found.prices
            if (price.skill, price.location, price.shift) == (skill, location, shift)
            and price.start < end
            and start < price.end
        )
        assert weighted(found, again.score) >= found.least - worth - ROUNDING


def test_whoever_comes_to_a_ward_that_is_short_of_people_saves_what_the_price_says():
    problem = ward(3, days=5)
    problem = replace(problem, rules=(*problem.rules[:4], Preferences()))
    before = solve(problem, TimeLimit(30), engine="columns")
    prices = told(before)
    assert before.status == "optimal"
    assert prices.least == pytest.approx(weighted(prices, before.score))
    assert prices.prices
    for price in prices.prices:
        there = with_one_more(problem, price.start, price.end, price.skill, price.location)
        after = solve(there, TimeLimit(30), engine="exact")
        assert after.status == "optimal"
        assert before.score.soft - after.score.soft == pytest.approx(price.worth)


def counter(*people, **fields):
    """A day with a desk and a till, where one person can do either and nobody else helps at the desk."""
    kinds = [
        ShiftTemplate(
            id=skill,
            earliest_start=480,
            latest_start=480,
            start_step=60,
            shortest=240,
            longest=240,
            length_step=60,
            skill=skill,
        )
        for skill in ("desk", "till")
    ]
    wanted = [
        Coverage(id=skill, start=480, end=720, skill=skill, target=1, missing_price=price)
        for skill, price in (("desk", 1), ("till", 3))
    ]
    rules = (ShiftCount(maximum=1), MinRest(minutes=660))
    return problem_of(people, count=1, templates=tuple(kinds), coverage=tuple(wanted), rules=rules, **fields)


BOTH = Employee(id="ann", skills=(SkillHeld("desk"), SkillHeld("till")))
TILL = Employee(id="bo", skills=(SkillHeld("till"),))


def test_somebody_who_sets_another_free_is_worth_what_the_other_then_fills():
    found = told(solve(counter(BOTH), TimeLimit(10), engine="columns"))
    assert [(price.skill, price.start, price.end, round(price.worth, 3)) for price in found.prices] == [
        ("desk", 480, 720, 240),
        ("till", 480, 720, 240),  # nothing is missing there, but Ann could go to the desk
    ]


def test_where_nobody_is_missing_one_more_is_worth_nothing():
    found = told(solve(counter(BOTH, TILL), TimeLimit(10), engine="columns"))
    assert found.prices == ()


def test_a_place_in_a_shift_has_the_price_of_the_shift():
    late = Shift(id="late", start=840, end=1320, skill="till", headcount=2, mandatory=False)
    problem = counter(BOTH, shifts=(late,))
    result = solve(problem, TimeLimit(10), engine="columns")
    (price,) = (price for price in told(result).prices if price.shift == "late")
    again = solve(with_one_more(problem, 840, 1320, "till", None, "late"), TimeLimit(10), engine="columns")
    assert result.score.soft - again.score.soft == pytest.approx(price.worth)
    assert price.worth > 0


def test_other_engines_say_no_prices():
    assert solve(counter(BOTH), TimeLimit(10), engine="exact").shadow_prices is None
