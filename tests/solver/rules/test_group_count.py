import pytest

from solver.problem import CostTier, Employee
from solver.rules.activation import Activation
from solver.rules.budget import Budget
from solver.rules.group_count import GroupCount
from solver.rules.period import Period
from solver.rules.rule import Scope
from solver.work import Assignment, Break, Roster, Work
from tests.solver.worlds import problem_of

HOUR = 60
PROBLEM = problem_of(
    [Employee(id="ann", cost_per_minute=3), Employee(id="bo", cost_per_minute=1), "cy"], count=2
)
WEEK = Period(7, anchor="2026-11-18")
"""From Wednesday before the horizon to its second day."""


def work(who, start, end, **fields):
    return Assignment(employee=who, start=start * HOUR, end=end * HOUR, **fields)


def told(rule, *works, problem=PROBLEM):
    return [
        (v.short_by, v.unit, v.facts["actual"], v.facts["from"]) for v in rule.check(problem, Roster(works))
    ]


def test_a_headcount_cap_counts_each_person_once_a_day():
    works = work("ann", 6, 10), work("ann", 12, 14), work("bo", 6, 10), work("cy", 30, 34)
    assert told(GroupCount(maximum=1), *works) == [(1, "people", 2, "2026-11-23")]
    assert told(GroupCount(maximum=2, count="shifts"), *works) == [(1, "shifts", 3, "2026-11-23")]
    assert told(GroupCount(minimum=2), *works) == [(1, "people", 1, "2026-11-24")]


def test_a_group_counts_only_its_people_its_places_and_its_skills():
    works = (
        work("ann", 6, 10, location="here", skill="till"),
        work("bo", 6, 10, location="there", skill="till"),
    )
    assert told(GroupCount(maximum=0, location="here"), *works) == [(1, "people", 1, "2026-11-23")]
    assert told(GroupCount(maximum=0, skill="floor"), *works) == []
    assert told(GroupCount(maximum=0, scope=Scope(employees=("cy",))), *works) == []


def test_a_budget_is_the_cost_of_the_paid_minutes_of_all():
    works = work("ann", 6, 10), work("bo", 6, 14, breaks=(Break(30),))
    assert told(Budget(maximum=1000), *works) == [(720 + 450 - 1000, "price", 1170, "2026-11-23")]
    assert told(Budget(minimum=1200), *works) == [(30, "price", 1170, "2026-11-23")]
    hours = Budget(maximum=600, count="paid", period=Period(1))
    assert told(hours, *works) == [(90, "minutes", 690, "2026-11-23")]
    assert told(Budget(minimum=721, count="present"), *works) == [(1, "minutes", 720, "2026-11-23")]


def test_a_minimum_is_asked_for_only_on_days_of_the_scope():
    tuesdays = GroupCount(minimum=1, scope=Scope(weekdays=(1,)))
    assert told(tuesdays) == [(1, "people", 0, "2026-11-24")]
    assert told(tuesdays, work("ann", 30, 34)) == []


def test_a_budget_can_count_overtime():
    ann = Employee(id="ann", cost_per_minute=2, cost_tiers=(CostTier(300, 3), CostTier(480, 4)))
    problem = problem_of([ann, "bo"], count=2)
    works = work("ann", 6, 16), work("ann", 30, 36)
    assert told(Budget(maximum=0), *works, problem=problem) == [(1920, "price", 1920, "2026-11-23")]
    daily = Budget(maximum=0, overtime=Period(1))
    assert told(daily, *works, problem=problem)[0][2] == 1920 + 300 + 120 + 60
    weekly = Budget(maximum=0, overtime=Period(7))
    assert told(weekly, *works, problem=problem)[0][2] == 1920 + 660 + 480
    with pytest.raises(ValueError, match="overtime needs count cost"):
        Budget(maximum=0, count="paid", overtime=Period(7))
    with pytest.raises(ValueError, match="overtime needs windows one after the other"):
        Budget(maximum=0, overtime=Period(7, rolling=True))


def test_a_window_that_began_before_the_horizon_counts_what_was_worked():
    ann = Employee(id="ann", cost_per_minute=3, history=(Work(start=-10 * HOUR, end=-6 * HOUR),))
    problem = problem_of([ann, "bo"], count=2)
    assert told(Budget(maximum=800, period=WEEK), work("ann", 6, 7), problem=problem) == [
        (100, "price", 900, "2026-11-18")
    ]
    assert told(Budget(maximum=600, period=WEEK), problem=problem) == []
    assert told(Budget(maximum=600, period=WEEK), work("ann", 6, 7), problem=problem) == [
        (180, "price", 900, "2026-11-18")
    ]
    people = GroupCount(maximum=1, period=WEEK)
    assert told(people, work("ann", 6, 7), problem=problem) == []
    assert told(people, work("bo", 6, 7), problem=problem) == [(1, "people", 2, "2026-11-18")]


def test_a_window_that_ends_after_the_horizon_counts_upcoming_work_for_a_maximum_only():
    ann = Employee(id="ann", upcoming=(Work(start=50 * HOUR, end=54 * HOUR),))
    problem = problem_of([ann, "bo"], count=2)
    pairs = Period(2, rolling=True)
    assert told(GroupCount(maximum=1, period=pairs), work("bo", 30, 34), problem=problem) == [
        (1, "people", 2, "2026-11-24")
    ]
    late = GroupCount(minimum=2, period=Period(2, anchor="2026-11-24"))
    assert told(late, work("ann", 6, 7), problem=problem) == [(1, "people", 1, "2026-11-22")]


def test_calling_on_somebody_costs_once_a_window():
    rule = Activation(scope=Scope(employees=("bo", "cy")), weight=500)
    works = work("ann", 6, 10), work("bo", 6, 10), work("bo", 30, 34)
    found = rule.check(PROBLEM, Roster(works))
    assert [(v.employee, v.short_by, v.cost, len(v.shifts)) for v in found] == [("bo", 1, 500, 2)]
    daily = Activation(scope=Scope(employees=("bo",)), period=Period(1), weight=500)
    assert sum(v.cost for v in daily.check(PROBLEM, Roster(works))) == 1000


def test_whoever_worked_in_the_window_already_is_not_called_on_again():
    bo = Employee(id="bo", history=(Work(start=-10 * HOUR, end=-6 * HOUR),))
    problem = problem_of([bo], count=2)
    assert Activation(period=WEEK).check(problem, Roster([work("bo", 6, 10)])) == []
    assert len(Activation().check(problem, Roster([work("bo", 6, 10)]))) == 1
