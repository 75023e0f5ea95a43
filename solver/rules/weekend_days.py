"""Which civil days are the weekend: Saturday and Sunday, or Friday and Saturday, or three days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.rules.rule import check_weekdays

if TYPE_CHECKING:
    from solver.civil_days import Calendar

SATURDAY_AND_SUNDAY = (5, 6)


def check_weekend(weekdays: tuple[int, ...]) -> None:
    """Raise ValueError unless the days follow each other and are some but not all of the week.

    Examples
    --------
    >>> check_weekend((4, 5, 6))
    >>> check_weekend((4, 6))
    Traceback (most recent call last):
    ValueError: weekdays [4, 6] are no weekend; name 1 to 6 days that follow each other
    """
    check_weekdays(weekdays)
    if sum((day - 1) % 7 not in weekdays for day in weekdays) != 1:
        raise ValueError(f"weekdays {list(weekdays)} are no weekend; name 1 to 6 days that follow each other")


def weekend_of(calendar: Calendar, day: int, weekdays: tuple[int, ...]) -> range | None:
    """The days of the weekend to which a day belongs, as indexes; None where it belongs to none."""
    if calendar.weekday(day) not in weekdays:
        return None
    first = day
    while calendar.weekday(first - 1) in weekdays:
        first -= 1
    return range(first, first + len(weekdays))


def weekends_of(calendar: Calendar, days: range, weekdays: tuple[int, ...]) -> list[range]:
    """The weekends of which any day is among ``days``, in order."""
    found = {weekend for day in days if (weekend := weekend_of(calendar, day, weekdays)) is not None}
    return sorted(found, key=lambda weekend: weekend.start)
