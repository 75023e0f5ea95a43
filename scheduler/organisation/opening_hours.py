"""Whether a location is open, in minutes of its wall clock."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.kernel.clock import DAY_MINUTES

WeekHours = Mapping[int, tuple[int, int]]
"""Weekday (0 = Monday) to ``(opens_minute, closes_minute)``, half-open; a missing weekday is closed."""


def is_open(hours: WeekHours, weekday: int, start_minute: int, end_minute: int) -> bool:
    """Whether the location is open in all of ``[start_minute, end_minute)``, from 00:00 of ``weekday``.

    Hours that run past midnight count, so a bar open from 18:00 to 02:00 is open at 01:00 of the next day.

    Examples
    --------
    >>> bar = {4: (1080, 1560)}
    >>> is_open(bar, 5, 0, 120), is_open(bar, 5, 0, 180)
    (True, False)
    """
    reached = start_minute
    for offset in (-1, 0, 1):
        opens, closes = hours.get((weekday + offset) % 7, (0, 0))
        if opens + offset * DAY_MINUTES <= reached < closes + offset * DAY_MINUTES:
            reached = closes + offset * DAY_MINUTES
    return reached >= end_minute
