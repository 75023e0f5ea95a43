"""The work of some days in a form that can be kept, and on which days two such forms differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scheduler.timekeeping.pairing import Worked


def days_of(worked: Iterable[Worked]) -> dict[str, Any]:
    """Minutes and spans of each day with work: ``{day: {"minutes": 480, "spans": [[start, end]]}}``.

    It can be written as JSON: spans are ISO instants. Breaks show in the minutes.
    """
    days: dict[str, Any] = {}
    for span in sorted(worked, key=lambda each: each.starts_at):
        day = days.setdefault(span.day.isoformat(), {"minutes": 0, "spans": []})
        day["minutes"] += span.worked_minutes
        day["spans"].append([span.starts_at.isoformat(), span.ends_at.isoformat()])
    return days


def day_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The days on which two results of `days_of` differ, in order, each with what was and what is.

    Examples
    --------
    >>> day_changes({}, {"2026-11-16": {"minutes": 480, "spans": []}})[0]["before"]
    {'minutes': 0, 'spans': []}
    """
    nothing: dict[str, Any] = {"minutes": 0, "spans": []}
    return [
        {"day": day, "before": before.get(day, nothing), "after": after.get(day, nothing)}
        for day in sorted(before.keys() | after.keys())
        if before.get(day) != after.get(day)
    ]
