"""Pay calendars: how the days are cut into periods that are paid together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from scheduler.kernel.errors import FieldError

LAST_DAY_OF_MONTH = 28
"""Periods by the month begin on days that every month has."""


class PayCalendarKind(StrEnum):
    """How long the periods of a calendar are."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    SEMI_MONTHLY = "semi_monthly"
    MONTHLY = "monthly"


LENGTH_DAYS = {
    PayCalendarKind.WEEKLY: 7,
    PayCalendarKind.FORTNIGHTLY: 14,
    PayCalendarKind.FOUR_WEEKLY: 28,
}
"""Days of a period, of the kinds that count from an anchor."""


@dataclass(frozen=True, slots=True)
class PayCalendar:
    """Periods that follow one another without gap or overlap, for ever in both directions.

    Parameters
    ----------
    anchor_on
        First day of one period; for the kinds of `LENGTH_DAYS` only.
    first_day
        Day of the month, 1 to 28, on which a period begins; for the other kinds only.
    second_day
        The other day of the month, later than ``first_day``; for semi-monthly periods only.

    Examples
    --------
    >>> PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=1, second_day=16).span(date(2028, 2, 29))
    (datetime.date(2028, 2, 16), datetime.date(2028, 3, 1))
    >>> PayCalendar(PayCalendarKind.FORTNIGHTLY, anchor_on=date(2026, 11, 2)).span(date(2026, 11, 1))
    (datetime.date(2026, 10, 19), datetime.date(2026, 11, 2))
    """

    kind: PayCalendarKind
    anchor_on: date | None = None
    first_day: int | None = None
    second_day: int | None = None

    def errors(self) -> list[FieldError]:
        """Everything that is missing, that cannot be, or that this kind does not have."""
        found: list[FieldError] = []
        by_anchor = self.kind in LENGTH_DAYS
        called = self.kind.value.replace("_", "-")
        if by_anchor and self.anchor_on is None:
            hint = f"the first day of a period; a {called} calendar counts from it"
            found.append(FieldError("anchor_on", "", "is missing", hint))
        if not by_anchor and self.anchor_on is not None:
            hint = f"nothing: a {called} calendar begins on days of the month"
            found.append(FieldError("anchor_on", str(self.anchor_on), "has no meaning here", hint))
        wanted = {"first_day": not by_anchor, "second_day": self.kind is PayCalendarKind.SEMI_MONTHLY}
        for name, is_wanted in wanted.items():
            value = getattr(self, name)
            if is_wanted and (value is None or not 1 <= value <= LAST_DAY_OF_MONTH):
                problem = "is missing" if value is None else "is not in every month"
                hint = "a day of the month from 1 to 28"
                found.append(FieldError(name, "" if value is None else str(value), problem, hint))
            elif not is_wanted and value is not None:
                hint = f"nothing: a {called} calendar does not have it"
                found.append(FieldError(name, str(value), "has no meaning here", hint))
        if not found and self.second_day is not None and self.second_day <= (self.first_day or 0):
            hint = f"later than {self.first_day}"
            found.append(FieldError("second_day", str(self.second_day), "is not the later of the two", hint))
        return found

    def span(self, day: date) -> tuple[date, date]:
        """The period ``[first, end)`` that contains a day."""
        if self.anchor_on is not None:
            length = LENGTH_DAYS[self.kind]
            first = day - timedelta(days=(day - self.anchor_on).days % length)
            return first, first + timedelta(days=length)
        starts = [start for start in (self.first_day, self.second_day) if start is not None]
        months = [_month(day, offset) for offset in (-1, 0, 1)]
        begins = [month.replace(day=start) for month in months for start in starts]
        return max(each for each in begins if each <= day), min(each for each in begins if each > day)


WEEK_FROM_MONDAY = PayCalendar(PayCalendarKind.WEEKLY, anchor_on=date(2001, 1, 1))
"""The calendar of everybody who is in no pay group."""


@dataclass(frozen=True, slots=True)
class CalendarFrom:
    """A calendar that holds from a day on."""

    valid_from: date
    calendar: PayCalendar


@dataclass(frozen=True, slots=True)
class PayCalendars:
    """The calendars of a pay group one after another; the first also holds for every day before it.

    Where one follows another, the last period of the earlier one ends the day before: the periods still
    cover each day once.

    Parameters
    ----------
    versions
        By their first days; at least one.
    """

    versions: tuple[CalendarFrom, ...]

    def span(self, day: date) -> tuple[date, date]:
        """The period ``[first, end)`` that contains a day."""
        held = self._held(day)
        first, end = held.calendar.span(day)
        if held is not self.versions[0]:
            first = max(first, held.valid_from)
        later = [each.valid_from for each in self.versions if each.valid_from > day and each is not held]
        return first, min(end, *later) if later else end

    def in_force(self, day: date) -> PayCalendar:
        """The calendar that holds on a day."""
        return self._held(day).calendar

    def _held(self, day: date) -> CalendarFrom:
        begun = [each for each in self.versions if each.valid_from <= day]
        return begun[-1] if begun else self.versions[0]

    def periods(self, day: date, count: int) -> list[tuple[date, date]]:
        """The period that contains a day, and those after it: ``count`` in all."""
        found: list[tuple[date, date]] = []
        for _ in range(count):
            found.append(self.span(day))
            day = found[-1][1]
        return found


NO_GROUP = PayCalendars((CalendarFrom(date(1900, 1, 1), WEEK_FROM_MONDAY),))
"""What holds without a pay group: weeks from Monday to Sunday."""


def _month(day: date, offset: int) -> date:
    """The first day of the month that is ``offset`` months after that of a day."""
    months = day.year * 12 + day.month - 1 + offset
    return date(months // 12, months % 12 + 1, 1)
