"""Timesheets: finding them, reading what they hold, taking one to change it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from scheduler.kernel.errors import SchedulerError
from scheduler.people.hold_employees import hold_employees
from scheduler.timekeeping.exceptions import TimeException
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetState
from scheduler.timekeeping.pairing import Paired, Worked


def find_timesheet(session: Session, timesheet_id: UUID) -> Timesheet:
    """The timesheet with this id.

    Raises
    ------
    SchedulerError
        ``timesheet_not_found``.
    """
    timesheet = session.get(Timesheet, timesheet_id)
    if timesheet is None:
        raise SchedulerError("timesheet_not_found", timesheet_id=str(timesheet_id))
    return timesheet


def timesheets_of_location(session: Session, location_id: UUID, starts_on: date) -> list[Timesheet]:
    """The timesheets of the pay period of a location that starts on a day, entries loaded."""
    query = (
        select(Timesheet)
        .where(Timesheet.location_id == location_id, Timesheet.starts_on == starts_on)
        .order_by(Timesheet.employee_id)
        .options(selectinload(Timesheet.entries))
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def exceptions_of(timesheet: Timesheet) -> list[TimeException]:
    """What a person must look at, in order of time."""
    return [TimeException.from_json(stored) for stored in timesheet.exceptions]


def contents(timesheet: Timesheet) -> Paired:
    """The work and the exceptions a timesheet holds."""
    entries = sorted(timesheet.entries, key=lambda entry: entry.starts_at)
    return Paired(tuple(worked_of(entry) for entry in entries), tuple(exceptions_of(timesheet)))


def worked_of(entry: TimeEntry) -> Worked:
    """The span of work that an entry stores."""
    return Worked(
        day=entry.day,
        location_id=entry.location_id,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        breaks=tuple(
            (datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in entry.breaks
        ),
        punch_ids=tuple(UUID(punch_id) for punch_id in entry.punch_ids),
        job_role_id=entry.job_role_id,
    )


def entry_of(worked: Worked) -> TimeEntry:
    """A new entry that stores a span of work."""
    return TimeEntry(
        location_id=worked.location_id,
        job_role_id=worked.job_role_id,
        day=worked.day,
        starts_at=worked.starts_at,
        ends_at=worked.ends_at,
        breaks=[[start.isoformat(), end.isoformat()] for start, end in worked.breaks],
        break_minutes=worked.break_minutes,
        worked_minutes=worked.worked_minutes,
        punch_ids=[str(punch_id) for punch_id in worked.punch_ids],
    )


def hold_timesheet(
    session: Session, timesheet_id: UUID, expected_revision: int, allowed: Iterable[TimesheetState]
) -> Timesheet:
    """The timesheet as it is now, kept from other writers until the transaction ends.

    Parameters
    ----------
    expected_revision
        The revision the caller's decision rests on.
    allowed
        States in which the action makes sense.

    Raises
    ------
    SchedulerError
        ``timesheet_not_found``; ``timesheet_changed`` if it is no longer what the caller saw;
        ``wrong_timesheet_state`` with the state it is in and those that would do.
    """
    hold_employees(session, [find_timesheet(session, timesheet_id).employee_id])
    now = select(Timesheet).where(Timesheet.id == timesheet_id).execution_options(populate_existing=True)
    timesheet = session.scalars(now.options(selectinload(Timesheet.entries))).one()
    facts: dict[str, Any] = {"timesheet_id": str(timesheet_id), "state": timesheet.state.value}
    if timesheet.revision != expected_revision:
        raise SchedulerError(
            "timesheet_changed",
            **facts,
            expected_revision=expected_revision,
            revision=timesheet.revision,
            hint="look at the timesheet again and decide anew",
        )
    if timesheet.state not in allowed:
        raise SchedulerError(
            "wrong_timesheet_state", **facts, allowed=sorted(state.value for state in allowed)
        )
    return timesheet
