"""Pay calendars in words."""

from __future__ import annotations

from api.pages.formats import long_day, weekday
from scheduler.people.pay_calendar import PayCalendar, PayCalendarKind

KINDS = {
    PayCalendarKind.WEEKLY: "Every week",
    PayCalendarKind.FORTNIGHTLY: "Every two weeks",
    PayCalendarKind.FOUR_WEEKLY: "Every four weeks",
    PayCalendarKind.SEMI_MONTHLY: "Twice a month",
    PayCalendarKind.MONTHLY: "Every month",
}


def calendar_words(calendar: PayCalendar) -> str:
    """How a calendar cuts the days, as a person would say it.

    Examples
    --------
    >>> from datetime import date
    >>> calendar_words(PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=1, second_day=16))
    'twice a month, from the 1st and from the 16th'
    >>> calendar_words(PayCalendar(PayCalendarKind.WEEKLY, anchor_on=date(2026, 11, 2)))
    'every week from Monday'
    >>> calendar_words(PayCalendar(PayCalendarKind.FORTNIGHTLY, anchor_on=date(2026, 11, 2)))
    'every two weeks, one period from Monday 2 November 2026'
    """
    kind = KINDS[calendar.kind].lower()
    if calendar.anchor_on is not None:
        if calendar.kind is PayCalendarKind.WEEKLY:
            return f"{kind} from {weekday(calendar.anchor_on)}"
        return f"{kind}, one period from {long_day(calendar.anchor_on)}"
    days = [day for day in (calendar.first_day, calendar.second_day) if day is not None]
    return f"{kind}, " + " and ".join(f"from the {_ordinal(day)}" for day in days)


def _ordinal(day: int) -> str:
    """A day of the month, 1 to 28."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}th" if day in (11, 12, 13) else f"{day}{ending}"
