"""Timesheets that a new setting of a location changes, and the days from which one may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.people.employees import employees_at
from scheduler.people.hold_employees import hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_days
from scheduler.timekeeping.sheet_days import days_of_sheets
from scheduler.timekeeping.timesheets import DAY


def refuse_settled(session: Session, location_id: UUID, starts_on: date) -> None:
    """Refuse a day from which a setting would change closed hours, or cut a pay period in two.

    Raises
    ------
    InvalidInput
        If no pay period of anybody at the location begins on the day.
    SchedulerError
        ``time_is_closed`` where timesheets with work of the location are closed on that day or later.
    """
    closed = select(func.max(Timesheet.ends_on)).where(
        _of(location_id), Timesheet.ends_on > starts_on, Timesheet.state == TimesheetState.CLOSED
    )
    until = session.scalar(closed)
    if until is not None:
        raise SchedulerError(
            "time_is_closed",
            location_id=str(location_id),
            starts_on=starts_on.isoformat(),
            open_from=until.isoformat(),
        )
    people = employees_at(session, location_id, starts_on, starts_on + DAY)
    known = days_of_sheets(session, people, starts_on, starts_on + DAY)
    periods = [known.present(one.id, starts_on) or known.span(one, starts_on)[1] for one in people]
    if periods and all(days.first != starts_on for days in periods):
        hint = f"a first day, such as {min(days.first for days in periods)} or {min(d.end for d in periods)}"
        raise InvalidInput(
            [FieldError("starts_on", str(starts_on), "is in the middle of a pay period", hint)]
        )


def derive_open_anew(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> None:
    """The timesheets of a location that are not closed and hold days from ``starts_on`` on, derived anew.

    Those before and after each are made where time may now belong to them.
    """
    rows = session.execute(
        select(Timesheet.employee_id, Timesheet.starts_on, Timesheet.ends_on).where(
            _of(location_id), Timesheet.ends_on > starts_on, Timesheet.state != TimesheetState.CLOSED
        )
    ).all()
    if not rows:
        return
    today = local_day(utc_now(), zone_named(find_location(session, location_id).zone))
    held = hold_employees(session, {who for who, _, _ in rows})
    edges = {
        (who, day)
        for who, first, end in rows
        for day in (first - DAY, end)
        if starts_on <= day <= today and _is_employed(held, who, day)
    }
    near = {(who, first) for who, first, _ in rows if who in held}
    refresh_days(session, held, edges, near=near, actor=actor)


def _is_employed(held: Mapping[UUID, Employee], employee_id: UUID, day: date) -> bool:
    one = held.get(employee_id)
    return one is not None and one.hired_on <= day and (one.left_on is None or day < one.left_on)


def _of(location_id: UUID) -> ColumnElement[bool]:
    """Timesheets of a location, and those of others who worked there."""
    worked_there = (
        select(TimeEntry.id)
        .where(TimeEntry.timesheet_id == Timesheet.id, TimeEntry.location_id == location_id)
        .exists()
    )
    return or_(Timesheet.location_id == location_id, worked_there)
