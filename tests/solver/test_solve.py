import json
import subprocess
import sys
from dataclasses import replace
from threading import Timer

import pytest

from solver.evaluate import evaluate
from solver.problem import BreakPolicy, Coverage, Employee, Pin, Published, Shift, ShiftTemplate, SkillHeld
from solver.result import Result
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rule import WEEKLY
from solver.rules.shift_count import ShiftCount
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.spans import Span
from solver.stop import AnyOf, Cancel, TimeLimit, WorkLimit
from solver.work import Roster, Work
from tests.solver.worlds import problem_of, roster_from_grid

HOUR = 60
DAY = 1440


def shop(people=12, **fields):
    """A shop with two skills, a template for each, 30-minute coverage, and people of 20 to 40 hours."""
    employees = [
        Employee(
            id=f"e{place:02}",
            skills=(SkillHeld("till"),) if place % 3 else (SkillHeld("till"), SkillHeld("floor")),
            unavailable=(Span(place % 7 * DAY, (place % 7 + 1) * DAY),),
            unpreferred=(Span((place + 3) % 7 * DAY + 16 * HOUR, (place + 3) % 7 * DAY + 24 * HOUR),),
            minimum_minutes=16 * HOUR,
            maximum_minutes=44 * HOUR,
            target_minutes=(20 + place % 3 * 10) * HOUR,
            history=(Work(start=-10 * HOUR, end=-2 * HOUR),),
        )
        for place in range(people)
    ]
    templates = tuple(
        ShiftTemplate(
            id=f"{skill} shift",
            earliest_start=7 * HOUR,
            latest_start=15 * HOUR,
            start_step=60,
            latest_end=21 * HOUR,
            shortest=4 * HOUR,
            longest=9 * HOUR,
            length_step=60,
            breaks=(BreakPolicy(361, 30),),
            skill=skill,
        )
        for skill in ("till", "floor")
    )
    coverage = tuple(
        Coverage(
            id=f"{skill}{day}-{half}",
            start=day * DAY + 7 * HOUR + half * 30,
            end=day * DAY + 7 * HOUR + half * 30 + 30,
            skill=skill,
            minimum=1,
            target=(2 if skill == "floor" else 4) - (half % 9 > 5),
            missing_price=4,
            surplus_price=2,
        )
        for skill in ("till", "floor")
        for day in range(7)
        for half in range(28)
    )
    rules = (
        MinRest(minutes=11 * HOUR),
        WeeklyRest(minutes=35 * HOUR),
        ShiftCount(maximum=1),
        ConsecutiveDays(maximum=5),
        Minutes(maximum=48 * HOUR, period=WEEKLY),
        ContractRange(bound="maximum"),
        ContractRange(bound="minimum", level="soft", weight=3),
        Fairness(),
        Preferences(),
    )
    fields.setdefault("rules", rules)
    return problem_of(employees, shifts=(), templates=templates, coverage=coverage, **fields)


def test_a_shortage_of_people_comes_back_as_open_shifts_never_as_infeasible():
    problem = problem_of(["ann", "bo"], kinds="ME", rules=(MinRest(), ShiftCount(maximum=1)))
    one_place = tuple(replace(shift, headcount=2, skill="x") for shift in problem.shifts)
    result = solve(replace(problem, shifts=one_place), workers=1)
    assert result.status == "optimal"
    assert result.score.hard == 0
    assert len(result.roster) == 14
    assert sum(shift.people for shift in result.open_shifts) == 14
    assert {shift.skill for shift in result.open_shifts} == {"x"}


def test_nobody_at_all_still_gives_a_roster_with_everything_open():
    result = solve(problem_of([], kinds="M"), workers=1)
    assert result.status == "optimal"
    assert len(result.roster) == 0
    assert len(result.open_shifts) == 7


def test_a_mandatory_shift_is_filled_before_any_number_of_preferences():
    dislikes = Employee(id="ann", unpreferred=(Span(0, 7 * DAY),))
    problem = problem_of([dislikes], kinds="M", rules=(Preferences(weight=1000),))
    assert len(solve(problem, workers=1).roster) == 7


