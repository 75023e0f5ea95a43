"""What is odd about a shift although no rule says so: it lies on leave, or the place is shut then."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.kernel.clock import MINUTE, local_day
from scheduler.organisation.models import Location
from scheduler.organisation.opening_hours import is_open_between
from scheduler.rosters.models import Shift
from scheduler.timeoff.requests import time_off_between


class Remark(StrEnum):
    """Something odd about a shift."""

    ON_LEAVE = "on_leave"
    """Whoever has it has approved leave on one of its days."""
    OUTSIDE_HOURS = "outside_opening_hours"
    """The location is not open for all of it."""


Away = Collection[tuple[UUID, date, date]]
"""Employee and half-open civil days of approved leave."""


def remarks_on(shift: Shift, location: Location, away: Away) -> tuple[Remark, ...]:
    """What is odd about a shift of a location; one without opening hours is never shut."""
    zone = ZoneInfo(location.zone)
    first, last = local_day(shift.starts_at, zone), local_day(shift.ends_at - MINUTE, zone)
    found = []
    if any(who == shift.employee_id and start <= last and first < end for who, start, end in away):
        found.append(Remark.ON_LEAVE)
    hours = {row.weekday: (row.opens_minute, row.closes_minute) for row in location.hours}
    if hours and not is_open_between(hours, shift.starts_at, shift.ends_at, zone):
        found.append(Remark.OUTSIDE_HOURS)
    return tuple(found)


def remarks_of(
    session: Session, shifts: Iterable[Shift], location: Location
) -> dict[UUID, tuple[Remark, ...]]:
    """What is odd about shifts of a location, by lineage; shifts about which nothing is are left out."""
    shifts = list(shifts)
    if not shifts:
        return {}
    zone = ZoneInfo(location.zone)
    first = min(local_day(shift.starts_at, zone) for shift in shifts)
    end = max(local_day(shift.ends_at, zone) for shift in shifts) + timedelta(days=1)
    people = {shift.employee_id for shift in shifts if shift.employee_id}
    leave = time_off_between(session, people, first, end)
    away = [(each.employee_id, each.starts_on, each.ends_on) for each in leave]
    found = {shift.lineage_id: remarks_on(shift, location, away) for shift in shifts}
    return {lineage_id: remarks for lineage_id, remarks in found.items() if remarks}
