"""Work, plans and holidays that pay is worked out from, read for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.law.public_holidays import HolidayClass, holidays_between
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import PlannedTime, WorkedTime
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift, VersionState
from scheduler.timekeeping.models import TimeEntry, Timesheet

DAY = timedelta(days=1)
WITH_HOLIDAYS = frozenset({
    "holiday_factor", "holiday_share", "holiday_unworked_factor", "special_day_factor", "overtime_tier2_when",
})  # fmt: skip
"""Topics of pay that ask for public holidays."""


def work_between(
    session: Session, ids: Sequence[UUID], *stretches: tuple[date, date]
) -> dict[UUID, list[WorkedTime]]:
    """The work that timesheets hold in some stretches of days."""
    found: dict[UUID, list[WorkedTime]] = defaultdict(list)
    columns = (
        Timesheet.employee_id, TimeEntry.day, TimeEntry.starts_at, TimeEntry.ends_at, TimeEntry.breaks,
        TimeEntry.punch_ids,
    )  # fmt: skip
    for first, end in stretches:
        if first >= end or not ids:
            continue
        query = (
            select(*columns)
            .join(Timesheet, Timesheet.id == TimeEntry.timesheet_id)
            .where(
                Timesheet.employee_id.in_(ids),
                Timesheet.starts_on < end,
                Timesheet.ends_on > first,
                TimeEntry.day >= first,
                TimeEntry.day < end,
            )
        )
        for who, day, starts_at, ends_at, breaks, punch_ids in session.execute(query):
            rests = tuple(
                (datetime.fromisoformat(one), datetime.fromisoformat(other)) for one, other in breaks
            )
            span = WorkedTime(day=day, start=starts_at, end=ends_at, breaks=rests, refs=tuple(punch_ids))
            found[who].append(span)
    return found


def published_work(
    session: Session, ids: Sequence[UUID], start: datetime, end: datetime
) -> dict[UUID, list[PlannedTime]]:
    """Published shifts that start in a span."""
    found: dict[UUID, list[PlannedTime]] = defaultdict(list)
    columns = (CalendarEntry.employee_id, CalendarEntry.starts_at, CalendarEntry.ends_at, Shift.paid_minutes)
    query = (
        select(*columns)
        .join(Shift, Shift.id == CalendarEntry.shift_id)
        .where(
            CalendarEntry.employee_id.in_(ids),
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at >= start,
            CalendarEntry.starts_at < end,
        )
        .order_by(CalendarEntry.starts_at)
    )
    for who, starts_at, ends_at, minutes in session.execute(query):
        found[who].append(PlannedTime(start=starts_at, end=ends_at, minutes=minutes))
    return found


def holidays_for_pay(law: PayLaw, first: date, end: date) -> dict[date, tuple[HolidayClass, ...]]:
    """Public holidays, where the law of pay asks for them."""
    found: dict[date, tuple[HolidayClass, ...]] = {}
    if law.topics & WITH_HOLIDAYS:
        for one in holidays_between(law.layers, first - DAY, end + DAY):
            found[one.day] = (*found.get(one.day, ()), one.kind)
    return found


def published_days(session: Session, location_id: UUID, first: date, end: date) -> list[tuple[date, date]]:
    """The days of published rosters of a location."""
    rows = session.execute(
        select(Roster.starts_on, Roster.ends_on)
        .join(RosterVersion, RosterVersion.roster_id == Roster.id)
        .where(
            Roster.location_id == location_id,
            Roster.starts_on < end,
            Roster.ends_on > first,
            RosterVersion.state == VersionState.PUBLISHED,
        )
    )
    return [(starts_on, ends_on) for starts_on, ends_on in rows]
