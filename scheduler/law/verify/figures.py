"""Figures of compliance examples that stand without times, against the value that holds for the person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from scheduler.kernel.clock import days_between
from scheduler.law.amounts import Money
from scheduler.law.nominal_time import count_in, minutes_in
from scheduler.law.overtime import overtime_year_cap
from scheduler.law.pack import Enforcement
from scheduler.law.provisions import Provision, provisions
from scheduler.law.settlement import Settlement
from scheduler.law.values import Count, OneIn, of_kind
from scheduler.law.verify.example import NotAnswerable
from scheduler.law.verify.given import Given, figure

Found = tuple[str, str]
"""Id of a parameter and the code of its breach."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
DAY_MINUTES = 1440
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")


def known_figures(given: Given) -> bool:
    """Whether an example has a figure that is read here."""
    return any(reads(given) for reads, _ in _READINGS) or coverage(given) is not None


def breaches_of_figures(given: Given) -> Iterator[Found]:
    """What the figures of an example break."""
    for reads, breaks in _READINGS:
        if reads(given):
            yield from ((found.parameter.id, _code(found)) for found in breaks(given))


def coverage(given: Given) -> bool | None:
    """Whether a law covers somebody by pay, or an employer by size; None where nothing is asked."""
    asked: list[bool] = []
    for key, topic in (("hourly_rate", "covered_pay_hour"), ("annual_pay", "covered_pay_year")):
        if key in given.facts:
            asked += [figure(given.facts[key]) <= of_kind(f.value, Money).amount for f in _held(given, topic)]
    for key, topic in (
        ("employees", "covered_employees"), ("employees_worldwide", "covered_employees"),
        ("establishments", "covered_places"), ("places", "covered_places"), ("locations", "covered_places"),
    ):  # fmt: skip
        if key in given.facts:
            asked += [figure(given.facts[key]) >= of_kind(f.value, Count).number for f in _held(given, topic)]
    return all(asked) if asked else None


def _held(given: Given, topic: str, day: date | None = None) -> tuple[Provision, ...]:
    return provisions(given.layers, topic, given.subject, day or given.day)


def _enforced(given: Given, topic: str, day: date | None = None) -> Iterator[Provision]:
    """What holds and is checked at all."""
    checked = (Enforcement.HARD, Enforcement.CHECK)
    yield from (one for one in _held(given, topic, day) if one.parameter.enforcement in checked)


def _code(found: Provision) -> str:
    return found.parameter.code.format(minutes="")


def _short(given: Given, minutes: int, *topics: str) -> Iterator[Provision]:
    """Provisions of which so many minutes are too few."""
    for topic in topics:
        yield from (one for one in _enforced(given, topic) if minutes < minutes_in(one.value))


def _over(given: Given, minutes: Decimal | int, *topics: str) -> Iterator[Provision]:
    """Provisions of which so many minutes are too many."""
    for topic in topics:
        yield from (one for one in _enforced(given, topic) if minutes > minutes_in(one.value))


# --- rest -------------------------------------------------------------------------------------------------


def _daily_rest_minutes(given: Given) -> int | None:
    span = given.minutes("amplitude", "span", "day_span")
    rest = given.minutes("rest", "daily_rest", "rest_between", "between_shifts", "hours_between_shifts")
    if rest is None and {"end", "next_start"} <= given.facts.keys():
        return given.elapsed_minutes("end", "next_start")
    return rest if rest is not None or span is None else DAY_MINUTES - span


def _daily_rest(given: Given) -> Iterator[Provision]:
    yield from _short(given, _daily_rest_minutes(given) or 0, "daily_rest", "rest_between")
    span = given.minutes("amplitude", "span", "day_span")
    if span is not None:
        yield from _over(given, span, "day_span_max")
    before = given.minutes("previous_work", "work_before")
    if before is not None and before > 12 * 60:
        yield from _short(given, _daily_rest_minutes(given) or 0, "rest_after_long_day")


def _weekly_rest_minutes(given: Given) -> int | None:
    return given.minutes("longest_rest", "weekly_rest")


def _weekly_rest(given: Given) -> Iterator[Provision]:
    minutes = _weekly_rest_minutes(given) or 0
    if given.first("reason", "ground") and not given.subject.grounds:
        named = given.first("reason", "ground")
        raise NotAnswerable(f"no exception of this law is called {named!r}")
    yield from _short(given, minutes, "weekly_rest", "weekly_rest_with_sunday")


# --- hours ------------------------------------------------------------------------------------------------


def _week_minutes(given: Given) -> list[int]:
    """Minutes of each week."""
    told = given.first("weekly_hours", "week_hours", "hours_per_week", "weekly_worked_hours")
    if told is None:
        return []
    rows = told if isinstance(told, list) else [told]
    return [int(figure(one) * 60) for one in rows]


