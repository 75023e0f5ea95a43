"""The problem says what the records say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Department, Location
from scheduler.people.models import (
    AvailabilityKind,
    Contract,
    Employee,
    EmployeeSkill,
    NightWork,
    WeeklyAvailability,
)
from scheduler.rosters.models import Shift, VersionState
from scheduler.rosters.problem import problem_for
from scheduler.rosters.versions import shifts_of
from solver.evaluate import evaluate
from solver.problem import Employee as SolverEmployee
from solver.problem import Problem
from solver.spans import Span
from tests.scheduler.rosters.company import MONDAY, Company, hire, week


def person(problem: Problem, company: Company, who: str) -> SolverEmployee:
    return problem.employee_by_id[str(company.people[who].id)]


def publish_as_is(session: Session, company: Company, monday: date, shifts: list[Shift]) -> None:
    """A published version without anything that publishing checks."""
    version = company.draft(session, company.roster(session, monday), shifts)
    version.state = VersionState.PUBLISHED
    session.flush()


def test_days_are_those_of_the_location(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite, date(2026, 10, 19))
    problem = problem_for(lite, roster.id).problem
    assert [day.on for day in problem.days] == [f"2026-10-{day}" for day in range(19, 26)]
    assert problem.days[-1].end == 6 * 1440 + 1500
    assert problem.origin.isoformat() == "2026-10-18T22:00:00+00:00"


def test_the_problem_survives_a_json_round_trip(lite: Session, lite_company: Company):
    lite_company.cover(lite, week(), 8, 16, 2)
    planned = problem_for(lite, lite_company.roster(lite).id)
    assert Problem.from_json(planned.problem.to_json()) == planned.problem


def test_somebody_without_a_contract_is_left_out_and_named(lite: Session, lite_company: Company):
    hire(lite, lite_company, "E9", "Eva Wilk", contract=False)
    planned = problem_for(lite, lite_company.roster(lite).id)
    assert [employee.name for employee in planned.problem.employees] == [
        "Cy Kot",
        "Bo Lis",
        "Di Maj",
        "Ann Nowak",
    ]
    (note,) = [note for note in planned.notes if note["code"] == "no_contract"]
    assert note["text"] == (
        "Eva Wilk (E9) has no contract between 2026-11-23 and 2026-11-30 and is left out; "
        "a contract from 2026-11-23 or earlier brings them in"
    )


def test_a_contract_that_starts_on_wednesday_leaves_five_days(lite: Session, lite_company: Company):
    employee = hire(lite, lite_company, "E9", "Eva Wilk")
    contract = lite.scalars(select(Contract).where(Contract.employee_id == employee.id)).one()
    contract.valid_from = MONDAY + timedelta(days=2)
    lite.flush()
    lite_company.people["Eva"] = employee
    eva = person(problem_for(lite, lite_company.roster(lite).id).problem, lite_company, "Eva")
    assert Span(0, 2 * 1440) == Span(
        min(s.start for s in eva.unavailable), max(s.end for s in eva.unavailable if s.end <= 2 * 1440)
    )
    assert eva.target_minutes == 2400 * 25 // 35
    assert eva.maximum_minutes == 2880 * 25 // 35


def test_leave_takes_days_and_its_share_of_the_hours(lite: Session, lite_company: Company):
    lite_company.leave(lite, "Ann", MONDAY + timedelta(days=1), MONDAY + timedelta(days=3))
    planned = problem_for(lite, lite_company.roster(lite).id)
    ann = person(planned.problem, lite_company, "Ann")
    assert ann.unavailable == (Span(1440, 3 * 1440),)
    assert ann.target_minutes == 2400 * 3 // 5
    subjects_off = person(planned.problem, lite_company, "Bo")
    assert (subjects_off.unavailable, subjects_off.target_minutes) == ((), 2400)


def test_stated_availability_limits_and_colours_the_week(lite: Session, lite_company: Company):
    ann = lite_company.people["Ann"].id
    for kind, start, end in (
        (AvailabilityKind.AVAILABLE, 480, 960),
        (AvailabilityKind.UNPREFERRED, 900, 960),
    ):
        lite.add(
            WeeklyAvailability(employee_id=ann, weekday=0, start_minute=start, end_minute=end, kind=kind)
        )
    lite.flush()
    found = person(problem_for(lite, lite_company.roster(lite).id).problem, lite_company, "Ann")
    assert found.unavailable[:2] == (Span(0, 480), Span(960, 7 * 1440 + 480))
    assert found.unpreferred[0] == Span(900, 960)


def test_a_certificate_counts_until_the_day_it_expires(lite: Session, lite_company: Company):
    c = lite_company
    lite.add(
        EmployeeSkill(
            employee_id=c.people["Ann"].id,
            skill_id=c.packing.id,
            valid_from=date(2025, 1, 1),
            valid_until=MONDAY + timedelta(days=3),
        )
    )
    lite.flush()
    ann = person(problem_for(lite, c.roster(lite).id).problem, c, "Ann")
    packing = str(c.packing.id)
    assert ann.can(packing, 2 * 1440, 3 * 1440)
    assert not ann.can(packing, 3 * 1440 - 60, 3 * 1440 + 60)


def test_published_work_of_other_weeks_is_history_or_upcoming(lite: Session, lite_company: Company):
    c = lite_company
    sunday, next_monday = MONDAY - timedelta(days=1), MONDAY + timedelta(days=7)
    publish_as_is(lite, c, MONDAY - timedelta(days=7), [c.shift("Ann", sunday, 22, 30)])
    publish_as_is(lite, c, next_monday, [c.shift("Ann", next_monday, 6, 14)])
    c.draft(lite, c.roster(lite, MONDAY - timedelta(days=14)), [c.shift("Ann", MONDAY - timedelta(days=9))])
    ann = person(problem_for(lite, c.roster(lite).id).problem, c, "Ann")
    assert [(work.start, work.end, work.paid) for work in ann.history] == [(-120, 360, 480)]
    assert [work.start for work in ann.upcoming] == [7 * 1440 + 360]
    assert ann.balance_minutes == 480 - 2400


def test_a_week_of_work_after_the_fair_share_balances_to_nothing(lite: Session, lite_company: Company):
    c = lite_company
    last = MONDAY - timedelta(days=7)
    publish_as_is(lite, c, last, [c.shift("Ann", last + timedelta(days=n), 8, 16) for n in range(5)])
    problem = problem_for(lite, c.roster(lite).id).problem
    assert person(problem, c, "Ann").balance_minutes == 0
    assert person(problem, c, "Bo").balance_minutes == -2400


def test_work_published_elsewhere_in_the_week_is_fixed_and_not_judged(lite: Session, lite_company: Company):
    c = lite_company
    other = Location(
        code="X", name="Other", zone="Europe/Warsaw", jurisdiction="pl", currency="PLN", hours=[]
    )
    lite.add(other)
    lite.flush()
    department = Department(location_id=other.id, code="X", name="X")
    lite.add(department)
    lite.flush()
    ann = lite.get_one(Employee, c.people["Ann"].id)
    ann.location_id = other.id
    here = c.location
    c.location = other
    publish_as_is(lite, c, MONDAY, [c.shift("Ann", MONDAY, 8, 16, department=department, skill=c.packing)])
    c.location, ann.location_id = here, here.id
    c.leave(lite, "Ann", MONDAY, MONDAY + timedelta(days=1))
    roster = c.roster(lite)
    planned = problem_for(lite, roster.id)
    assert [pin.work.start for pin in planned.elsewhere if pin.work] == [480]
    version = c.draft(lite, roster, [c.shift("Ann", MONDAY, 14, 22)])
    found = evaluate(planned.judged, planned.assignments(shifts_of(lite, version.id)))
    assert {"no_overlap", "availability"} <= {violation.rule for violation in found.violations}
    alone = evaluate(planned.judged, planned.assignments([]))
    assert alone.clean


def test_coverage_is_cut_to_the_days_of_the_roster(lite: Session, lite_company: Company):
    c = lite_company
    c.cover(lite, [MONDAY - timedelta(days=1)], 22, 30, 2, 3)
    (cover,) = (each for each in problem_for(lite, c.roster(lite).id).problem.coverage if each.wanted)
    assert (cover.start, cover.end, cover.minimum, cover.target) == (0, 360, 2, 3)
    assert (cover.skill, cover.location) == (str(c.picking.id), str(c.inbound.id))


def test_templates_keep_their_weekdays_and_breaks(lite: Session, lite_company: Company):
    template = lite.merge(lite_company.shifts_by_code["DAY"])
    template.weekdays = [5, 6]
    lite.flush()
    (found,) = problem_for(lite, lite_company.roster(lite).id).problem.templates
    assert found.days == ("2026-11-28", "2026-11-29")
    assert [pause.minutes for pause in found.breaks_of(480)] == [30]
    assert (found.breaks_of(300), found.earliest_start, found.latest_start) == ((), 360, 840)


def test_pinned_shifts_are_fixed_and_pinned_open_ones_must_be_filled(lite: Session, lite_company: Company):
    c = lite_company
    roster = c.roster(lite)
    fixed, to_fill = c.shift("Ann", MONDAY, pinned=True), c.shift(None, MONDAY, 6, 14, pinned=True)
    c.draft(lite, roster, [fixed, to_fill, c.shift("Bo", MONDAY)])
    planned = problem_for(lite, roster.id)
    assert [(pin.employee, pin.work.start) for pin in planned.problem.pins if pin.work] == [
        (str(c.people["Ann"].id), 480)
    ]
    assert [shift.id for shift in planned.problem.shifts] == [str(to_fill.lineage_id)]
    assert (planned.judged.pins, planned.judged.shifts) == ((), ())


def test_taking_back_what_is_published_costs_more_the_nearer_it_is(lite: Session, lite_company: Company):
    c = lite_company
    publish_as_is(lite, c, MONDAY, [c.shift("Ann", MONDAY), c.shift("Ann", MONDAY + timedelta(days=3))])
    near, far = problem_for(lite, c.roster(lite).id).problem.published
    assert near.price > far.price >= 120


def test_the_law_of_the_place_is_in_and_a_place_without_says_so(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    planned = problem_for(lite, roster.id)
    assert "pl" in planned.packs
    assert any(rule.name == "pl.daily_rest.min" for rule in planned.problem.rules)
    location = lite.get_one(Location, lite_company.location.id)
    location.jurisdiction = "br"
    lite.flush()
    planned = problem_for(lite, roster.id)
    assert planned.packs == {}
    assert [note["text"] for note in planned.notes if note["code"] == "no_rule_pack"] == [
        "No rule pack for 'br' yet: this roster was not checked against the law of this place."
    ]


def test_records_that_make_no_sense_are_refused_with_every_fault(lite: Session, lite_company: Company):
    template = lite.merge(lite_company.shifts_by_code["DAY"])
    template.break_from_minutes, template.break_minutes = 20, 30
    lite.flush()
    with pytest.raises(SchedulerError) as refusal:
        problem_for(lite, lite_company.roster(lite).id)
    assert refusal.value.code == "invalid_problem"
    assert "templates[0].breaks[0].minutes" in refusal.value.facts["faults"][0]


def test_a_night_worker_by_contract_is_planned_as_the_law_protects_one(lite: Session, lite_company: Company):
    lite.merge(lite_company.location).jurisdiction = "fr"
    roster = lite_company.roster(lite)

    def broken_by_ten_hours() -> set[str]:
        planned = problem_for(lite, roster.id)
        day = planned.assignments([lite_company.shift("Ann", MONDAY, 8, 18)])
        return {each.name for each in evaluate(planned.problem, day).violations}

    before = broken_by_ten_hours()
    for held in lite.scalars(select(Contract)):
        held.night_work = NightWork.NORMAL_COURSE
    lite.flush()
    assert broken_by_ten_hours() - before == {"fr.night.max"}
