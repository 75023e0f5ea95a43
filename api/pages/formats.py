"""How times, spans, hours and money are written on pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_currency

from scheduler.kernel.clock import local_day
from scheduler.kernel.money import major_units, minor_digits
from scheduler.law.words import OF_SEVERITIES, amount, plain, spaced
from scheduler.pay.code_words import code_in_words

LOCALE = "en"


def clock(at: datetime, zone: str) -> str:
    """Hours and minutes on the wall clock of a zone.

    Examples
    --------
    >>> from datetime import UTC
    >>> clock(datetime(2026, 7, 1, 4, 0, tzinfo=UTC), "Europe/Warsaw")
    '06:00'
    """
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def iso_clock(instant: str, zone: str) -> str:
    """Hours and minutes of an instant stored as text.

    Examples
    --------
    >>> iso_clock("2026-07-01T04:00:00+00:00", "Europe/Warsaw")
    '06:00'
    """
    return clock(datetime.fromisoformat(instant), zone)


def span(start: datetime, end: datetime, zone: str) -> str:
    """A span on the wall clock; ``+1`` marks an end on the following day.

    Examples
    --------
    >>> from datetime import UTC
    >>> span(datetime(2026, 7, 1, 20, tzinfo=UTC), datetime(2026, 7, 2, 4, tzinfo=UTC), "Europe/Warsaw")
    '22:00–06:00 +1'
    """
    later = (local_day(end, ZoneInfo(zone)) - local_day(start, ZoneInfo(zone))).days
    text = f"{clock(start, zone)}–{clock(end, zone)}"
    return f"{text} +{later}" if later else text


def stamp(at: datetime, zone: str) -> str:
    """Day and time on the wall clock of a zone."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{short_day(local.date())}, {local:%H:%M}"


def stamp_span(start: datetime, end: datetime, zone: str) -> str:
    """The day and a span on the wall clock.

    Examples
    --------
    >>> from datetime import UTC
    >>> stamp_span(datetime(2026, 7, 1, 4, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC), "Europe/Warsaw")
    'Wed 1 Jul, 06:00–14:00'
    """
    return f"{short_day(local_day(start, ZoneInfo(zone)))}, {span(start, end, zone)}"


def weekday(day: date) -> str:
    """The name of the day.

    Examples
    --------
    >>> weekday(date(2026, 11, 23))
    'Monday'
    """
    return format_date(day, "EEEE", locale=LOCALE)


def day_and_month(day: date) -> str:
    """Day and month.

    Examples
    --------
    >>> day_and_month(date(2026, 11, 23))
    '23 November'
    """
    return format_date(day, "d MMMM", locale=LOCALE)


def tiny_weekday(day: date) -> str:
    """The name of the day, shortened.

    Examples
    --------
    >>> tiny_weekday(date(2026, 11, 23))
    'Mon'
    """
    return format_date(day, "EEE", locale=LOCALE)


def short_day(day: date) -> str:
    """Weekday, day and month.

    Examples
    --------
    >>> short_day(date(2026, 11, 23))
    'Mon 23 Nov'
    """
    return format_date(day, "EEE d MMM", locale=LOCALE)


def long_day(day: date) -> str:
    """Weekday, day, month and year in full.

    Examples
    --------
    >>> long_day(date(2026, 11, 23))
    'Monday 23 November 2026'
    """
    return format_date(day, "EEEE d MMMM y", locale=LOCALE)


def pay_days(first: date, last: date) -> str:
    """The days of a pay period, both **included**.

    Examples
    --------
    >>> pay_days(date(2026, 11, 16), date(2026, 11, 22)), pay_days(date(2026, 11, 16), date(2026, 11, 30))
    ('Week of Monday 16 November 2026', 'Mon 16 Nov to Mon 30 Nov 2026')
    """
    if first.weekday() == 0 and (last - first).days == 6:
        return f"Week of {long_day(first)}"
    return f"{short_day(first)} to {short_day(last)} {last.year}"


def hours(minutes: int) -> str:
    """Hours and minutes; negative with a minus sign.

    Examples
    --------
    >>> hours(450), hours(480), hours(-15), hours(0)
    ('7 h 30', '8 h', '−15 min', '0 h')
    """
    whole, rest = divmod(abs(minutes), 60)
    text = f"{whole} h {rest:02}" if whole and rest else f"{rest} min" if rest else f"{whole} h"
    return f"−{text}" if minutes < 0 else text


def money(cents: int, currency: str) -> str:
    """An amount of minor units with its currency, with as many decimals as that currency has.

    Examples
    --------
    >>> money(123456, "PLN"), money(123456, "JPY"), money(-5, "KWD")
    ('PLN 1,234.56', 'JPY 123,456', '-KWD 0.005')
    """
    digits = minor_digits(currency)
    pattern = "¤¤ #,##0" + ("." + "0" * digits if digits else "")
    amount = major_units(cents, currency)
    return format_currency(amount, currency, pattern, locale=LOCALE, currency_digits=False)


def notice(minutes: int) -> str:
    """How long before something, in whole days or, within two days, in hours and minutes.

    Examples
    --------
    >>> notice(5 * 1440 + 30), notice(90), notice(0)
    ('5 days', '1 h 30', 'none')
    """
    if minutes == 0:
        return "none"
    return f"{minutes // 1440} days" if minutes >= 2 * 1440 else hours(minutes)


FILTERS: dict[str, Callable[..., Any]] = {
    "clock": clock,
    "iso_clock": iso_clock,
    "span": span,
    "stamp": stamp,
    "stamp_span": stamp_span,
    "weekday": weekday,
    "tiny_weekday": tiny_weekday,
    "day_and_month": day_and_month,
    "short_day": short_day,
    "long_day": long_day,
    "pay_days": pay_days,
    "hours": hours,
    "money": money,
    "notice": notice,
    "amount": amount,
    "plain": plain,
    "pay_words": code_in_words,
    "spaced": spaced,
    "severity": OF_SEVERITIES.__getitem__,
}
