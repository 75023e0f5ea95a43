"""Full working time of a period, as the law counts it: weeks, weekdays and holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scheduler.kernel.clock import days_between
from scheduler.kernel.errors import SchedulerError
from scheduler.law.pack import Pack
from scheduler.law.provisions import provision
from scheduler.law.public_holidays import HolidayClass, holidays_between
from scheduler.law.subject import LawSubject
from scheduler.law.values import Count, Duration, Value, of_kind

FULL_TIMER = LawSubject(id="full-timer")


def nominal_minutes(
    layers: Sequence[Pack], first: date, end: date, *, absent_on: frozenset[date] = frozenset()
) -> int:
    """Minutes that full-time work in the civil days ``[first, end)`` amounts to.

    Poland (Kodeks pracy, art. 130): 40 h for each full week from the first day on, 8 h for each of the
    remaining days from Monday to Friday, less 8 h for each holiday on another day than Sunday, less 8 h for
    each day of justified absence that would have been worked.

    Parameters
    ----------
    layers
        Packs, nearest first.
    first, end
        A settlement period or part of it, half-open.
    absent_on
        Civil days of justified absence.

    Raises
    ------
    SchedulerError
        ``law_has_no_nominal_time`` where the law of the place, as far as it is written down, counts none on
        that day.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> nominal_minutes(layers_of("pl"), date(2026, 11, 1), date(2026, 12, 1)) / 60
    160.0
    """
    if not counts_nominal_time(layers, first):
        place = layers[0].id if layers else "this place"
        raise SchedulerError("law_has_no_nominal_time", jurisdiction=place, on=first.isoformat())
    return nominal_of(layers, first, end, absent_on)


def counts_nominal_time(layers: Sequence[Pack], day: date) -> bool:
    """Whether these layers say how full working time is counted on a civil day."""
    topics = ("nominal", "holidays", "norm_week_avg", "day_max")
    return all(provision(layers, topic, FULL_TIMER, day) is not None for topic in topics)


def nominal_of(
    layers: Sequence[Pack],
    first: date,
    end: date,
    absent_on: frozenset[date],
    *,
    free: frozenset[date] | None = None,
) -> int:
    """As `nominal_minutes`, for layers that count it; ``free`` are the public holidays, if given."""
    day_minutes = _minutes(layers, "day_max", first)
    weeks, rest = divmod((end - first).days, 7)
    days = days_between(first, end)
    known = public_holidays(layers, first, end) if free is None else free
    free = frozenset(day for day in known if first <= day < end)
    weekdays = sum(day.weekday() < 5 for day in days[len(days) - rest :])
    holidays_off = sum(day.weekday() != 6 for day in free)
    absent = sum(day in absent_on and day.weekday() < 5 and day not in free for day in days)
    worked_days = weekdays - holidays_off - absent
    return max(0, weeks * _minutes(layers, "norm_week_avg", first) + worked_days * day_minutes)


def public_holidays(layers: Sequence[Pack], first: date, end: date) -> frozenset[date]:
    """The days off in the civil days ``[first, end)``; none where the layers name no calendar."""
    named = holidays_between(layers, first, end)
    return frozenset(one.day for one in named if one.kind != HolidayClass.SPECIAL_WORKING)


def minutes_in(value: Value) -> int:
    """The minutes of a duration.

    Raises
    ------
    TypeError
        If the value is none.
    """
    return of_kind(value, Duration).minutes


def count_in(value: Value) -> int:
    """The number of a count.

    Raises
    ------
    TypeError
        If the value is none.
    """
    return of_kind(value, Count).number


def _minutes(layers: Sequence[Pack], topic: str, day: date) -> int:
    found = provision(layers, topic, FULL_TIMER, day)
    if found is None:
        raise SchedulerError("law_has_no_nominal_time", topic=topic, on=day.isoformat())
    return minutes_in(found.value)