def test_an_optional_shift_is_left_open_where_it_costs_more_than_it_is_worth():
    dislikes = Employee(id="ann", unpreferred=(Span(0, 7 * DAY),))
    shift = Shift(id="s", start=0, end=480, mandatory=False, priority=3)
    problem = problem_of([dislikes], shifts=(shift,), rules=(Preferences(weight=4),))
    assert len(solve(problem, workers=1).roster) == 0
    assert len(solve(replace(problem, rules=(Preferences(weight=2),)), workers=1).roster) == 1


def test_shifts_are_created_to_meet_coverage_and_no_more():
    template = ShiftTemplate(
        id="t", earliest_start=6 * HOUR, latest_start=12 * HOUR, shortest=240, longest=480, skill="x"
    )
    need = Coverage(id="c", start=8 * HOUR, end=14 * HOUR, skill="x", minimum=1, target=1, surplus_price=1)
    result = solve(problem_of(shifts=(), templates=(template,), coverage=(need,), count=1), workers=1)
    assert result.status == "optimal"
    assert [(work.start, work.end, work.skill) for work in result.roster] == [(8 * HOUR, 14 * HOUR, "x")]
    assert result.open_shifts == ()


def test_a_fixed_pin_stays_and_a_forbidden_one_does_not_come():
    problem = problem_of(
        ["ann", "bo"],
        kinds="ME",
        count=2,
        rules=(MinRest(),),
        pins=(
            Pin(employee="ann", shift="E0"),
            Pin(employee="bo", kind="forbidden", work=Work(start=0, end=DAY)),
            Pin(employee="bo", work=Work(start=DAY + 10 * HOUR, end=DAY + 12 * HOUR)),
        ),
    )
    result = solve(problem, workers=1)
    assert [(work.employee, work.shift) for work in result.roster] == [
        ("ann", "E0"),
        ("ann", "E1"),
        ("bo", None),
    ]


def test_published_shifts_stay_unless_changing_them_is_worth_its_price():
    ann, bo = (Employee(id=who, target_minutes=480) for who in ("ann", "bo"))
    shift = Shift(id="s", start=0, end=480)
    told = (Published(employee="ann", shift="s", price=10),)
    problem = problem_of([ann, bo], shifts=(shift,), published=told)
    assert [work.employee for work in solve(problem, workers=1).roster] == ["ann"]
    dearer = replace(ann, cost_per_minute=1)
    from solver.rules.labour_cost import LabourCost

    problem = replace(problem, employees=(dearer, bo), rules=(LabourCost(),))
    assert [work.employee for work in solve(problem, workers=1).roster] == ["bo"]


@pytest.mark.parametrize(
    ("pins", "clash"),
    [
        (("E0", "M1"), {"pins[0]", "pins[1]", "min_rest"}),
        (("M0", "M1", "M2"), {"pins[0]", "pins[1]", "pins[2]", "consecutive_days"}),
    ],
)
def test_pins_against_rules_are_told_as_the_smallest_clash(pins, clash):
    problem = problem_of(
        ["ann", "bo"],
        kinds="ME",
        count=4,
        rules=(MinRest(source="art. 3", name="eu.rest"), ConsecutiveDays(maximum=2)),
        pins=(*(Pin(employee="ann", shift=shift) for shift in pins), Pin(employee="bo", shift="M3")),
    )
    result = solve(problem, workers=1)
    assert result.status == "infeasible"
    assert {member.id for member in result.clash} == clash
    assert {member.employee for member in result.clash} == {"ann"}
    assert all(member.citation == "art. 3" for member in result.clash if member.id == "min_rest")


def test_two_people_pinned_to_one_place_clash_with_its_headcount():
    problem = problem_of(["ann", "bo", "cy"], shifts=(Shift(id="s", start=0, end=60),))
    pins = tuple(Pin(employee=who, shift="s") for who in ("ann", "cy"))
    result = solve(replace(problem, pins=pins), workers=1)
    assert result.status == "infeasible"
    assert {(member.id, member.employee) for member in result.clash} == {
        ("pins[0]", "ann"),
        ("pins[1]", "cy"),
        ("headcount", None),
    }


def test_a_hard_minimum_nobody_can_reach_is_told_by_rule_and_person():
    busy = Employee(id="ann", minimum_minutes=10 * HOUR, unavailable=(Span(0, 6 * DAY),))
    result = solve(problem_of([busy], kinds="M", rules=(ContractRange(),)), workers=1)
    assert result.status == "infeasible"
    assert {member.id for member in result.clash} == {"availability", "contract_range"}


