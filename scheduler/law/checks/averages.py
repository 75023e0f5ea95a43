"""Averages over weeks: those of night workers, and those of people who were on leave meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.kernel.clock import days_between
from scheduler.law.checks.breach import breach, length, named
from scheduler.law.findings import Finding
from scheduler.law.nominal_time import count_in, minutes_in
from scheduler.law.pack import Enforcement
from scheduler.law.provisions import Provision
from scheduler.law.work_record import WorkRecord

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
NORMAL_DAYS = 6
"""Days of a week less its weekly rest of 24 h (WTR 1998, reg. 6(3)); working days of ArbZG, s. 3."""
DEFAULT_WEEKS = 17


def night_averages(record: WorkRecord) -> Iterator[Finding]:
    """Averages of night workers per 24 h, less the weekly rest, and per week, over every reference period.

    Of several periods that are exceeded the worst is told.
    """
    last = record.end_day - DAY
    for found in record.law.checked("night_avg_max", record.subject, last):
        weeks = _weeks(record, last, "night_average_weeks", "average_weeks")
        most = minutes_in(found.value) * NORMAL_DAYS * weeks
        yield from _worst(record, found, weeks, most, of="night worker")
    for found in record.law.checked("night_week_avg_max", record.subject, last):
        weeks = _weeks(record, last, "night_average_weeks", "average_weeks")
        yield from _worst(record, found, weeks, minutes_in(found.value) * weeks, of="night worker")


def averages_with_leave(record: WorkRecord) -> Iterator[Finding]:
    """Average weeks of people on leave, which the free days of leave must not lower.

    ``excluded`` takes the days of leave out of the period (Directive 2003/88/EC, art. 16(b)).
    ``following_days`` adds the work of as many working days after it: (A + B) / C (WTR 1998, reg. 4(6)).
    ``eight_hours`` counts each day of leave from Monday to Saturday as 8 h.
    """
    last = record.end_day - DAY
    if not record.subject.absent_on or record.law.one("week_anchor", record.subject, last) is not None:
        return
    neutral = record.law.one("average_leave", record.subject, last)
    for found in record.law.held("week_max_avg", record.subject, last):
        if neutral is None or found.parameter.enforcement != Enforcement.HARD:
            continue
        weeks = _weeks(record, last, "average_weeks")
        worst: tuple[int, date, int] | None = None
        for day in days_between(record.first_day, record.end_day):
            first = day + DAY - weeks * WEEK
            over, worked = _over(record, str(neutral.value), found, first, weeks)
            if over > 0 and (worst is None or over > worst[0]):
                worst = (over, first, worked)
        if worst is not None:
            yield _finding(record, found, weeks, *worst, of="person on leave meanwhile")


def _over(record: WorkRecord, neutral: str, found: Provision, first: date, weeks: int) -> tuple[int, int]:
    """By how many minutes a period with leave is exceeded, and what counts as worked in it."""
    end = first + weeks * WEEK
    most, worked = minutes_in(found.value), record.minutes_on(first, end)
    absent = [day for day in record.subject.absent_on if first <= day < end]
    if not absent or worked == 0:
        return 0, worked
    if neutral == "eight_hours":
        worked += 480 * sum(day.weekday() != 6 for day in absent)
    elif neutral == "following_days":
        off = sum(day.weekday() < 5 for day in absent)
        after = sorted(day for day in record.by_day if day >= end)[:off]
        worked += sum(span.work_minutes for day in after for span in record.by_day[day])
    elif neutral == "excluded":
        left = weeks * 7 - len(absent)
        return worked - most * left // 7, worked
    return worked - most * weeks, worked


def _weeks(record: WorkRecord, day: date, *topics: str) -> int:
    found = (record.law.one(topic, record.subject, day) for topic in topics)
    return next((count_in(one.value) for one in found if one is not None), DEFAULT_WEEKS)


def _worst(record: WorkRecord, found: Provision, weeks: int, most: int, *, of: str) -> Iterator[Finding]:
    """The period that ends in the judged days and is exceeded the most, if one is."""
    periods = [day + DAY - weeks * WEEK for day in days_between(record.first_day, record.end_day)]
    totals = [(record.minutes_on(first, first + weeks * WEEK), first) for first in periods]
    worked, first = max(totals, default=(0, record.first_day))
    if worked > most:
        yield _finding(record, found, weeks, worked - most, first, worked, of=of)


def _finding(
    record: WorkRecord, found: Provision, weeks: int, over: int, first: date, worked: int, *, of: str
) -> Finding:
    spans = [span for day, span in record.judged if first <= day < first + weeks * WEEK]
    return breach(
        record, found, spans, short_by=over,
        sentence=f"has {length(worked)} in the {weeks} weeks from {named(first)}, {length(over)} more than "
        f"{found.value} on average allow a {of}.",
        remedy=f"Take {over} minutes off in these weeks.",
    )  # fmt: skip
