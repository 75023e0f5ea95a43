"""How the checks of this folder put a breach down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from scheduler.law.findings import Finding, Severity
from scheduler.law.provisions import Provision
from scheduler.law.values import Duration
from scheduler.law.work_record import WorkRecord, WorkSpan

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def breach(
    record: WorkRecord,
    found: Provision,
    spans: Sequence[WorkSpan],
    *,
    short_by: int,
    sentence: str,
    remedy: str,
    unit: str = "minutes",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding about work of the record's person; the sentence follows on their name."""
    return Finding(
        code=found.parameter.code.format(minutes=short_by),
        parameter=found.parameter.id,
        severity=severity,
        employee=record.subject.id,
        employee_name=record.who,
        spans=tuple((span.start, span.end) for span in spans),
        shifts=tuple(span.label for span in spans if span.label),
        short_by=short_by,
        unit=unit,
        citation=found.citation,
        status=found.dated.status,
        sentence=f"{record.who} {sentence}",
        remedy=remedy,
    )


def named(day: date) -> str:
    """A civil day in words.

    Examples
    --------
    >>> named(date(2026, 11, 23))
    'Mon 23 Nov'
    """
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def clock(record: WorkRecord, at: datetime) -> str:
    """An instant on the clock of the place."""
    reading = at.astimezone(record.zone)
    return f"{named(reading.date())} {reading:%H:%M}"


def length(minutes: int) -> str:
    """Minutes in words.

    Examples
    --------
    >>> length(375)
    '6 h 15 min'
    """
    return str(Duration(minutes))
