"""Nights, weekends and hours shared out over this roster and the ones before."""

import pytest

from solver.problem import Carried, Employee, ProblemError
from solver.rules.fair_share import FairShare
from solver.rules.rule import Scope
from solver.work import Assignment, Roster
from tests.solver.rules.told import fixed, span
from tests.solver.worlds import problem_of


def told(rule, works, *, count=14, **people):
    """The violations of a team: fields of each person, and whose work is on which days."""
    employees = [Employee(id=who, **fields) for who, fields in people.items()]
    problem = problem_of(employees, count=count)
    roster = Roster(
        Assignment(employee=who, **span(day), tags=("night",)) for who, days in works.items() for day in days
    )
    return {found.employee: found for found in rule.check(problem, roster)}


def away(rule, works, **people):
    return {who: found.short_by for who, found in told(rule, works, **people).items()}


def carried(amount):
    return {"carried": (Carried(ledger="fair_share", amount=amount),)}


def test_what_cannot_be_divided_costs_nothing():
    assert away(FairShare(), {"ann": (0, 1, 2), "bo": (3, 4, 5, 6)}, ann={}, bo={}) == {}
    assert away(FairShare(), {"ann": (0, 1), "bo": (2, 3, 4, 5, 6)}, ann={}, bo={}) == {"ann": 1, "bo": 1}


def test_who_had_more_before_gets_less_now():
    people = {"ann": carried(3), "bo": {}}
    assert away(FairShare(), {"bo": (0, 1, 2)}, **people) == {}
    found = told(FairShare(), {"ann": (0, 1, 2)}, **people)["ann"]
    assert (found.short_by, dict(found.facts)) == (3, {"actual": 6, "carried": 3, "fair": 3})


def test_shares_are_pro_rata_to_target_minutes():
    people = {"ann": {"target_minutes": 2400}, "bo": {"target_minutes": 1200}, "cy": {}}
    rule = FairShare(by="target")
    assert away(rule, {"ann": (0, 1, 2, 3), "bo": (4, 5)}, **people) == {}
    assert away(rule, {"ann": (0, 1, 2), "bo": (4, 5, 6)}, **people) == {"ann": 1, "bo": 1}
    assert away(rule, {"cy": range(14)}, **people) == {}


def test_units_beyond_a_step_are_charged_again():
    rule = FairShare(tolerance=1, step=1, steps=2, weight=10)
    found = told(rule, {"ann": range(8)}, ann={}, bo={})["ann"]
    assert (found.short_by, found.cost) == (3, 10 * (3 + 2))


def test_minutes_days_and_weekends_are_shared_too():
    works = {"ann": (5, 6, 12), "bo": (0, 1)}
    people: dict[str, dict[str, object]] = {"ann": {}, "bo": {}}
    minutes = told(FairShare(of="minutes"), works, **people)["ann"]
    assert (minutes.short_by, minutes.unit) == (240, "minutes")
    weekends = told(FairShare(of="weekends"), works, **people)["ann"]
    assert (weekends.short_by, weekends.unit) == (1, "weekends")
    assert away(FairShare(of="days"), works, **people) == {}


def test_a_weekend_begun_before_the_horizon_is_not_counted_again():
    rule = FairShare(of="weekends", weekdays=(6, 0))
    people = {"ann": {"history": fixed(-1)}, "bo": {}}
    assert away(rule, {"ann": (0, 6, 7)}, **people) == {}
    assert away(rule, {"ann": (0, 6, 7)}, ann={}, bo={}) == {"ann": 1, "bo": 1}


def test_only_work_in_scope_is_shared_among_people_in_scope():
    works = {"ann": range(6), "bo": ()}
    assert away(FairShare(scope=Scope(tags=("early",))), works, ann={}, bo={}) == {}
    assert away(FairShare(scope=Scope(employees=("bo",))), works, ann={}, bo={}) == {}


def test_nobody_to_share_with_is_fair():
    assert away(FairShare(by="target"), {"ann": (0, 1)}, ann={}) == {}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"step": 0}, "1 or more"),
        ({"steps": 0}, "1 or more"),
        ({"steps": 101}, "at most 100"),
        ({"tolerance": -1}, "0 or more"),
        ({"ledger": ""}, "ledger is empty"),
        ({"weekdays": ()}, "no weekend"),
    ],
)
def test_what_makes_no_sense_is_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        FairShare(**fields)


def test_more_than_anybody_can_carry_is_refused():
    with pytest.raises(ProblemError, match=r"carried\[0\]\.amount = 10000001: must lie between"):
        told(FairShare(), {}, ann=carried(10_000_001))
