"""What laws speak about: the vocabulary all packs share, so that layers can be compared and compiled."""

from __future__ import annotations

from decimal import Decimal

from scheduler.law.amounts import Factor, Flag, Money, Share
from scheduler.law.pay_topics import PAY_TOPICS
from scheduler.law.topic import Topic
from scheduler.law.values import Breaks, ClockWindow, Count, Duration, Name, OneIn, Value

__all__ = ["COMPILED", "TOPICS", "Topic", "favours"]

_TOPICS = (
    Topic("daily_rest", Duration, "more", "uninterrupted rest in the 24 h from each start of work"),
    Topic("weekly_rest", Duration, "more", "uninterrupted rest in each week"),
    Topic("weekly_rest_with_sunday", Duration, "more", "uninterrupted rest around each Sunday"),
    Topic("break", Breaks, "more", "breaks by length of work"),
    Topic("unpaid_lunch", Duration, "less", "longest unpaid break that may be introduced"),
    Topic("day_max", Duration, "less", "longest working time of a day"),
    Topic("hazardous_night_max", Duration, "less", "longest working time of a day with hazardous night work"),
    Topic("night_avg_max", Duration, "less", "longest average working time per 24 h of night workers"),
    Topic("week_max", Duration, "less", "longest working time of a week, without averaging"),
    Topic("norm_week_avg", Duration, "less", "average planned working time of a week"),
    Topic("week_max_avg", Duration, "less", "longest average working time of a week, overtime included"),
    Topic("reference_months", Count, "less", "longest period over which working time is averaged"),
    Topic("night_window", ClockWindow, "more", "night"),
    Topic("night_worker_minutes", Duration, "less", "work at night per day that makes a night worker"),
    Topic("night_worker_share", OneIn, "less", "share of all work at night that makes a night worker"),
    Topic("night_ban", ClockWindow, "more", "hours without work"),
    Topic("sunday_window", ClockWindow, None, "hours that count as Sunday or holiday"),
    Topic("sunday_free", OneIn, "more", "Sundays without work"),
    Topic("workday", Name, None, "when the 24 h of a working day begin",
          ("scheduled_start", "shift_start", "fixed_hour")),
    Topic("week_anchor", Name, None, "when the weeks of the law begin", ("settlement_start",)),
    Topic("workweek", Name, None, "when the weeks of pay begin", ("fixed_hour", "monday")),
    Topic("days_off", Name, None, "fewest days off in a settlement period", ("sundays_holidays_free_days",)),
    Topic("nominal", Name, None, "how full working time of a period is counted", ("weeks_and_weekdays",)),
    Topic("holidays", Name, None, "calendar of public holidays", ("PL", "PH", "DE", "GB", "FR", "US")),
    Topic("schedule_notice", Count, "more", "time between making a schedule known and its first work"),
    Topic("schedule_span", Count, "more", "shortest period a schedule is made for"),
    Topic("overtime_year_cap", Duration, "less", "most overtime in a calendar year"),
    Topic("average_weeks", Count, "less", "weeks over which working time is averaged"),
    Topic("night_average_weeks", Count, "less", "weeks of averages of night workers"),
    Topic("average_leave", Name, None, "how leave counts in averages",
          ("excluded", "following_days", "eight_hours", "no_work")),
    Topic("average_mode", Name, None, "over which periods working time is averaged", ("rolling", "fixed")),
    Topic("workday_avg_max", Duration, "less", "average working time per working day"),
    Topic("days_per_week_max", Count, "less", "days with work in a week"),
    Topic("consecutive_days_max", Count, "less", "days with work in a row"),
    Topic("free_days_per_week", Count, "more", "days without work in a week"),
    Topic("free_days_in_a_row", Flag, "more", "whether the free days of a week follow on one another"),
    Topic("rest_between", Duration, "more", "rest between the work of one day and that of the next"),
    Topic("rest_after_long_day", Duration, "more", "rest right after a day of more than 12 h"),
    Topic("rest_after_days", Duration, "more", "rest after so many days with work in a row"),
    Topic("rest_as_worked", Flag, "more", "whether rest after a long day lasts as long as the work"),
    Topic("rest_break", Breaks, "more", "paid rest breaks by length of work"),
    Topic("break_block_min", Duration, "more", "shortest part of a break that counts"),
    Topic("unbroken_work_max", Duration, "less", "longest work without a break"),
    Topic("meal_first_latest", Duration, "less", "latest start of the first meal break, in work"),
    Topic("meal_second_latest", Duration, "less", "latest start of the second meal break, in work"),
    Topic("day_span_max", Duration, "less", "longest time from first to last work of a day, breaks included"),
    Topic("split_break_max", Duration, "less", "longest break inside an interrupted day"),
    Topic("school_day_max", Duration, "less", "longest working time of a school day"),
    Topic("school_week_max", Duration, "less", "longest working time of a school week"),
    Topic("school_ban", ClockWindow, "more", "hours without work before a day of school"),
    Topic("evening_ban", ClockWindow, "more", "hours without work except from 1 June to Labor Day"),
    Topic("holiday_ban", ClockWindow, "more", "hours of Sundays and public holidays without work"),
    Topic("holiday_eve_ban", ClockWindow, "more", "hours of certain days of the year without work"),
    Topic("sunday_free_year", Count, "more", "Sundays without work in a calendar year"),
    Topic("saturday_free_month", Count, "more", "Saturdays without work in a month"),
    Topic("sunday_free_month", Count, "more", "Sundays without work in a month"),
    Topic("sunday_comp_within", Count, "less", "time within which a worked Sunday is made up for"),
    Topic("holiday_comp_within", Count, "less", "time within which a worked holiday is made up for"),
    Topic("night_minutes", Duration, "less", "work at night beyond which work is night work"),
    Topic("night_worker_days", Count, "less", "days of night work a year that make a night worker"),
    Topic("night_worker_year", Duration, "less", "work at night a year that makes a night worker"),
    Topic("night_worker_week", Count, "less", "nights a week that make a night worker"),
    Topic("night_week_avg_max", Duration, "less", "longest average week of night workers"),
    Topic("shift_notice", Duration, "more", "notice below which a shift is changed only with consent"),
    Topic("schedule_grace", Duration, "less", "change of a schedule that needs no notice"),
    Topic("protected_day_max", Duration, "less", "longest working time of a day of protected people"),
    Topic("protected_week_max", Duration, "less", "longest working time of a week of protected people"),
    Topic("light_work_day_max", Duration, "less", "longest day of light work"),
    Topic("light_work_week_max", Duration, "less", "longest week of light work"),
    Topic("leave_year", Count, "more", "paid leave in a year"),
    Topic("leave_year_long", Count, "more", "paid leave in a year after long service"),
    Topic("leave_accrual_share", Share, "more", "paid leave earned for hours worked"),
    Topic("leave_on_demand", Count, "more", "days of paid leave that can be asked for on the day"),
    *PAY_TOPICS,
)  # fmt: skip

