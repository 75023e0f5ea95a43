"""Rest, breaks and protected hours as solver rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.law.nominal_time import minutes_in
from scheduler.law.provisions import Provision
from scheduler.law.situation import WEEK, Situation
from scheduler.law.values import DAY_MINUTES, Breaks, ClockWindow, OneIn
from solver.rules.breaks import Breaks as BreaksRule
from solver.rules.clock_ban import ClockBan
from solver.rules.daily_rest import DailyRest
from solver.rules.min_rest import MinRest
from solver.rules.rest_within import ClockSpan, RestWithin
from solver.rules.rule import Rule, Scope
from solver.rules.start_spacing import StartSpacing

DAY = timedelta(days=1)
WEEK_MINUTES = 7 * DAY_MINUTES
CALENDAR_SUNDAY = ClockWindow(0, DAY_MINUTES)


def rest_rules(situation: Situation) -> Iterator[Rule]:
    """Daily and weekly rest, Sundays, the working day, breaks and hours without work."""
    for found, scope in situation.held("daily_rest"):
        yield DailyRest(
            minutes=minutes_in(found.value), scope=scope, source=found.citation, name=found.parameter.id
        )
    for found, scope in situation.held("rest_between"):
        yield MinRest(
            minutes=minutes_in(found.value), between_days=True,
            scope=scope, source=found.citation, name=found.parameter.id,
        )  # fmt: skip
    for found, scope in situation.held("workday"):
        yield StartSpacing(minutes=DAY_MINUTES, scope=scope, source=found.citation, name=found.parameter.id)
    for found, scope in situation.held("break"):
        yield from _breaks(found, scope)
    for found, scope in situation.held("night_ban"):
        if isinstance(found.value, ClockWindow):
            yield ClockBan(
                start=found.value.start_minute, end=found.value.end_minute,
                scope=scope, source=found.citation, name=found.parameter.id,
            )  # fmt: skip
    yield from _weekly_rest(situation)
    for sunday in situation.sundays():
        yield from _rest_around(situation, sunday)
        yield from _free_sunday(situation, sunday)


def _breaks(found: Provision, scope: Scope) -> Iterator[Rule]:
    if isinstance(found.value, Breaks):
        for step in found.value.steps:
            yield BreaksRule(
                from_minutes=step.from_minutes, minutes=step.least_minutes, paid_only=step.paid, of_work=True,
                scope=scope, source=found.citation, name=found.parameter.id,
            )  # fmt: skip


def _weekly_rest(situation: Situation) -> Iterator[Rule]:
    """One rule per whole week; which law holds is decided by its last day.

    A rest belongs to the week in which it begins: else a week that is cut on a Saturday at midnight
    would find no rest in an ordinary weekend.
    """
    for first, end in situation.weeks():
        if end - first < WEEK:
            continue
        for found, people in situation.held_on("weekly_rest", end - DAY):
            minutes = minutes_in(found.value)
            yield RestWithin(
                windows=(_clock_span(first, 0, WEEK_MINUTES + minutes - 1),),
                minutes=minutes, source=found.citation, name=found.parameter.id,
                scope=Scope(employees=situation.employees([person.id for person in people])),
            )  # fmt: skip


def _rest_around(situation: Situation, sunday: date) -> Iterator[Rule]:
    """A rest that holds the whole Sunday: it fits into a window that is longer by as much on either side."""
    hours = _sunday_hours(situation)
    for found, people in situation.held_on("weekly_rest_with_sunday", sunday):
        minutes = minutes_in(found.value)
        longer = minutes - (hours.end_minute - hours.start_minute)
        yield RestWithin(
            windows=(_clock_span(sunday, hours.start_minute - longer, hours.end_minute + longer),),
            minutes=minutes, source=found.citation, name=found.parameter.id,
            scope=Scope(employees=situation.employees([person.id for person in people])),
        )  # fmt: skip


def _free_sunday(situation: Situation, sunday: date) -> Iterator[Rule]:
    """Of this Sunday and the ones before it, as many as the law counts, one is free."""
    hours = _sunday_hours(situation)
    for found, people in situation.held_on("sunday_free", sunday):
        if isinstance(found.value, OneIn):
            sundays = [sunday - n * WEEK for n in reversed(range(found.value.of))]
            yield RestWithin(
                windows=tuple(_clock_span(day, hours.start_minute, hours.end_minute) for day in sundays),
                source=found.citation, name=found.parameter.id,
                scope=Scope(employees=situation.employees([person.id for person in people])),
            )  # fmt: skip


def _sunday_hours(situation: Situation) -> ClockWindow:
    found = situation.defined("sunday_window")
    return found.value if found is not None and isinstance(found.value, ClockWindow) else CALENDAR_SUNDAY


def _clock_span(day: date, start_minute: int, end_minute: int) -> ClockSpan:
    """A span from and to minutes after midnight of ``day``, which may lie on the days around it."""
    before, start = divmod(start_minute, DAY_MINUTES)
    after, end = divmod(end_minute, DAY_MINUTES)
    first, last = day + timedelta(days=before), day + timedelta(days=after)
    return ClockSpan(first=first.isoformat(), last=last.isoformat(), start=start, end=end)
