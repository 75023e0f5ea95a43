from dataclasses import replace

from solver.evaluate import evaluate
from solver.open_shifts import open_shifts
from solver.problem import Shift, ShiftGroup
from solver.rules.alternatives import Alternatives
from solver.rules.headcount import OpenShifts
from solver.solve import solve
from solver.stop import WorkLimit
from solver.work import Roster
from tests.solver.worlds import problem_of

SHIFTS = (
    Shift(id="short", start=360, end=600),
    Shift(id="long", start=360, end=840, headcount=2),
    Shift(id="dear", start=900, end=1200, priority=9),
)


def with_groups(*groups):
    return problem_of(["ann", "bo"], count=1, shifts=SHIFTS, shift_groups=groups)


ONE = with_groups(ShiftGroup("one", ("short", "long", "dear")))
TWO = with_groups(ShiftGroup("two", ("short", "long", "dear"), fill=2))


def test_more_alternatives_than_wanted_are_a_breach():
    both = Roster([ONE.fill("ann", "short"), ONE.fill("bo", "dear")])
    (violation,) = Alternatives().check(ONE, both)
    assert (violation.short_by, violation.unit, violation.shifts) == (1, "shifts", ("short", "dear"))
    assert dict(violation.facts) == {"group": "one", "maximum": 1, "actual": 2}
    assert Alternatives().check(TWO, both) == []


def test_of_alternatives_nobody_works_only_the_cheapest_counts_as_open():
    assert [(v.shifts, v.cost) for v in OpenShifts().check(ONE, Roster())] == [(("short",), 240)]
    assert [v.shifts for v in OpenShifts().check(TWO, Roster())] == [("short",), ("long",)]
    assert [one.shift for one in open_shifts(ONE, Roster())] == ["short"]


def test_once_one_is_worked_the_others_are_not_open_but_its_own_places_are():
    half = Roster([ONE.fill("ann", "long")])
    assert [(v.shifts, v.short_by) for v in OpenShifts().check(ONE, half)] == [(("long",), 1)]
    assert [v.shifts for v in OpenShifts().check(TWO, half)] == [("short",), ("long",)]
    assert [one.shift for one in open_shifts(ONE, half)] == ["long"]


def test_the_solver_fills_as_many_alternatives_as_asked_and_no_more():
    for problem, wanted in ((ONE, 1), (TWO, 2)):
        result = solve(problem, WorkLimit(3), workers=1)
        used = {work.shift for work in result.roster}
        assert (result.status, len(used), result.score.mandatory) == ("optimal", wanted, 0)


def test_without_groups_every_shift_is_open():
    assert evaluate(replace(ONE, shift_groups=()), Roster()).score.mandatory == 240 + 960 + 2700
