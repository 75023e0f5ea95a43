"""The pay periods of a group, with the days on which their timesheets and their money are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.people.models import PayGroup
from scheduler.people.pay_calendar import CalendarFrom, PayCalendar, PayCalendars
from scheduler.people.pay_groups import calendars_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PeriodDays:
    """The days ``[starts_on, ends_on)`` of a pay period; None where nobody said when something is due."""

    starts_on: date
    ends_on: date
    sheets_due_on: date | None
    paid_on: date | None

    @property
    def last_day(self) -> date:
        """The last of its days."""
        return self.ends_on - DAY


def next_periods(group: PayGroup, day: date, count: int) -> list[PeriodDays]:
    """The period of a group that contains a day, and those after it: ``count`` in all."""
    return _days(group, calendars_of(group), day, count)


def periods_if(
    group: PayGroup, calendar: PayCalendar, valid_from: date, day: date, count: int
) -> list[PeriodDays]:
    """The same as they would be with another calendar from a day on."""
    kept = (each for each in calendars_of(group).versions if each.valid_from < valid_from)
    changed = PayCalendars((*kept, CalendarFrom(valid_from, calendar)))
    return _days(group, changed, day, count)


def _days(group: PayGroup, calendars: PayCalendars, day: date, count: int) -> list[PeriodDays]:
    return [
        PeriodDays(first, end, _after(end, group.sheets_due_days), _after(end, group.pay_day_days))
        for first, end in calendars.periods(day, count)
    ]


def _after(end: date, days: int | None) -> date | None:
    return None if days is None else end - DAY + timedelta(days=days)
