"""A leave account: every line of it and the balance after each, from policies, entries and leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from uuid import UUID

from scheduler.kernel.clock import days_between
from scheduler.timeoff.amounts import HUNDREDTHS, in_words, rounded
from scheduler.timeoff.entitlement import MONTHS, Employment, entitlement, month_after, year_after
from scheduler.timeoff.models import LeaveEntry, LeaveGranting, LeaveKind, LeavePolicy, LeaveUnit

DAY = timedelta(days=1)


class LineKind(StrEnum):
    """What a line of a leave account is."""

    OPENING = "opening"
    GRANT = "grant"
    ACCRUAL = "accrual"
    ADJUSTMENT = "adjustment"
    PAID_OUT = "paid_out"
    LAPSED = "lapsed"
    """What was left of a leave year, or carried over, and is lost."""
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class LeaveLine:
    """Something that came into the account on a day, or left it.

    Parameters
    ----------
    amount
        In steps of the unit; negative for what leaves the account.
    why
        How it comes about, in words.
    balance
        What there is after it.
    time_off_id
        The leave that takes it.
    """

    day: date
    kind: LineKind
    amount: int
    why: str
    balance: int = 0
    time_off_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Approved leave over the civil days ``[starts_on, ends_on)``."""

    id: UUID
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class AccountOf:
    """Everything that somebody's account of one kind of leave is made from.

    Parameters
    ----------
    policies
        Of the place, by their first days; at least one.
    entries
        Of the ledger, by day.
    leave
        Approved leave of the kind, by its first day.
    holidays
        Public holidays of the place.
    """

    kind: LeaveKind
    employment: Employment
    policies: Sequence[LeavePolicy]
    entries: Sequence[LeaveEntry]
    leave: Sequence[Leave]
    holidays: frozenset[date]

    def policy_on(self, day: date) -> LeavePolicy:
        """The policy of a day; the first one for days before there was any."""
        begun = [one for one in self.policies if one.starts_on <= day]
        return begun[-1] if begun else self.policies[0]

    @property
    def unit(self) -> LeaveUnit:
        """What the account is counted in, which never changes."""
        return self.policies[0].unit

    def year_of(self, day: date) -> tuple[date, date]:
        """The leave year ``[first, end)`` of a day: twelve months from the day on which policies begin."""
        begin = self.policies[0].starts_on
        first = date(day.year, begin.month, 1)
        first = first if first <= day else year_after(first, -1)
        return first, year_after(first)

    def cost(self, starts_on: date, ends_on: date) -> int:
        """What leave over ``[starts_on, ends_on)`` takes, in steps."""
        return sum(self.day_cost(day) for day in days_between(starts_on, ends_on))

    def day_cost(self, day: date) -> int:
        """What leave on one day takes: a day, or the agreed minutes of a week shared by its counted days."""
        policy = self.policy_on(day)
        if day.weekday() not in policy.counted_weekdays or self.employment.within(day, day + DAY) is None:
            return 0
        if day in self.holidays and not policy.counts_holidays:
            return 0
        if policy.unit is LeaveUnit.DAYS:
            return HUNDREDTHS
        agreed = self.employment.weekly_minutes(day)
        return rounded(Fraction(agreed, len(set(policy.counted_weekdays))))


def account_lines(of: AccountOf, until: date) -> tuple[LeaveLine, ...]:
    """The lines of an account up to and with the day ``until``, each with the balance after it.

    Notes
    -----
    An account begins with the first leave year of its policies or with the day of hire, and anew with each
    opening balance, which is what there is before its day brings anything. Within a day what comes in stands
    before what leaves. What is carried over is taken first; it lapses where the policy gives it an end.
    """
    opening = max((one for one in of.entries if _opens(one) and one.day <= until), key=_day, default=None)
    since = opening.day if opening else max(of.policies[0].starts_on, of.employment.hired_on)
    lines = [_line_of(one) for one in of.entries if one is opening or _counts(one, since, until)]
    lines += _taken(of, since, until)
    first, end = of.year_of(since)
    while first <= until and (of.employment.left_on is None or first < of.employment.left_on):
        if since < first:
            lines += _lapsing(of, lines, first, until)
        lines += (one for one in _given(of, first, end, until) if one.day >= since)
        first, end = end, year_after(end)
    balance, told = 0, []
    for line in sorted(lines, key=lambda one: (one.day, _ORDER.index(one.kind))):
        balance += line.amount
        told.append(replace(line, balance=balance))
    return tuple(told)