def _weeks(given: Given) -> Iterator[Provision]:
    weeks = _week_minutes(given)
    yield from _over(given, max(weeks), "week_max")
    if given.school_on():
        yield from _over(given, max(weeks), "school_week_max")
    if len(weeks) > 1:
        topics = ["week_max_avg"]
        topics += ["night_week_avg_max"] if given.subject.night_worker else []
        for topic in topics:
            yield from (one for one in _enforced(given, topic) if _exceeds(given, weeks, one))


def _exceeds(given: Given, weeks: list[int], found: Provision) -> bool:
    """Whether some period of the law, or all weeks where they are fewer, has more than the average allows."""
    length = next((count_in(one.value) for one in _held(given, "average_weeks")), len(weeks))
    length = length if "week_anchor" not in _topics(given) else len(weeks)
    most = minutes_in(found.value)
    if len(weeks) < length:
        whole = given.law == "gb"  # since the start where fewer weeks were worked (WTR 1998, reg. 4(4))
        return sum(weeks) > most * (len(weeks) if whole else length)
    return any(sum(weeks[at : at + length]) > most * length for at in range(len(weeks) - length + 1))


def _topics(given: Given) -> set[str]:
    return {one.topic.id for pack in given.layers for one in pack.parameters.values()}


def _average_minutes(given: Given) -> Decimal | None:
    facts = given.facts
    if {"A", "B", "C"} <= facts.keys():
        return (figure(facts["A"]) + figure(facts["B"])) * 60 / figure(facts["C"])
    if "total_hours" in facts and "weeks" in facts:
        return figure(facts["total_hours"]) * 60 / figure(facts["weeks"])
    told = given.first("average_hours", "average_weekly_hours", "weekly_average_hours", "avg_weekly_hours")
    return None if told is None else figure(told) * 60


def _average(given: Given) -> Iterator[Provision]:
    average = _average_minutes(given) or Decimal(0)
    yield from _over(given, average, "week_max_avg")
    if given.subject.night_worker:
        yield from _over(given, average, "night_week_avg_max")


def _night_minutes(given: Given) -> int | None:
    return given.minutes("night_average", "average_night", "avg_night", "average_daily", "average_day")


def _overtime_minutes(given: Given) -> int | None:
    told = given.first("overtime_hours_ytd", "overtime_hours_year", "overtime_hours", "annual_overtime_hours")
    return None if told is None else int(figure(told) * 60)


def _overtime(given: Given) -> Iterator[Provision]:
    limit = given.first("agreed_limit_hours", "limit_hours", "work_rules_limit_hours", "other_limit_hours")
    finding = overtime_year_cap(
        given.layers, given.subject, on=given.day, overtime_minutes=_overtime_minutes(given) or 0,
        agreed_minutes=None if limit is None else int(figure(limit) * 60),
    )  # fmt: skip
    if finding is not None:
        yield from _enforced(given, "overtime_year_cap")


# --- days -------------------------------------------------------------------------------------------------


def _days_in_a_row(given: Given) -> int | None:
    told = given.first("consecutive_days", "consecutive_working_days", "consecutive_days_worked")
    return None if told is None else int(told)


def _too_many_in_a_row(given: Given) -> Iterator[Provision]:
    days = _days_in_a_row(given) or 0
    yield from (one for one in _enforced(given, "consecutive_days_max") if days > count_in(one.value))
    if given.facts.get("same_workweek") is True or given.facts.get("same_week") is True:
        yield from (one for one in _enforced(given, "days_per_week_max") if days > count_in(one.value))


def _days_of_week(given: Given) -> int | None:
    told = given.first(
        "days_worked_in_week", "days_per_week", "days_in_week", "days_in_workweek", "working_days"
    )
    return int(told) if told is not None and not isinstance(told, list) else None


def _too_many_days(given: Given) -> Iterator[Provision]:
    days = _days_of_week(given) or 0
    yield from (one for one in _enforced(given, "days_per_week_max") if days > count_in(one.value))
    yield from (one for one in _enforced(given, "free_days_per_week") if 7 - days < count_in(one.value))


def _days_of_rest(given: Given) -> Iterator[Provision]:
    """Every week of its own from ``week_start`` on, worked but for the days of rest."""
    off = given.days("rest_days")
    anchor = WEEKDAYS.index(str(given.facts.get("week_start", "MON"))[:3].upper())
    first = min(off) - timedelta(days=(min(off).weekday() - anchor) % 7)
    end = max(off) + DAY + timedelta(days=(anchor - (max(off) + DAY).weekday()) % 7)
    weeks = [days_between(monday, monday + WEEK) for monday in days_between(first, end)[::7]]
    most_worked = max(7 - sum(day in off for day in week) for week in weeks)
    yield from (one for one in _enforced(given, "days_per_week_max") if most_worked > count_in(one.value))
    between = [(later - day).days - 1 for day, later in zip(sorted(off), sorted(off)[1:], strict=False)]
    row = max(between, default=0)
    yield from (one for one in _enforced(given, "consecutive_days_max") if row > count_in(one.value))


