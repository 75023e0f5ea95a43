"""Values and amounts of law in plain words, for readers."""

from __future__ import annotations

from scheduler.law.findings import Severity
from scheduler.law.values import Duration, Name, Value

OF_NAMES = {
    "scheduled_start": "with the scheduled start of work",
    "shift_start": "with the start of each shift",
    "fixed_hour": "at an hour that the employer has fixed",
    "monday": "on Monday",
    "settlement_start": "on the weekday on which the settlement period begins",
    "sundays_holidays_free_days": (
        "as many as the period has Sundays, public holidays and days free by the five-day week"
    ),
    "weeks_and_weekdays": (
        "40 h for each full week and 8 h for each further day from Monday to Friday, less 8 h for each "
        "public holiday that is not on a Sunday"
    ),
    "excluded": "days of leave are left out of the period",
    "following_days": "days of leave are left out and as many following days taken in",
    "eight_hours": "a day of leave counts as 8 h of work",
    "no_work": "a day of leave counts as no work",
    "rolling": "over every period of that length",
    "fixed": "over periods that follow one another",
    "PL": "Poland",
    "PH": "the Philippines",
    "DE": "Germany",
    "GB": "the United Kingdom",
    "FR": "France",
    "US": "the United States",
    "hours_inside": "the hours inside the rest",
    "whole_shift": "the whole shift",
    "changed_shift": "the start of the shift that is changed",
    "first_shift": "the first shift of the schedule",
    "whole_rate": "one line with the whole hour",
    "on_top": "the hour by itself, and the premium on top",
    "additive": "each is paid besides the others",
    "multiplicative": "each is a multiple of what the others give",
    "highest": "the highest one is paid alone",
    "own_rate": "the rate of the hour",
    "regular_rate": "all pay of the workweek divided by all its hours",
    "workweek": "each workweek by itself",
    "settlement_period": "the settlement period",
    "beyond_week": "that beyond a longer week",
    "night_or_free_day": "that at night, and on Sundays and holidays without a shift in the schedule",
    "nominal_month": "the salary divided by the full working time of the month",
    "weeks_of_year": "twelve salaries divided by 52 weeks of the agreed hours",
    "nominal_time": "the full working time of the settlement period",
    "agreed_week": "the agreed hours of a week",
    "every": "every public holiday",
    "first_of_may": "1 May",
    "all_hours": "all hours worked",
    "straight_hours": "the hours without overtime",
    "absent_before": "absence without pay on the working day before",
    "absent_before_or_after": "absence without excuse on the working day before or after",
    "every_day": "every one",
    "lost_hours": "those that take hours of work",
    "tuesday": "on Tuesday",
    "wednesday": "on Wednesday",
    "thursday": "on Thursday",
    "friday": "on Friday",
    "saturday": "on Saturday",
    "sunday": "on Sunday",
    "half_up_per_line": "each pay line to the nearest minor unit of the currency, halves up",
}
"""What each name that a topic knows means."""

OF_SEVERITIES = {Severity.ERROR: "breach", Severity.WARNING: "to look at"}


def plain(value: Value | None) -> str:
    """A value as a reader reads it; None is nothing at all.

    Examples
    --------
    >>> plain(Name("shift_start")), plain(Duration(660)), plain(None)
    ('with the start of each shift', '11 h', 'does not hold')
    """
    if value is None:
        return "does not hold"
    return OF_NAMES[value.text] if isinstance(value, Name) else str(value)


def amount(number: int, unit: str) -> str:
    """So many of a unit that findings count in.

    Examples
    --------
    >>> amount(90, "minutes"), amount(1, "days"), amount(2, "shifts")
    ('1 h 30 min', '1 day', '2 shifts')
    """
    if unit == "minutes":
        return str(Duration(number))
    return f"{number} {unit if number != 1 else unit.removesuffix('s')}"


def spaced(name: str) -> str:
    """A name of a ground, a sector or a system as people read it.

    Examples
    --------
    >>> spaced("fast_food")
    'fast food'
    """
    return name.replace("_", " ")
