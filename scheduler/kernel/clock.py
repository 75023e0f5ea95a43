"""Instants, civil days and zones.

Instants are aware and in UTC; arithmetic on time happens there. A civil day of a zone lasts 23, 24 or 25
hours.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from scheduler.kernel.errors import FieldError, InvalidInput

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def as_utc(at: datetime) -> datetime:
    """The same instant in UTC.

    Raises
    ------
    ValueError
        If ``at`` is naive: a naive datetime names no instant.
    """
    if at.tzinfo is UTC:
        return at
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError(f"naive datetime {at.isoformat()}: give an offset such as {at.isoformat()}+00:00")
    return at.astimezone(UTC)


_NO_PLACES = {"Factory", "localtime", "posixrules"}
"""Files beside the zones: what one machine happens to be set to, and the zone of a machine never set."""


@cache
def zone_names() -> frozenset[str]:
    """The IANA names, read once: looking them up walks every folder of the zone database."""
    return frozenset(available_timezones() - _NO_PLACES)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone called ``name``.

    Raises
    ------
    InvalidInput
        If no such zone exists.
    """
    if name not in zone_names():
        hint = "an IANA name such as Europe/Warsaw or Asia/Manila"
        raise InvalidInput([FieldError("zone", name, "no such time zone", hint)])
    return ZoneInfo(name)


@lru_cache(maxsize=1 << 16)
def local_instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock reading.

    Parameters
    ----------
    day
        Civil day.
    minute
        Minutes on the wall clock after ``day`` 00:00; 1440 and more fall on following days.
    zone
        Zone of the wall clock. A reading inside a spring gap moves forward by the gap; inside an autumn fold
        it is the first.

    Examples
    --------
    >>> local_instant(date(2026, 3, 29), 150, ZoneInfo("Europe/Warsaw")).isoformat()
    '2026-03-29T01:30:00+00:00'
    """
    days, rest = divmod(minute, DAY_MINUTES)
    reading = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)
    return reading.astimezone(UTC)


def is_skipped(day: date, minute: int, zone: ZoneInfo) -> bool:
    """Whether clocks jump over this reading, as they do in spring.

    Examples
    --------
    >>> is_skipped(date(2026, 3, 29), 150, ZoneInfo("Europe/Warsaw"))
    True
    """
    days, rest = divmod(minute, DAY_MINUTES)
    reading = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60))
    return local_instant(day, minute, zone).astimezone(zone).replace(tzinfo=None) != reading


def is_repeated(day: date, minute: int, zone: ZoneInfo) -> bool:
    """Whether clocks show this reading twice, as they do in autumn.

    Examples
    --------
    >>> is_repeated(date(2026, 10, 25), 150, ZoneInfo("Europe/Warsaw"))
    True
    """
    days, rest = divmod(minute, DAY_MINUTES)
    reading = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)
    return reading.utcoffset() != reading.replace(fold=1).utcoffset() and not is_skipped(day, minute, zone)


def local_span(
    day: date, start_minute: int, end_minute: int, zone: ZoneInfo
) -> tuple[datetime, datetime] | None:
    """The UTC instants ``[start, end)`` of a stretch of the wall clock; None if clocks jump over all of it.

    Neighbouring stretches give neighbouring spans on every day: a boundary inside a spring gap is the jump
    itself, one inside an autumn fold is the first of the two, so the stretch that ends the fold also holds
    the repeated hour.

    Parameters
    ----------
    day
        Civil day from whose 00:00 the minutes count.
    start_minute, end_minute
        Half-open, ``start_minute < end_minute``; 1440 and more fall on following days.

    Examples
    --------
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> local_span(date(2026, 3, 29), 120, 180, warsaw) is None
    True
    >>> start, end = local_span(date(2026, 10, 25), 0, 1440, warsaw)
    >>> minutes_between(start, end) / 60
    25.0
    """
    start, end = (_boundary(day, minute, zone) for minute in (start_minute, end_minute))
    return (start, end) if start < end else None


def _boundary(day: date, minute: int, zone: ZoneInfo) -> datetime:
    if not is_skipped(day, minute, zone):
        return local_instant(day, minute, zone)
    while is_skipped(day, minute, zone):
        minute -= 1
    return local_instant(day, minute, zone) + MINUTE


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a civil day, in UTC."""
    return local_instant(day, 0, zone)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The civil day on which an instant falls in a zone."""
    return as_utc(at).astimezone(zone).date()


def local_minute(at: datetime, zone: ZoneInfo) -> int:
    """Minutes on the wall clock since local midnight, 0 to 1439."""
    reading = as_utc(at).astimezone(zone)
    return reading.hour * 60 + reading.minute


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes elapsed from ``start`` to ``end``; negative if ``end`` is earlier.

    Examples
    --------
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> evening = datetime(2026, 10, 24, 22, tzinfo=warsaw)
    >>> minutes_between(evening, datetime(2026, 10, 25, 6, tzinfo=warsaw)) / 60
    9.0
    """
    return (as_utc(end) - as_utc(start)) // MINUTE


def days_between(first: date, end: date) -> list[date]:
    """Every civil day of the half-open span ``[first, end)``."""
    return [first + timedelta(days=n) for n in range((end - first).days)]


def week_start(day: date) -> date:
    """The Monday on or before ``day``."""
    return day - timedelta(days=day.weekday())
