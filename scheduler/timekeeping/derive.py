"""What somebody's punches amount to in a span of days, read from the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, days_between, local_day, minutes_between
from scheduler.organisation.models import Location
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift, VersionState
from scheduler.timekeeping.attendance import Scheduled, remarks
from scheduler.timekeeping.day_rules import given_days, has_doba, is_anchored
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import Punch, Timesheet
from scheduler.timekeeping.pairing import Clocking, Paired, Worked, pair
from scheduler.timekeeping.punch_place_remarks import Placed, place_remarks
from scheduler.timekeeping.rounding import counted
from scheduler.timekeeping.time_settings import TimeSettings, time_settings
from scheduler.timeoff.requests import time_off_between

MARGIN = timedelta(days=2)
"""How far before and after a timesheet punches are read: more than the longest span and the zones'
difference.
"""

DOBA_LOOKS_BACK = timedelta(days=16)
"""How much further back work is read where its day depends on the work before it; twice that, and so on, for
somebody without a day off in it.
"""
FURTHEST_BACK = timedelta(days=366)

ABSENT = frozenset({ExceptionCode.NOT_HERE_YET, ExceptionCode.NO_SHOW})
"""What is no remark on somebody who is on leave."""

AT_ONCE = 500
"""For how many people punches are read together."""


def zones(session: Session) -> dict[UUID, ZoneInfo]:
    """The zone of every location."""
    return {key: ZoneInfo(name) for key, name in session.execute(select(Location.id, Location.zone)).all()}


def derive(session: Session, timesheet: Timesheet, *, as_of: datetime) -> Paired:
    """The work and the exceptions of a timesheet's days, as its employee's punches and shifts now say.

    Work has the days and the minutes that the settings of its place give it; exceptions have the day on which
    they start. Where a roster was published for a day, time is set beside it and remarks are added.
    """
    return derive_all(session, [timesheet], as_of=as_of)[timesheet.id]


def derive_all(session: Session, timesheets: Iterable[Timesheet], *, as_of: datetime) -> dict[UUID, Paired]:
    """What `derive` says of each of many timesheets, by id, read together."""
    alike: dict[tuple[UUID, date, date], list[Timesheet]] = {}
    for sheet in timesheets:
        alike.setdefault((sheet.location_id, sheet.starts_on, sheet.ends_on), []).append(sheet)
    if not alike:
        return {}
    settings = time_settings(session)
    found: dict[UUID, Paired] = {}
    for sheets in alike.values():
        for start in range(0, len(sheets), AT_ONCE):
            found.update(_derive_alike(session, sheets[start : start + AT_ONCE], settings, as_of))
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """Punches and published shifts of people between two instants, by employee."""

    punches: dict[UUID, list[Placed]]
    shifts: dict[UUID, list[Scheduled]]

    def paired(self, employee_id: UUID, as_of: datetime) -> Paired:
        """What the punches of somebody amount to, in exact minutes."""
        return pair((each.clocking for each in self.punches.get(employee_id, ())), as_of=as_of)

    def planned(self, employee_id: UUID) -> list[tuple[datetime, datetime]]:
        """Start and end of somebody's shifts."""
        return [(shift.starts_at, shift.ends_at) for shift in self.shifts.get(employee_id, ())]


def _derive_alike(
    session: Session, sheets: Sequence[Timesheet], settings: TimeSettings, as_of: datetime
) -> dict[UUID, Paired]:
    """As `derive_all`, for timesheets of one location and the same days."""
    first = sheets[0]
    published = published_days(session, first.location_id, first.starts_on, first.ends_on)
    known = _read(session, sheets, settings, as_of)
    found: dict[UUID, Paired] = {}
    for sheet in sheets:
        who = sheet.employee_id
        mine, planned = known.paired(who, as_of), known.planned(who)
        worked: Sequence[Worked] = mine.worked
        if settings.policies:
            worked = counted(worked, settings.policies, settings.zones, settings.allows, planned)
        if settings.rules:
            worked = given_days(worked, settings.rules, settings.zones, planned)
        allowed = settings.tolerances_at(sheet.location_id)
        told = remarks(mine, known.shifts.get(who, []), as_of=as_of, tolerances=allowed)
        odd = [*mine.exceptions, *place_remarks(known.punches.get(who, ()))]
        odd += [
            each
            for each in told
            if each.code is not ExceptionCode.UNSCHEDULED
            or any(start <= each.day < end for start, end in published)
        ]
        found[sheet.id] = _within(worked, odd, sheet)
    return _without_leave(session, sheets, found)


