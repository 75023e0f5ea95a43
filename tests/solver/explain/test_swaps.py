"""Every swap that is proposed can be made, and none that can be made is left out."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.sentences import Speaker
from solver.explain.swaps import sentence, swaps
from solver.live_check import LiveCheck, Move
from solver.problem import Employee, Problem
from solver.rules.preferences import Preferences
from solver.score import difference
from solver.spans import Span
from solver.work import Roster
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of, roster_from_grid


def test_a_swap_says_who_takes_what_and_what_it_is_worth() -> None:
    people = (Employee(id="ann", name="Ann", unpreferred=(Span(0, 1440),)), Employee(id="bo", name="Bo"))
    problem = problem_of(people, kinds="M", count=2, rules=(Preferences(),))
    roster = roster_from_grid(problem, "ann M -\nbo - M")

    (swap,) = swaps(problem, roster, problem.fill("ann", "M0"))

    assert sentence(Speaker(problem), swap) == (
        "Bo takes Mon 23 Nov 06:00 to 14:00, Ann takes Tue 24 Nov 06:00 to 14:00: preferences 480 better."
    )


def test_work_that_is_not_in_the_roster_cannot_be_swapped() -> None:
    problem = problem_of(("ann",), kinds="M")

    with pytest.raises(ValueError, match="M0 of ann is not in the roster"):
        swaps(problem, Roster(), problem.fill("ann", "M0"))


@TRIED
@given(judged_rosters(), st.data())
def test_the_swaps_are_those_the_live_check_allows(
    judged: tuple[Problem, Roster], data: st.DataObject
) -> None:
    problem, roster = judged
    was = evaluate(problem, roster)
    assume(len(roster) and was.clean)
    gives = data.draw(st.sampled_from(roster.assignments))
    check = LiveCheck.of(problem, roster)

    found = {each.takes: each for each in swaps(problem, roster, gives)}

    for takes in roster:
        if takes.employee == gives.employee:
            assert takes not in found
            continue
        after = check.after(Move.swap(gives, takes)).evaluation
        assert (takes in found) == after.clean
        if after.clean:
            assert found[takes].change == difference(after.score, was.score)
