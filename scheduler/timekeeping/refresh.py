"""Derive timesheets from punches."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from scheduler.audit.record import SYSTEM, record
from scheduler.kernel.clock import utc_now, week_start
from scheduler.people.employees import employees_at
from scheduler.people.hold_employees import CHUNK, hold_employee, hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.day_changes import day_changes, days_of
from scheduler.timekeeping.derive import derive, derive_all
from scheduler.timekeeping.exceptions import BY_LAW, ExceptionCode, TimeException, blocking
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetState
from scheduler.timekeeping.pairing import Paired
from scheduler.timekeeping.sheet_days import days_of_sheets
from scheduler.timekeeping.timesheets import DAY, LONGEST, contents, entry_of, holding


def refresh(session: Session, employee_id: UUID, day: date, *, actor: str = SYSTEM) -> Timesheet:
    """The timesheet of an employee that holds ``day``, made if need be, derived anew from the punches.

    Notes
    -----
    Whoever submitted or approved a timesheet stood for the hours he saw. If punches now make other hours, it
    is open again, with an entry in the audit record and, after an approval, the remark
    ``changed_after_approval``. A closed timesheet keeps its entries and is only marked
    ``changed_after_close`` until `scheduler.pay.corrections` settles that.

    Raises
    ------
    SchedulerError
        ``employee_not_found``.
    """
    employee = hold_employee(session, employee_id)
    return refresh_days(session, {employee.id: employee}, [(employee.id, day)], actor=actor)[0]


def refresh_present(session: Session, employee: Employee, day: date, *, actor: str) -> None:
    """Derive anew the timesheet that holds ``day`` if there is one; the employee must be held."""
    refresh_days(session, {employee.id: employee}, [], near=[(employee.id, day)], actor=actor)


def refresh_days(
    session: Session,
    held: Mapping[UUID, Employee],
    worked: Collection[tuple[UUID, date]],
    *,
    near: Collection[tuple[UUID, date]] = (),
    actor: str,
) -> list[Timesheet]:
    """The timesheets of held employees for some days, derived anew.

    Parameters
    ----------
    worked
        Employee and day; the timesheet is made if there is none.
    near
        The same, where a timesheet that is not there stays away.
    """
    days = [day for _, day in (*worked, *near)]
    if not days:
        return []
    people = [held[employee_id] for employee_id in {key for key, _ in (*worked, *near)}]
    first, end = min(days), max(days) + DAY
    known = days_of_sheets(session, people, first, end)
    for employee_id, day in sorted(worked):
        if known.present(employee_id, day) is None:
            session.add(known.open_sheet(held[employee_id], day))
    session.flush()
    held_days = {(key, known.present(key, day)) for key, day in (*worked, *near)}
    touched = {(key, held_by.first) for key, held_by in held_days if held_by is not None}
    between = _sheets_between(session, [person.id for person in people], first, end)
    sheets = [sheet for sheet in between if (sheet.employee_id, sheet.starts_on) in touched]
    return _derived_anew(session, sheets, actor)


def refresh_location(
    session: Session, location_id: UUID, day: date, *, actor: str = SYSTEM
) -> list[Timesheet]:
    """The timesheets of a location that hold ``day``, of everybody employed there, each derived anew.

    People in different pay groups have different periods around the day.
    """
    near = employees_at(session, location_id, day - LONGEST, day + LONGEST)
    held = hold_employees(session, {employee.id for employee in near})
    known = days_of_sheets(session, held.values(), day, day + DAY)
    for employee in held.values():
        if known.present(employee.id, day) is not None:
            continue
        days = known.span(employee, day)[1]
        if employee.hired_on < days.end and (employee.left_on is None or days.first < employee.left_on):
            session.add(known.open_sheet(employee, day))
    session.flush()
    here = select(Timesheet.employee_id).where(Timesheet.location_id == location_id, *holding(day, day + DAY))
    return _of_location(session, location_id, set(session.scalars(here)), day, day + DAY, actor)


def refresh_period(
    session: Session,
    location_id: UUID,
    pay_group_id: UUID | None,
    starts_on: date,
    ends_on: date,
    *,
    actor: str = SYSTEM,
) -> list[Timesheet]:
    """The timesheets that count in a pay period of a location and group, each derived anew.

    They are those of everybody employed there and in the group on some day of ``[starts_on, ends_on)``, and
    of who worked and left in the week that the period cuts: its overtime is due on its last day.
    """
    monday = week_start(starts_on)
    near = employees_at(session, location_id, monday, ends_on)
    gone = [each.id for each in near if each.left_on is not None and each.left_on <= starts_on]
    idle = set(gone) - _at_work(session, gone, monday, starts_on)
    held = hold_employees(session, {employee.id for employee in near} - idle)
    known = days_of_sheets(session, held.values(), starts_on, ends_on)
    for employee in held.values():
        session.add_all(known.open_missing(employee, pay_group_id, starts_on, ends_on))
    session.flush()
    here = select(Timesheet.employee_id).where(
        Timesheet.location_id == location_id,
        Timesheet.pay_group_id == pay_group_id,
        *holding(starts_on, ends_on),
    )
    sheets = _of_location(session, location_id, set(session.scalars(here)), starts_on, ends_on, actor)
    return [sheet for sheet in sheets if sheet.pay_group_id == pay_group_id]


def _at_work(session: Session, employee_ids: Collection[UUID], first: date, end: date) -> set[UUID]:
    """Those of some people who worked on the days ``[first, end)``."""
    worked = select(Timesheet.employee_id).join(TimeEntry, TimeEntry.timesheet_id == Timesheet.id)
    days = (TimeEntry.day >= first, TimeEntry.day < end)
    return set(session.scalars(worked.where(Timesheet.employee_id.in_(employee_ids), *days)))


def _of_location(
    session: Session, location_id: UUID, people: Iterable[UUID], first: date, end: date, actor: str
) -> list[Timesheet]:
    """The timesheets of a location and some people that hold days of ``[first, end)``, derived anew."""
    held = hold_employees(session, people)
    sheets = [
        sheet
        for sheet in _sheets_between(session, list(held), first, end)
        if sheet.location_id == location_id
    ]
    return _derived_anew(session, sheets, actor)


def _sheets_between(
    session: Session, employee_ids: Collection[UUID], first: date, end: date
) -> list[Timesheet]:
    """The timesheets of people that hold some day of ``[first, end)``, as they are now."""
    found: list[Timesheet] = []
    ids = list(employee_ids)
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        query = select(Timesheet).where(Timesheet.employee_id.in_(some), *holding(first, end))
        loaded = query.options(selectinload(Timesheet.entries)).execution_options(populate_existing=True)
        found += session.scalars(loaded)
    return sorted(found, key=lambda sheet: (sheet.employee_id, sheet.starts_on))


def _derived_anew(session: Session, sheets: list[Timesheet], actor: str) -> list[Timesheet]:
    derived = derive_all(session, sheets, as_of=utc_now())
    for sheet in sheets:
        _bring_up_to_date(session, sheet, derived[sheet.id], actor)
    session.flush()
    return sheets


def _bring_up_to_date(session: Session, timesheet: Timesheet, derived: Paired, actor: str) -> None:
    stored = contents(timesheet)
    changed = _hours(stored) != _hours(derived)
    if timesheet.state is TimesheetState.CLOSED:
        timesheet.changed_after_close = changed
        return
    kept = [found for found in stored.exceptions if found.code is ExceptionCode.CHANGED_AFTER_APPROVAL]
    if not changed:
        kept += [found for found in stored.exceptions if found.code in BY_LAW]
    if changed:
        timesheet.revision += 1
        if timesheet.state is not TimesheetState.OPEN:
            kept += _open_again(session, timesheet, stored, derived, actor)
    if stored.worked != derived.worked:
        timesheet.entries = [entry_of(span) for span in derived.worked]
    exceptions = [found.to_json() for found in (*derived.exceptions, *kept)]
    if exceptions != timesheet.exceptions:
        timesheet.exceptions = exceptions


def _hours(paired: Paired) -> Hashable:
    """What somebody stands for: the spans and what is unclear, whichever punches they came from."""
    return (
        tuple(
            (span.day, span.location_id, span.job_role_id, span.starts_at, span.ends_at, span.breaks)
            for span in paired.worked
        ),
        tuple((found.code, found.at) for found in blocking(paired.exceptions)),
    )


def _open_again(
    session: Session, timesheet: Timesheet, stored: Paired, derived: Paired, actor: str
) -> list[TimeException]:
    before, after = (sum(span.worked_minutes for span in paired.worked) for paired in (stored, derived))
    record(
        session,
        actor,
        "timesheet.reopen",
        "timesheet",
        timesheet.id,
        reason="punches changed the hours",
        state=timesheet.state.value,
        worked_minutes=[before, after],
        days=day_changes(days_of(stored.worked), days_of(derived.worked)),
    )
    remarks = []
    if timesheet.state is TimesheetState.APPROVED and timesheet.approved_at is not None:
        facts = {
            "approved_by": timesheet.approved_by,
            "approved_at": timesheet.approved_at.isoformat(),
            "worked_minutes_before": before,
        }
        code = ExceptionCode.CHANGED_AFTER_APPROVAL
        remarks = [TimeException(code, timesheet.starts_on, timesheet.approved_at, facts=facts)]
    to_open(timesheet)
    return remarks


def accept_changes(session: Session, timesheet: Timesheet) -> None:
    """A closed timesheet takes over what its punches now say, because a correction has settled it."""
    derived = derive(session, timesheet, as_of=utc_now())
    timesheet.entries = [entry_of(span) for span in derived.worked]
    timesheet.exceptions = [found.to_json() for found in derived.exceptions]
    timesheet.changed_after_close = False
    timesheet.revision += 1


def to_open(timesheet: Timesheet) -> None:
    """Nobody stands for the hours any more."""
    timesheet.state = TimesheetState.OPEN
    timesheet.submitted_at = timesheet.approved_at = None
    timesheet.approved_by = timesheet.approved_for = None
