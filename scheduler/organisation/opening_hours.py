"""Whether a location is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import DAY_MINUTES, day_start, local_day, local_minute

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


def is_open_between(hours: WeekHours, starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> bool:
    """Whether the location is open during all of the instants ``[starts_at, ends_at)``, by its wall clock.

    Examples
    --------
    >>> warsaw, night = ZoneInfo("Europe/Warsaw"), datetime.fromisoformat("2026-10-24T22:00:00+00:00")
    >>> is_open_between({5: (0, 1440), 6: (0, 360)}, night, night + timedelta(hours=7), warsaw)
    True
    >>> is_open_between({5: (0, 1440), 6: (0, 360)}, night, night + timedelta(hours=8), warsaw)
    False
    """
    day = local_day(starts_at, zone)
    while starts_at < ends_at:
        day_end = day_start(day + timedelta(days=1), zone)
        end_minute = DAY_MINUTES if ends_at >= day_end else local_minute(ends_at, zone)
        if not is_open(hours, day.weekday(), local_minute(starts_at, zone), end_minute):
            return False
        starts_at, day = day_end, day + timedelta(days=1)
    return True


def hours_in_words(hours: WeekHours, weekday: int) -> str:
    """What a weekday's hours are.

    Examples
    --------
    >>> hours_in_words({4: (1080, 1560)}, 4), hours_in_words({4: (1080, 1560)}, 5)
    ('open 18:00 to 02:00 of the next day', 'closed on that weekday')
    """
    if weekday not in hours:
        return "closed on that weekday"
    opens, closes = hours[weekday]
    next_day = " of the next day" if closes > DAY_MINUTES else ""
    closes -= DAY_MINUTES if closes > DAY_MINUTES else 0
    return f"open {_clock(opens)} to {_clock(closes)}{next_day}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