def _without_leave(
    session: Session, sheets: Sequence[Timesheet], found: dict[UUID, Paired]
) -> dict[UUID, Paired]:
    """The same without the absence of people who are on leave that day."""
    absent = {
        sheet.employee_id
        for sheet in sheets
        if any(each.code in ABSENT for each in found[sheet.id].exceptions)
    }
    if not absent:
        return found
    away: dict[UUID, set[date]] = defaultdict(set)
    for leave in time_off_between(session, absent, sheets[0].starts_on, sheets[0].ends_on):
        away[leave.employee_id].update(days_between(leave.starts_on, leave.ends_on))
    for sheet in sheets:
        paired, days = found[sheet.id], away[sheet.employee_id]
        odd = (each for each in paired.exceptions if each.code not in ABSENT or each.day not in days)
        found[sheet.id] = Paired(paired.worked, tuple(odd))
    return found


def _within(worked: Iterable[Worked], odd: Iterable[TimeException], sheet: Timesheet) -> Paired:
    first, end = sheet.starts_on, sheet.ends_on
    mine = (each for each in odd if first <= each.day < end)
    return Paired(
        tuple(span for span in worked if first <= span.day < end),
        tuple(sorted(mine, key=lambda each: (each.at, each.code))),
    )


def _read(
    session: Session,
    sheets: Sequence[Timesheet],
    settings: TimeSettings,
    as_of: datetime,
) -> Facts:
    """What is known around the days of timesheets of one location and the same days.

    Where days depend on the work before them, it reaches back to a day without any for everybody, so that the
    same work has the same day whichever timesheet is asked.
    """
    first, zone = sheets[0], settings.zones[sheets[0].location_id]
    starts = day_start(first.starts_on, zone) - MARGIN
    end_at = day_start(first.ends_on, zone) + MARGIN
    ids = [sheet.employee_id for sheet in sheets]

    def between(first_at: datetime) -> Facts:
        return Facts(
            _punches(session, ids, first_at, end_at, settings.zones),
            shifts_of(session, ids, first_at, end_at, settings.zones),
        )

    if not has_doba(settings.rules):
        return between(starts)
    back = DOBA_LOOKS_BACK
    while True:
        found = between(starts - back)
        if back > FURTHEST_BACK or all(
            is_anchored(found.paired(who, as_of).worked, found.planned(who), starts - back, starts)
            for who in ids
        ):
            return found
        back *= 2


def _punches(
    session: Session,
    employee_ids: Sequence[UUID],
    first_at: datetime,
    end_at: datetime,
    zone_of: Mapping[UUID, ZoneInfo],
) -> dict[UUID, list[Placed]]:
    columns = (
        Punch.employee_id, Punch.id, Punch.at, Punch.kind, Punch.location_id, Punch.voids_id,
        Punch.job_role_id, Punch.place_decision, Punch.place_distance_metres,
    )  # fmt: skip
    query = select(*columns).where(
        Punch.employee_id.in_(employee_ids), Punch.at >= first_at, Punch.at < end_at
    )
    found: dict[UUID, list[Placed]] = {}
    for who, punch_id, at, kind, location_id, voids_id, role_id, decision, metres in session.execute(query):
        clocking = Clocking(punch_id, at, kind, location_id, zone_of[location_id], voids_id, role_id)
        found.setdefault(who, []).append(Placed(clocking, decision, metres))
    return found


def published_days(session: Session, location_id: UUID, first: date, end: date) -> list[tuple[date, date]]:
    """The days ``[start, end)`` of published rosters of a location that touch ``[first, end)``."""
    rows = session.execute(
        select(Roster.starts_on, Roster.ends_on).where(
            Roster.location_id == location_id, Roster.starts_on < end, Roster.ends_on > first, is_published()
        )
    )
    return [(starts_on, ends_on) for starts_on, ends_on in rows]


def is_published() -> ColumnElement[bool]:
    """Whether a roster has a version that was published."""
    return (
        select(RosterVersion.id)
        .where(RosterVersion.roster_id == Roster.id, RosterVersion.state == VersionState.PUBLISHED)
        .exists()
    )


def shifts_of(
    session: Session,
    employee_ids: Sequence[UUID],
    first_at: datetime,
    end_at: datetime,
    zone_of: Mapping[UUID, ZoneInfo],
) -> dict[UUID, list[Scheduled]]:
    """The published shifts of people that start between two instants, by employee and start."""
    columns = (
        CalendarEntry.employee_id, CalendarEntry.shift_id, CalendarEntry.starts_at, CalendarEntry.ends_at,
        Roster.location_id, Shift.paid_minutes,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Roster, Roster.id == CalendarEntry.roster_id)
        .join(Shift, Shift.id == CalendarEntry.shift_id)
        .where(
            is_published(),
            CalendarEntry.employee_id.in_(employee_ids),
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at >= first_at,
            CalendarEntry.starts_at < end_at,
        )
        .order_by(CalendarEntry.starts_at)
    )
    found: dict[UUID, list[Scheduled]] = {}
    for who, shift_id, starts_at, ends_at, location_id, paid in session.execute(query):
        day = local_day(starts_at, zone_of[location_id])
        rest = max(0, minutes_between(starts_at, ends_at) - paid)
        found.setdefault(who, []).append(Scheduled(shift_id, day, starts_at, ends_at, rest))
    return found
