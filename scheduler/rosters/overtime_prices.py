"""What overtime of a week costs a roster, as the interpreter of pay would pay it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_instant
from scheduler.law.pack import Pack
from scheduler.law.subject import LawSubject
from scheduler.law.wages.interpret import interpret
from scheduler.law.wages.item import extra_of
from scheduler.law.wages.pay_law import PayLaw
from scheduler.law.wages.work import Employer, PayCase, PlannedTime, Terms, WorkedTime, Worker
from scheduler.people.models import Contract
from scheduler.rosters.prices import OVERTIME
from solver.problem import CostTier

PROBED_DAYS = 6
STARTS_MINUTE, DAY_MINUTES = 8 * 60, 8 * 60
"""Six days of eight hours in daylight: more than any week at the straight rate, and no day, night or seventh
day that is paid more by itself.
"""


class OvertimePrices:
    """From how many minutes of a week on somebody's work costs more, by the law of a place.

    A week of plain days is handed to the interpreter that pays worked time, and the tiers are read off from
    what it calls overtime: there is no second set of rules for planning. Overtime that is counted by the
    day, or over a settlement period of more than a week, is not in them.

    Parameters
    ----------
    layers
        The law of the place, nearest first.
    zone
        Of the place.
    first
        First civil day of the week that is planned.
    """

    def __init__(self, layers: Sequence[Pack], zone: ZoneInfo, first: date) -> None:
        self._law, self._zone, self._first = PayLaw(layers), zone, first
        self._known: dict[tuple[object, ...], tuple[CostTier, ...]] = {}

    def tiers(self, subject: LawSubject, contract: Contract, longest: int) -> tuple[CostTier, ...]:
        """The tiers of somebody, for a contract.

        Parameters
        ----------
        longest
            The most minutes the person can have in the week: tiers from there on do not matter.
        """
        first = self._first
        key = (contract.weekly_minutes, subject.age_on(first), subject.system, subject.grounds_on(first))
        if key not in self._known:
            self._known[key] = tuple(self._probed(subject, contract))
        return tuple(tier for tier in self._known[key] if tier.after_minutes < longest)

    def _probed(self, subject: LawSubject, contract: Contract) -> Iterator[CostTier]:
        if self._law.week_starts_on(subject, self._first) != self._first.weekday():
            return  # its overtime is that of other seven days
        case = self._plain_week(subject, contract)
        minutes, price = 0, 0
        for segment in interpret(case, self._law).segments:
            if segment.tier is not None:
                here = round(OVERTIME * extra_of(segment.tier.value))
                if here > price:
                    yield CostTier(after_minutes=minutes, cost_per_minute=here)
                price = max(price, here)
            minutes += segment.minutes

    def _plain_week(self, subject: LawSubject, contract: Contract) -> PayCase:
        first, week = self._first, timedelta(days=7)
        days = [first + timedelta(days=number) for number in range(PROBED_DAYS)]
        starts = [local_instant(day, STARTS_MINUTE, self._zone) for day in days]
        length = timedelta(minutes=DAY_MINUTES)
        terms = Terms(
            valid_from=first, valid_until=None, contract="", currency=contract.currency,
            hourly=Fraction(1), weekly_minutes=contract.weekly_minutes,
        )  # fmt: skip
        return PayCase(
            zone=self._zone,
            worker=Worker(subject=subject, terms=(terms,)),
            first=first,
            end=first + week,
            worked=tuple(
                WorkedTime(day=day, start=start, end=start + length)
                for day, start in zip(days, starts, strict=True)
            ),
            planned=tuple(
                PlannedTime(start=start, end=start + length, minutes=DAY_MINUTES) for start in starts
            ),
            employer=Employer(week_starts_on=first.weekday()),
        )
