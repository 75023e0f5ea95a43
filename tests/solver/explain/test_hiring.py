"""What a newcomer is said to fill is what the roster gains when the newcomer is there."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from solver.evaluate import evaluate
from solver.explain.judged import total
from solver.explain.missing import Kind, missing_work
from solver.explain.newcomer import typical_colleague, with_newcomer
from solver.explain.one_more import one_more_person
from solver.explain.steps import Step, apply_steps
from solver.problem import Employee, Problem, SkillHeld
from solver.rules.keep_apart import KeepApart
from solver.rules.minutes import Minutes
from solver.rules.rule import Period, Scope
from solver.rules.shift_count import ShiftCount
from solver.score import difference
from solver.spans import Span
from solver.work import Roster
from tests.solver.explain.shop import ANN, EIGHT, ONE_A_DAY, TILL, H, parts, shop, wanted
from tests.solver.explain.small_rosters import TRIED, judged_rosters


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
            trained = apply_steps(
                problem, [Step(kind="train", employee=best.employee, rule="skills", what=(training.skill,))]
            )
            old = now.with_row(best.employee, best.week_without)
            new = now.with_row(best.employee, best.week)
            assert best.change == difference(evaluate(trained, new).score, evaluate(problem, old).score)
            assert total(best.change) < (0, 0, 0)
            assert evaluate(problem, old).score <= evaluate(problem, now).score
            fills = {
                kind: missing.minutes - missing_work(trained, new)[kind].minutes
                for kind, missing in missing_work(problem, old).items()
            }
            assert {f.kind: f.minutes for f in best.filled} == {k: m for k, m in fills.items() if m}
