"""Decisions that are kept."""

import pytest

from solver.problem import Pin
from solver.rules.pins import Pins
from solver.solve import solve
from solver.work import Roster, Work
from tests.solver.worlds import problem_of

SHIFTS = problem_of(["ann", "bo"], count=2, kinds="M")


def with_pins(*pins):
    return problem_of(["ann", "bo"], count=2, kinds="M", pins=pins)


def broken(problem, *given):
    return Pins().check(problem, Roster(problem.fill(who, shift) for who, shift in given))


def test_a_fixed_shift_that_somebody_does_not_have_is_a_breach():
    problem = with_pins(Pin(employee="ann", shift="M0", note="agreed"))
    assert broken(problem, ("ann", "M0")) == []
    (violation,) = broken(problem, ("bo", "M0"))
    assert (violation.employee, violation.short_by, violation.unit) == ("ann", 1, "assignments")
    assert violation.facts == {"kind": "fixed", "note": "agreed"}


def test_forbidden_work_is_forbidden_wherever_it_overlaps():
    problem = with_pins(Pin(employee="ann", kind="forbidden", work=Work(start=800, end=900)))
    assert [v.employee for v in broken(problem, ("ann", "M0"), ("bo", "M0"))] == ["ann"]
    later = with_pins(Pin(employee="ann", kind="forbidden", work=Work(start=840, end=900)))
    assert broken(later, ("ann", "M0")) == []


def test_the_solver_keeps_what_is_pinned():
    pins = (
        Pin(employee="bo", shift="M0"),
        Pin(employee="ann", kind="forbidden", shift="M0"),
        Pin(employee="bo", kind="forbidden", shift="M1"),
    )
    roster = solve(with_pins(*pins), workers=1).roster
    assert {(work.employee, work.shift) for work in roster} == {("bo", "M0"), ("ann", "M1")}


def test_a_pin_at_a_price_is_refused():
    with pytest.raises(ValueError, match="pins are always hard"):
        Pins(level="soft")
