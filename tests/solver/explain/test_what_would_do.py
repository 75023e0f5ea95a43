"""Each proposed way fills the work once it is applied, as both readings of the rules see it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.sentences import Speaker
from solver.explain.steps import apply_steps
from solver.explain.what_would_do import proposal, proposals, what_would_do
from solver.explain.who_could import as_assignment, who_could
from solver.problem import Employee, Pin, Problem, Shift, SkillHeld
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.days_off import DaysOff
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, PersonalRule, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.spans import Span
from solver.stop import WorkLimit
from solver.work import Roster, Work
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.worlds import problem_of, roster_from_grid

TILL = Shift(id="till", start=8 * 60, end=16 * 60, skill="till")


def said(person: Employee, *, roster: str = "ann -", shift: str = "till", **fields: Any) -> list[str]:
    fields.setdefault("shifts", (TILL,))
    problem = problem_of((person,), count=2, **fields)
    ways = what_would_do(problem, roster_from_grid(problem, roster), problem.fill("ann", shift))
    return [proposal(Speaker(problem), way) for way in ways]


def test_somebody_without_the_skill_would_have_to_be_trained() -> None:
    assert said(Employee(id="ann")) == ["ann: training in till"]


def test_somebody_who_works_elsewhere_would_have_to_be_allowed_here() -> None:
    shop = replace(TILL, skill=None, location="shop")

    assert said(Employee(id="ann", locations=("store",)), shifts=(shop,)) == ["ann: leave to work in shop"]


def test_somebody_who_is_away_for_a_part_would_have_to_come_for_that_part() -> None:
    ann = Employee(id="ann", skills=(SkillHeld("till"),), unavailable=(Span(15 * 60, 20 * 60),))

    assert said(ann) == ["ann: available for 1 h more, Mon 23 Nov 15:00 to 16:00"]


def test_a_contract_would_have_to_be_raised_to_what_is_worked_then() -> None:
    ann = Employee(id="ann", skills=(SkillHeld("till"),), maximum_minutes=300)

    assert said(ann, rules=(ContractRange(bound="maximum"),)) == ["ann: 8 h instead of 5 h by contract"]


def test_a_decision_would_have_to_be_taken_back() -> None:
    ann = Employee(id="ann", skills=(SkillHeld("till"),))
    never = Pin(employee="ann", kind="forbidden", work=Work(start=0, end=600))

    assert said(ann, pins=(never,)) == ["ann: a decision taken back"]


def test_a_rest_would_have_to_be_as_short_as_it_is_then() -> None:
    problem = problem_of(("ann",), kinds="ME", count=2, rules=(MinRest(minutes=660, source="art. 3"),))
    roster = roster_from_grid(problem, "ann E -")

    (way,) = what_would_do(problem, roster, problem.fill("ann", "M1"))

    assert proposal(Speaker(problem), way) == ("ann: rest between shifts 8 h instead of 11 h (art. 3)")
    assert way.price == 2 * 2 * 180


def test_the_cheapest_person_comes_first_and_two_steps_cost_both() -> None:
    people = (
        Employee(id="ann"),
        Employee(id="bo", skills=(SkillHeld("till"),), unavailable=(Span(0, 540),)),
        Employee(id="cy", unavailable=(Span(0, 540),)),
    )
    problem = problem_of(people, count=1, shifts=(TILL,))

    ways = what_would_do(problem, Roster(), problem.fill("ann", "till"))

    assert [(way.employee, len(way.steps)) for way in ways] == [("bo", 1), ("ann", 1), ("cy", 2)]
    assert ways[2].price == ways[0].price + ways[1].price
    assert what_would_do(problem, Roster(), problem.fill("ann", "till"), most_steps=1) == ways[:2]
    assert what_would_do(problem, Roster(), problem.fill("ann", "till"), most=1) == ways[:1]


def test_people_for_whom_the_same_would_do_are_told_together_and_only_so_many_by_name() -> None:
    away = Employee(id="zoe", skills=(SkillHeld("till"),), unavailable=(Span(0, 540),))
    for count, names in ((1, "p0"), (2, "p0 or p1"), (3, "p0, p1 or p2"), (4, "p0, p1, p2 or others")):
        people = (*(Employee(id=f"p{place}") for place in range(count)), away)
        problem = problem_of(people, count=1, shifts=(TILL,))

        ways = what_would_do(problem, Roster(), problem.fill("zoe", "till"))

        assert proposals(Speaker(problem), ways) == [
            "zoe: available for 1 h more, Mon 23 Nov 08:00 to 09:00",
            f"{names}: training in till",
        ]


def test_nobody_is_asked_to_be_in_two_places_at_once() -> None:
    problem = problem_of(("ann",), kinds="MD", count=1)

    assert what_would_do(problem, roster_from_grid(problem, "ann M"), problem.fill("ann", "D0")) == ()


def test_a_rule_that_has_no_number_to_bend_is_waived_for_the_person_alone() -> None:
    rule = DaysOff(minimum=2, period=Period(3))
    problem = problem_of(("ann", "bo"), kinds="M", count=3, rules=(rule,))
    roster = roster_from_grid(problem, "ann M - -\nbo M - -")

    way = what_would_do(problem, roster, problem.fill("ann", "M1"))[0]

    changed = apply_steps(problem, way.steps)
    both = roster.with_(problem.fill("ann", "M1"), problem.fill("bo", "M1"))
    assert {v.employee for v in evaluate(changed, both).violations if v.level == "hard"} == {"bo"}


@pytest.mark.parametrize("history", [(), (Work(start=-2000, end=-1400),)])
def test_a_bent_limit_is_enough_also_where_the_past_used_it_up(history: tuple[Work, ...]) -> None:
    ann = Employee(id="ann", history=history)
    rule = Minutes(maximum=240, period=Period(7, anchor="2026-11-22"))
    problem = problem_of((ann,), count=1, kinds="M", rules=(rule,))

    (way,) = what_would_do(problem, Roster(), problem.fill("ann", "M0"))

    assert evaluate(apply_steps(problem, way.steps), Roster([problem.fill("ann", "M0")])).clean


RULES: list[PersonalRule] = [
    MinRest(minutes=660),
    Minutes(maximum=960, period=Period(7)),
    Minutes(maximum=960, period=Period(3, rolling=True), name="three_days"),
    ShiftCount(maximum=1),
    ShiftCount(maximum=2, period=Period(4)),
    ConsecutiveDays(maximum=2),
    DaysOff(minimum=2, period=Period(4)),
    WeeklyRest(minutes=2100, period=Period(4)),
    ContractRange(bound="maximum"),
]


@TRIED
@given(
    st.lists(st.sampled_from(RULES), min_size=1, max_size=4, unique_by=id),
    st.lists(st.sampled_from("ME--"), min_size=4, max_size=4),
    st.integers(0, 3),
    st.booleans(),
)
def test_every_bent_limit_is_enough_and_not_more_than_that(
    rules: list[PersonalRule], days: list[str], day: int, strict: bool
) -> None:
    rules = [replace(rule, scope=Scope(employees=("ann",))) if strict else rule for rule in rules]
    ann = Employee(id="ann", maximum_minutes=1000)
    problem = problem_of((ann, "bo"), kinds="ME", count=4, rules=tuple(rules))
    roster = _clean_part(problem, roster_from_grid(problem, f"ann {' '.join(days)}"))
    work = problem.fill("ann", f"M{day}")
    assume(work not in roster.assignments)

    for way in what_would_do(problem, roster, work, most_steps=4):
        full = roster.with_(as_assignment(way.employee, work))
        assert evaluate(apply_steps(problem, way.steps), full).clean
        for place, step in enumerate(way.steps):
            less = step.after - 1 if step.after > step.before else step.after + 1
            nearly = list(way.steps)
            nearly[place] = replace(step, after=less)
            if step.kind in ("bend", "contract"):
                assert not evaluate(apply_steps(problem, nearly), full).clean


@TRIED
@given(judged_rosters(), st.data())
def test_every_way_fills_the_work_and_needs_all_of_its_steps(
    judged: tuple[Problem, Roster], data: st.DataObject
) -> None:
    problem, roster = judged
    assume(problem.shifts)
    shift = data.draw(st.sampled_from(problem.shifts)).id
    roster = _clean_part(problem, roster.without(*(work for work in roster if work.shift == shift)))
    work = problem.fill(problem.employees[0].id, shift)
    for way in what_would_do(problem, roster, work, most_steps=3):
        assert proposal(Speaker(problem), way)
        given_to = as_assignment(way.employee, work)
        full = roster.with_(given_to)
        changed = apply_steps(problem, way.steps)
        assert evaluate(changed, full).clean
        assert evaluate(changed, full).score.mandatory <= evaluate(changed, roster).score.mandatory or any(
            part.level == "mandatory" and part.cost > 0 for part in way.change
        )
        for step in way.steps:
            fewer = apply_steps(problem, [other for other in way.steps if other is not step])
            assert not evaluate(fewer, full).clean
        fixed = tuple(
            Pin(employee=each.employee, shift=each.shift, work=None if each.shift else each) for each in full
        )
        pins = tuple(pin for pin in changed.pins if pin.kind == "forbidden")
        answer = solve(replace(changed, pins=(*pins, *fixed)), WorkLimit(2), workers=1)
        assert answer.status in ("optimal", "feasible")
        assert {work.shift for work in answer.roster.of(way.employee)} >= {shift}


def _clean_part(problem: Problem, roster: Roster) -> Roster:
    """As much of a roster as keeps the hard rules."""
    kept = Roster()
    for work in roster:
        if evaluate(problem, kept.with_(work)).clean:
            kept = kept.with_(work)
    assume(evaluate(problem, kept).clean)
    return kept


def test_whoever_is_able_needs_nothing_to_give() -> None:
    problem = problem_of(("ann",), kinds="M", count=1)
    work = problem.fill("ann", "M0")

    assert who_could(problem, Roster(), work)[0].able
    assert what_would_do(problem, Roster(), work) == ()
