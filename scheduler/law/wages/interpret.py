"""From one person's worked time to what it is worth, by law, agreements and contract."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from scheduler.law.wages.absence_pay import absence_items
from scheduler.law.wages.bonuses import bonus_items, earned_by_week
from scheduler.law.wages.day_pay import DayPricing, WorkedDay
from scheduler.law.wages.guarantee import guarantee_items
from scheduler.law.wages.item import Item
from scheduler.law.wages.line import WageLine, lines_of
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.reporting_pay import sent_home_items
from scheduler.law.wages.segments import Segment, segmented
from scheduler.law.wages.settlement_pay import settlement_items
from scheduler.law.wages.tiers import Tiers
from scheduler.law.wages.week_pay import WeekPay, WeekPricing, weeks_of
from scheduler.law.wages.work import PayCase
from scheduler.law.wages.workdays import Workday, workdays

LAST = timedelta(days=6)
"""From the first day of a workweek to its last."""


@dataclass(frozen=True, slots=True)
class Wages:
    """What one person is due.

    Parameters
    ----------
    items
        Exact, for the days that are paid.
    weeks
        The workweeks that were looked at, with their regular rates.
    segments
        All work, cut, with overtime marked.
    days
        The working days of the law.
    days_without_terms
        Civil days worked without a contract; nothing is due for them here.
    """

    items: tuple[Item, ...]
    weeks: tuple[WeekPay, ...]
    segments: tuple[Segment, ...]
    days: tuple[Workday, ...]
    days_without_terms: tuple[date, ...]

    def by_day(self) -> list[WageLine]:
        """Lines of each civil day."""
        return lines_of(self.items, lambda one: one.day)

    def by_week(self) -> list[WageLine]:
        """Lines of each workweek."""
        return lines_of(self.items, lambda one: one.week)

    def together(self) -> list[WageLine]:
        """Lines of all days together."""
        return lines_of(self.items, lambda one: None)


def interpret(case: PayCase, law: PayLaw) -> Wages:
    """What is due for the civil days of a case; its order of spans does not matter.

    What depends on a workweek or a settlement period is due on its last day, so that the days of a period
    and those of its parts give the same items where the work around them is given.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from fractions import Fraction
    >>> from zoneinfo import ZoneInfo
    >>> from scheduler.law.library import layers_of
    >>> from scheduler.law.subject import LawSubject
    >>> from scheduler.law.wages.work import Terms, WorkedTime, Worker
    >>> monday, start = date(2026, 5, 4), datetime(2026, 5, 4, 14, tzinfo=UTC)
    >>> terms = Terms(valid_from=monday, valid_until=None, contract="c", currency="USD", hourly=Fraction(20))
    >>> case = PayCase(
    ...     zone=ZoneInfo("America/Los_Angeles"), first=monday, end=date(2026, 5, 11),
    ...     worker=Worker(subject=LawSubject(id="ann"), terms=(terms,)),
    ...     worked=(WorkedTime(day=monday, start=start, end=start.replace(hour=23), breaks_known=False),),
    ... )
    >>> wages = interpret(case, PayLaw(layers_of("us-ca")))
    >>> [(one.code, one.minutes, str(one.amount)) for one in wages.by_day()]
    [('REG', 480, '160.00'), ('OT', 60, '30.00')]
    """
    spans = sorted(case.worked, key=lambda one: (one.start, one.end))
    days = workdays(case, law, spans)
    cut = segmented(case, law, days)
    segments = Tiers(case, law, cut.days).of(cut.segments)
    pricing = WeekPricing(case, law)
    pricing.look_at(segments)
    by_week = weeks_of(segments)
    bonuses = earned_by_week(case, law, by_week) if case.bonuses else {}
    weeks = tuple(
        pricing.price(week, mine, bonuses.get(week, Fraction(0)))
        for week, mine in by_week
        if case.first <= week + LAST < case.end or any(case.first <= one.span.day < case.end for one in mine)
    )
    items = [*_items(case, law, segments, weeks)]
    due = tuple(one for one in items if case.first <= one.due_on < case.end)
    return Wages(due, weeks, tuple(segments), cut.days, cut.days_without_terms)


def _items(case: PayCase, law: PayLaw, segments: list[Segment], weeks: tuple[WeekPay, ...]) -> Iterator[Item]:
    for week in weeks:
        yield from week.items
    day_pricing = DayPricing(case, law, {week.week: week.regular_rate for week in weeks})
    for _, pieces in groupby(segments, key=lambda one: one.workday):
        day = WorkedDay(list(pieces))
        if case.first <= day.first.span.day < case.end:
            yield from day_pricing.items(day)
    yield from bonus_items(case, law, weeks_of(segments))
    yield from settlement_items(case, law, segments)
    yield from sent_home_items(case, law, segments)
    absences = list(absence_items(case, law, segments))
    yield from absences
    yield from guarantee_items(case, law, segments, absences)
