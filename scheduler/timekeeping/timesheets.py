"""Timesheets: finding them, reading what they hold, taking one to change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, selectinload

from scheduler.kernel.errors import SchedulerError
from scheduler.people.hold_employees import hold_employees
from scheduler.timekeeping.exceptions import TimeException
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetState
from scheduler.timekeeping.pairing import Exact, Paired, Worked

LONGEST = timedelta(days=31)
"""No timesheet holds more days, because no pay period has more."""
DAY = timedelta(days=1)


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


def timesheet_of_day(session: Session, employee_id: UUID, day: date) -> Timesheet | None:
    """The timesheet of somebody that holds a day, if there is one, entries loaded."""
    query = select(Timesheet).where(Timesheet.employee_id == employee_id, *holding(day, day + DAY))
    loaded = query.options(selectinload(Timesheet.entries)).execution_options(populate_existing=True)
    return session.scalars(loaded).one_or_none()


def timesheets_of_location(session: Session, location_id: UUID, day: date) -> list[Timesheet]:
    """The timesheets of a location that hold a day, entries loaded."""
    return _loaded(session, Timesheet.location_id == location_id, *holding(day, day + DAY))


def holding(first: date, end: date) -> tuple[ColumnElement[bool], ...]:
    """What makes a timesheet hold some day of ``[first, end)``."""
    # The lower bound says nothing new, but lets the database look at few rows.
    return Timesheet.starts_on > first - LONGEST, Timesheet.starts_on < end, Timesheet.ends_on > first


def timesheets_of_period(
    session: Session, location_id: UUID, pay_group_id: UUID | None, starts_on: date, ends_on: date
) -> list[Timesheet]:
    """The timesheets that count in the pay period ``[starts_on, ends_on)`` of a location and group.

    A timesheet never holds days of two periods of its group.
    """
    return _loaded(
        session,
        Timesheet.location_id == location_id,
        Timesheet.pay_group_id == pay_group_id,
        Timesheet.starts_on >= starts_on,
        Timesheet.starts_on < ends_on,
    )


def _loaded(session: Session, *wanted: ColumnElement[bool]) -> list[Timesheet]:
    query = (
        select(Timesheet)
        .where(*wanted)
        .order_by(Timesheet.employee_id, Timesheet.starts_on)
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
        exact=_exact_of(entry.exact),
    )


def _exact_of(stored: Mapping[str, Any] | None) -> Exact | None:
    if stored is None:
        return None
    start, end = (datetime.fromisoformat(stored[name]) for name in ("starts_at", "ends_at"))
    breaks = ((datetime.fromisoformat(one), datetime.fromisoformat(other)) for one, other in stored["breaks"])
    return Exact(start, end, tuple(breaks))


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
        exact=None if worked.exact is None else _as_json(worked.exact),
    )


def _as_json(exact: Exact) -> dict[str, Any]:
    return {
        "starts_at": exact.starts_at.isoformat(),
        "ends_at": exact.ends_at.isoformat(),
        "breaks": [[start.isoformat(), end.isoformat()] for start, end in exact.breaks],
    }


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
