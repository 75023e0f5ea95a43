"""From records to the problem a solver takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.demand.coverage import coverage_between
from scheduler.kernel.clock import day_start, days_between, utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.law.agreements import own_packs, unusable_agreements
from scheduler.law.compile import CompiledLaw, rules_for
from scheduler.law.compliance import JudgedUnder
from scheduler.law.library import layers_of
from scheduler.law.pack import Pack
from scheduler.law.place_calendar import place_calendar
from scheduler.law.what_if import OtherLaw
from scheduler.organisation.locations import find_location, list_departments
from scheduler.people.models import Skill
from scheduler.rosters.company_rules import KEPT, LOOKS_BACK, agreed_to_less_rest, company_rules
from scheduler.rosters.models import Roster, Shift, ShiftTemplate
from scheduler.rosters.prices import price_of_change
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.shift_breaks import breaks_by_law, template_policies
from scheduler.rosters.team import Team, team_of
from scheduler.rosters.timeframe import Timeframe
from scheduler.rosters.versions import current_version, published_version, shifts_of
from scheduler.rosters.wanted import coverage_of, with_fair_targets
from scheduler.rosters.work import assignment_of, work_of
from solver.problem import BreakPolicy, Employee, Pin, Problem, ProblemError, Published
from solver.problem import Shift as GivenShift
from solver.problem import ShiftTemplate as SolverTemplate
from solver.work import Roster as Assignments
from solver.work import Work


@dataclass(frozen=True)
class PlannedProblem:
    """A roster's problem, and what is needed to read the answer.

    Not slotted: it works out the problem for judging once.

    Parameters
    ----------
    problem
        For the solver, with pins.
    roster_id, revision
        Of the roster as it was read.
    frame
        Its days in its zone.
    departments
        Ids of the location's departments, as text: work anywhere else belongs to other rosters.
    elsewhere
        Pins of published work in other rosters.
    names
        What people call the departments and skills, by id.
    packs
        Id and version of each rule pack.
    breaks_by_law
        The least breaks of shifts, as the law stands on the last day.
    on_leave
        The civil days of approved leave of each person.
    notes
        Remarks ``{"code", "text", ...}``: who was left out, which law is missing.
    law
        Whom the law of the place is about, for the rules that no roster is solved by.
    own
        The organisation's own rule packs.
    """

    problem: Problem
    roster_id: UUID
    revision: int
    frame: Timeframe
    departments: frozenset[str]
    elsewhere: tuple[Pin, ...]
    names: Mapping[str, str]
    packs: Mapping[str, str]
    breaks_by_law: tuple[BreakPolicy, ...]
    on_leave: Mapping[str, frozenset[date]]
    notes: tuple[dict[str, Any], ...]
    law: JudgedUnder
    own: tuple[Pack, ...] = ()

    @property
    def layers(self) -> tuple[Pack, ...]:
        """The law of the place, nearest first, the organisation's own packs before those that ship."""
        return self.law.layers(self.own)

    @cached_property
    def judged(self) -> Problem:
        """The problem without the roster's own pins and open shifts: what hand edits are judged by."""
        return replace(self.problem, pins=self.elsewhere, shifts=())

    def assignments(self, shifts: Iterable[Shift]) -> Assignments:
        """Those of the shifts that somebody of the problem has, and the work elsewhere."""
        templates = self.problem.template_by_id.keys()
        known = self.problem.employee_by_id.keys()
        own = (
            assignment_of(shift, self.frame, templates)
            for shift in shifts
            if shift.employee_id is not None and str(shift.employee_id) in known
        )
        return Assignments([*own, *(self.problem.pinned(pin) for pin in self.elsewhere)])


def problem_for(
    session: Session, roster_id: UUID, *, agreed_at: datetime | None = None, other: OtherLaw | None = None
) -> PlannedProblem:
    """Everything a roster of those days depends on, as it is in the records now.

    Pins are those of the version that is being worked on; published shifts get a price for changing them.

    Parameters
    ----------
    agreed_at
        The organisation's own agreements are those of this instant; None takes those that count now.
    other
        A law to go by in place of that of the location.

    Raises
    ------
    InvalidInput
        If the other law has no such pack, parameter or value.
    SchedulerError
        ``roster_not_found``; ``invalid_problem`` with every fault, if the records make no sensible problem.
    """
    roster = find_roster(session, roster_id)
    location = find_location(session, roster.location_id)
    frame = Timeframe(ZoneInfo(location.zone), roster.starts_on, roster.ends_on)
    own, jurisdiction = own_packs(session, at=agreed_at), location.jurisdiction
    if other is not None:
        own, jurisdiction = other.packs(own), other.jurisdiction
    layers = layers_of(jurisdiction, own)
    team = team_of(session, roster, frame, layers)
    known = place_calendar(session, location.id, layers, team.subjects, roster.starts_on, roster.ends_on)
    law = rules_for(
        jurisdiction, roster.starts_on, roster.ends_on,
        employees=team.subjects, settlement=known.settlement, own=own,
    )  # fmt: skip
    history_from = min(law.history_from, roster.starts_on - LOOKS_BACK)
    pins, given, notes = _own_pins(session, roster, frame, team)
    breaks = breaks_by_law(layers, roster.ends_on - timedelta(days=1), sector=location.sector)
    templates = tuple(_templates(session, roster, breaks))
    needs = coverage_between(session, location.id, frame.starts_at, frame.ends_at)
    coverage = coverage_of(needs, templates, frame)
    everybody = [person.id for person in team.employees]
    agreed = agreed_to_less_rest(layers, team.subjects, days_between(roster.starts_on, roster.ends_on))
    departments = list_departments(session, location.id)
    names = {str(each.id): each.name for each in (*departments, *session.scalars(select(Skill)))}
    try:
        problem = Problem(
            origin=frame.starts_at,
            days=frame.days,
            past_days=frame.past_days((roster.starts_on - history_from).days),
            zone=location.zone,
            names=names,
            employees=with_fair_targets(_with_history_from(team, history_from, frame), coverage),
            shifts=tuple(given),
            templates=templates,
            coverage=coverage,
            rules=(*company_rules(everybody, agreed), *team.daily_limits, *team.overtime, *law.rules),
            pins=(*team.elsewhere, *pins),
            published=tuple(_published(session, roster, frame, team)),
        )
    except ProblemError as error:
        raise SchedulerError("invalid_problem", faults=[str(fault) for fault in error.errors]) from error
    return PlannedProblem(
        problem=problem,
        roster_id=roster_id,
        revision=roster.revision,
        frame=frame,
        departments=frozenset(str(each.id) for each in departments),
        elsewhere=team.elsewhere,
        names=names,
        packs=law.packs,
        breaks_by_law=breaks,
        on_leave={subject.id: subject.absent_on for subject in team.subjects},
        notes=(*team.notes, *notes, *_law_notes(law, known.notes), *_unusable(session, agreed_at)),
        own=own,
        law=JudgedUnder(
            jurisdiction,
            tuple(team.subjects),
            roster.starts_on,
            roster.ends_on,
            settlement=known.settlement,
            school_on=known.school_on,
        ),
    )


