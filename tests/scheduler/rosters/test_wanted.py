"""Hours are planned where somebody is asked for, and shared out by what there is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from scheduler.rosters.problem import problem_for
from solver.problem import Employee
from solver.solve import solve
from solver.stop import TimeLimit
from tests.scheduler.rosters.company import MONDAY, Company, week


def test_nobody_is_planned_for_hours_nobody_asked_for(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    lite_company.cover(lite, [MONDAY], 8, 16, 1)

    result = solve(problem_for(lite, roster.id).problem, TimeLimit(20), workers=1)

    assert sum(work.minutes for work in result.roster) == 480
    assert all(work.start >= 480 and work.end <= 960 for work in result.roster)
    assert not result.open_shifts


def test_time_without_a_requirement_is_covered_as_wanting_nobody(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    lite_company.cover(lite, [MONDAY], 8, 16, 2, 3)

    problem = problem_for(lite, roster.id).problem

    spans = [(cover.start, cover.end, cover.minimum, cover.wanted) for cover in problem.coverage]
    assert sorted(spans) == [(0, 480, 0, 0), (480, 960, 2, 3), (960, 7 * 1440, 0, 0)]


def test_a_fair_share_is_of_the_work_there_is(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    lite_company.cover(lite, week()[:5], 6, 14, 2)

    people = problem_for(lite, roster.id).problem.employees

    assert [shared(person) for person in people] == [1200, 1200, 1200, 1200]


def test_with_work_enough_a_fair_share_is_what_was_agreed(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    lite_company.cover(lite, week(), 6, 22, 4)

    people = problem_for(lite, roster.id).problem.employees

    assert [shared(person) for person in people] == [2400, 2400, 2400, 2400]


def shared(person: Employee) -> int | None:
    return person.target_minutes
