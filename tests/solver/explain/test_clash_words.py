"""A clash names people, times and rules, and is a smallest one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from solver.explain.clash_words import clash_sentences
from solver.explain.sentences import Speaker
from solver.problem import Employee, Pin, Problem
from solver.result import Clash, Result
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, Rule
from solver.rules.shift_count import ShiftCount
from solver.solve import solve
from solver.stop import Cancel, WorkLimit
from solver.work import Work
from tests.solver.explain.small_rosters import TRIED
from tests.solver.worlds import problem_of

REST = MinRest(minutes=660, source="Directive 2003/88/EC, art. 3")


def words(problem: Problem) -> list[str]:
    result = solve(problem, WorkLimit(5), workers=1)
    assert result.status == "infeasible"
    return clash_sentences(Speaker(problem), Result.from_json(result.to_json()).clash)


def test_pins_are_named_by_person_and_time_and_rules_by_what_they_ask() -> None:
    ann = Employee(id="a1", name="Ann Nowak")
    pins = (
        Pin(employee="a1", shift="M1", note="asked for it"),
        Pin(employee="a1", shift="E0"),
        Pin(employee="a1", shift="E3"),
    )
    problem = problem_of((ann,), kinds="ME", count=4, rules=(REST,), pins=pins)

    assert words(problem) == [
        "These cannot all hold. Without any one of them the others can:",
        "Ann Nowak is fixed for Mon 23 Nov 14:00 to 22:00",
        "Ann Nowak is fixed for Tue 24 Nov 06:00 to 14:00 (asked for it)",
        "Ann Nowak: at least 11 h of rest between two shifts (Directive 2003/88/EC, art. 3)",
    ]


def test_of_two_rules_of_one_family_the_one_that_clashes_is_told() -> None:
    rules = (Minutes(maximum=900, period=Period(7)), Minutes(maximum=420))
    problem = problem_of(("ann",), kinds="M", count=2, rules=rules, pins=(Pin(employee="ann", shift="M0"),))

    assert words(problem)[1:] == [
        "ann is fixed for Mon 23 Nov 06:00 to 14:00",
        "ann: hours of work at most 7 h",
    ]


def test_the_figures_of_a_contract_and_a_ban_are_told() -> None:
    ann = Employee(id="ann", maximum_minutes=300)
    pins = (
        Pin(employee="ann", shift="M0"),
        Pin(employee="ann", kind="forbidden", work=Work(start=2880, end=3000)),
    )
    problem = problem_of((ann,), kinds="M", count=2, rules=(ContractRange(bound="maximum"),), pins=pins)

    assert words(problem)[1:] == [
        "ann is fixed for Mon 23 Nov 06:00 to 14:00",
        "ann: at most 5 h of work in this plan by contract",
    ]


def test_two_people_pinned_to_one_place_clash_with_what_it_needs() -> None:
    problem = problem_of(
        ("ann", "bo"), count=1, pins=(Pin(employee="ann", shift="M0"), Pin(employee="bo", shift="M0")),
        shifts=tuple(replace(s, headcount=1) for s in problem_of(("ann",), kinds="M", count=1).shifts),
    )  # fmt: skip

    assert words(problem)[-1] == "no shift has more people than it needs"


def test_where_there_was_no_time_nothing_wrong_is_said() -> None:
    assert clash_sentences(Speaker(problem_of(("ann",))), ()) == [
        "Pins and hard rules contradict each other; there was no time to find out which."
    ]


RULES: list[Rule] = [
    REST,
    Minutes(maximum=960, period=Period(7)),
    Minutes(maximum=420),
    ConsecutiveDays(maximum=2),
    ConsecutiveDays(minimum=2),
    ShiftCount(maximum=1),
    ShiftCount(maximum=2, period=Period(3, rolling=True)),
]


@st.composite
def pinned(draw: st.DrawFn) -> Any:
    """A week full of pins that may contradict each other and the rules."""
    names = [f"{kind}{day}" for kind in "ME" for day in range(4)]
    pins = tuple(
        Pin(
            employee=draw(st.sampled_from(["ann", "bo"])),
            kind=draw(st.sampled_from(["fixed", "fixed", "fixed", "forbidden"])),
            shift=draw(st.sampled_from(names)),
        )
        for _ in range(draw(st.integers(1, 6)))
    )
    rules = tuple(draw(st.lists(st.sampled_from(RULES), max_size=4, unique_by=id)))
    return problem_of(("ann", "bo"), kinds="ME", count=4, rules=rules, pins=pins)


@TRIED
@given(pinned())
def test_a_clash_is_one_and_lifting_any_of_its_members_lifts_it(problem: Problem) -> None:
    result = solve(problem, WorkLimit(5), workers=1)
    if result.status != "infeasible":
        assert not result.clash
        return
    assert result.clash
    assert len(clash_sentences(Speaker(problem), result.clash)) > 1
    assert not can_hold(problem, result.clash)
    for member in result.clash:
        assert can_hold(problem, [other for other in result.clash if other is not member])


def can_hold(problem: Problem, members: list[Clash] | tuple[Clash, ...]) -> bool:
    """Whether some roster keeps these pins and rules, each for its person, and nothing else."""
    places = {member.path for member in members if member.kind == "pin"}
    pins = tuple(pin for place, pin in enumerate(problem.pins) if f"pins[{place}]" in places)
    rules: list[Rule] = []
    for member in members:
        if member.kind == "rule":
            listed = [r for place, r in enumerate(problem.rules) if f"rules[{place}]" == member.path]
            if listed:
                who = (
                    listed[0].scope
                    if member.employee is None
                    else replace(listed[0].scope, employees=(member.employee,))
                )
                rules.append(replace(listed[0], scope=who))
    # A rule that always holds cannot be left out of a problem: then it is the one that clashes.
    part = replace(problem, pins=pins, rules=tuple(rules))
    always = {member.id for member in members if member.kind == "rule" and not member.path}
    result = solve(part, WorkLimit(5), workers=1)
    if result.status == "infeasible" and not always:
        return any(not c.path and c.kind == "rule" for c in result.clash)
    return result.status != "infeasible"


def test_a_search_that_is_stopped_at_once_names_no_clash() -> None:
    cancel = Cancel()
    cancel.request()
    pins = (Pin(employee="ann", shift="M1"), Pin(employee="ann", shift="E0"))
    problem = problem_of(("ann",), kinds="ME", count=2, rules=(REST,), pins=pins)

    assert solve(problem, cancel, workers=1).clash == ()
