"""The seven days whose time is counted, approved and paid together."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.kernel.clock import week_start


def pay_week(day: date) -> tuple[date, date]:
    """The half-open span ``[first, end)`` of civil days, from Monday to Monday, that contains ``day``.

    Examples
    --------
    >>> pay_week(date(2027, 1, 1))
    (datetime.date(2026, 12, 28), datetime.date(2027, 1, 4))
    """
    first = week_start(day)
    return first, first + timedelta(days=7)
