"""A report tells everything that is open once, and counts what it leaves out."""

from __future__ import annotations

import json

from hypothesis import given

from solver.codec import decode, encode_object
from solver.explain.report import GAPS_EXPLAINED, Report, lines, report_on
from solver.explain.sentences import Speaker
from solver.open_shifts import open_shifts
from solver.problem import Coverage, Employee, Problem, ShiftTemplate
from solver.rules.fairness import Fairness
from solver.work import Assignment, Roster
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of


def test_of_a_long_week_the_longest_gaps_are_told_and_the_others_counted() -> None:
    problem = problem_of(("ann",), kinds="ME")
    report = report_on(problem, Roster())

    told = [text for _, text in lines(Speaker(problem), report)]

    assert told[0] == "What is open, and why"
    assert told[1] == "Work: 112 h not filled, in 14 gaps"
    assert len(report.open[0].explained) == GAPS_EXPLAINED
    assert told[-1] == "and 11 more gaps, 88 h in all"


def test_what_must_be_filled_comes_before_what_is_wished_for() -> None:
    cover = Coverage(id="noon", start=600, end=840, minimum=1, target=3)
    template = ShiftTemplate(id="t", earliest_start=600, latest_start=600, shortest=240, longest=240)
    problem = problem_of((), count=1, shifts=(), coverage=(cover,), templates=(template,))

    told = [text for depth, text in lines(Speaker(problem), report_on(problem, Roster())) if depth == 1]

    assert told == [
        "Work: 4 h not filled, in 1 gap",
        "Work: 8 h wished for and not filled, in 2 gaps",
    ]


def test_what_costs_most_names_people_and_figures() -> None:
    people = tuple(Employee(id=who, target_minutes=minutes) for who, minutes in [("ann", 480), ("bo", 60)])
    problem = problem_of(people, shifts=(), rules=(Fairness(),))

    told = [text for _, text in lines(Speaker(problem), report_on(problem, Roster()))]

    assert told.pop(2).startswith("A cost is how far a rule is missed")
    assert told == [
        "There is nothing to fill: the problem has no shifts and no coverage.",
        "What costs most",
        "fairness: 780 (soft), 2 cases",
        "ann: 8 h away from the fair share of 8 h",
        "bo: 1 h away from the fair share of 1 h",
    ]


def test_a_stretch_of_surplus_is_one_case_and_says_what_there_is_too_much_of() -> None:
    covers = tuple(
        Coverage(id=f"{skill}{at}", start=at, end=at + 15, skill=skill, target=1, surplus_price=2)
        for at in (480, 495, 525)
        for skill in ("till", "floor")
    )
    problem = problem_of(("ann", "bo"), count=1, shifts=(), coverage=covers)
    tills = [Assignment(employee=who, start=480, end=540, skill="till") for who in ("ann", "bo")]

    costs = report_on(problem, Roster(tills)).costs
    (cost,) = (each for each in costs if each.part.name == "above_target")

    assert (cost.part.cost, cost.part.violations, cost.cases) == (90, 3, 2)
    assert [Speaker(problem).reason(each) for each in cost.dearest] == [
        "30 min of till above the target of 1 person, Mon 23 Nov 08:00 to 08:30",
        "15 min of till above the target of 1 person, Mon 23 Nov 08:45 to 09:00",
    ]


@TRIED
@given(judged_rosters())
def test_all_that_is_open_is_counted_and_the_report_reads_back(judged: tuple[Problem, Roster]) -> None:
    problem, roster = judged
    report = report_on(problem, roster)

    gaps = open_shifts(problem, roster)
    assert sum(group.gaps for group in report.open) == len(gaps)
    assert sum(group.minutes for group in report.open) == sum(g.people * (g.end - g.start) for g in gaps)
    assert all(text and "{" not in text for _, text in lines(Speaker(problem), report))
    assert decode(Report, json.loads(json.dumps(encode_object(report)))) == report
