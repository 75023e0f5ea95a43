"""Where work may overlap, as being on call may, both readings of every rule about one person agree."""

from dataclasses import replace

import pytest

from solver.problem import Employee, SkillHeld
from solver.rules.min_rest import MinRest
from solver.rules.no_overlap import AllowedOverlap, NoOverlap
from solver.rules.option_rule import OptionRule
from solver.rules.registry import FAMILIES
from solver.rules.rule import PersonalRule, Scope
from solver.rules.work_kind import WorkKind
from solver.work import Assignment, Roster
from tests.solver.rules.small_worlds import HOUR, TEMPLATE, _shift, _work, disagreements, rosters_of
from tests.solver.rules.test_two_readings import rules_of, worlds_for
from tests.solver.worlds import problem_of

ON_CALL = WorkKind(tags=("on_call",))
BESIDE_WORK = NoOverlap(allowed=(AllowedOverlap(ON_CALL, WorkKind(without_tags=("on_call",))),))
BOTH = AllowedOverlap(ON_CALL, ON_CALL)
ANN = Employee(id="ann", skills=(SkillHeld("y"),), locations=("here", "there"), target_minutes=900)
HISTORY = (
    _work(-2, 8, 16, tags=("night",)),
    _work(-1, 18, 23, location="here", tags=("night",)),
    _work(-1, 20, 26, location="there", tags=("on_call",)),
)
UPCOMING = (
    _work(3, 0, 6, location="there", tags=("night",)),
    _work(3, 4, 9, location="here", tags=("on_call",)),
)
SHIFTS = (
    _shift("early", 0, 7, 12, location="here"),
    _shift("standby", 0, 9, 16, location="there", tags=("on_call",)),
    _shift("late", 0, 12, 16, location="there", tags=("night",)),
    _shift("morning", 1, 6, 10, location="here"),
    _shift("waiting", 1, 6, 10, tags=("on_call",)),
    _shift("evening", 1, 8, 30, location="there", tags=("on_call", "night")),
)
FLEX = replace(
    TEMPLATE,
    days=("2026-11-24",),
    start_step=6 * HOUR,
    latest_start=12 * HOUR,
    latest_end=None,
    location="there",
)
WORLDS = {
    "given": problem_of([replace(ANN, history=HISTORY, upcoming=UPCOMING)], count=3, shifts=SHIFTS),
    "created": problem_of(
        [replace(ANN, upcoming=UPCOMING)],
        count=3,
        shifts=SHIFTS[3:],
        templates=(FLEX, replace(FLEX, id="watch", tags=("on_call",), location="here", shortest=9 * HOUR)),
    ),
}
FAMILIES_OF_ONE = [
    family
    for family in FAMILIES
    if issubclass(family, PersonalRule)
    and not issubclass(family, OptionRule)
    and family.id != "no_overlap"
    and "shifts" in worlds_for(family)
]


def kept(rule, problem):
    """The rosters that keep a rule."""
    return [roster for roster in rosters_of(problem) if not rule.check(problem, roster)]


ROSTERS = {name: kept(BESIDE_WORK, world) for name, world in WORLDS.items()}


@pytest.mark.parametrize("family", FAMILIES_OF_ONE, ids=lambda family: family.id)
def test_both_readings_agree_about_work_that_overlaps(family):
    for rule in rules_of(family):
        for name, world in WORLDS.items():
            assert disagreements(world, [BESIDE_WORK, rule], ROSTERS[name]) == [], rule


@pytest.mark.parametrize("allowed", [BESIDE_WORK.allowed, (BOTH,), (*BESIDE_WORK.allowed, BOTH), ()])
def test_both_readings_agree_about_what_may_overlap(allowed):
    for scope in (Scope(), Scope(employees=())):
        for world in WORLDS.values():
            rule = NoOverlap(allowed=allowed, scope=scope)
            assert disagreements(world, [rule], rosters_of(world)) == []


def found(rule, *spans, **employee):
    """What a rule finds short in some (start, end, tag) hours of one person."""
    problem = problem_of([replace(ANN, **employee)])
    works = (
        Assignment(employee="ann", start=start * HOUR, end=end * HOUR, tags=(tag,))
        for start, end, tag in spans
    )
    return [violation.short_by for violation in rule.check(problem, Roster(works))]


def test_on_call_overlaps_work_but_work_does_not_overlap_work():
    assert found(BESIDE_WORK, (8, 16, "day"), (0, 24, "on_call")) == []
    assert found(BESIDE_WORK, (8, 16, "day"), (14, 20, "day")) == [120]
    assert found(BESIDE_WORK, (8, 16, "on_call"), (14, 20, "on_call")) == [120]
    assert found(NoOverlap(allowed=(BOTH,)), (8, 16, "on_call"), (14, 20, "on_call")) == []


def test_nobody_fills_a_shift_twice_at_once_whatever_may_overlap():
    problem = problem_of([ANN], shifts=SHIFTS)
    twice = Roster([problem.fill("ann", "standby")] * 2)
    anything = NoOverlap(allowed=(AllowedOverlap(),))
    assert [violation.short_by for violation in anything.check(problem, twice)] == [420]
    assert anything.check(problem, Roster([problem.fill("ann", name) for name in ("standby", "late")])) == []


def test_on_call_overlaps_fixed_work_on_both_sides_of_the_horizon():
    history, upcoming = (_work(-1, 20, 32),), (_work(7, 0, 8),)
    assert found(BESIDE_WORK, (0, 10, "on_call"), history=history) == []
    assert found(BESIDE_WORK, (0, 10, "day"), history=history) == [480]
    last_night = 6 * 24 + 20
    assert found(BESIDE_WORK, (last_night, last_night + 8, "on_call"), upcoming=upcoming) == []
    assert found(BESIDE_WORK, (last_night, last_night + 8, "day"), upcoming=upcoming) == [240]


def test_a_rest_can_leave_out_being_on_call():
    rest = MinRest(
        minutes=660, following=WorkKind(without_tags=("on_call",)), scope=Scope(without_tags=("on_call",))
    )
    assert found(rest, (8, 16, "day"), (18, 26, "on_call"), (24 + 8, 24 + 16, "day")) == []
    assert found(rest, (8, 16, "day"), (18, 26, "on_call"), (26, 30, "day")) == [60]
