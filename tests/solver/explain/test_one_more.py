"""What is said to be missing is filled by as many people as are said, and one more fills nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.missing import Kind, Missing, filling, missing_work
from solver.explain.one_more import OneMore, further_people, one_more_person
from solver.problem import Employee, Problem, Shift, ShiftGroup
from solver.score import Part
from solver.violation import Violation
from solver.work import Assignment, Roster, Work
from tests.solver.explain.shop import ANN, H, parts, roster, shop, wanted
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.test_random_problems import DAYS


def test_further_people_gain_as_long_as_somebody_is_missing_and_no_longer() -> None:
    problem = shop(wanted(8, 10, 3), wanted(10, 14, 2), wanted(14, 18, 1), people=(ANN,))

    (more,) = further_people(problem, roster(problem, ("ann", 8, 16))).missing

    assert [(each.start, each.end, each.people, each.gains) for each in more.stretches] == [
        (8 * H, 14 * H, 2, (6 * H, 2 * H)),
        (16 * H, 18 * H, 1, (2 * H,)),
    ]
    assert (more.minutes, more.mandatory_minutes) == (10 * H, 0)
    assert parts(more.change) == {"coverage.below_target": -10 * H}


def test_what_lies_below_a_minimum_is_mandatory_and_comes_first() -> None:
    floor = wanted(8, 18, 1, id="floor", skill="floor")
    problem = shop(floor, wanted(8, 10, 3, minimum=2), people=(ANN,))

    more = further_people(problem, Roster())

    assert [(each.skill, each.minutes, each.mandatory_minutes) for each in more.missing] == [
        ("till", 6 * H, 4 * H),
        ("floor", 10 * H, 0),
    ]


def test_a_kind_of_work_of_which_enough_is_there_is_said_to_have_enough() -> None:
    problem = shop(wanted(8, 16, 1), people=(ANN,))

    more = further_people(problem, roster(problem, ("ann", 8, 16)))

    assert (more.asked, more.missing, more.enough) == (True, (), (Kind("till"),))
    assert one_more_person(problem, roster(problem, ("ann", 8, 16))) == more


def test_nothing_is_said_of_a_problem_that_asks_for_nothing() -> None:
    assert further_people(shop(people=(ANN,)), Roster()) == OneMore(asked=False)


def test_places_of_given_shifts_count_each_and_whole() -> None:
    late = Shift(id="late", start=14 * H, end=22 * H, skill="till", headcount=3, mandatory=False)
    problem = shop(people=(ANN,), shifts=(late,))

    (more,) = further_people(problem, Roster([problem.fill("ann", "late")])).missing

    assert [(each.start, each.end, each.gains) for each in more.stretches] == [
        (14 * H, 22 * H, (8 * H, 8 * H))
    ]
    assert parts(more.change) == {"open_shifts": -2 * 8 * H}


def test_whoever_fills_a_place_also_covers_so_that_the_same_hour_is_missing_once_only() -> None:
    late = Shift(id="late", start=14 * H, end=22 * H, skill="till")
    problem = shop(wanted(14, 18, 1), wanted(18, 23, 2), shifts=(late,))

    (more,) = further_people(problem, Roster()).missing

    assert [(each.start, each.end, each.gains) for each in more.stretches] == [
        (14 * H, 23 * H, (9 * H, 5 * H))
    ]


def test_of_alternatives_only_as_many_are_missing_as_are_to_be_filled() -> None:
    shifts = tuple(Shift(id=f"s{at}", start=at * H, end=(at + 4) * H, skill="till") for at in (8, 12))
    problem = shop(shifts=shifts, shift_groups=(ShiftGroup(id="g", shifts=("s8", "s12")),))

    (more,) = further_people(problem, Roster()).missing

    assert (more.minutes, parts(more.change)) == (4 * H, {"open_shifts": -4 * H})


def test_work_that_counts_for_a_wider_requirement_gains_there_too() -> None:
    anybody = wanted(10, 14, 1, id="anybody", skill=None)
    problem = shop(wanted(8, 10, 1), anybody)

    found = missing_work(problem, Roster())

    assert [(step.start, step.end) for step in found[Kind("till")].steps] == [(8 * H, 14 * H)]
    assert [(step.start, step.end) for step in found[Kind(None)].steps] == [(10 * H, 14 * H)]


def test_a_requirement_that_costs_nothing_is_not_missed() -> None:
    assert further_people(shop(wanted(8, 10, 1, missing_price=0)), Roster()) == OneMore(asked=False)


def test_a_stretch_longer_than_a_day_is_told_day_by_day() -> None:
    problem = shop(wanted(6, 42, 1))

    (more,) = further_people(problem, Roster()).missing

    assert [(each.start, each.end) for each in more.stretches] == [(6 * H, 24 * H), (24 * H, 42 * H)]


def test_without_time_only_what_is_missing_is_said() -> None:
    bo = Employee(id="bo")
    problem = shop(wanted(8, 16, 1), people=(ANN, bo))

    more = one_more_person(problem, Roster(), seconds=0)

    assert more.missing == further_people(problem, Roster()).missing
    assert [(each.tried, each.best) for each in more.training] == [(0, ())]
    assert not more.in_time


@TRIED
@given(judged_rosters(), st.booleans())
def test_whatever_is_missing_is_filled_by_as_many_people_as_are_said_and_one_more_fills_nothing(
    judged: tuple[Problem, Roster], typical: bool
) -> None:
    problem, now = judged
    for kind, missing in missing_work(problem, now).items():
        works = filling(problem, kind, missing)
        full = staffed(problem, now, works)
        assert missing_work(*full)[kind] == Missing()
        assert sum(_presence(work) for work in works) >= missing.minutes
        for more in further_people(problem, now).missing:
            if more.kind == kind:
                assert counting(evaluate(*full).violations) == counting(
                    evaluate(problem, now).violations, more.change
                )
                assert sum(each.minutes for each in more.stretches) == more.minutes == missing.minutes
                assert sum(sum(each.gains) for each in more.stretches) == more.minutes
        idle = [(start, start + H) for start in range(0, DAYS * 1440, 12 * H)]
        for start, end in idle:
            if not any(step.start < end and start < step.end for step in missing.steps):
                work = Assignment(employee="", start=start, end=end, skill=kind.skill, location=kind.location)
                also = missing_work(*staffed(problem, now, [work]))
                assert also[kind].minutes == missing.minutes


def staffed(problem: Problem, now: Roster, works: list[Assignment]) -> tuple[Problem, Roster]:
    """The problem with a person for each work, and the roster with that work."""
    people = tuple(Employee(id=f"more {place}") for place in range(len(works)))
    given_to = (replace(work, employee=who.id) for who, work in zip(people, works, strict=True))
    return replace(problem, employees=(*problem.employees, *people)), now.with_(*given_to)


def counting(violations: tuple[Violation, ...], change: tuple[Part, ...] = ()) -> dict[tuple[str, str], int]:
    """The costs of the rules that count people, after a change."""
    sums: dict[tuple[str, str], int] = {}
    costs: list[Violation | Part] = [*violations, *change]
    for each in costs:
        if each.rule in ("coverage", "open_shifts", "headcount"):
            key = (each.level, f"{each.rule}.{each.name}")
            sums[key] = sums.get(key, 0) + each.cost
    return {key: cost for key, cost in sums.items() if cost}


def _presence(work: Work) -> int:
    return work.end - work.start
