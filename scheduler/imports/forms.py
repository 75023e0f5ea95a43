"""The forms that values take in imported files, and how each is read."""

from __future__ import annotations

import re
from calendar import day_name, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from scheduler.kernel.clock import zone_names
from scheduler.kernel.money import is_currency

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

DAY_NAMES = tuple(name.lower() for name in day_name)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_OTHER_DAY = re.compile(r"(\d{1,4})[./ -](\d{1,2})[./ -](\d{1,4})")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_READING = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?([+-]\d{2}:\d{2}|Z)?")
_DECIMAL = re.compile(r"-?\d+([.,]\d{1,2})?")
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


class Unreadable(Exception):
    """A value has not the form its column asks for."""

    def __init__(self, problem: str, hint: str) -> None:
        self.problem = problem
        self.hint = hint
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """How the values of a column look.

    Parameters
    ----------
    says
        The form in a few words, for the documentation.
    read
        Text, and the Monday that weekday names are counted from, to a value; raises `Unreadable`.
    """

    says: str
    read: Callable[[str, date | None], T]


class Reading(NamedTuple):
    """Seconds on the clock after a midnight, with the offset from UTC in minutes where it is told."""

    second: int
    offset_minutes: int | None


def did_you_mean(value: str, known: list[str], otherwise: str, nearness: float = 0.66) -> str:
    """A hint that offers the nearest known value, else ``otherwise``.

    Examples
    --------
    >>> did_you_mean("pikcing", ["packing", "picking"], "one of ...")
    "did you mean 'picking'?"
    """
    folded = {each.lower(): each for each in known}
    near = get_close_matches(value.lower(), folded, n=1, cutoff=nearness)
    return f"did you mean '{folded[near[0]]}'?" if near else otherwise


def text(longest: int) -> Form[str]:
    """Text of at most so many characters."""

    def read(value: str, _week: date | None) -> str:
        if len(value) > longest:
            raise Unreadable(f"is {len(value)} characters long", f"at most {longest} characters")
        if not value.isprintable():
            raise Unreadable("contains a line break or a control character", "plain text on one line")
        return value

    return Form(f"text, at most {longest} characters", read)


def choice(kinds: type[E]) -> Form[E]:
    """One of the values of an enumeration."""
    values = [kind.value for kind in kinds]
    listed = ", ".join(values)

    def read(value: str, _week: date | None) -> E:
        try:
            return kinds(value.lower())
        except ValueError:
            raise Unreadable(
                "is not one of the values", did_you_mean(value, values, f"one of {listed}")
            ) from None

    return Form(" or ".join(f"`{value}`" for value in values), read)


def whole(least: int, most: int, what: str) -> Form[int]:
    """A whole number within bounds, both included."""

    def read(value: str, _week: date | None) -> int:
        if not re.fullmatch(r"-?\d{1,18}", value):
            raise Unreadable("is not a whole number", f"{what}, {least} to {most}")
        number = int(value)
        if not least <= number <= most:
            problem = "is negative" if number < 0 else f"is not within {least} to {most}"
            raise Unreadable(problem, f"{what}, {least} to {most}")
        return number

    return Form(f"{what}, {least} to {most}", read)


def _decimal(value: str, example: str) -> Decimal:
    if not _DECIMAL.fullmatch(value):
        raise Unreadable("is not a number with at most two decimals", f"such as {example}")
    number = Decimal(value.replace(",", "."))
    if number < 0:
        raise Unreadable("is negative", f"0 or more, such as {example}")
    return number


def _read_money(value: str, _week: date | None) -> Decimal:
    amount = _decimal(value, "31.40")
    if amount >= 1_000_000:
        raise Unreadable("is implausibly high", "an amount below 1000000")
    return amount


def _read_hours(value: str, _week: date | None) -> int:
    minutes = _decimal(value, "37.5") * 60
    if minutes != int(minutes):
        raise Unreadable("is no whole number of minutes", "such as 7.5 or 7.75")
    if minutes > 7 * 24 * 60:
        raise Unreadable("is more than the hours of a week", "at most 168")
    return int(minutes)


def _read_quantity(value: str, _week: date | None) -> float:
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise Unreadable("is not a number", "such as 12 or 12.5, with a decimal point") from None
    if not number.is_finite() or not 0 <= number < 10**12:
        raise Unreadable("is not a count", "0 or more, such as 12 or 12.5")
    return float(number)


@cache
def _iso_day(value: str) -> date:
    if match := _ISO_DAY.fullmatch(value):
        year, month, day = (int(part) for part in match.groups())
        if not 1900 <= year <= 2199:
            raise Unreadable(f"is in the year {year}", "a date from 1900-01-01 to 2199-12-31")
        if not 1 <= month <= 12:
            raise Unreadable("is no date", f"months are 01 to 12, not {month:02}")
        last = monthrange(year, month)[1]
        if not 1 <= day <= last:
            raise Unreadable("is no date", f"{year}-{month:02} has the days 01 to {last}")
        return date(year, month, day)
    possible = _days_meant(value)
    if len(possible) == 1:
        raise Unreadable("is not an ISO date", f"write {possible[0]}")
    if possible:
        raise Unreadable("can be read as two dates", f"write {' or '.join(possible)}")
    raise Unreadable("is no date", "an ISO date such as 2026-11-23")


def _days_meant(value: str) -> list[str]:
    """The dates that a text in another notation may mean, as ISO text, in order."""
    match = _OTHER_DAY.fullmatch(value)
    if not match:
        return []
    first, second, third = (int(part) for part in match.groups())
    readings = [(first, second, third)] if first > 31 else [(third, second, first), (third, first, second)]
    meant = set()
    for year, month, day in readings:
        year += 2000 if year < 100 else 0
        if 1900 <= year <= 2199 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            meant.add(f"{year}-{month:02}-{day:02}")
    return sorted(meant)


