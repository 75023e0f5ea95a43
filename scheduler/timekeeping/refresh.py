"""Derive timesheets from punches."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from scheduler.audit.record import SYSTEM, record
from scheduler.kernel.clock import utc_now
from scheduler.people.employees import employees_at
from scheduler.people.hold_employees import CHUNK, hold_employee, hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.derive import derive, derive_all
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException, blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.pairing import Paired
from scheduler.timekeeping.pay_week import pay_week
from scheduler.timekeeping.timesheets import contents, entry_of


def refresh(session: Session, employee_id: UUID, day: date, *, actor: str = SYSTEM) -> Timesheet:
    """The timesheet of an employee for the week of ``day``, made if need be, derived anew from the punches.

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
    timesheet = _present(session, employee, day)
    if timesheet is None:
        first, end = pay_week(day)
        timesheet = Timesheet(
            employee_id=employee.id, location_id=employee.location_id, starts_on=first, ends_on=end
        )
        session.add(timesheet)
        session.flush()
    _bring_up_to_date(session, timesheet, derive(session, timesheet, as_of=utc_now()), actor)
    session.flush()
    return timesheet


def refresh_present(session: Session, employee: Employee, day: date, *, actor: str) -> None:
    """Derive anew the timesheet of the week of ``day`` if there is one; the employee must be held."""
    timesheet = _present(session, employee, day)
    if timesheet is not None:
        _bring_up_to_date(session, timesheet, derive(session, timesheet, as_of=utc_now()), actor)


def refresh_location(
    session: Session, location_id: UUID, starts_on: date, *, actor: str = SYSTEM
) -> list[Timesheet]:
    """The timesheets of a location's week for everybody employed there, each derived anew.

    Parameters
    ----------
    starts_on
        Any day of the week.
    """
    first, end = pay_week(starts_on)
    people = {employee.id for employee in employees_at(session, location_id, first, end)}
    of_location = (Timesheet.location_id == location_id, Timesheet.starts_on == first)
    people |= set(session.scalars(select(Timesheet.employee_id).where(*of_location)))
    held = hold_employees(session, people)
    sheets = {sheet.employee_id: sheet for sheet in _of_week(session, list(held), first)}
    for employee in held.values():
        if employee.id not in sheets:
            sheets[employee.id] = Timesheet(
                employee_id=employee.id, location_id=employee.location_id, starts_on=first, ends_on=end
            )
            session.add(sheets[employee.id])
    session.flush()
    derived = derive_all(session, sheets.values(), as_of=utc_now())
    for sheet in sheets.values():
        _bring_up_to_date(session, sheet, derived[sheet.id], actor)
    session.flush()
    here = (sheet for sheet in sheets.values() if sheet.location_id == location_id)
    return sorted(here, key=lambda sheet: sheet.employee_id)


def _present(session: Session, employee: Employee, day: date) -> Timesheet | None:
    return next(iter(_of_week(session, [employee.id], pay_week(day)[0])), None)


def _of_week(session: Session, employee_ids: Sequence[UUID], monday: date) -> list[Timesheet]:
    """The timesheets of people for the week from a day on, as they are now."""
    found: list[Timesheet] = []
    for start in range(0, len(employee_ids), CHUNK):
        some = employee_ids[start : start + CHUNK]
        query = select(Timesheet).where(Timesheet.employee_id.in_(some), Timesheet.starts_on == monday)
        loaded = query.options(selectinload(Timesheet.entries)).execution_options(populate_existing=True)
        found += session.scalars(loaded)
    return found


def _bring_up_to_date(session: Session, timesheet: Timesheet, derived: Paired, actor: str) -> None:
    stored = contents(timesheet)
    changed = _hours(stored) != _hours(derived)
    if timesheet.state is TimesheetState.CLOSED:
        timesheet.changed_after_close = changed
        return
    kept = [found for found in stored.exceptions if found.code is ExceptionCode.CHANGED_AFTER_APPROVAL]
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
    timesheet.submitted_at = timesheet.approved_at = timesheet.approved_by = None
