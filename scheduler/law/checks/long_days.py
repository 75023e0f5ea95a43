"""Days that are long from their first work to the last, the rest after them, and free days of a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from scheduler.kernel.clock import days_between, minutes_between
from scheduler.law.amounts import Flag
from scheduler.law.checks.breach import breach, clock, length, named
from scheduler.law.findings import Finding
from scheduler.law.nominal_time import count_in, minutes_in
from scheduler.law.work_record import WorkRecord

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LONG_DAY = 12 * 60
"""Of more than so much work a day is long (ArbZG, s. 7(9))."""


def day_spans(record: WorkRecord) -> Iterator[Finding]:
    """Days whose last work ends too long after their first begins."""
    for day in dict.fromkeys(day for day, _ in record.judged):
        spans = record.by_day[day]
        for found in record.law.checked("day_span_max", record.subject, day):
            lasts, most = minutes_between(spans[0].start, spans[-1].end), minutes_in(found.value)
            if lasts > most:
                yield breach(
                    record, found, spans, short_by=lasts - most,
                    sentence=f"is at work {length(lasts)} from {clock(record, spans[0].start)}, breaks "
                    f"included; at most {length(most)} are allowed.",
                    remedy=f"End {lasts - most} minutes earlier, or shorten the breaks.",
                )  # fmt: skip


def rest_after_long_days(record: WorkRecord) -> Iterator[Finding]:
    """Rests right after a day of more than 12 h of work that are too short."""
    for (day, spans), (following, later) in pairwise(sorted(record.by_day.items())):
        worked = sum(span.work_minutes for span in spans)
        if worked <= LONG_DAY or not (record.first_day <= following and day < record.end_day):
            continue
        for found in record.law.checked("rest_after_long_day", record.subject, day):
            rest, due = minutes_between(spans[-1].end, later[0].start), minutes_in(found.value)
            if rest < due:
                yield breach(
                    record, found, [spans[-1], later[0]], short_by=due - rest,
                    sentence=f"rests {length(max(0, rest))} after {length(worked)} of work on {named(day)}; "
                    f"{length(due)} are due.",
                    remedy=f"Start {due - rest} minutes later.",
                )  # fmt: skip


def free_days(record: WorkRecord) -> Iterator[Finding]:
    """Weeks with too few days without work; which law holds is decided by the last day of the week."""
    for monday in record.weeks():
        last = monday + WEEK - DAY
        for found in record.law.checked("free_days_per_week", record.subject, last):
            days = days_between(monday, monday + WEEK)
            free, due = [day for day in days if day not in record.worked_on], count_in(found.value)
            in_a_row = record.law.one("free_days_in_a_row", record.subject, last)
            together = in_a_row is not None and isinstance(in_a_row.value, Flag) and bool(in_a_row.value)
            had = _longest_row(free) if together else len(free)
            if had < due:
                row = " in a row" if together else ""
                yield breach(
                    record, found, [span for day in days for span in record.by_day.get(day, [])],
                    short_by=due - had, unit="days",
                    sentence=f"has {had} free days{row} in the week from {named(monday)}; {due} are due.",
                    remedy=f"Leave {due} days{row} of this week free.",
                )  # fmt: skip


def _longest_row(days: list[date]) -> int:
    """Most of the days that follow on one another."""
    longest = row = 0
    before: date | None = None
    for day in days:
        row = row + 1 if before is not None and day - before == DAY else 1
        longest, before = max(longest, row), day
    return longest
