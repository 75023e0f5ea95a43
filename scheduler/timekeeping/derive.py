"""What somebody's punches amount to in a span of days, read from the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


AT_ONCE = 500
"""For how many people punches are read together."""


def zones(session: Session) -> dict[UUID, ZoneInfo]:
    """The zone of every location."""
    return {key: ZoneInfo(name) for key, name in session.execute(select(Location.id, Location.zone)).all()}


def derive(session: Session, timesheet: Timesheet, *, as_of: datetime) -> Paired:
    """The work and the exceptions of a timesheet's days, as its employee's punches and shifts now say.

    Where a roster was published for those days, time is set beside it and remarks are added.
    """
    return derive_all(session, [timesheet], as_of=as_of)[timesheet.id]


def derive_all(session: Session, timesheets: Iterable[Timesheet], *, as_of: datetime) -> dict[UUID, Paired]:
    """What `derive` says of each of many timesheets, by id, read together."""
    alike: dict[tuple[UUID, date, date], list[Timesheet]] = {}
    for sheet in timesheets:
        alike.setdefault((sheet.location_id, sheet.starts_on, sheet.ends_on), []).append(sheet)
    zone_of = zones(session) if alike else {}
    found: dict[UUID, Paired] = {}
    for sheets in alike.values():
        for start in range(0, len(sheets), AT_ONCE):
            found.update(_derive_alike(session, sheets[start : start + AT_ONCE], zone_of, as_of))
    return found


def _derive_alike(
    session: Session, sheets: Sequence[Timesheet], zone_of: dict[UUID, ZoneInfo], as_of: datetime
) -> dict[UUID, Paired]:
    """As `derive_all`, for timesheets of one location and the same days."""
    first = sheets[0]
    zone = zone_of[first.location_id]
    first_at = day_start(first.starts_on, zone) - MARGIN
    end_at = day_start(first.ends_on, zone) + MARGIN
    ids = [sheet.employee_id for sheet in sheets]
    clockings = _clockings(session, ids, first_at, end_at, zone_of)
    published = _is_published(session, first)
    planned = _shifts(session, first, ids, first_at, end_at, zone_of) if published else {}
    found: dict[UUID, Paired] = {}
    for sheet in sheets:
        mine = pair(clockings.get(sheet.employee_id, ()), as_of=as_of)
        paired = _within(mine, sheet.starts_on, sheet.ends_on)
        if published:
            odd = remarks(paired, planned.get(sheet.employee_id, []), as_of=as_of)
            every = sorted((*paired.exceptions, *odd), key=lambda each: (each.at, each.code))
            paired = Paired(paired.worked, tuple(every))
        found[sheet.id] = paired
    return found


def _clockings(
    session: Session,
    employee_ids: Sequence[UUID],
    first_at: datetime,
    end_at: datetime,
    zone_of: dict[UUID, ZoneInfo],
) -> dict[UUID, list[Clocking]]:
    columns = (
        Punch.employee_id, Punch.id, Punch.at, Punch.kind, Punch.location_id, Punch.voids_id,
        Punch.job_role_id,
    )  # fmt: skip
    query = select(*columns).where(
        Punch.employee_id.in_(employee_ids), Punch.at >= first_at, Punch.at < end_at
    )
    found: dict[UUID, list[Clocking]] = {}
    for who, punch_id, at, kind, location_id, voids_id, role_id in session.execute(query):
        clocking = Clocking(punch_id, at, kind, location_id, zone_of[location_id], voids_id, role_id)
        found.setdefault(who, []).append(clocking)
    return found


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
    sheet: Timesheet,
    employee_ids: Sequence[UUID],
    first_at: datetime,
    end_at: datetime,
    zone_of: dict[UUID, ZoneInfo],
) -> dict[UUID, list[Scheduled]]:
    """The published shifts that start in the days of a timesheet, by employee."""
    query = (
        select(CalendarEntry, Roster.location_id)
        .join(Roster, Roster.id == CalendarEntry.roster_id)
        .where(
            CalendarEntry.employee_id.in_(employee_ids),
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at >= first_at,
            CalendarEntry.starts_at < end_at,
        )
        .order_by(CalendarEntry.starts_at)
    )
    found: dict[UUID, list[Scheduled]] = {}
    for entry, location_id in session.execute(query).all():
        day = local_day(entry.starts_at, zone_of[location_id])
        if sheet.starts_on <= day < sheet.ends_on:
            shift = Scheduled(entry.shift_id, day, entry.starts_at, entry.ends_at)
            found.setdefault(entry.employee_id, []).append(shift)
    return found
