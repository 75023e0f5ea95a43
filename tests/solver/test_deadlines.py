"""Whatever is being done when the time is up, it ends."""

from datetime import UTC, datetime, timedelta
from itertools import count
from time import process_time

import pytest

from benchmarks.weeks import make_problem
from solver.cpsat.crowd import Crowd
from solver.cpsat.draft import Draft
from solver.cpsat.lower_bound import Relaxation
from solver.cpsat.model import Model, OutOfTime
from solver.cpsat.offers import offers
from solver.evaluate import evaluate
from solver.lns.greedy import greedy
from solver.problem import Day, Employee, Pin, Problem, Shift, SkillHeld
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.rule import Period
from solver.rules.weekly_rest import WeeklyRest
from solver.solve import solve
from solver.stop import TimeLimit

FIRST = datetime(2026, 11, 23, tzinfo=UTC)


def many_shifts(shifts, people, days=28, pins=()):
    """Given shifts spread evenly, of three skills, of which everybody holds two."""
    starts = (360, 480, 840, 1320)
    return Problem(
        origin=FIRST,
        days=tuple(
            Day((FIRST + timedelta(days=place)).date().isoformat(), place * 1440, (place + 1) * 1440)
            for place in range(days)
        ),
        employees=tuple(
            Employee(
                id=f"e{number}",
                skills=tuple(SkillHeld(skill) for skill in "xyz" if skill != "xyz"[number % 3]),
                target_minutes=9600,
            )
            for number in range(people)
        ),
        shifts=tuple(
            Shift(
                id=f"s{number}",
                start=(start := number * days // shifts * 1440 + starts[number % 4]),
                end=start + 480,
                skill="xyz"[number % 3],
            )
            for number in range(shifts)
        ),
        rules=(
            MinRest(minutes=660),
            Minutes(maximum=2880, period=Period(7)),
            WeeklyRest(minutes=2100),
            Fairness(level="soft"),
        ),
        pins=pins,
    )


def after(times):
    """Says so many times that there is time left, then no more."""
    asked = count()
    return lambda: next(asked) >= times


def test_ten_thousand_shifts_for_300_people_end_in_a_clean_roster():
    problem = many_shifts(10_000, 300, pins=(Pin(employee="e1", shift="s5000"),))
    begun = process_time()
    result = solve(problem, TimeLimit(1), workers=1)
    assert process_time() - begun < 10  # about 1.2 s on an idle core
    assert result.status == "feasible"
    assert evaluate(problem, result.roster).clean
    assert "s5000" in {work.shift for work in result.roster.of("e1")}
    assert result.bound == (0, 0)


@pytest.mark.parametrize("steps", [1, 20])
def test_a_first_roster_is_as_far_as_it_came_and_keeps_the_pins(steps):
    problem = many_shifts(200, 20, pins=(Pin(employee="e19", shift="s101"),))
    draft = Draft(problem, problem.all_rules)
    roster = greedy(draft, stopped=after(steps))
    assert 1 <= len(roster) <= steps + 1 < len(greedy(draft))
    assert "s101" in {work.shift for work in roster.of("e19")}
    assert evaluate(problem, roster).clean


@pytest.mark.parametrize("kind", [Model, Crowd])
def test_a_model_is_given_up_between_any_two_people_of_any_rule(kind):
    problem = make_problem(people=8, seed=4)
    draft = Draft(problem, problem.all_rules)
    asked = count()
    kind(draft, stopped=lambda: next(asked) < 0)
    enough = next(asked)
    assert enough > 8 * len(draft.persons)
    for times in (0, enough // 2, enough - 1):
        with pytest.raises(OutOfTime):
            kind(draft, stopped=after(times))


def test_a_relaxation_is_given_up_at_any_row():
    problem = make_problem(people=4, seed=4)
    program = Crowd(Draft(problem, problem.all_rules)).program
    with pytest.raises(OutOfTime):
        Relaxation(program, after(100))


def test_a_shift_is_offered_to_as_many_as_any_other_and_to_whom_it_is_pinned():
    problem = many_shifts(1000, 100, pins=(Pin(employee="e0", shift="s0"),))  # e0 does not hold its skill
    offered = offers(problem, 60_000)
    assert offered is not None
    times = [sum(shift.id in shifts for shifts in offered.values()) for shift in problem.shifts]
    assert times == [21, *[20] * 999]
    assert "s0" in offered["e0"]
    assert offers(problem, 100_000) is None
    assert offers(problem, None) is None


def test_nobody_is_offered_what_the_person_cannot_do():
    problem = many_shifts(1000, 100)
    held = {employee.id: {one.skill for one in employee.skills} for employee in problem.employees}
    offered = offers(problem, 60_000)
    assert offered is not None
    for who, shifts in offered.items():
        assert {problem.shift_by_id[shift].skill for shift in shifts} <= held[who]
