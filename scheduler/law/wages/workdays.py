"""When the working days and workweeks of the law begin."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_day, local_instant, local_minute
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import Employer, PayCase, PlannedTime, WorkedTime

DAY = timedelta(days=1)
ANOTHER_SHIFT = timedelta(hours=6)
"""Time off after which work is another shift, where the law counts from the start of the shift."""


@dataclass(frozen=True, slots=True)
class Workday:
    """A working day of the law, until the next one begins.

    Parameters
    ----------
    start
        UTC.
    day
        Civil day on which it begins; decides the law in force.
    planned_minutes
        Of the shift that opens it; 0 where none was planned.
    """

    start: datetime
    day: date
    planned_minutes: int = 0


def workdays(case: PayCase, law: PayLaw, spans: Sequence[WorkedTime]) -> list[Workday]:
    """The working days that the spans, in order of time, touch.

    Without a rule about them a working day is the civil day on which the work of a span began.
    """
    if not spans:
        return []
    how = law.name("workday", case.worker.subject, spans[0].day, "civil_day")
    if how == "fixed_hour":
        return list(_fixed(case, spans))
    planned = sorted(case.planned, key=lambda one: one.start)
    if how == "scheduled_start":
        return list(days_by_schedule(case.zone, spans, planned))
    if how == "shift_start":
        return list(_by_shift(case.zone, spans))
    return list(_by_day(case.zone, spans, planned))


def workday_at(days: Sequence[Workday], at: datetime) -> int:
    """The place of the working day in which an instant falls."""
    return max(0, bisect_right(days, at, key=lambda one: one.start) - 1)


def next_day(at: datetime, zone: ZoneInfo) -> datetime:
    """The same reading of the clock on the next day."""
    return local_instant(local_day(at, zone) + DAY, local_minute(at, zone), zone)


def week_start_of(at: datetime, employer: Employer, zone: ZoneInfo) -> date:
    """The civil day on which the workweek of an instant began."""
    reading = at.astimezone(zone)
    day = reading.date()
    if reading.hour * 60 + reading.minute < employer.week_start_minute:
        day -= DAY
    return day - timedelta(days=(day.weekday() - employer.week_starts_on) % 7)


def _fixed(case: PayCase, spans: Sequence[WorkedTime]) -> Iterator[Workday]:
    first = local_day(spans[0].start, case.zone) - DAY
    last = local_day(spans[-1].end, case.zone)
    for offset in range((last - first).days + 1):
        day = first + offset * DAY
        start = local_instant(day, case.employer.workday_start_minute, case.zone)
        end = local_instant(day + DAY, case.employer.workday_start_minute, case.zone)
        yield Workday(start, day, sum(one.minutes for one in case.planned if start <= one.start < end))


def _by_day(zone: ZoneInfo, spans: Sequence[WorkedTime], planned: Sequence[PlannedTime]) -> Iterator[Workday]:
    minutes: dict[date, int] = {}
    for one in planned:
        day = local_day(one.start, zone)
        minutes[day] = minutes.get(day, 0) + one.minutes
    last: date | None = None
    for span in spans:
        if span.law_day != last:
            yield Workday(span.start, span.law_day, minutes.get(span.law_day, 0))
        last = span.law_day


def _by_shift(zone: ZoneInfo, spans: Sequence[WorkedTime]) -> Iterator[Workday]:
    """From the start of each shift on; 24 h later the next one at the latest."""
    end, before = spans[0].start, spans[0].start
    for span in spans:
        start = span.start
        if start >= end or start - before >= ANOTHER_SHIFT:
            end = next_day(start, zone)
            yield Workday(start, local_day(start, zone))
        while end < span.end:
            yield Workday(end, local_day(end, zone))
            end = next_day(end, zone)
        before = span.end


def days_by_schedule(
    zone: ZoneInfo, spans: Sequence[WorkedTime], planned: Sequence[PlannedTime]
) -> Iterator[Workday]:
    """The working days from each scheduled start on, for 24 h; work outside of them opens one of its own.

    A shift that starts inside a running day does not open another. Work before a scheduled start that no
    running day holds belongs to the 24 h before it.
    """
    starts = [(one.start, one) for one in planned] + [(span.start, None) for span in spans]
    ends_at = {span.start: span.end for span in spans}
    end: datetime | None = None
    waiting = sorted(starts, key=lambda each: (each[0], each[1] is None))
    while waiting:
        at, shift = waiting.pop(0)
        if end is not None and at < end:
            if shift is None and end < ends_at[at]:
                following = next((one for one in planned if one.start == end), None)
                if following is None:
                    yield Workday(end, local_day(end, zone))
                    end = next_day(end, zone)
            continue
        if shift is None:
            coming = next((one for one in planned if at < one.start < next_day(at, zone)), None)
            opens = coming.start - DAY if coming else at
            end = coming.start if coming else next_day(at, zone)
            yield Workday(opens, local_day(opens, zone))
        else:
            end = next_day(at, zone)
            yield Workday(at, local_day(at, zone), shift.minutes)