TOPICS = {topic.id: topic for topic in _TOPICS}

COMPILED = frozenset({
    "daily_rest", "workday", "break", "night_ban", "weekly_rest", "weekly_rest_with_sunday", "sunday_free",
    "day_max", "hazardous_night_max", "week_max", "week_max_avg", "norm_week_avg", "days_off",
    "days_per_week_max", "consecutive_days_max", "rest_between",
})  # fmt: skip
"""Topics that are compiled into rules of a roster; only their parameters can be kept by every roster."""

CHECKED = COMPILED | {
    "schedule_notice", "overtime_year_cap", "shift_notice", "unbroken_work_max", "break_block_min",
    "meal_first_latest", "meal_second_latest", "rest_break", "day_span_max", "rest_after_long_day",
    "free_days_per_week", "school_day_max", "school_week_max", "school_ban", "evening_ban", "holiday_ban",
    "holiday_eve_ban", "sunday_free_year", "sunday_free_month", "saturday_free_month", "sunday_comp_within",
    "holiday_comp_within", "night_avg_max", "night_week_avg_max",
}  # fmt: skip
"""Topics that something checks, on rosters, on publishing or on worked time."""

FIFTHS_OF_A_DAY = {"days": 5, "working days": 7, "weeks": 35, "months": 150}
"""How long counts of time are, to rank them: a week has five working days."""


def favours(topic: Topic, value: Value, other: Value) -> bool:
    """Whether ``value`` favours the worker at least as much as ``other``; True where values cannot be ranked.

    Examples
    --------
    >>> favours(TOPICS["daily_rest"], Duration(660), Duration(600))
    True
    >>> favours(TOPICS["day_max"], Duration(720), Duration(480))
    False
    """
    if topic.better is None:
        return True
    if isinstance(value, Breaks) and isinstance(other, Breaks):
        lengths = {step.from_minutes for step in (*value.steps, *other.steps)}
        return all(value.least_minutes(length) >= other.least_minutes(length) for length in lengths)
    if isinstance(value, ClockWindow) and isinstance(other, ClockWindow):
        return value.covers(other)
    if isinstance(value, Money) and isinstance(other, Money) and value.currency != other.currency:
        return False
    mine, theirs = _rank(value), _rank(other)
    return mine >= theirs if topic.better == "more" else mine <= theirs


def _rank(value: Value) -> Decimal | int:
    """Size of a value; once in fewer is more."""
    if isinstance(value, Duration):
        return value.minutes
    if isinstance(value, Count):
        return value.number * FIFTHS_OF_A_DAY.get(value.unit, 5)
    if isinstance(value, OneIn):
        return -value.of
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Factor):
        return value.of
    if isinstance(value, Share):
        return value.percent
    if isinstance(value, Flag):
        return int(value.is_so)
    raise TypeError(f"{value!r} cannot be ranked")