_ORDER = (
    LineKind.OPENING,
    LineKind.LAPSED,
    LineKind.GRANT,
    LineKind.ACCRUAL,
    LineKind.ADJUSTMENT,
    LineKind.PAID_OUT,
    LineKind.TAKEN,
)


def _opens(entry: LeaveEntry) -> bool:
    return entry.entry.value == LineKind.OPENING.value


def _day(entry: LeaveEntry) -> tuple[date, UUID]:
    return entry.day, entry.id


def _counts(entry: LeaveEntry, since: date, until: date) -> bool:
    return not _opens(entry) and since <= entry.day <= until


def _line_of(entry: LeaveEntry) -> LeaveLine:
    return LeaveLine(entry.day, LineKind(entry.entry.value), entry.amount, entry.reason)


def _taken(of: AccountOf, since: date, until: date) -> Iterator[LeaveLine]:
    """One line for each leave and leave year."""
    for leave in of.leave:
        days = days_between(max(leave.starts_on, since), min(leave.ends_on, until + DAY))
        for _year, some in groupby(days, key=of.year_of):
            here = list(some)
            last = here[-1]
            words = f"{here[0]}" if last == here[0] else f"{here[0]} to {last}"
            yield LeaveLine(
                here[0], LineKind.TAKEN, -of.cost(here[0], last + DAY), words, time_off_id=leave.id
            )


def _given(of: AccountOf, first: date, end: date, until: date) -> Iterator[LeaveLine]:
    """What the policy gives in the leave year ``[first, end)`` by itself."""
    policy = of.policy_on(first)
    employed = of.employment.within(first, end)
    if employed is None or policy.granting not in (LeaveGranting.YEARLY, LeaveGranting.MONTHLY):
        return
    amount, words = entitlement(policy, of.employment, first, end)
    if policy.granting is LeaveGranting.YEARLY:
        if employed[0] <= until:
            yield LeaveLine(employed[0], LineKind.GRANT, amount, words)
        return
    whole, given = (employed[1] - employed[0]).days, 0
    for number in range(MONTHS):
        due_on = month_after(first, number + 1)
        over = of.employment.within(first, due_on)
        if over is None or due_on > until or given == amount:
            continue
        so_far = rounded(Fraction(amount * (over[1] - over[0]).days, whole))
        if whole == (end - first).days:
            so_far = rounded(Fraction(amount * (number + 1), MONTHS))
        if so_far != given:
            yield LeaveLine(due_on, LineKind.ACCRUAL, so_far - given, f"month {number + 1} of 12: {words}")
        given = so_far


def _lapsing(of: AccountOf, lines: Sequence[LeaveLine], first: date, until: date) -> Iterator[LeaveLine]:
    """What is lost when the leave year from ``first`` on begins, and in its course."""
    policy = of.policy_on(first)
    left = sum(line.amount for line in lines if line.day < first)
    carried = left
    if policy.carry_over_limit is not None and left > policy.carry_over_limit:
        carried = policy.carry_over_limit
        words = f"at most {in_words(carried, policy.unit)} is carried over"
        yield LeaveLine(first, LineKind.LAPSED, carried - left, words)
    if policy.carry_over_months is None or carried <= 0:
        return
    end = month_after(first, policy.carry_over_months)
    used = -sum(
        line.amount
        for line in _up_to(of, lines, first, end)
        if line.kind in (LineKind.TAKEN, LineKind.PAID_OUT)
    )
    if end <= until and used < carried:
        words = f"carried over and not taken before {end}"
        yield LeaveLine(end, LineKind.LAPSED, used - carried, words)


def _up_to(of: AccountOf, lines: Sequence[LeaveLine], first: date, end: date) -> Iterator[LeaveLine]:
    """The lines of the days ``[first, end)``, of a leave that goes on only what it takes before the end."""
    for line in lines:
        if not first <= line.day < end:
            continue
        leave = next((one for one in of.leave if one.id == line.time_off_id), None)
        if leave is not None and leave.ends_on > end:
            yield replace(line, amount=-of.cost(line.day, end))
        else:
            yield line
