"""Anniversaries of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date


def anniversaries(first: date, starts_on: date, ends_on: date) -> Iterator[tuple[int, date]]:
    """Whole years since ``first``, and the day on which they are full, for days in ``[starts_on, ends_on)``.

    In years without 29 February that day's anniversary is 28 February.

    Examples
    --------
    >>> found = anniversaries(date(2024, 2, 29), date(2024, 1, 1), date(2026, 3, 1))
    >>> [f"{years}: {day}" for years, day in found]
    ['1: 2025-02-28', '2: 2026-02-28']
    """
    for year in range(max(first.year + 1, starts_on.year), min(ends_on.year, MAXYEAR) + 1):
        is_leap_day = (first.month, first.day) == (2, 29)
        day = date(year, 2, 28) if is_leap_day and not _is_leap(year) else first.replace(year=year)
        if starts_on <= day < ends_on:
            yield year - first.year, day


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