# --- Sundays ----------------------------------------------------------------------------------------------


def _sundays(given: Given) -> Iterator[Provision]:
    told = given.facts.get("worked_sundays")
    worked = given.days("worked_sundays") if isinstance(told, list) else []
    for found in _enforced(given, "sunday_free", worked[-1] if worked else None):
        of = of_kind(found.value, OneIn).of
        if any(all(day - n * WEEK in worked for n in range(of)) for day in worked):
            yield found
    free = _free_sundays(given, worked)
    if free is not None:
        yield from (one for one in _enforced(given, "sunday_free_year") if free < count_in(one.value))


def _free_sundays(given: Given, worked: list[date]) -> int | None:
    """How many Sundays of the year stay free; None where that is not told."""
    if "free_sundays" in given.facts:
        return int(given.facts["free_sundays"])
    if worked:
        year = worked[0].year
        days = days_between(date(year, 1, 1), date(year + 1, 1, 1))
        return sum(day.weekday() == 6 for day in days) - sum(day.year == year for day in worked)
    told = given.facts.get("worked_sundays")
    return None if told is None else int(given.facts.get("sundays_in_year", 52)) - int(told)


def _day_in_return(given: Given) -> Iterator[Provision]:
    """A day off that is given too late or never for a worked Sunday or holiday."""
    off = given.first("comp_day", "compensatory_day", "day_off", "comp_day_on", "substitute_day")
    given_on = None if off is None else date.fromisoformat(str(off)[:10])
    for key, topic in (("worked_sunday", "sunday_comp_within"), ("worked_holiday", "holiday_comp_within")):
        if key not in given.facts:
            continue
        day = date.fromisoformat(str(given.facts[key])[:10])
        for found in _enforced(given, topic, day):
            within = of_kind(found.value, Count)
            first, end = day - timedelta(days=within.number), day + timedelta(days=within.number + 1)
            if within.unit == "weeks":
                first, end = day, day + timedelta(weeks=within.number)
            elif within.unit == "months":
                start = given.first("settlement_start") or f"{day.year}-01-01"
                months = int(given.facts.get("settlement_months", 1))
                first, end = Settlement(date.fromisoformat(str(start)), months).period_of(day)
            if given_on is None or not first <= given_on < end:
                yield found


# --- notice -----------------------------------------------------------------------------------------------


def _notice_days(given: Given) -> Decimal | None:
    told = given.first("notice_days")
    if told is not None:
        return figure(told)
    published = given.first("published_on", "posted_on", "announced_on")
    if published is not None:
        return Decimal((given.day - date.fromisoformat(str(published)[:10])).days)
    hours = given.first("notice_hours")
    return None if hours is None else figure(hours) / 24


def _notice(given: Given) -> Iterator[Provision]:
    days = _notice_days(given) or Decimal(0)
    yield from (one for one in _enforced(given, "schedule_notice") if days < count_in(one.value))
    yield from (one for one in _enforced(given, "shift_notice") if days * DAY_MINUTES < minutes_in(one.value))


_READINGS: tuple[tuple[Callable[[Given], bool], Callable[[Given], Iterator[Provision]]], ...] = (
    (lambda given: _daily_rest_minutes(given) is not None, _daily_rest),
    (lambda given: _weekly_rest_minutes(given) is not None, _weekly_rest),
    (lambda given: bool(_week_minutes(given)), _weeks),
    (lambda given: _average_minutes(given) is not None, _average),
    (
        lambda given: _night_minutes(given) is not None,
        lambda given: _over(given, _night_minutes(given) or 0, "night_avg_max"),
    ),
    (lambda given: _overtime_minutes(given) is not None, _overtime),
    (lambda given: _days_in_a_row(given) is not None, _too_many_in_a_row),
    (lambda given: _days_of_week(given) is not None, _too_many_days),
    (lambda given: "rest_days" in given.facts and "week_start" in given.facts, _days_of_rest),
    (lambda given: "worked_sundays" in given.facts or "free_sundays" in given.facts, _sundays),
    (lambda given: "worked_sunday" in given.facts or "worked_holiday" in given.facts, _day_in_return),
    (lambda given: _notice_days(given) is not None, _notice),
)
"""Whether a reading finds its figure in an example, and what the figure breaks."""
