"""Whether the time that was worked at a location kept the law of the place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from scheduler.kernel.clock import day_start, days_between, minutes_between, zone_named
from scheduler.kernel.effective import in_force_between
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.law.agreements import own_packs
from scheduler.law.compile import rules_for
from scheduler.law.compliance import ComplianceReport
from scheduler.law.consent_records import consents_for_law
from scheduler.law.library import layers_of
from scheduler.law.pack import Pack
from scheduler.law.place_calendar import place_calendar
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from scheduler.law.work_record import Pause, WorkSpan
from scheduler.law.worked_time import check_worked
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.people.models import Employee
from scheduler.rosters.fixed_work import HISTORY_DAYS
from scheduler.rosters.working_time_system import system_notes, system_of
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetState
from scheduler.timekeeping.timesheets import exceptions_of
from scheduler.timeoff.requests import time_off_between

LOOKS_BACK = timedelta(days=HISTORY_DAYS)
"""As for a roster, where the law of the place does not look further back."""
OF_A_YEAR = frozenset({"sunday_free_year"})
"""Topics that count over the calendar year."""
LOOKS_AHEAD = timedelta(days=14)
"""Work so soon after the days still shows whether a rest was given."""
MOST_DAYS = 366


def worked_report(
    session: Session,
    location_id: UUID,
    first_day: date,
    end_day: date,
    *,
    only: Collection[UUID] | None = None,
) -> ComplianceReport:
    """The time worked at a location on civil days ``[first_day, end_day)``, judged by the law of the place.

    Judged is everybody with work there on these days, with all they worked anywhere, as their timesheets have
    it now. Notes name what is unclear and what is not approved yet.

    Parameters
    ----------
    only
        Judge these employees, wherever they worked; None judges everybody with work at the location.

    Raises
    ------
    InvalidInput
        If the days are none, or more than a year.
    SchedulerError
        ``location_not_found``.
    """
    _refuse_odd_days(first_day, end_day)
    location = find_location(session, location_id)
    zone, own = zone_named(location.zone), own_packs(session)
    layers = layers_of(location.jurisdiction, own)
    people = _people(session, location_id, first_day, end_day, only)
    subjects = _subjects(session, people, location, layers, first_day, end_day)
    law = rules_for(location.jurisdiction, first_day, end_day, employees=subjects, own=own)
    looks_back_to = min(law.history_from, _first_that_counts(layers, first_day))
    since, until = (day_start(day, zone) for day in (looks_back_to, end_day + LOOKS_AHEAD))
    known = place_calendar(session, location_id, layers, subjects, first_day, end_day)
    found = check_worked(
        location.jurisdiction,
        _worked(session, [person.id for person in people], since, until),
        people=subjects,
        zone=zone,
        first_day=first_day,
        end_day=end_day,
        names={str(person.id): person.name for person in people},
        own=own,
        settlement=known.settlement,
        school_on=known.school_on,
        paid_breaks_known=False,
    )
    remarks = [*known.notes]
    remarks += [note["text"] for note in system_notes(layers, first_day, subjects)]
    remarks += _open_questions(session, location, people, first_day, end_day)
    return replace(found, notes=(*found.notes, *remarks))


def _first_that_counts(layers: Sequence[Pack], first: date) -> date:
    """The first day whose work can matter to a check of the days from ``first`` on."""
    yearly = any(one.topic.id in OF_A_YEAR for pack in layers for one in pack.parameters.values())
    return min(first - LOOKS_BACK, date(first.year, 1, 1)) if yearly else first - LOOKS_BACK


def _refuse_odd_days(first: date, end: date) -> None:
    days = (end - first).days
    if days < 1:
        problem, hint = "the days end before they begin", f"{first + timedelta(days=1)} or later"
    elif days > MOST_DAYS:
        problem, hint = f"{days} days are too many", f"at most {MOST_DAYS}: {first + timedelta(MOST_DAYS)}"
    else:
        return
    raise InvalidInput([FieldError("ends_on", end.isoformat(), problem, hint)])


def _people(
    session: Session, location_id: UUID, first: date, end: date, only: Collection[UUID] | None
) -> Sequence[Employee]:
    """Those named, or all with work that began at the location on the days, by name, contracts loaded."""
    worked_here = (
        select(Timesheet.employee_id)
        .join(TimeEntry, TimeEntry.timesheet_id == Timesheet.id)
        .where(TimeEntry.location_id == location_id, TimeEntry.day >= first, TimeEntry.day < end)
    )
    wanted = Employee.id.in_(worked_here if only is None else only)
    query = select(Employee).where(wanted).options(selectinload(Employee.contracts))
    return session.scalars(query.order_by(Employee.last_name, Employee.first_name, Employee.number)).all()


def _worked(
    session: Session, people: Sequence[UUID], since: datetime, until: datetime
) -> dict[str, list[WorkSpan]]:
    """All work of people between two instants, wherever it was."""
    rows = session.execute(
        select(
            Timesheet.employee_id, TimeEntry.starts_at, TimeEntry.ends_at, TimeEntry.breaks, TimeEntry.exact
        )
        .join(TimeEntry, TimeEntry.timesheet_id == Timesheet.id)
        .where(Timesheet.employee_id.in_(people), TimeEntry.starts_at >= since, TimeEntry.starts_at < until)
        .order_by(TimeEntry.starts_at)
    )
    found: dict[str, list[WorkSpan]] = defaultdict(list)
    for who, starts_at, ends_at, breaks, exact in rows:
        span = WorkSpan(start=starts_at, end=ends_at, pauses=tuple(_pauses(breaks)))
        if exact is not None:  # rounding is for pay: the law asks how long somebody really worked
            start, end = (datetime.fromisoformat(exact[name]) for name in ("starts_at", "ends_at"))
            span = WorkSpan(start=start, end=end, pauses=tuple(_pauses(exact["breaks"])))
        mine = found[str(who)]
        if mine and mine[-1].end == span.start:  # without leaving: a transfer or the end of a day parted it
            span = replace(span, start=mine[-1].start, pauses=_in_order(mine.pop().pauses, span.pauses))
        if span.start < span.end:
            mine.append(span)
    return found


def _in_order(before: Sequence[Pause], after: Sequence[Pause]) -> tuple[Pause, ...]:
    """Breaks one after another; one that was parted is one again."""
    if before and after:
        last, first = before[-1], after[0]
        if last.start is not None and last.start + timedelta(minutes=last.minutes) == first.start:
            whole = replace(last, minutes=last.minutes + first.minutes)
            return (*before[:-1], whole, *after[1:])
    return (*before, *after)


def _pauses(breaks: Iterable[Any]) -> Iterator[Pause]:
    for starts, ends in breaks:
        start, end = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
        if start < end:
            yield Pause(minutes=minutes_between(start, end), start=start)


def _subjects(
    session: Session,
    people: Sequence[Employee],
    location: Location,
    layers: Sequence[Pack],
    first: date,
    end: date,
) -> list[LawSubject]:
    ids = [person.id for person in people]
    consents = consents_for_law(session, ids, layers)
    away: dict[UUID, set[date]] = defaultdict(set)
    for leave in time_off_between(session, ids, first - LOOKS_BACK, end + LOOKS_AHEAD):
        away[leave.employee_id].update(days_between(leave.starts_on, leave.ends_on))
    return [
        LawSubject(
            id=str(person.id),
            born_on=person.born_on,
            system=_system(person, layers, first, end),
            absent_on=frozenset(away[person.id]),
            night_worker=any(held.night_work for held in in_force_between(person.contracts, first, end)),
            sector=location.sector or "",
            consents=consents.get(person.id, ()),
        )
        for person in people
    ]


def _system(person: Employee, layers: Sequence[Pack], first: date, end: date) -> WorkingTimeSystem:
    """As for a roster: of two contracts on the days the shorter day decides."""
    longest = [held.max_daily_minutes for held in in_force_between(person.contracts, first, end)]
    return system_of(layers, first, min(longest)) if longest else WorkingTimeSystem.BASIC


def _open_questions(
    session: Session, location: Location, people: Sequence[Employee], first: date, end: date
) -> Iterator[str]:
    """A sentence on each day whose hours are unclear, and one on the timesheets nobody stands for yet."""
    query = (
        select(Timesheet, Employee)
        .join(Employee, Employee.id == Timesheet.employee_id)
        .where(
            or_(Timesheet.location_id == location.id, Employee.id.in_([person.id for person in people])),
            Timesheet.starts_on < end,
            Timesheet.ends_on > first,
        )
        .order_by(Timesheet.starts_on, Employee.last_name, Employee.first_name, Timesheet.id)
    )
    sheets = session.execute(query).all()
    for sheet, person in sheets:
        for odd in exceptions_of(sheet):
            if odd.blocking and first <= odd.day < end:
                what = odd.code.value.replace("_", " ")
                yield f"{person.name} on {odd.day}: hours are unclear ({what}) and were not checked."
    settled = (TimesheetState.APPROVED, TimesheetState.CLOSED)
    waiting = sum(sheet.state not in settled for sheet, _ in sheets)
    if waiting:
        yield f"{waiting} of {len(sheets)} timesheets are not approved yet: their hours can still change."
