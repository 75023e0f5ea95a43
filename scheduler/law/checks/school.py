"""Hours of young people while they go to school."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.law.checks.breach import breach, clock, length, named
from scheduler.law.findings import Finding
from scheduler.law.nominal_time import minutes_in
from scheduler.law.provisions import Provision
from scheduler.law.values import ClockWindow
from scheduler.law.work_record import WorkRecord, WorkSpan

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


def school_days(record: WorkRecord) -> Iterator[Finding]:
    """Days of school with too much work."""
    for day in dict.fromkeys(day for day, _ in record.judged):
        if day in (record.school_on or ()):
            for found in record.law.checked("school_day_max", record.subject, day):
                yield from _too_much(record, found, day, day + DAY, f"on {named(day)}, a day of school")


def school_weeks(record: WorkRecord) -> Iterator[Finding]:
    """Weeks with school in them and too much work."""
    for monday in record.weeks():
        if any(monday <= day < monday + WEEK for day in record.school_on or ()):
            for found in record.law.checked("school_week_max", record.subject, monday + WEEK - DAY):
                when = f"in the week from {named(monday)}, with school"
                yield from _too_much(record, found, monday, monday + WEEK, when)


def evenings_before_school(record: WorkRecord) -> Iterator[Finding]:
    """Work in the evenings before a day of school."""
    for day in _evenings(record):
        if day + DAY in (record.school_on or ()):
            for found in record.law.checked("school_ban", record.subject, day):
                yield from in_banned_hours(record, found, day)


def evenings_out_of_summer(record: WorkRecord) -> Iterator[Finding]:
    """Work in the evenings and early mornings that are longer in summer, out of it."""
    for day in _evenings(record):
        if not is_summer(day):
            for found in record.law.checked("evening_ban", record.subject, day):
                yield from in_banned_hours(record, found, day)


def is_summer(day: date) -> bool:
    """Whether a day is from 1 June to Labor Day, the first Monday of September.

    Examples
    --------
    >>> is_summer(date(2026, 9, 7)), is_summer(date(2026, 9, 8)), is_summer(date(2026, 5, 31))
    (True, False, False)
    """
    first = date(day.year, 9, 1)
    labor_day = first + timedelta(days=-first.weekday() % 7)
    return date(day.year, 6, 1) <= day <= labor_day


def in_banned_hours(record: WorkRecord, found: Provision, day: date) -> Iterator[Finding]:
    """The work of the judged days in forbidden hours that begin on a civil day."""
    window = found.value
    if not isinstance(window, ClockWindow):
        return
    for _, span in record.judged:
        inside = record.in_window(day, window, span)
        if inside:
            yield breach(
                record, found, [span], short_by=inside,
                sentence=f"works {length(inside)} in {window} on {named(day)}, when work is forbidden: "
                f"{_when(record, span)}.",
                remedy=f"Move the shift out of {window}, or give it to somebody who may work then.",
            )  # fmt: skip


def _evenings(record: WorkRecord) -> list[date]:
    """The days whose evening can hold work of the judged days, the one before each included."""
    days = {day for day, _ in record.judged}
    return sorted(days | {day - DAY for day in days} | {day + DAY for day in days})


def _too_much(record: WorkRecord, found: Provision, first: date, end: date, when: str) -> Iterator[Finding]:
    worked, most = record.minutes_on(first, end), minutes_in(found.value)
    if worked > most:
        spans = [span for day, span in record.judged if first <= day < end]
        yield breach(
            record, found, spans, short_by=worked - most,
            sentence=f"works {length(worked)} {when}; at most {length(most)} are allowed.",
            remedy=f"Take {worked - most} minutes off.",
        )  # fmt: skip


def _when(record: WorkRecord, span: WorkSpan) -> str:
    return f"{clock(record, span.start)} to {clock(record, span.end)}"