def test_the_same_seed_and_one_worker_give_the_same_roster():
    problem = shop(6)
    once, again = (solve(problem, WorkLimit(0.5), seed=5, workers=1) for _ in range(2))
    assert once.roster == again.roster
    assert once.score.hard == 0


def test_a_large_problem_gets_a_clean_roster_that_gets_better():
    problem = shop()
    result = solve(problem, WorkLimit(0.8), seed=1, workers=1)
    assert result.status == "feasible"
    assert evaluate(problem, result.roster).score == result.score
    assert result.score.hard == 0
    objectives = [point.objective for point in result.trace]
    assert objectives == sorted(objectives, reverse=True)
    assert objectives[-1] < objectives[0]


def test_cancelling_keeps_the_best_roster_so_far():
    cancel = Cancel()
    seen = []

    def observe(progress):
        if progress.roster is not None:
            seen.append(progress)
            cancel.request()

    result = solve(shop(), AnyOf((TimeLimit(60), cancel)), observer=observe, workers=1)
    assert result.status == "feasible"
    assert result.roster == seen[-1].roster
    assert result.seconds < 30


def test_cancelling_an_exact_search_from_another_thread_ends_it_soon():
    cancel = Cancel()
    problem = problem_of([f"e{n}" for n in range(9)], kinds="MEN", rules=(MinRest(), Fairness()))
    problem = replace(
        problem,
        employees=tuple(replace(e, target_minutes=1999 + 7 * n) for n, e in enumerate(problem.employees)),
    )
    timer = Timer(0.5, cancel.request)
    timer.start()
    result = solve(problem, AnyOf((TimeLimit(60), cancel)), workers=1)
    timer.join()
    assert result.status in ("feasible", "optimal")
    assert result.seconds < 20


def test_time_up_before_anything_was_found_says_so():
    problem = problem_of([Employee(id="ann", minimum_minutes=480)], kinds="M", rules=(ContractRange(),))
    cancel = Cancel()
    cancel.request()
    result = solve(problem, cancel, workers=1)
    assert result.status in ("feasible", "stopped_empty")
    assert result.score.hard == 0


def test_a_warm_start_that_breaks_rules_is_only_a_suggestion():
    problem = problem_of(["ann"], kinds="MEN", rules=(MinRest(),))
    broken = roster_from_grid(problem, "ann N M E M - - -")
    result = solve(problem, warm_start=broken, workers=1)
    assert result.status == "optimal"
    assert result.score.hard == 0


def test_a_day_with_a_changed_clock_has_shifts_at_the_times_on_the_clock():
    template = ShiftTemplate(
        id="t", earliest_start=8 * HOUR, latest_start=8 * HOUR, shortest=480, longest=480
    )
    need = Coverage(id="c", start=7 * HOUR, end=15 * HOUR, minimum=1)
    spring = problem_of(shifts=(), templates=(template,), coverage=(need,), count=2, lengths=(1380,))
    assert [work.start for work in solve(spring, workers=1).roster] == [7 * HOUR]


def test_the_past_keeps_its_rest_from_the_first_shift_on():
    tired = Employee(id="ann", history=(Work(start=-8 * HOUR, end=0),))
    problem = problem_of([tired], kinds="ME", count=1, rules=(MinRest(minutes=11 * HOUR),))
    assert [work.shift for work in solve(problem, workers=1).roster] == ["E0"]


def test_a_result_reads_back_from_json():
    result = solve(problem_of(["ann"], kinds="ME", count=2, rules=(MinRest(),)), workers=1)
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_problems_and_their_evaluation_do_not_load_ortools():
    code = "import sys, solver.evaluate, solver.result, solver.stop; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_unknown_employee_in_a_roster_is_refused():
    problem = problem_of(["ann"], kinds="M")
    with pytest.raises(ValueError, match="employee 'bo' of the roster"):
        evaluate(problem, Roster([replace(problem.fill("ann", "M0"), employee="bo")]))
    with pytest.raises(ValueError, match="shift 'M9' of the roster"):
        evaluate(problem, Roster([replace(problem.fill("ann", "M0"), shift="M9")]))
