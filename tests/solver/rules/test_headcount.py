"""As many people on a given shift as it takes."""

import pytest

from solver.problem import Shift
from solver.rules.headcount import Headcount, OpenShifts
from solver.work import Roster
from tests.solver.worlds import problem_of


def found(rule, *given, **shift):
    shifts = (Shift(id="s", start=480, end=960, **shift),)
    problem = problem_of(["ann", "bo", "cy"], count=1, shifts=shifts)
    return rule.check(problem, Roster(problem.fill(who, "s") for who in given))


def test_more_people_than_places_are_a_breach_and_as_many_are_not():
    assert found(Headcount(), "ann", "bo", headcount=2) == []
    (violation,) = found(Headcount(), "ann", "bo", "cy", headcount=2)
    assert (violation.short_by, violation.unit, violation.employee) == (1, "people", None)
    assert violation.facts == {"headcount": 2, "actual": 3}


@pytest.mark.parametrize(("mandatory", "level"), [(True, "mandatory"), (False, "soft")])
def test_each_open_place_costs_its_minutes_times_the_priority(mandatory, level):
    (violation,) = found(OpenShifts(), "ann", headcount=3, priority=5, mandatory=mandatory)
    assert (violation.short_by, violation.cost, violation.level) == (2, 2 * 480 * 5, level)


def test_a_headcount_at_a_price_is_refused():
    with pytest.raises(ValueError, match="headcount is always hard"):
        Headcount(level="soft")
