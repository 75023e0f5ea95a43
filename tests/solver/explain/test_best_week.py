"""The best week of one person is the best one, while everybody else's work stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from solver.evaluate import evaluate
from solver.explain.best_week import Deadline, best_week
from solver.problem import Employee, Pin, Problem
from solver.rules.keep_apart import KeepApart
from solver.rules.rule import Scope
from solver.solve import solve
from solver.spans import gaps
from solver.stop import WorkLimit
from solver.work import Assignment, Roster, Work
from tests.solver.explain.shop import ANN, ONE_A_DAY, TILL, H, roster, shop, wanted
from tests.solver.explain.small_rosters import TRIED, judged_rosters


def test_work_placed_by_hand_stays_when_the_rest_of_a_week_is_decided_anew() -> None:
    problem = shop(wanted(8, 16, 1), wanted(8, 16, 1, day=1), people=(ANN,))
    by_hand = Assignment(employee="ann", start=9 * H, end=11 * H + 7, skill="till")

    found = best_week(problem, Roster([by_hand]), "ann", Deadline(None))

    assert found.proven
    assert [work.start for work in found.roster] == [9 * H, 32 * H]


def test_pins_of_the_person_hold() -> None:
    never = Pin(employee="ann", kind="forbidden", work=Work(start=0, end=1440))
    problem = shop(wanted(8, 16, 1), wanted(8, 16, 1, day=1), people=(ANN,), pins=(never,))

    assert [w.start for w in best_week(problem, Roster(), "ann", Deadline(None)).roster] == [32 * H]


def test_what_others_break_already_does_not_stand_in_the_way() -> None:
    apart = KeepApart(scope=Scope(employees=("bo", "cy")))
    bo, cy = Employee(id="bo", skills=TILL), Employee(id="cy", skills=TILL)
    problem = shop(wanted(8, 16, 3), people=(ANN, bo, cy), rules=(*ONE_A_DAY, apart))
    broken = roster(problem, ("bo", 8, 16), ("cy", 8, 16))
    assert not evaluate(problem, broken).clean

    found = best_week(problem, broken, "ann", Deadline(None))

    assert [work.employee for work in found.roster] == ["ann", "bo", "cy"]


@TRIED
@given(judged_rosters())
def test_no_work_of_the_person_is_better_than_what_is_said_to_be_the_best_week(
    judged: tuple[Problem, Roster],
) -> None:
    problem, now = judged
    who = problem.employees[0].id
    clean = Roster()
    for work in now:
        if evaluate(problem, clean.with_(work)).clean:
            clean = clean.with_(work)
    if not evaluate(problem, clean).clean:
        return
    found = best_week(problem, clean, who, Deadline(None))
    assert found.proven
    others = [work for work in found.roster if work.employee != who]
    assert Roster(others) == Roster(work for work in clean if work.employee != who)
    fixed = tuple(
        Pin(employee=each.employee, shift=each.shift, work=None if each.shift else each) for each in others
    )
    idle = tuple(
        Pin(employee=each.id, kind="forbidden", work=Work(start=gap.start, end=gap.end))
        for each in problem.employees
        if each.id != who
        for gap in gaps(problem.start, problem.end + 1440, [work.span for work in clean.of(each.id)])
    )
    own = tuple(pin for pin in problem.pins if pin.employee == who)
    whole = solve(replace(problem, pins=(*own, *fixed, *idle)), WorkLimit(5), workers=1, warm_start=clean)
    assert whole.status == "optimal"
    best = clean.with_row(who, whole.roster.of(who))
    assert [work.span for work in best] == [work.span for work in whole.roster]
    assert evaluate(problem, best).score == found.evaluation.score


@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_the_time_given_is_kept(seconds: float) -> None:
    deadline = Deadline(seconds)
    assert deadline.left is not None
    assert deadline.left <= seconds
    assert deadline.over == (seconds == 0)
