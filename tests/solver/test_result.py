"""What a result says of each level."""

import json

from solver.problem import Coverage
from solver.result import Progress, Result, ShadowPrice, ShadowPrices, TracePoint
from solver.score import Score
from solver.solve import solve
from solver.work import Roster
from tests.solver.worlds import problem_of


def test_bound_and_gap_are_told_for_each_level_at_each_moment():
    told: list[Progress] = []
    short = Coverage(id="all", start=0, end=1440, minimum=2, target=3)
    result = solve(
        problem_of(["ann"], count=1, kinds="ME", coverage=(short,)), workers=1, observer=told.append
    )
    assert result.status == "optimal"
    assert result.bound == (result.score.mandatory, result.score.soft)
    assert result.gaps == (0.0, 0.0)
    assert result.to_json()["gaps"] == [0.0, 0.0]
    assert result.trace[-1].gaps == (0.0, 0.0)
    assert any(progress.gaps is not None for progress in told)


def test_the_gap_of_one_level_does_not_hide_that_of_the_other():
    assert TracePoint(1.0, (10, 40), (5, 30)).gaps == (0.5, 0.25)
    assert Progress(1.0, "soft", None, (0, 0)).gaps is None


def test_shadow_prices_come_back_from_json():
    price = ShadowPrice(start=0, end=60, worth=12.5, skill="till", shift="early")
    prices = ShadowPrices(least=99.25, mandatory=30, prices=(price,))
    result = Result(
        status="optimal", roster=Roster(), score=Score(0, 0, 100), bound=(0, 100), shadow_prices=prices
    )
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_seeds_and_costs_beyond_what_a_problem_may_hold_come_back():
    result = Result(
        status="feasible", roster=Roster(), score=Score(0, 0, 10**12), bound=(0, 10**11), seed=2**31 - 1
    )
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result
