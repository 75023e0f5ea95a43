"""What is said about open work is true of every person, and counts each of them once."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from solver.evaluate import evaluate
from solver.explain.judged import total
from solver.explain.sentences import Speaker
from solver.explain.who_could import as_assignment
from solver.explain.why_open import nearest, summary, why_open
from solver.open_shifts import open_shifts
from solver.problem import Coverage, Employee, Problem, Shift, ShiftTemplate, SkillHeld
from solver.rules.min_rest import MinRest
from solver.rules.preferences import Preferences
from solver.spans import Span
from solver.work import Roster
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of, roster_from_grid

REST = MinRest(minutes=660, source="Directive 2003/88/EC, art. 3")


def team() -> Any:
    people = (
        Employee(id="ann", name="Ann Nowak", skills=(SkillHeld("till"),)),
        Employee(id="bo", name="Bo Lis", skills=(SkillHeld("till"),), unavailable=(Span(1440, 2880),)),
        Employee(id="cy"),
        Employee(id="di"),
    )
    shifts = (
        Shift(id="late", start=14 * 60, end=22 * 60, skill="till"),
        Shift(id="early", start=1440 + 6 * 60, end=1440 + 14 * 60, skill="till"),
    )
    return problem_of(people, count=2, shifts=shifts, rules=(REST,))


def test_the_summary_counts_each_person_once_by_what_is_hardest_to_change() -> None:
    problem = team()
    roster = Roster([problem.fill("ann", "late")])

    why = why_open(problem, roster, open_shifts(problem, roster)[0])

    assert why.against == {"skill": 2, "available": 1, "rest": 1}
    assert summary(Speaker(problem), why) == (
        "Nobody of 4 people can take it: 2 lack the skill till, 1 is not available, 1 would rest too little."
    )


def test_the_nearest_person_comes_first_with_the_figure_and_the_source() -> None:
    problem = team()
    roster = Roster([problem.fill("ann", "late")])

    why = why_open(problem, roster, open_shifts(problem, roster)[0])

    assert nearest(Speaker(problem), why, most=2) == [
        "Ann Nowak: 8 h of rest between two shifts instead of 11 h (Directive 2003/88/EC, art. 3)",
        "Bo Lis: not available for 8 h of it",
    ]


def test_somebody_who_could_take_it_at_a_price_is_named_with_the_price() -> None:
    ann = Employee(id="ann", unpreferred=(Span(0, 1440),))
    shifts = (Shift(id="wish", start=0, end=60, mandatory=False),)
    problem = problem_of((ann,), count=1, shifts=shifts, rules=(Preferences(weight=3),))

    why = why_open(problem, Roster(), open_shifts(problem, Roster())[0])

    assert summary(Speaker(problem), why) == (
        "ann could take it without breaking a rule, but the roster would be worse: "
        "preferences 180 worse and filled shifts 60 better."
    )


def test_missing_cover_is_asked_about_as_the_shift_that_covers_it_best() -> None:
    template = ShiftTemplate(
        id="t", earliest_start=480, latest_start=720, start_step=60, shortest=240, longest=480, length_step=60
    )
    cover = Coverage(id="noon", start=600, end=780, minimum=1)
    problem = problem_of((), count=1, templates=(template,), coverage=(cover,))

    why = why_open(problem, Roster(), open_shifts(problem, Roster())[0])

    assert why.work is not None
    assert (why.work.start, why.work.end) == (540, 780)
    assert summary(Speaker(problem), why) == "There is nobody to take it."


def test_cover_for_which_no_shift_can_be_made_says_so() -> None:
    cover = Coverage(id="noon", start=600, end=780, skill="till", minimum=1)
    problem = problem_of(
        ("ann",), count=1, templates=(ShiftTemplate(id="t", skill="x"),), coverage=(cover,), shifts=()
    )

    why = why_open(problem, Roster(), open_shifts(problem, Roster())[0])

    assert why.work is None
    assert "no template fits" in summary(Speaker(problem), why)


@TRIED
@given(judged_rosters())
def test_whoever_is_said_to_be_unable_breaks_a_rule_and_whoever_is_able_none(
    judged: tuple[Problem, Roster],
) -> None:
    problem, roster = judged
    was = evaluate(problem, roster)
    for gap in open_shifts(problem, roster):
        why = why_open(problem, roster, gap)
        assert len(why.able) + sum(why.against.values()) == len(why.people)
        assert summary(Speaker(problem), why)
        for each in why.people if why.work is not None else ():
            assert why.work is not None
            now = evaluate(problem, roster.with_(as_assignment(each.employee, why.work)))
            assert (now.score.hard > was.score.hard) >= (not each.able and was.clean)
            worth = tuple(b - a for a, b in zip(was.score.levels, now.score.levels, strict=True))
            assert total(each.change) == worth


def test_a_shift_everybody_else_works_already_says_that() -> None:
    problem = problem_of(("ann", "bo"), kinds="MD", count=1)
    roster = roster_from_grid(problem, "ann M\nbo M")
    gap = next(each for each in open_shifts(problem, roster) if each.shift == "D0")

    assert "2 work already at that time" in summary(Speaker(problem), why_open(problem, roster, gap))
