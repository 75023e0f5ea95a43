"""A person's week of time shaped for drawing: planned, worked, odd, day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.pages.elsewhere import Elsewhere, elsewhere
from api.pages.time_words import KINDS, SOURCES, exception_words
from scheduler.kernel.clock import day_start, days_between, local_day
from scheduler.people.models import Employee
from scheduler.rosters.published_shifts import PublishedShift, published_shifts
from scheduler.timekeeping.exception_inbox import accepted
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException, blocking
from scheduler.timekeeping.models import Punch, PunchKind, Timesheet, TimesheetState
from scheduler.timekeeping.pairing import Worked
from scheduler.timekeeping.sheet_days import sheet_days
from scheduler.timekeeping.timesheets import contents, timesheet_of_day

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PunchLine:
    """A punch as it is listed."""

    id: UUID
    at: datetime
    what: str
    source: str
    where: str
    """Another place or job than the own, and what was made of where it came from; may be empty."""
    reason: str | None
    taken_back: str | None
    """Why it was taken back; None for one that stands."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something a person must look at, in words."""

    text: str
    tone: str
    """``bad-text`` where hours are unknown, ``soft`` while somebody is still at work and for what was
    accepted, else ``warn-text``.
    """


@dataclass(frozen=True, slots=True)
class TimeDay:
    """One day: what was planned, what was worked, and what is odd."""

    day: date
    planned: tuple[PublishedShift, ...]
    worked: tuple[Worked, ...]
    odd: tuple[Oddity, ...]

    @property
    def worked_minutes(self) -> int:
        """Minutes of all spans that start on the day."""
        return sum(span.worked_minutes for span in self.worked)


@dataclass(frozen=True, slots=True)
class TimeWeek:
    """Everything the page of a timesheet shows; ``sheet`` is None before anything was punched.

    It has the days ``[starts_on, ends_on)``: a week, or as long as the person's pay periods are.
    """

    employee: Employee
    zone: str
    starts_on: date
    ends_on: date
    sheet: Timesheet | None
    days: tuple[TimeDay, ...]
    punches: tuple[PunchLine, ...]
    unclear: int
    elsewhere: Elsewhere

    @property
    def last_day(self) -> date:
        """The last of its days."""
        return self.ends_on - timedelta(days=1)

    @property
    def worked_minutes(self) -> int:
        """Minutes of all its days."""
        return sum(day.worked_minutes for day in self.days)

    @property
    def planned_minutes(self) -> int:
        """Paid minutes of the published shifts."""
        return sum(shift.paid_minutes for day in self.days for shift in day.planned)

    @property
    def state(self) -> TimesheetState:
        """State of the sheet; open before there is one."""
        return self.sheet.state if self.sheet else TimesheetState.OPEN


def time_week(session: Session, employee: Employee, zone: str, day: date) -> TimeWeek:
    """The days that are paid together with ``day``, with their timesheet as it is stored."""
    sheet = timesheet_of_day(session, employee.id, day)
    held = sheet_days(session, employee, day)
    paired = contents(sheet) if sheet else None
    worked = paired.worked if paired else ()
    found = paired.exceptions if paired else ()
    settled = _settled(session, sheet)
    place, names = ZoneInfo(zone), elsewhere(session, employee)
    start, end = day_start(held.first, place), day_start(held.end, place)
    planned = [
        shift
        for shift in published_shifts(session, employee.id, start, end)
        if not shift.withdrawn and shift.starts_at >= start
    ]
    return TimeWeek(
        employee=employee,
        zone=zone,
        starts_on=held.first,
        ends_on=held.end,
        sheet=sheet,
        days=tuple(
            TimeDay(
                day,
                tuple(each for each in planned if local_day(each.starts_at, place) == day),
                tuple(span for span in worked if span.day == day),
                _odd(found, day, zone, settled),
            )
            for day in days_between(held.first, held.end)
        ),
        punches=_punches(session, employee.id, start, end, names),
        unclear=len(blocking(found)),
        elsewhere=names,
    )


def _settled(session: Session, sheet: Timesheet | None) -> dict[tuple[str, datetime], str]:
    """Why somebody accepted an exception of the sheet, by its code and instant."""
    every = accepted(session, [sheet.id] if sheet else [])
    return {(code, at): decision.reason for (_, code, at), decision in every.items()}


def _odd(
    found: Sequence[TimeException], day: date, zone: str, settled: Mapping[tuple[str, datetime], str]
) -> tuple[Oddity, ...]:
    """What is odd on a day; what somebody accepted stays to be read, with the reason."""
    odd = []
    for each in found:
        if each.day != day:
            continue
        words, reason = exception_words(each, zone), settled.get((each.code.value, each.at))
        odd.append(
            Oddity(words, _tone(each)) if reason is None else Oddity(f"{words} Accepted: {reason}", "soft")
        )
    return tuple(odd)


def _tone(found: TimeException) -> str:
    if found.code is ExceptionCode.CLOCKED_IN:
        return "soft"
    return "bad-text" if found.blocking else "warn-text"


def _punches(
    session: Session, employee_id: UUID, start: datetime, end: datetime, names: Elsewhere
) -> tuple[PunchLine, ...]:
    of_week = select(Punch).where(
        Punch.employee_id == employee_id, Punch.at >= start, Punch.at < end + timedelta(hours=16)
    )
    punches = list(session.scalars(of_week.order_by(Punch.at, Punch.id)))
    voids = {punch.voids_id: punch for punch in punches if punch.kind is PunchKind.VOID}
    return tuple(
        PunchLine(
            id=punch.id,
            at=punch.at,
            what=KINDS[punch.kind],
            source=SOURCES.get(punch.source, punch.source),
            where=names.of_punch(punch),
            reason=punch.reason,
            taken_back=(voids[punch.id].reason or "") if punch.id in voids else None,
        )
        for punch in punches
        if punch.kind is not PunchKind.VOID
    )
