"""What one more person is said to gain is what the roster gains when the person is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.best_week import Deadline, best_week
from solver.explain.judged import total
from solver.explain.missing import Kind, Missing, filling, missing_work
from solver.explain.newcomer import typical_colleague, with_newcomer
from solver.explain.one_more import OneMore, further_people, one_more_person
from solver.problem import Coverage, Employee, Pin, Problem, Shift, ShiftGroup, ShiftTemplate, SkillHeld
from solver.rules.contract_range import ContractRange
from solver.rules.keep_apart import KeepApart
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, Rule, Scope
from solver.rules.shift_count import ShiftCount
from solver.score import Part, difference
from solver.solve import solve
from solver.spans import Span, gaps
from solver.stop import WorkLimit
from solver.violation import Violation
from solver.work import Assignment, Roster, Work
from tests.solver.explain.small_rosters import TRIED, judged_rosters
from tests.solver.test_random_problems import DAYS
from tests.solver.worlds import problem_of

H = 60
TILL = (SkillHeld("till"),)
ONE_A_DAY: tuple[Rule, ...] = (ShiftCount(maximum=1), ContractRange(bound="maximum"), MinRest(minutes=660))
EIGHT = ShiftTemplate(
    id="eight", earliest_start=8 * H, latest_start=14 * H, shortest=4 * H, longest=8 * H, skill="till"
)


def wanted(start: int, end: int, target: int, day: int = 0, **fields: object) -> Coverage:
    at = day * 1440
    values = {"id": f"c{day}.{start}", "skill": "till", **fields}
    return Coverage(start=at + start * H, end=at + end * H, target=target, **values)  # type: ignore[arg-type]


def shop(*coverage: Coverage, people: tuple[Employee, ...] = (), **fields: object) -> Problem:
    values = {"templates": (EIGHT,), "rules": ONE_A_DAY, "shifts": (), "count": 2, **fields}
    problem: Problem = problem_of(people, coverage=coverage, **values)
    return problem


def roster(problem: Problem, *rows: tuple[str, int, int]) -> Roster:
    return Roster(problem.create(who, "eight", start * H, (end - start) * H) for who, start, end in rows)


def parts(change: tuple[Part, ...]) -> dict[str, int]:
    return {f"{part.rule}.{part.name}".rstrip("."): part.cost for part in change}


ANN = Employee(id="ann", skills=TILL, maximum_minutes=40 * H)


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


def test_a_newcomer_fills_what_is_missing_as_far_as_rules_and_contract_let_them() -> None:
    coverage = [wanted(8, 18, 1, day=day) for day in (0, 1)]
    problem = shop(*coverage, people=(replace(ANN, maximum_minutes=14 * H, unavailable=(Span(0, 2880),)),))

    (more,) = one_more_person(problem, Roster(), seconds=None).missing
    first, second = more.hires

    assert (first.like, first.contract_minutes, first.proven) == ("ann", 14 * H, True)
    assert (first.filled_minutes, sum(work.paid for work in first.works)) == (14 * H, 14 * H)
    assert 0 < second.filled_minutes <= 6 * H
    assert parts(first.change)["coverage.below_target"] == -14 * H


def test_a_newcomer_with_another_contract_works_as_much_as_that_one_says() -> None:
    coverage = [wanted(8, 18, 1, day=day) for day in (0, 1)]
    problem = shop(*coverage, rules=(ShiftCount(maximum=1),))

    (more,) = one_more_person(problem, Roster(), contract_minutes=5 * H, seconds=None, most_hires=1).missing

    assert [(hire.like, hire.contract_minutes, hire.filled_minutes) for hire in more.hires] == [
        (None, 5 * H, 5 * H)
    ]


def test_a_newcomer_who_would_only_stand_around_does_not_work() -> None:
    dear = wanted(9, 14, 0, surplus_price=9)
    problem = shop(wanted(8, 9, 1), dear, people=(ANN,))

    (more,) = one_more_person(problem, Roster(), seconds=None, most_tried=0).missing

    (hire,) = more.hires
    assert (hire.works, hire.filled, hire.change, hire.proven) == ((), (), (), True)


def test_the_typical_colleague_has_the_median_contract_and_the_commonest_rules() -> None:
    people = tuple(
        Employee(id=name, skills=TILL, maximum_minutes=hours * H)
        for name, hours in {"ann": 40, "bo": 20, "cy": 40, "di": 40, "ed": 8}.items()
    )
    unskilled = Employee(id="flo", maximum_minutes=2 * H)
    minor = Minutes(maximum=2 * H, scope=Scope(employees=("ann",)), period=Period(1))
    problem = shop(people=(*people, unskilled), rules=(minor,))

    assert typical_colleague(problem, Kind("till")) == people[2]
    assert typical_colleague(problem, Kind("floor")) is not None
    assert typical_colleague(shop(), Kind("till")) is None


def test_a_newcomer_is_under_the_personal_rules_of_the_colleague_and_in_nobodys_team() -> None:
    daily = Minutes(maximum=6 * H, scope=Scope(employees=("ann",)), period=Period(1))
    apart = KeepApart(scope=Scope(employees=("ann", "bo")))
    bo = Employee(id="bo")
    problem = shop(people=(ANN, bo), rules=(daily, apart, *ONE_A_DAY))

    newcomer = with_newcomer(problem, Kind("till", "shop"), like=ANN)

    assert newcomer.problem.rules[0].scope.employees == ("ann", "one more")
    assert newcomer.problem.rules[1:] == problem.rules[1:]
    person = newcomer.problem.employee_by_id["one more"]
    assert (person.skills, person.locations, person.maximum_minutes) == (TILL, ("shop",), 40 * H)
    again = with_newcomer(newcomer.problem, Kind("till"), like=None, contract_minutes=H)
    assert (again.id, again.contract_minutes, len(again.problem.rules)) == ("one more 2", H, 5)


def test_a_newcomer_holds_what_the_work_asks_for_besides() -> None:
    template = replace(EIGHT, requires=(("first_aid", "nurse"), ("till", "floor")))
    ann = replace(ANN, skills=(*TILL, SkillHeld("nurse")))
    problem = shop(people=(ann,), templates=(template,))

    held = with_newcomer(problem, Kind("till"), like=ann).problem.employees[-1].skills
    without = with_newcomer(problem, Kind("till"), like=None).problem.employees[-1].skills
    anything = with_newcomer(problem, Kind(None), like=ann).problem.employees[-1].skills

    assert [each.skill for each in held] == ["till", "nurse"]
    assert [each.skill for each in without] == ["till", "first_aid"]
    assert [each.skill for each in anything] == ["till", "nurse"]


def test_training_gains_what_the_person_fills_with_the_skill_and_could_not_without() -> None:
    bo = Employee(id="bo", maximum_minutes=40 * H)
    cy = Employee(id="cy", maximum_minutes=40 * H, unavailable=(Span(0, 2880),))
    problem = shop(wanted(8, 16, 2), people=(ANN, bo, cy))

    more = one_more_person(problem, roster(problem, ("ann", 8, 16)), seconds=None)

    (training,) = more.training
    assert (training.skill, training.lacking, training.tried) == ("till", 2, 2)
    (best,) = training.best
    assert (best.employee, [each.minutes for each in best.filled]) == ("bo", [8 * H])
    assert [work.span for work in best.takes] == [Span(8 * H, 16 * H)]
    assert (best.gives_up, parts(best.change)) == ((), {"coverage.below_target": -8 * H})
    assert more.in_time


def test_what_a_person_could_fill_without_the_skill_is_not_a_gain_of_training() -> None:
    floor = replace(EIGHT, id="floor", skill="floor")
    bo = Employee(id="bo", skills=(SkillHeld("floor"),), maximum_minutes=40 * H)
    both = wanted(8, 16, 1), wanted(8, 16, 1, id="floor", skill="floor")
    problem = shop(*both, people=(bo,), templates=(EIGHT, floor))

    more = one_more_person(problem, Roster(), seconds=None)

    tried = [(each.skill, each.tried, each.best) for each in more.training if each.lacking]
    assert tried == [("till", 1, ())]


def test_training_says_what_is_given_up_and_opened_for_it() -> None:
    floor = replace(EIGHT, id="floor", skill="floor")
    bo = Employee(id="bo", skills=(SkillHeld("floor"),), maximum_minutes=40 * H)
    both = wanted(8, 16, 1, minimum=1), wanted(8, 16, 1, id="floor", skill="floor")
    problem = shop(*both, people=(bo,), templates=(EIGHT, floor))
    now = Roster([problem.create("bo", "floor", 8 * H, 8 * H)])

    (training,) = one_more_person(problem, now, seconds=None).training

    (best,) = training.best
    assert [(each.skill, each.minutes) for each in best.filled] == [("floor", -8 * H), ("till", 8 * H)]
    assert [work.skill for work in best.gives_up] == ["floor"]
    assert total(best.change) == (0, -8 * H, 0)


def test_nobody_is_trained_for_a_place_where_they_do_not_work() -> None:
    here = wanted(8, 16, 1, location="here")
    bo = Employee(id="bo", locations=("there",))
    problem = shop(here, people=(bo,), templates=(replace(EIGHT, location="here"),))

    (training,) = one_more_person(problem, Roster(), seconds=None).training

    assert (training.lacking, training.tried, training.best) == (0, 0, ())


def test_without_time_only_what_is_missing_is_said() -> None:
    bo = Employee(id="bo")
    problem = shop(wanted(8, 16, 1), people=(ANN, bo))

    more = one_more_person(problem, Roster(), seconds=0)

    assert more.missing == further_people(problem, Roster()).missing
    assert [(each.tried, each.best) for each in more.training] == [(0, ())]
    assert not more.in_time


def test_work_placed_by_hand_stays_when_the_rest_of_a_week_is_decided_anew() -> None:
    problem = shop(wanted(8, 16, 1), wanted(8, 16, 1, day=1), people=(ANN,))
    by_hand = Assignment(employee="ann", start=9 * H, end=11 * H + 7, skill="till")

    found = best_week(problem, Roster([by_hand]), "ann", Deadline(None))

    assert found.proven
    assert [work.start for work in found.roster] == [9 * H, 32 * H]


def test_pins_of_the_person_hold() -> None:
    never = Pin(employee="ann", kind="forbidden", work=Work(start=0, end=1440))
    problem = shop(wanted(8, 16, 1), wanted(8, 16, 1, day=1), people=(ANN,), pins=(never,))

    assert [w.start for w in best_week(problem, Roster(), "ann", Deadline(None)).roster] == [32 * H]


def test_what_others_break_already_does_not_stand_in_the_way() -> None:
    apart = KeepApart(scope=Scope(employees=("bo", "cy")))
    bo, cy = Employee(id="bo", skills=TILL), Employee(id="cy", skills=TILL)
    problem = shop(wanted(8, 16, 3), people=(ANN, bo, cy), rules=(*ONE_A_DAY, apart))
    broken = roster(problem, ("bo", 8, 16), ("cy", 8, 16))
    assert not evaluate(problem, broken).clean

    found = best_week(problem, broken, "ann", Deadline(None))

    assert [work.employee for work in found.roster] == ["ann", "bo", "cy"]


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


@TRIED
@given(judged_rosters(), st.sampled_from([None, 600]))
def test_every_figure_is_the_difference_of_two_rosters_judged_as_a_whole(
    judged: tuple[Problem, Roster], contract: int | None
) -> None:
    problem, now = judged
    more = one_more_person(problem, now, contract_minutes=contract, seconds=None, most_tried=2)
    for each in more.missing:
        before, row = problem, now
        for hire in each.hires:
            like = problem.employee_by_id[hire.like] if hire.like else None
            newcomer = with_newcomer(before, each.kind, like=like, contract_minutes=contract)
            then = row.with_(*hire.works)
            was, is_now = evaluate(before, row), evaluate(newcomer.problem, then)
            assert {work.employee for work in hire.works} <= {newcomer.id}
            assert hire.change == difference(is_now.score, was.score)
            assert is_now.score.hard <= was.score.hard or not hire.works
            gained = {
                kind: missing_work(before, row)[kind].minutes - missing.minutes
                for kind, missing in missing_work(newcomer.problem, then).items()
            }
            assert {f.kind: f.minutes for f in hire.filled} == {k: m for k, m in gained.items() if m}
            if contract is not None:
                assert sum(work.paid for work in hire.works) <= contract
            before, row = newcomer.problem, then
    for training in more.training:
        for best in training.best:
            assert total(best.change) < (0, 0, 0)
            assert {work.employee for work in (*best.takes, *best.gives_up)} == {best.employee}


@TRIED
@given(judged_rosters())
def test_no_work_of_the_person_is_better_than_what_is_said_to_be_the_best_week(
    judged: tuple[Problem, Roster],
) -> None:
    problem, now = judged
    who = problem.employees[0].id
    clean = Roster()
    for work in now:
        if evaluate(problem, clean.with_(work)).clean:
            clean = clean.with_(work)
    if not evaluate(problem, clean).clean:
        return
    found = best_week(problem, clean, who, Deadline(None))
    assert found.proven
    others = [work for work in found.roster if work.employee != who]
    assert Roster(others) == Roster(work for work in clean if work.employee != who)
    fixed = tuple(
        Pin(employee=each.employee, shift=each.shift, work=None if each.shift else each) for each in others
    )
    idle = tuple(
        Pin(employee=each.id, kind="forbidden", work=Work(start=gap.start, end=gap.end))
        for each in problem.employees
        if each.id != who
        for gap in gaps(problem.start, problem.end + 1440, [work.span for work in clean.of(each.id)])
    )
    own = tuple(pin for pin in problem.pins if pin.employee == who)
    whole = solve(replace(problem, pins=(*own, *fixed, *idle)), WorkLimit(5), workers=1, warm_start=clean)
    assert whole.status == "optimal"
    best = clean.with_row(who, whole.roster.of(who))
    assert [work.span for work in best] == [work.span for work in whole.roster]
    assert evaluate(problem, best).score == found.evaluation.score


@pytest.mark.parametrize("seconds", [0.0, 0.05])
def test_the_time_given_is_kept(seconds: float) -> None:
    deadline = Deadline(seconds)
    assert deadline.left is not None
    assert deadline.left <= seconds
    assert deadline.over == (seconds == 0)
