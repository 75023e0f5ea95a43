"""How much leave a policy gives somebody for a leave year: pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from scheduler.kernel.effective import Dated
from scheduler.timeoff.amounts import in_words, rounded, whole_day
from scheduler.timeoff.models import LeavePolicy, LeaveRounding, PartYear

DAY = timedelta(days=1)
MONTHS = 12


class AgreedTime(Dated, Protocol):
    """A contract, as far as leave must know it."""

    @property
    def weekly_minutes(self) -> int:
        """Agreed working time of a week."""
        ...


@dataclass(frozen=True, slots=True)
class Employment:
    """Somebody's employment.

    Parameters
    ----------
    left_on
        First civil day no longer employed; None for no end.
    contracts
        Never two on one day.
    """

    hired_on: date
    left_on: date | None
    contracts: Sequence[AgreedTime]

    def within(self, first: date, end: date) -> tuple[date, date] | None:
        """The days of ``[first, end)`` on which the person is employed; None where there are none."""
        start = max(first, self.hired_on)
        stop = end if self.left_on is None else min(end, self.left_on)
        return (start, stop) if start < stop else None

    def weekly_minutes(self, day: date) -> int:
        """Agreed working time of a week on a day; 0 without a contract."""
        held = (
            one
            for one in self.contracts
            if one.valid_from <= day and (one.valid_until is None or day < one.valid_until)
        )
        return next((one.weekly_minutes for one in held), 0)


def year_after(day: date, years: int = 1) -> date:
    """The same day of the month so many years later; leave years begin on the first of a month."""
    return day.replace(year=day.year + years)


def month_after(day: date, months: int) -> date:
    """The first of the month that is so many months after that of a day.

    Examples
    --------
    >>> month_after(date(2026, 11, 1), 3)
    datetime.date(2027, 2, 1)
    """
    index = day.year * MONTHS + day.month - 1 + months
    return date(index // MONTHS, index % MONTHS + 1, 1)


def entitlement(policy: LeavePolicy, person: Employment, first: date, end: date) -> tuple[int, str]:
    """What the policy gives for the leave year ``[first, end)``, in steps, and how that comes about.

    Parameters
    ----------
    first, end
        A whole leave year; 0 for somebody who is not employed in it.
    """
    employed = person.within(first, end)
    if employed is None:
        return 0, "not employed in this leave year"
    full, words = _full(policy, person, end)
    share, part = _part_of_year(policy.part_year, employed, first, end)
    amount, told = full * share, [words]
    if share != 1:
        told.append(part)
    if policy.full_time_weekly_minutes:
        agreed = _agreed(person, employed)
        time = min(Fraction(1), agreed / policy.full_time_weekly_minutes)
        amount *= time
        if time != 1:
            full_time = policy.full_time_weekly_minutes
            hours = f"{float(agreed) / 60:g} of {full_time / 60:g} h a week" if agreed else "no contract"
            told.append(hours)
    given = _whole_days(policy, amount)
    return given, ", ".join(told)


def _full(policy: LeavePolicy, person: Employment, end: date) -> tuple[int, str]:
    """What a whole year of full time gives."""
    years = policy.long_service_years
    if years is not None and policy.long_service_amount is not None:
        reached = person.hired_on.year + years, person.hired_on.month, person.hired_on.day
        last = end - DAY
        if reached <= (last.year, last.month, last.day):
            words = f"{in_words(policy.long_service_amount, policy.unit)} a year from {years} years on"
            return policy.long_service_amount, words
    return policy.yearly_amount, f"{in_words(policy.yearly_amount, policy.unit)} a year"


def _part_of_year(
    rule: PartYear, employed: tuple[date, date], first: date, end: date
) -> tuple[Fraction, str]:
    start, stop = employed
    if rule is PartYear.DAYS:
        days, of = (stop - start).days, (end - first).days
        return Fraction(days, of), f"{days} of {of} days"
    months = [(month_after(first, number), month_after(first, number + 1)) for number in range(MONTHS)]
    if rule is PartYear.STARTED_MONTHS:
        count = sum(begin < stop and start < after for begin, after in months)
        return Fraction(count, MONTHS), f"{count} of {MONTHS} months begun"
    count = sum(start <= begin and after <= stop for begin, after in months)
    return Fraction(count, MONTHS), f"{count} of {MONTHS} full months"


def _agreed(person: Employment, employed: tuple[date, date]) -> Fraction:
    """Agreed minutes of a week, on average over the days of employment."""
    start, stop = employed
    total = 0
    for one in person.contracts:
        end = stop if one.valid_until is None else min(stop, one.valid_until)
        total += one.weekly_minutes * max(0, (end - max(start, one.valid_from)).days)
    return Fraction(total, (stop - start).days)


def _whole_days(policy: LeavePolicy, amount: Fraction) -> int:
    day = whole_day(policy.unit, policy.day_minutes)
    if policy.rounding is LeaveRounding.UP:
        return -(-amount // day) * day
    if policy.rounding is LeaveRounding.HALF_UP:
        return rounded(amount / day) * day
    return rounded(amount)