def _read_date(value: str, _week: date | None) -> date:
    return _iso_day(value)


def _read_day(value: str, week: date | None) -> date:
    days = _read_days(value, week)
    if len(days) > 1:
        raise Unreadable("names several days", "one ISO date or one weekday")
    return days[0]


def _read_days(value: str, week: date | None) -> tuple[date, ...]:
    if any(character.isdigit() for character in value):
        return (_iso_day(value),)
    weekdays = _weekdays(value)
    if week is None:
        raise Unreadable(
            "names a weekday, and no week was given", "an ISO date, or the week's Monday with --week"
        )
    return tuple(week + timedelta(days=weekday) for weekday in weekdays)


@cache
def _weekdays(value: str) -> tuple[int, ...]:
    """Weekdays of a list or range such as ``mon-fri`` or ``sat, sun``; 0 = Monday, in order."""
    if value.lower() == "daily":
        return tuple(range(7))
    chosen: set[int] = set()
    for part in filter(None, re.split(r"[\s,;+/]+", re.sub(r"\s*[-–]\s*", "-", value))):
        first, dash, last = part.partition("-")
        start, end = _weekday(first), _weekday(last if dash else first)
        chosen |= {(start + step) % 7 for step in range((end - start) % 7 + 1)}
    return tuple(sorted(chosen))


def _weekday(name: str) -> int:
    matches = [
        number for number, full in enumerate(DAY_NAMES) if len(name) >= 3 and full.startswith(name.lower())
    ]
    if len(matches) != 1:
        raise Unreadable(
            "is no weekday", "mon, tue, wed, thu, fri, sat, sun, or a range such as mon-fri, or daily"
        )
    return matches[0]


def _read_weekdays(value: str, _week: date | None) -> tuple[int, ...]:
    return _weekdays(value)


@cache
def _clock_minute(value: str) -> int:
    match = _CLOCK.fullmatch(value)
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise Unreadable("is no time of day", "00:00 to 24:00, such as 06:30")
    return hour * 60 + minute


def _read_clock(value: str, _week: date | None) -> int:
    return _clock_minute(value)


def _read_reading(value: str, _week: date | None) -> Reading:
    match = _READING.fullmatch(value)
    hour, minute, second = (int(part or 0) for part in match.groups()[:3]) if match else (99, 99, 99)
    if match is None or hour > 47 or minute > 59 or second > 59:
        raise Unreadable(
            "is no time on the clock", "such as 06:30, 06:30:15, 02:30+01:00, or 25:10 past midnight"
        )
    offset = match[4]
    if offset is None:
        return Reading(hour * 3600 + minute * 60 + second, None)
    if offset == "Z":
        return Reading(hour * 3600 + minute * 60 + second, 0)
    away = int(offset[1:3]) * 60 + int(offset[4:6])
    return Reading(hour * 3600 + minute * 60 + second, -away if offset[0] == "-" else away)


def _read_yes_no(value: str, _week: date | None) -> bool:
    if value.lower() not in _YES:
        raise Unreadable("is neither yes nor no", "yes or no")
    return _YES[value.lower()]


def _read_zone(value: str, _week: date | None) -> str:
    zones = zone_names()
    if value not in zones:
        otherwise = "an IANA name such as Europe/Warsaw or Asia/Manila"
        hint = did_you_mean(value, sorted(zones), otherwise, nearness=0.8)
        raise Unreadable("is no known time zone", hint)
    return value


def _read_currency(value: str, _week: date | None) -> str:
    if not is_currency(value):
        raise Unreadable("is no known currency", "an ISO 4217 code such as PLN, PHP or USD")
    return value


def _read_jurisdiction(value: str, _week: date | None) -> str:
    if len(value) > 20 or not re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)*", value):
        raise Unreadable(
            "is no jurisdiction", "a lower-case country code, with its region where it matters: pl, us-ca"
        )
    return value


def _read_email(value: str, _week: date | None) -> str:
    if len(value) > 254 or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
        raise Unreadable("is no e-mail address", "such as ann.nowak@example.com")
    return value.lower()


NAME = text(200)
CODE = text(40)
MONEY = Form("amount with at most two decimals, such as `31.40`", _read_money)
HOURS = Form("hours with at most two decimals, such as `37.5`", _read_hours)
QUANTITY = Form("number, 0 or more, with a decimal point", _read_quantity)
PEOPLE = whole(0, 10_000, "number of people")
STEP = whole(1, 24 * 60, "minutes")
DATE = Form("ISO date, such as `2026-11-23`", _read_date)
DAY = Form("ISO date, or a weekday of the week given by `--week`, such as `mon`", _read_day)
DAYS = Form(
    "ISO date, or weekdays of the week given by `--week`, such as `mon-fri` or `sat, sun`", _read_days
)
WEEKDAYS = Form("weekdays, such as `mon-fri`, `sat, sun` or `daily`", _read_weekdays)
CLOCK = Form("time on the local clock, `00:00` to `24:00`", _read_clock)
READING = Form(
    "time on the local clock, such as `06:30` or `06:30:15`; `25:10` is ten past one in the night after "
    "`day`; an offset may follow, such as `02:30+01:00`",
    _read_reading,
)
YES_NO = Form("`yes` or `no`", _read_yes_no)
ZONE = Form("IANA time zone, such as `Europe/Warsaw`", _read_zone)
CURRENCY = Form("ISO 4217 code, such as `PLN`", _read_currency)
JURISDICTION = Form("id of the law that holds there, such as `pl` or `us-ca`", _read_jurisdiction)
EMAIL = Form("e-mail address", _read_email)
