"""What one person was told to work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, zone_named
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Location
from scheduler.people.employees import find_employee
from scheduler.rosters.models import CalendarEntry, Roster, Shift
from scheduler.timeoff.models import TimeOff


@dataclass(frozen=True, slots=True)
class PublishedShift:
    """A shift as its person knows it.

    Parameters
    ----------
    what
        Skill and department.
    withdrawn
        It was published and then taken back.
    """

    starts_at: datetime
    ends_at: datetime
    what: str
    location: Location
    breaks: Sequence[dict[str, Any]]
    paid_minutes: int
    note: str | None
    withdrawn: bool


def published_on_leave(session: Session, leave: TimeOff) -> Sequence[CalendarEntry]:
    """What is published of somebody on the days of a leave, by start; withdrawn shifts are left out."""
    employee = find_employee(session, leave.employee_id)
    zone = zone_named(find_location(session, employee.location_id).zone)
    return session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.employee_id == employee.id,
            CalendarEntry.starts_at < day_start(leave.ends_on, zone),
            CalendarEntry.ends_at > day_start(leave.starts_on, zone),
            CalendarEntry.cancelled.is_(False),
        )
        .order_by(CalendarEntry.starts_at, CalendarEntry.id)
    ).all()


def published_shifts(
    session: Session, employee_id: UUID, since: datetime, until: datetime
) -> list[PublishedShift]:
    """The published shifts of somebody that overlap ``[since, until)``, withdrawn ones included, by start."""
    rows = session.execute(
        select(CalendarEntry, Shift, Location)
        .join(Shift, Shift.id == CalendarEntry.shift_id)
        .join(Roster, Roster.id == CalendarEntry.roster_id)
        .join(Location, Location.id == Roster.location_id)
        .where(
            CalendarEntry.employee_id == employee_id,
            CalendarEntry.starts_at < until,
            CalendarEntry.ends_at > since,
        )
        .order_by(CalendarEntry.starts_at, CalendarEntry.id)
    )
    return [
        PublishedShift(
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            what=entry.summary,
            location=location,
            breaks=shift.breaks,
            paid_minutes=shift.paid_minutes,
            note=shift.note,
            withdrawn=entry.cancelled,
        )
        for entry, shift, location in rows
    ]
