"""What is said to have changed leads from the old roster to the new one, and its worth is the evaluator's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.sentences import Speaker
from solver.explain.versions import compare, sentences
from solver.problem import Employee, Problem
from solver.rules.preferences import Preferences
from solver.score import difference
from solver.spans import Span
from solver.work import Assignment, Roster
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of, roster_from_grid


def test_nothing_changed_says_so() -> None:
    problem = problem_of(("ann",), kinds="M")
    roster = roster_from_grid(problem, "ann M M")

    assert sentences(Speaker(problem), compare(problem, roster, roster)) == ["Nothing has changed."]


def test_each_change_is_told_in_words_with_what_it_is_worth() -> None:
    people = (Employee(id="ann", name="Ann", unpreferred=(Span(0, 1440),)), Employee(id="bo", name="Bo"))
    problem = problem_of(people, kinds="ME", count=3, rules=(Preferences(),))
    old = roster_from_grid(problem, "ann M M -\nbo - - M")
    new = roster_from_grid(problem, "ann - E M\nbo M - -")

    assert sentences(Speaker(problem), compare(problem, old, new)) == [
        "Mon 23 Nov 06:00 to 14:00 goes from Ann to Bo: preferences 480 better",
        "Ann moves from Tue 24 Nov 06:00 to 14:00 to Tue 24 Nov 14:00 to 22:00",
        "Wed 25 Nov 06:00 to 14:00 goes from Bo to Ann",
        "The roster is better: preferences 480 better.",
    ]


def test_who_works_more_and_who_works_less_is_told() -> None:
    problem = problem_of(("ann", "bo"), kinds="M", count=3)
    old = roster_from_grid(problem, "ann M M -\nbo - - -")
    new = roster_from_grid(problem, "ann M - -\nbo - M M")

    told = sentences(Speaker(problem), compare(problem, old, new))

    assert told[1] == "bo gets Wed 25 Nov 06:00 to 14:00: filled shifts 480 better"
    assert told[2:] == [
        "The roster is better: filled shifts 480 better.",
        "bo works 16 h more.",
        "ann works 8 h less.",
    ]


def test_of_many_changes_the_first_are_told_and_the_rest_counted() -> None:
    problem = problem_of(("ann",), kinds="M", count=7)
    new = roster_from_grid(problem, "ann M M M M M M M")

    told = sentences(Speaker(problem), compare(problem, Roster(), new), most=2)

    assert told[2] == "and 5 more"


@TRIED
@given(judged_rosters(), st.data())
def test_the_changes_lead_from_the_old_roster_to_the_new_one(
    judged: tuple[Problem, Roster], data: st.DataObject
) -> None:
    problem, old = judged
    kept = [work for work in old if data.draw(st.booleans())]
    others: list[Assignment] = [
        problem.fill(person.id, shift.id)
        for person in problem.employees
        for shift in problem.shifts
        if data.draw(st.booleans())
    ]
    new = Roster({*kept, *others})

    found = compare(problem, old, new)

    was, now = evaluate(problem, old), evaluate(problem, new)
    assert found.score == difference(now.score, was.score)
    gone = [each.before for each in found.changes if each.before is not None]
    come = [each.after for each in found.changes if each.after is not None]
    assert old.without(*gone).with_(*come) == new
    assert len(gone) == len(set(gone))
    for change in found.changes:
        before = [change.before] if change.before else []
        after = [change.after] if change.after else []
        alone = evaluate(problem, old.without(*before).with_(*after))
        assert change.worth == difference(alone.score, was.score)
    assert sum(each.paid_minutes for each in found.people) == sum(w.paid for w in new) - sum(
        w.paid for w in old
    )
    assert sentences(Speaker(problem), found)
