"""What somebody's punches amount to in a span of days, read from the records."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, local_day
from scheduler.organisation.models import Location
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, VersionState
from scheduler.timekeeping.attendance import Scheduled, remarks
from scheduler.timekeeping.models import Punch, Timesheet
from scheduler.timekeeping.pairing import Clocking, Paired, pair

MARGIN = timedelta(days=2)
"""How far before and after a timesheet punches are read: more than the longest span and the zones'
difference.
"""


def zones(session: Session) -> dict[UUID, ZoneInfo]:
    """The zone of every location."""
    return {key: ZoneInfo(name) for key, name in session.execute(select(Location.id, Location.zone)).all()}


def derive(session: Session, timesheet: Timesheet, *, as_of: datetime) -> Paired:
    """The work and the exceptions of a timesheet's days, as its employee's punches and shifts now say.

    Where a roster was published for those days, time is set beside it and remarks are added.
    """
    zone_of = zones(session)
    zone = zone_of[timesheet.location_id]
    first_at = day_start(timesheet.starts_on, zone) - MARGIN
    end_at = day_start(timesheet.ends_on, zone) + MARGIN
    punches = session.scalars(
        select(Punch).where(
            Punch.employee_id == timesheet.employee_id, Punch.at >= first_at, Punch.at < end_at
        )
    )
    clockings = [
        Clocking(
            punch.id, punch.at, punch.kind, punch.location_id, zone_of[punch.location_id], punch.voids_id
        )
        for punch in punches
    ]
    paired = _within(pair(clockings, as_of=as_of), timesheet.starts_on, timesheet.ends_on)
    if not _is_published(session, timesheet):
        return paired
    shifts = _shifts(session, timesheet, first_at, end_at, zone_of)
    found = (*paired.exceptions, *remarks(paired, shifts, as_of=as_of))
    return Paired(paired.worked, tuple(sorted(found, key=lambda each: (each.at, each.code))))


def _within(paired: Paired, first: date, end: date) -> Paired:
    return Paired(
        tuple(span for span in paired.worked if first <= span.day < end),
        tuple(found for found in paired.exceptions if first <= found.day < end),
    )


def _is_published(session: Session, timesheet: Timesheet) -> bool:
    published = (
        select(Roster.id)
        .join(RosterVersion, RosterVersion.roster_id == Roster.id)
        .where(
            Roster.location_id == timesheet.location_id,
            Roster.starts_on <= timesheet.starts_on,
            Roster.ends_on >= timesheet.ends_on,
            RosterVersion.state == VersionState.PUBLISHED,
        )
        .limit(1)
    )
    return session.scalar(published) is not None


def _shifts(
    session: Session,
    timesheet: Timesheet,
    first_at: datetime,
    end_at: datetime,
    zone_of: dict[UUID, ZoneInfo],
) -> list[Scheduled]:
    query = (
        select(CalendarEntry, Roster.location_id)
        .join(Roster, Roster.id == CalendarEntry.roster_id)
        .where(
            CalendarEntry.employee_id == timesheet.employee_id,
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at >= first_at,
            CalendarEntry.starts_at < end_at,
        )
        .order_by(CalendarEntry.starts_at)
    )
    shifts = [
        Scheduled(
            entry.shift_id, local_day(entry.starts_at, zone_of[location_id]), entry.starts_at, entry.ends_at
        )
        for entry, location_id in session.execute(query).all()
    ]
    return [shift for shift in shifts if timesheet.starts_on <= shift.day < timesheet.ends_on]
