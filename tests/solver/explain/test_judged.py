"""What a change of a roster is said to change is what judging both rosters as wholes says."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.judged import Judged, score_change, total
from solver.problem import Problem
from solver.score import difference
from solver.work import Roster
from tests.solver.explain.small_rosters import TRIED, judged_rosters


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
