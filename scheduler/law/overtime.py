"""How much overtime a calendar year may have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduler.law.findings import Finding, Severity
from scheduler.law.nominal_time import minutes_in
from scheduler.law.pack import Pack
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.values import Duration


def overtime_year_cap(
    layers: Sequence[Pack],
    subject: LawSubject,
    *,
    on: date,
    overtime_minutes: int,
    agreed_minutes: int | None = None,
) -> Finding | None:
    """The finding that somebody has more overtime in the calendar year than the law allows, or None.

    Parameters
    ----------
    layers
        Packs, nearest first; without any no limit is known.
    subject
        Whose overtime.
    on
        Civil day in the year, which decides the law in force.
    overtime_minutes
        Overtime of the calendar year so far.
    agreed_minutes
        Another limit that an agreement, work rules or the contract set.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> ann, today = LawSubject(id="ann"), date(2026, 11, 23)
    >>> found = overtime_year_cap(layers_of("pl"), ann, on=today, overtime_minutes=151 * 60)
    >>> found.code, found.short_by
    ('PL.OT_YEAR_150H', 60)
    """
    found = provision(layers, "overtime_year_cap", subject, on)
    if found is None:
        return None
    cap = minutes_in(found.value) if agreed_minutes is None else agreed_minutes
    if overtime_minutes <= cap:
        return None
    had = Duration(overtime_minutes)
    return Finding(
        code=found.parameter.code,
        parameter=found.parameter.id,
        severity=Severity.ERROR,
        employee=subject.id,
        short_by=overtime_minutes - cap,
        unit="minutes",
        citation=found.citation,
        status=found.dated.status,
        sentence=f"{had} of overtime in {on.year}; at most {Duration(cap)} are allowed.",
        remedy="Order no more overtime this year, or give time off in return within the settlement period.",
    )
