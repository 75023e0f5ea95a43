"""Look at time that nobody looked at: who has not come, and whose hours are over a limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from scheduler.audit.record import SYSTEM
from scheduler.kernel.clock import days_between, local_day, utc_now
from scheduler.organisation.permissions import Reach
from scheduler.people.hold_employees import hold_employees
from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry, Roster
from scheduler.timekeeping.approve import APPROVABLE
from scheduler.timekeeping.attendance import Scheduled, absence
from scheduler.timekeeping.derive import is_published
from scheduler.timekeeping.exceptions import ExceptionCode
from scheduler.timekeeping.limits import check_limits
from scheduler.timekeeping.models import Punch, TimeEntry, Timesheet
from scheduler.timekeeping.refresh import refresh_days
from scheduler.timekeeping.time_settings import time_settings
from scheduler.timekeeping.timesheets import DAY, exceptions_of
from scheduler.timeoff.requests import time_off_between

LOOKS_BACK = timedelta(days=14)
"""Absences of shifts that began longer ago are left to whoever opens the timesheet."""
COMES_BEFORE = timedelta(hours=4)
"""A punch so long before a shift is one for it."""
AT_ONCE = 100
"""How many people and timesheets are looked at in one go; the next go looks at others."""
AROUND = timedelta(days=31)
"""How far away a change of hours can change what is found in other timesheets of the same person."""


def watch_time(session: Session, reach: Reach) -> None:
    """Bring remarks up to date that no punch brings: absences, and limits of the law.

    Whoever lists exceptions calls it first, so that they are there without anybody opening timesheets. Only
    what changed since the last time is looked at, at most `AT_ONCE` people and as many timesheets.
    """
    _find_absences(session, reach)
    _find_breaches(session, reach)


def _find_absences(session: Session, reach: Reach) -> None:
    """The timesheets of people with a shift that began and no punch for it, made and derived anew."""
    new = _not_told(session, _not_there(session, reach))
    people = sorted({each.employee_id for each in new})[:AT_ONCE]
    if people:
        held = hold_employees(session, people)
        days = {(each.employee_id, each.day) for each in new if each.employee_id in held}
        refresh_days(session, held, days, actor=SYSTEM)


@dataclass(frozen=True, slots=True)
class Missing:
    """A published shift that began, for which nobody punched, and what is to be said of it."""

    employee_id: UUID
    day: date
    starts_at: datetime
    ends_at: datetime
    code: ExceptionCode


def _not_there(session: Session, reach: Reach) -> list[Missing]:
    """Shifts without work and without a punch, of people who are not on leave."""
    now, settings = utc_now(), time_settings(session)
    found = []
    for who, shift_id, starts_at, ends_at, place, home in session.execute(_without_work(reach, now)):
        allowed = settings.tolerances_at(home)
        day = local_day(starts_at, settings.zones[place])
        shift = Scheduled(shift_id, day, starts_at, ends_at)
        found += [Missing(who, day, starts_at, ends_at, each.code) for each in absence(shift, now, allowed)]
    if not found:
        return []
    people = {each.employee_id for each in found}
    since = min(each.starts_at for each in found) - COMES_BEFORE
    punches: dict[UUID, list[datetime]] = defaultdict(list)
    punched = select(Punch.employee_id, Punch.at).where(Punch.employee_id.in_(people), Punch.at > since)
    for who, at in session.execute(punched):
        punches[who].append(at)
    first, last = min(each.day for each in found), max(each.day for each in found)
    away = {
        (leave.employee_id, day)
        for leave in time_off_between(session, people, first, last + DAY)
        for day in days_between(leave.starts_on, leave.ends_on)
    }
    return [
        each
        for each in found
        if (each.employee_id, each.day) not in away
        and not any(each.starts_at - COMES_BEFORE < at < each.ends_at for at in punches[each.employee_id])
    ]


def _without_work(reach: Reach, now: datetime) -> Select[UUID, UUID, datetime, datetime, UUID, UUID]:
    """Published shifts that began lately and in which nothing was worked."""
    # Of the tables, because the employee names the organisation: SQLite would go by its index on that alone.
    sheets, entries = Timesheet.__table__.c, TimeEntry.__table__.c
    worked = (
        select(entries.id)
        .where(
            entries.timesheet_id == sheets.id,
            sheets.employee_id == CalendarEntry.employee_id,
            entries.starts_at < CalendarEntry.ends_at,
            entries.ends_at > CalendarEntry.starts_at,
        )
        .exists()
    )
    return (
        select(
            CalendarEntry.employee_id, CalendarEntry.shift_id, CalendarEntry.starts_at, CalendarEntry.ends_at,
            Roster.location_id, Employee.location_id,
        )
        .join(Roster, Roster.id == CalendarEntry.roster_id)
        .join(Employee, Employee.id == CalendarEntry.employee_id)
        .where(
            reach.criterion(Employee.location_id, Employee.id),
            CalendarEntry.cancelled.is_(False),
            CalendarEntry.starts_at <= now,
            CalendarEntry.starts_at > now - LOOKS_BACK,
            is_published(),
            ~worked,
        )
        .order_by(CalendarEntry.starts_at)
    )  # fmt: skip


def _not_told(session: Session, missing: Sequence[Missing]) -> list[Missing]:
    """Those that no timesheet tells yet; what somebody stands for already is left as it is."""
    if not missing:
        return []
    query = select(Timesheet).where(
        Timesheet.employee_id.in_({each.employee_id for each in missing}),
        Timesheet.starts_on <= max(each.day for each in missing),
        Timesheet.ends_on > min(each.day for each in missing),
    )
    sheets: dict[UUID, list[Timesheet]] = defaultdict(list)
    for sheet in session.scalars(query):
        sheets[sheet.employee_id].append(sheet)
    return [
        each
        for each in missing
        if not any(
            sheet.starts_on <= each.day < sheet.ends_on and _is_told(sheet, each)
            for sheet in sheets[each.employee_id]
        )
    ]


def _is_told(sheet: Timesheet, missing: Missing) -> bool:
    return sheet.state not in APPROVABLE or any(
        (found.code, found.at) == (missing.code, missing.starts_at)
        or (found.blocking and found.day == missing.day)
        for found in exceptions_of(sheet)
    )


def _find_breaches(session: Session, reach: Reach) -> None:
    """Timesheets whose hours changed, and those near them, set beside the law."""
    within = (reach.criterion(Timesheet.location_id, Timesheet.employee_id), Timesheet.state.in_(_LOOKED_AT))
    checked = Timesheet.limits_checked_revision
    changed = (
        select(Timesheet.employee_id, Timesheet.starts_on, Timesheet.ends_on)
        .where(*within, Timesheet.revision > 0, or_(checked.is_(None), checked != Timesheet.revision))
        .order_by(Timesheet.starts_on.desc(), Timesheet.id)
        .limit(AT_ONCE)
    )
    rows = session.execute(changed).all()
    if not rows:
        return
    held = hold_employees(session, {who for who, _, _ in rows})
    near = (
        and_(
            Timesheet.employee_id == who,
            Timesheet.starts_on < ends_on + AROUND,
            Timesheet.ends_on > starts_on - AROUND,
        )
        for who, starts_on, ends_on in rows
        if who in held
    )
    query = select(Timesheet).where(*within, Timesheet.revision > 0, or_(*near))
    loaded = query.options(selectinload(Timesheet.entries)).execution_options(populate_existing=True)
    check_limits(session, session.scalars(loaded.order_by(Timesheet.starts_on, Timesheet.id)).all())
    session.flush()


_LOOKED_AT = sorted(APPROVABLE)
