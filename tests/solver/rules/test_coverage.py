"""People wanted at each time."""

import pytest

from solver.problem import Coverage, Employee
from solver.rules.coverage import CoverageCurves
from solver.score import score_of
from solver.work import Assignment, Break, Roster, Work
from tests.solver.worlds import problem_of

HOUR = 60


def judged(cover, *works, **employee):
    """The violations for one requirement from 8 to 12, by name."""
    wanted = Coverage(id="c", start=8 * HOUR, end=12 * HOUR, **cover)
    people = [Employee(id="ann", **employee), Employee(id="bo"), Employee(id="cy")]
    problem = problem_of(people, count=1, coverage=(wanted,))
    return {v.name: v for v in CoverageCurves().check(problem, Roster(works))}


def at(who, start, end, **fields):
    return Assignment(employee=who, start=start * HOUR, end=end * HOUR, **fields)


def test_person_minutes_below_the_minimum_are_mandatory_and_below_the_target_soft():
    found = judged({"minimum": 1, "target": 2}, at("ann", 8, 11))
    assert {name: (v.level, v.short_by) for name, v in found.items()} == {
        "below_minimum": ("mandatory", 60),
        "below_target": ("soft", 300),
    }


def test_people_beyond_the_maximum_are_mandatory_and_beyond_the_target_at_their_price():
    found = judged(
        {"target": 1, "maximum": 2, "surplus_price": 3}, *(at(who, 8, 12) for who in ("ann", "bo", "cy"))
    )
    assert {name: (v.level, v.short_by, v.cost) for name, v in found.items()} == {
        "above_target": ("soft", 480, 1440),
        "above_maximum": ("mandatory", 240, 720),
    }


def test_the_second_person_too_many_can_cost_more_than_the_first():
    found = judged({"target": 0, "surplus_prices": (1, 5)}, at("ann", 8, 9), at("bo", 8, 9))
    assert score_of(found.values()).soft == 60 + 5 * 60


def test_whoever_is_on_a_placed_break_or_at_other_work_does_not_cover():
    assert judged({"minimum": 1}, at("ann", 8, 12, breaks=(Break(30),))) == {}
    placed = judged({"minimum": 1}, at("ann", 8, 12, breaks=(Break(30, start=9 * HOUR),)))
    assert placed["below_minimum"].short_by == 30
    elsewhere = judged({"minimum": 1, "location": "shop"}, at("ann", 8, 12, location="depot"))
    assert elsewhere["below_minimum"].short_by == 240


def test_work_that_began_before_the_horizon_covers_too():
    found = judged({"minimum": 1}, history=(Work(start=-4 * HOUR, end=9 * HOUR),))
    assert found["below_minimum"].short_by == 180


@pytest.mark.parametrize("price", [1, 4])
def test_the_price_of_a_missing_minute_is_the_requirements_own(price):
    found = judged({"minimum": 1, "missing_price": price})
    assert found["below_minimum"].cost == price * 240
