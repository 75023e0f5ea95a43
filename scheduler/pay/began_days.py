"""On which day work began, as the law asks, where a setting of the place counts it for other days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_day
from scheduler.law.wages.work import WorkedTime


def with_began_days(worked: Iterable[WorkedTime], zone: ZoneInfo) -> list[WorkedTime]:
    """The work in order of time, each span with the civil day on which it began.

    Spans that meet and have a punch in common are one stay, which began with the first of them: only a
    transfer or the end of a day parted them.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> edges = [datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((22, 22), (23, 0), (23, 6))]
    >>> refs = ("in", "out")
    >>> night = [
    ...     WorkedTime(day=date(2026, 11, 22), start=edges[0], end=edges[1], refs=refs),
    ...     WorkedTime(day=date(2026, 11, 23), start=edges[1], end=edges[2], refs=refs),
    ... ]
    >>> [f"{one.law_day:%d}" for one in with_began_days(night, ZoneInfo("UTC"))]
    ['22', '22']
    """
    found: list[WorkedTime] = []
    for span in sorted(worked, key=lambda one: (one.start, one.end)):
        began: date | None = None
        if found and found[-1].end == span.start:
            shared = {str(ref) for ref in found[-1].refs} & {str(ref) for ref in span.refs}
            began = found[-1].law_day if shared else None
        found.append(replace(span, began_on=began or local_day(span.start, zone)))
    return found
