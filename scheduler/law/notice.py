"""How long before its first work a schedule must be made known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from scheduler.law.findings import Finding, Severity
from scheduler.law.pack import Pack
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.values import Count


def schedule_notice(
    layers: Sequence[Pack], *, published_on: date, first_work_on: date, sector: str = ""
) -> Finding | None:
    """The finding that a schedule is made known too late, or None; the law of its first day decides.

    Parameters
    ----------
    layers
        Packs, nearest first; without any nothing is known to be due.
    published_on
        Civil day on which people are told.
    first_work_on
        Civil day of the first work in the schedule.
    sector
        Line of business, where the law of the place tells them apart.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> published, first = date(2026, 11, 20), date(2026, 11, 23)
    >>> late = schedule_notice(layers_of("pl"), published_on=published, first_work_on=first)
    >>> late.code, late.short_by
    ('PL.SCHEDULE_NOTICE_7D', 4)
    """
    anybody = LawSubject(id="anybody", sector=sector)
    found = provision(layers, "schedule_notice", anybody, first_work_on)
    if found is None or not isinstance(found.value, Count):
        return None
    given = (first_work_on - published_on).days
    latest = first_work_on - timedelta(days=found.value.number)
    if given >= found.value.number:
        return None
    told = f"The first work, on {first_work_on}, is made known {given} days before"
    return Finding(
        code=found.parameter.code,
        parameter=found.parameter.id,
        severity=Severity.WARNING,
        short_by=found.value.number - given,
        unit="days",
        citation=found.citation,
        status=found.dated.status,
        sentence=f"{told}; {found.value} are due.",
        remedy=f"Publish by {latest}, or agree the change with the people concerned.",
    )
