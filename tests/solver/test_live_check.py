"""The live check says after every move what an evaluation of the whole roster says."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.live_check import LiveCheck, Move
from solver.rules.registry import FAMILIES
from solver.score import difference
from solver.work import Assignment, Roster
from tests.solver.rules.cases import CASES
from tests.solver.rules.test_two_readings import ALL_ROSTERS, worlds_for
from tests.solver.test_random_problems import DAY, DAYS, problems
from tests.solver.worlds import problem_of


@st.composite
def works(draw, problem):
    """Work of somebody: a given shift, or a span placed by hand."""
    who = draw(st.sampled_from(problem.employees)).id
    if problem.shifts and draw(st.booleans()):
        return problem.fill(who, draw(st.sampled_from(problem.shifts)).id)
    start = draw(st.integers(0, DAYS * 24 - 1)) * 60
    return Assignment(
        employee=who,
        start=start,
        end=start + draw(st.integers(1, 12)) * 60,
        skill=draw(st.sampled_from([None, "x"])),
        tags=draw(st.sampled_from([(), ("night",)])),
    )


@st.composite
def moves(draw, problem, roster):
    """Some work added, removed, changed into other work, or swapped between two people."""
    kind = draw(st.sampled_from(["add", "remove", "change", "swap"])) if len(roster) > 1 else "add"
    if kind == "add":
        return Move(come=(draw(works(problem)),))
    one, other = draw(st.lists(st.sampled_from(roster.assignments), min_size=2, max_size=2))
    if kind == "swap" and one is not other:
        return Move.swap(one, other)
    return Move((one,), () if kind == "remove" else (draw(works(problem)),))


def listed(violations):
    """Violations as something that can be counted."""
    return Counter(map(repr, violations))


def assert_same(live, before):
    """The live check agrees with the evaluation of its whole roster, and with how it came there."""
    judged = evaluate(live.problem, live.roster)
    assert live.evaluation == judged
    assert live.score.parts == judged.score.parts
    was = listed(before.evaluation.violations)
    assert listed(live.added) == listed(judged.violations) - was
    assert listed(live.removed) == was - listed(judged.violations)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_after_every_move_it_says_what_the_evaluation_says(data):
    problem = data.draw(problems())
    live = LiveCheck.of(problem, Roster())
    for _ in range(data.draw(st.integers(1, 8))):
        move = data.draw(moves(problem, live.roster))
        before, live = live, live.after(move)
        assert_same(live, before)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_every_family_rechecks_to_what_it_checks(family):
    for params in CASES[family]:
        rule = family(**params)
        for name, world in worlds_for(family).items():
            rosters = ALL_ROSTERS[name][:: max(1, len(ALL_ROSTERS[name]) // 25)]
            before, found = Roster(), rule.check(world, Roster())
            for roster in rosters:
                was, now = Counter(before), Counter(roster)
                changed = [*(was - now).elements(), *(now - was).elements()]
                found = rule.recheck(world, roster, changed, found)
                assert list(found) == rule.check(world, roster)
                before = roster


def test_a_move_that_is_only_asked_about_leaves_the_check_as_it_was():
    problem = problem_of(["ann", "bo"], kinds="M")
    live = LiveCheck.of(problem, Roster([problem.fill("ann", "M0")]))
    costs = live.score
    moved = live.after(Move((live.roster.assignments[0],), (problem.fill("bo", "M0"),)))
    assert live.score == costs
    assert [work.employee for work in live.roster] == ["ann"]
    assert [work.employee for work in moved.roster] == ["bo"]
    assert difference(moved.score, live.score) == ()


def test_no_move_adds_and_removes_nothing():
    problem = problem_of(["ann"], kinds="M")
    moved = LiveCheck.of(problem, Roster()).after(Move(come=(problem.fill("ann", "M0"),)))
    still = moved.after(Move())
    assert (still.added, still.removed) == ((), ())
    assert still.evaluation == moved.evaluation


def test_work_that_is_not_there_cannot_be_taken_out():
    problem = problem_of(["ann"], kinds="M")
    with pytest.raises(ValueError, match="M0 of ann is not in the roster"):
        LiveCheck.of(problem, Roster()).after(Move(gone=(problem.fill("ann", "M0"),)))


def test_work_of_a_stranger_is_refused():
    problem = problem_of(["ann"], kinds="M")
    stranger = Assignment(employee="eve", start=DAY, end=DAY + 60)
    with pytest.raises(ValueError, match="employee 'eve'"):
        LiveCheck.of(problem, Roster()).after(Move(come=(stranger,)))
