"""What a change of a roster is said to change is what judging both rosters as wholes says."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.judged import Judged, score_change, total
from solver.problem import Coverage, Problem, Shift, ShiftGroup
from solver.score import difference
from solver.work import Assignment, Roster
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of


@TRIED
@given(judged_rosters(), st.data())
def test_a_change_is_worth_what_judging_everything_says(
    judged: tuple[Problem, Roster], data: st.DataObject
) -> None:
    problem, roster = judged
    removed = [work for work in roster if data.draw(st.booleans())]
    missing = [
        work
        for person in problem.employees
        for shift in problem.shifts
        if (work := problem.fill(person.id, shift.id)) not in roster.assignments
    ]
    added = [work for work in missing if data.draw(st.booleans())]
    new = roster.without(*removed).with_(*added)

    before, after = Judged(problem, roster).change(removed, added)

    was, now = evaluate(problem, roster), evaluate(problem, new)
    assert score_change((before, after)) == difference(now.score, was.score)
    assert Counter(map(repr, now.violations)) - Counter(map(repr, was.violations)) == Counter(
        map(repr, after)
    ) - Counter(map(repr, before))


@TRIED
@given(judged_rosters())
def test_no_change_changes_nothing(judged: tuple[Problem, Roster]) -> None:
    assert total(score_change(Judged(*judged).change())) == (0, 0, 0)


def test_work_on_one_alternative_makes_the_other_no_longer_open() -> None:
    early, late = (Shift(id=name, start=at, end=at + 480) for name, at in (("early", 360), ("late", 2280)))
    groups = (ShiftGroup("either", ("early", "late")),)
    problem = problem_of(("ann", "bo"), count=2, shifts=(early, late), shift_groups=groups)
    filled = Roster([problem.fill("ann", "late")])

    first = score_change(Judged(problem, Roster()).change(added=[problem.fill("bo", "early")]))
    second = score_change(Judged(problem, filled).change(added=[problem.fill("bo", "early")]))

    assert [(part.rule, part.cost) for part in first] == [("open_shifts", -480)]
    assert [(part.rule, part.level) for part in second] == [("alternatives", "hard")]


def test_changes_judged_one_after_the_other_are_each_judged_alone() -> None:
    covers = tuple(
        Coverage(id=f"{skill}{at}", start=at, end=at + 120, skill=skill, minimum=1, target=2)
        for skill in ("till", "floor")
        for at in range(0, 720, 120)
    )
    problem = problem_of(("ann", "bo"), count=1, shifts=(), coverage=covers)
    works = [
        Assignment(employee=who, start=at, end=at + 180, skill=skill)
        for who in ("ann", "bo")
        for skill in ("till", "floor")
        for at in (0, 90, 240, 420)
    ]
    roster = Roster(works[::2])
    judged = Judged(problem, roster)

    for gone in roster:
        for come in works:
            new = roster.without(gone).with_(come)
            told = score_change(judged.change([gone], [come]))
            assert told == difference(evaluate(problem, new).score, evaluate(problem, roster).score)