def _unusable(session: Session, at: datetime | None) -> Iterable[dict[str, Any]]:
    """A remark on each agreement of the organisation that does not count any more."""
    for fault in unusable_agreements(session, at=at):
        yield {"code": "agreement_unusable", "text": f"An agreement was left out: {fault}"}


def _law_notes(law: CompiledLaw, known: Sequence[str]) -> Iterable[dict[str, Any]]:
    """Those of the law; for a place without any, also what was kept all the same."""
    code = "law" if law.packs else "no_rule_pack"
    yield from ({"code": code, "text": note} for note in (*known, *law.notes))
    if not law.packs:
        yield {"code": "company_rules", "text": KEPT}


def _with_history_from(team: Team, day: date, frame: Timeframe) -> tuple[Employee, ...]:
    """The people without the work that no rule looks back at."""
    first = frame.minute(day_start(day, frame.zone))
    return tuple(
        replace(person, history=tuple(work for work in person.history if work.end > first))
        for person in team.employees
    )


def _own_pins(
    session: Session, roster: Roster, frame: Timeframe, team: Team
) -> tuple[list[Pin], list[GivenShift], list[dict[str, Any]]]:
    """Pinned shifts that somebody has, those nobody has yet, and remarks on pins nobody can keep."""
    version = current_version(session, roster.id)
    pinned = shifts_of(session, version.id, pinned=True) if version else []
    known = {employee.id for employee in team.employees}
    pins, given, notes = [], [], []
    for shift in pinned:
        work = work_of(shift, frame)
        if shift.employee is None:
            given.append(given_shift(shift, work))
        elif str(shift.employee_id) in known:
            pins.append(Pin(employee=str(shift.employee_id), work=work, note="pinned"))
        else:
            text = (
                f"{shift.employee.name} is pinned to a shift without a contract; unpin it or add a contract"
            )
            notes.append({"code": "pin_left_out", "shift_id": str(shift.id), "text": text})
    return pins, given, notes


def given_shift(shift: Shift, work: Work) -> GivenShift:
    """An open shift as a place that somebody has to fill."""
    return GivenShift(
        id=str(shift.lineage_id),
        start=work.start,
        end=work.end,
        paid_minutes=work.paid_minutes,
        breaks=work.breaks,
        skill=work.skill,
        location=work.location,
    )


def _published(session: Session, roster: Roster, frame: Timeframe, team: Team) -> Iterable[Published]:
    version = published_version(session, roster.id)
    known = {employee.id for employee in team.employees}
    now = utc_now()
    for shift in shifts_of(session, version.id) if version else ():
        if str(shift.employee_id) in known:
            yield Published(
                employee=str(shift.employee_id),
                work=work_of(shift, frame),
                price=price_of_change(shift.starts_at, now),
            )


def _templates(session: Session, roster: Roster, by_law: Sequence[BreakPolicy]) -> Iterable[SolverTemplate]:
    query = (
        select(ShiftTemplate)
        .where(ShiftTemplate.location_id == roster.location_id)
        .order_by(ShiftTemplate.code)
    )
    for template in session.scalars(query):
        if not template.weekdays:
            continue  # retired
        yield SolverTemplate(
            id=str(template.id),
            days=_days_of(template.weekdays, roster),
            earliest_start=template.earliest_start_minute,
            latest_start=template.latest_start_minute,
            start_step=template.start_step_minutes,
            shortest=template.shortest_minutes,
            longest=template.longest_minutes,
            length_step=template.length_step_minutes,
            breaks=template_policies(template, by_law),
            skill=str(template.skill_id),
            location=str(template.department_id),
        )


def _days_of(weekdays: Sequence[int], roster: Roster) -> tuple[str, ...] | None:
    if set(weekdays) >= set(range(7)):
        return None
    days = days_between(roster.starts_on, roster.ends_on)
    return tuple(day.isoformat() for day in days if day.weekday() in weekdays)
