"""Limits on working time of a day, a week and a settlement period as solver rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.kernel.clock import days_between
from scheduler.law.nominal_time import count_in, counts_nominal_time, minutes_in, nominal_of
from scheduler.law.provisions import Provision, provision
from scheduler.law.situation import Situation
from scheduler.law.subject import LawSubject
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.days_worked import DaysWorked
from solver.rules.minutes import Minutes
from solver.rules.rule import DAILY, Period, Rule, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.shift_minutes import ShiftMinutes

DAY = timedelta(days=1)
ROLLING_WEEKS = 17
"""The whole weeks of four months: over how many a layer averages that says nothing of it."""


def hour_rules(situation: Situation) -> Iterator[Rule]:
    """Working time per day, week and settlement period."""
    for topic in ("day_max", "hazardous_night_max"):
        for found, scope in situation.held(topic):
            yield from _day_max(situation, found, scope)
    yield from _week_max(situation)
    yield from _days_max(situation)
    if situation.defined("week_anchor") is None:
        yield from _rolling_average(situation)
        return
    for first, end in situation.settlement.periods(situation.first_day, situation.end_day):
        yield from _settlement_rules(situation, first, end)


def _day_max(situation: Situation, found: Provision, scope: Scope) -> Iterator[Rule]:
    """A limit on each span limits the day where work starts once in it; else the civil day's sum too."""
    maximum = minutes_in(found.value)
    yield ShiftMinutes(maximum=maximum, scope=scope, source=found.citation, name=found.parameter.id)
    spaced = {who for _, held in situation.held("workday") for who in _ids(situation, held)}
    often = [who for who in _ids(situation, scope) if who not in spaced]
    if often:
        narrowed = Scope(employees=situation.employees(often), days=scope.days)
        yield Minutes(
            maximum=maximum, period=DAILY, scope=narrowed, source=found.citation, name=found.parameter.id
        )


def _ids(situation: Situation, scope: Scope) -> tuple[str, ...]:
    return tuple(person.id for person in situation.people) if scope.employees is None else scope.employees


def _week_max(situation: Situation) -> Iterator[Rule]:
    for first, end in situation.weeks():
        for found, people in situation.held_on("week_max", end - DAY):
            yield _minutes_in_span(situation, found, people, first, end, minutes_in(found.value))


def _days_max(situation: Situation) -> Iterator[Rule]:
    """Days with work in a week and in a row; which law holds is decided by the last day."""
    for first, end in situation.weeks():
        for found, people in situation.held_on("days_per_week_max", end - DAY):
            yield DaysWorked(
                maximum=count_in(found.value), period=_period(first, end),
                scope=_span_scope(situation, people, first, end),
                source=found.citation, name=found.parameter.id,
            )  # fmt: skip
    for found, people in situation.held_on("consecutive_days_max", situation.end_day - DAY):
        yield ConsecutiveDays(
            maximum=count_in(found.value),
            scope=Scope(employees=situation.employees([person.id for person in people])),
            source=found.citation, name=found.parameter.id,
        )  # fmt: skip


def _rolling_average(situation: Situation) -> Iterator[Rule]:
    """The average week over every so many weeks in a row, which can differ from person to person."""
    last = situation.end_day - DAY
    for found, people in situation.held_on("week_max_avg", last):
        by_weeks: dict[int, list[str]] = {}
        for person in people:
            by_weeks.setdefault(average_weeks(situation, person, last), []).append(person.id)
        for weeks, ids in by_weeks.items():
            yield Minutes(
                maximum=weeks * minutes_in(found.value), period=Period(weeks * 7, rolling=True),
                scope=Scope(employees=situation.employees(ids)),
                source=found.citation, name=found.parameter.id,
            )  # fmt: skip


def average_weeks(situation: Situation, person: LawSubject, day: date) -> int:
    """Over how many weeks the working time of a person is averaged, where no settlement periods are."""
    found = provision(situation.layers, "average_weeks", person, day)
    return ROLLING_WEEKS if found is None else count_in(found.value)


def _settlement_rules(situation: Situation, first: date, end: date) -> Iterator[Rule]:
    """Average hours and days off of one settlement period; which law holds is decided by its last day."""
    last = end - DAY
    for found, people in situation.held_on("week_max_avg", last):
        maximum = minutes_in(found.value) * (end - first).days // 7
        yield _minutes_in_span(situation, found, people, first, end, maximum)
    if not counts_nominal_time(situation.layers, first):
        return
    for found, people in situation.held_on("norm_week_avg", last):
        for nominal, same in _by_nominal(situation, people, first, end):
            yield _minutes_in_span(situation, found, same, first, end, nominal)
    for found, people in situation.held_on("days_off", last):
        for nominal, same in _by_nominal(situation, people, first, end):
            yield ShiftCount(
                maximum=nominal // _norm_day(situation), period=_period(first, end),
                scope=_span_scope(situation, same, first, end),
                source=found.citation, name=found.parameter.id,
            )  # fmt: skip


def _by_nominal(
    situation: Situation, people: tuple[LawSubject, ...], first: date, end: date
) -> list[tuple[int, tuple[LawSubject, ...]]]:
    """People by the full working time of the period, which their absences lower."""
    same: dict[int, list[LawSubject]] = {}
    known: dict[frozenset[date], int] = {}
    for person in people:
        if person.absent_on not in known:
            known[person.absent_on] = nominal_of(situation.layers, first, end, person.absent_on)
        same.setdefault(known[person.absent_on], []).append(person)
    return [(nominal, tuple(group)) for nominal, group in same.items()]


def _norm_day(situation: Situation) -> int:
    found = situation.defined("day_max")
    return minutes_in(found.value) if found else 480


def _minutes_in_span(
    situation: Situation,
    found: Provision,
    people: tuple[LawSubject, ...],
    first: date,
    end: date,
    maximum: int,
) -> Minutes:
    return Minutes(
        maximum=maximum, period=_period(first, end), scope=_span_scope(situation, people, first, end),
        source=found.citation, name=found.parameter.id,
    )  # fmt: skip


def _period(first: date, end: date) -> Period:
    return Period((end - first).days, anchor=first.isoformat())


def _span_scope(situation: Situation, people: tuple[LawSubject, ...], first: date, end: date) -> Scope:
    """Exactly the days of the span: windows of the same length before and after it count nothing."""
    days = tuple(day.isoformat() for day in days_between(first, end))
    return Scope(employees=situation.employees([person.id for person in people]), days=days)
