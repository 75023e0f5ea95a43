"""Why somebody does not have some work is what giving it to them shows."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.sentences import Speaker
from solver.explain.who_could import as_assignment
from solver.explain.why_not import sentence, why_not, why_not_on
from solver.problem import Employee, Problem, Shift
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rule import Period
from solver.rules.shift_count import ShiftCount
from solver.spans import Span
from solver.work import Roster, Work
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of, roster_from_grid

REST = MinRest(minutes=660, source="art. 3")
ONE = (Shift(id="M0", start=360, end=840),)


def test_a_broken_rule_is_named_with_its_figure_and_source() -> None:
    problem = problem_of(("ann",), kinds="ME", count=2, rules=(REST,))
    roster = roster_from_grid(problem, "ann E -")

    why = why_not(problem, roster, "ann", problem.fill("ann", "M1"))

    assert why.verdict == "against"
    assert sentence(Speaker(problem), why) == (
        "ann cannot take Tue 24 Nov 06:00 to 14:00: 8 h of rest between two shifts instead of 11 h (art. 3). "
        "Without Mon 23 Nov 14:00 to 22:00 nothing would stand against it: the score stays the same."
    )


def test_work_of_another_is_taken_from_them_and_dearer_work_says_by_what() -> None:
    people = (Employee(id="ann", unpreferred=(Span(0, 1440),)), Employee(id="bo"))
    problem = problem_of(people, count=1, shifts=ONE, rules=(Preferences(),))
    roster = Roster([problem.fill("bo", "M0")])

    why = why_not(problem, roster, "ann", problem.fill("ann", "M0"))

    assert why.verdict == "worse"
    assert why.taken_from == (problem.fill("bo", "M0"),)
    assert sentence(Speaker(problem), why) == (
        "ann could take Mon 23 Nov 06:00 to 14:00, but the roster would be worse: preferences 480 worse. "
        "It would be taken from bo."
    )


def test_whoever_would_have_been_as_good_is_told_so() -> None:
    problem = problem_of(("ann", "bo"), count=1, shifts=ONE)
    roster = Roster([problem.fill("bo", "M0")])

    assert why_not(problem, roster, "ann", problem.fill("bo", "M0")).verdict == "as_good"
    assert why_not(problem, roster, "bo", problem.fill("ann", "M0")).verdict == "has"
    assert why_not(problem, Roster(), "ann", problem.fill("ann", "M0")).verdict == "better"


def test_all_work_of_a_day_is_asked_about_and_no_other() -> None:
    problem = problem_of(("ann",), kinds="ME", count=2)

    found = why_not_on(problem, roster_from_grid(problem, "ann M -"), "ann", "2026-11-23")

    assert [(each.work.shift, each.verdict) for each in found] == [("M0", "has"), ("E0", "better")]


def test_a_day_or_a_person_that_is_not_there_is_refused() -> None:
    problem = problem_of(("ann",), count=2)

    with pytest.raises(ValueError, match="'2026-12-24' is no day of the problem, 2026-11-23 to 2026-11-24"):
        why_not_on(problem, Roster(), "ann", "2026-12-24")
    with pytest.raises(ValueError, match="employee 'zoe' is not in the problem"):
        why_not_on(problem, Roster(), "zoe", "2026-11-23")


@TRIED
@given(judged_rosters(), st.data())
def test_every_verdict_is_what_judging_the_changed_roster_says(
    judged: tuple[Problem, Roster], data: st.DataObject
) -> None:
    problem, roster = judged
    was = evaluate(problem, roster)
    assume(was.clean)
    who = data.draw(st.sampled_from(problem.employees)).id
    for day in problem.days:
        for why in why_not_on(problem, roster, who, day.on):
            assert sentence(Speaker(problem), why)
            if why.verdict == "has":
                assert any((w.shift, w.start) == (why.work.shift, why.work.start) for w in roster.of(who))
                continue
            now = evaluate(problem, roster.without(*why.taken_from).with_(why.work))
            assert now.clean == (why.verdict != "against")
            if now.clean:
                levels = (now.score.levels > was.score.levels) - (now.score.levels < was.score.levels)
                assert why.verdict == {1: "worse", 0: "as_good", -1: "better"}[levels]


def test_an_open_span_like_one_that_somebody_has_comes_on_top() -> None:
    problem = problem_of(("ann",), count=1, shifts=())
    span = Work(start=480, end=960)
    own = as_assignment("ann", span)

    found = why_not(problem, Roster([own]), "ann", span)

    assert found.verdict == "against"
    assert [each.rule for each in found.candidate.obstacles] == ["no_overlap"]
    assert why_not(problem, Roster([own]), "ann", own).verdict == "has"


def test_of_many_reasons_the_first_are_told_and_the_others_counted() -> None:
    rules = (REST, Minutes(maximum=480, period=Period(2)), ShiftCount(maximum=1, period=Period(2)))
    shop = Shift(id="shop", start=360, end=840, skill="till", location="shop")
    ann = Employee(id="ann", locations=("store",))
    problem = problem_of((ann,), count=2, shifts=(*ONE, shop), rules=rules)

    told = sentence(
        Speaker(problem),
        why_not(problem, Roster([problem.fill("ann", "M0")]), "ann", problem.fill("ann", "shop")),
    )

    assert told == (
        "ann cannot take Mon 23 Nov 06:00 to 14:00, till in shop: no valid skill till for it; "
        "not one of the person's places: shop; two shifts at the same time: Mon 23 Nov 06:00 to 14:00 and "
        "Mon 23 Nov 06:00 to 14:00; and 2 more reasons."
    )
