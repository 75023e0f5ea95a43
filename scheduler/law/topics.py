"""What laws speak about: the vocabulary all packs share, so that layers can be compared and compiled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scheduler.law.values import Breaks, ClockWindow, Count, Duration, Name, OneIn, Value

Better = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that a law can answer with a value.

    Parameters
    ----------
    id
        snake_case, for ever.
    kind
        Type of its values.
    better
        Which value favours the worker: ``more`` (of a rest, a break, a window of protected time) or
        ``less`` (of a limit). None where values cannot be ranked; then the nearest layer decides.
    label
        What the value is, for tables.
    choices
        The names it knows, where its values are names.
    """

    id: str
    kind: type[Value]
    better: Better | None
    label: str
    choices: tuple[str, ...] = ()


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
    Topic("workday", Name, None, "when the 24 h of a working day begin", ("scheduled_start",)),
    Topic("week_anchor", Name, None, "when the weeks of the law begin", ("settlement_start",)),
    Topic("days_off", Name, None, "fewest days off in a settlement period", ("sundays_holidays_free_days",)),
    Topic("nominal", Name, None, "how full working time of a period is counted", ("weeks_and_weekdays",)),
    Topic("holidays", Name, None, "calendar of public holidays", ("PL",)),
    Topic("schedule_notice", Count, "more", "time between making a schedule known and its first work"),
    Topic("schedule_span", Count, "more", "shortest period a schedule is made for"),
    Topic("overtime_year_cap", Duration, "less", "most overtime in a calendar year"),
)  # fmt: skip

TOPICS = {topic.id: topic for topic in _TOPICS}


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
    mine, theirs = _rank(value), _rank(other)
    return mine >= theirs if topic.better == "more" else mine <= theirs


def _rank(value: Value) -> int:
    """Size of a value; once in fewer is more."""
    if isinstance(value, Duration):
        return value.minutes
    if isinstance(value, Count):
        return value.number * {"days": 1, "weeks": 7, "months": 30}[value.unit]
    if isinstance(value, OneIn):
        return -value.of
    raise TypeError(f"{value!r} cannot be ranked")
