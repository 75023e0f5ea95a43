"""A cycle of weeks that people go through from different places on."""

import pytest

from solver.problem import ProblemError
from solver.rules.rotation import Rotation, RotationMember
from solver.rules.rule import Scope
from solver.rules.work_kind import DayKind, WorkKind
from tests.solver.rules.weeks import costs, found, violations
from tests.solver.worlds import problem_of, roster_from_grid

OFF = DayKind(day="off")
EARLY, LATE = ((DayKind(work=WorkKind(tags=(tag,))),) for tag in ("early", "late"))
TWO_WEEKS = EARLY * 5 + (OFF, OFF) + LATE * 5 + (OFF, OFF)


def rotation(offset=0, first_day="2026-11-23", **fields):
    members = (RotationMember("ann", offset),)
    return Rotation(cycle=TWO_WEEKS, first_day=first_day, members=members, **fields)


@pytest.mark.parametrize(
    ("offset", "first_day"),
    [(0, "2026-11-23"), (14, "2026-11-23"), (7, "2026-11-16"), (7, "2026-11-30"), (-7, "2026-11-30")],
)
def test_the_week_of_the_cycle_depends_on_the_offset_and_the_first_day(offset, first_day):
    rule = rotation(offset, first_day)
    assert found(rule, "M M M M M - -") == []
    assert found(rule, "E E E E E - -") == [1] * 5


def test_each_day_that_differs_is_a_breach():
    assert found(rotation(7), "E E M - E M -") == [1, 1, 1]
    assert costs(rotation(7), "E E M - E M -") == [1, 1, 1]
    (violation,) = violations(rotation(7), "E E E E - - -")
    assert violation.facts == {"day": "2026-11-27", "day_of_cycle": 12, "expected": "on"}


def test_it_holds_on_the_days_of_its_scope_and_for_members_only():
    assert found(rotation(scope=Scope(weekdays=(0,))), "- - - - - - -") == [1]
    problem = problem_of(["ann", "bo"], kinds="ME")
    rule = Rotation(cycle=(OFF,), first_day="2026-11-23", members=(RotationMember("bo"),))
    roster = roster_from_grid(problem, "ann M M - - - - -\nbo - - - E - - -")
    assert [violation.employee for violation in rule.check(problem, roster)] == ["bo"]


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="cycle asks for nothing"):
        Rotation(cycle=(), first_day="2026-11-23", members=())
    with pytest.raises(ValueError, match="members names ann more than once"):
        Rotation(cycle=(OFF,), first_day="2026-11-23", members=(RotationMember("ann"), RotationMember("ann")))
    with pytest.raises(ValueError, match=r"first_day is '23\.11\.', no ISO date"):
        Rotation(cycle=(OFF,), first_day="23.11.", members=())
    with pytest.raises(ProblemError, match=r"rules\[0\].members\[0\].employee = 'ann': is no employee"):
        problem_of(["bo"], rules=(rotation(),))
