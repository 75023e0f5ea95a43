"""What contracts pay, as the law of pay takes it, and in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import inspect

from scheduler.kernel.clock import days_between
from scheduler.kernel.effective import in_force
from scheduler.kernel.money import major_units, minor_digits
from scheduler.law.wages.work import Bonus, BonusKind, Terms
from scheduler.people.models import Contract, NightWork, PartOfMonth

DAY = timedelta(days=1)
HOURS_OF_DAY = 8
WORKING_DAYS = 5
MONTH_OF_THIRTY = 30
SALARY = "SALARY"
Status = tuple[NightWork | None, tuple[int, ...], str | None, int, str]
"""What of a contract holds for all of a person's work: a case of pay has one of each."""


def terms_of(contract: Contract) -> Terms:
    """What a contract pays, as the law of pay takes it."""
    unit = 10 ** minor_digits(contract.currency)
    salary, by_day = contract.monthly_salary_cents, contract.daily_rate_cents
    hourly = Fraction(contract.hourly_rate_cents, unit)
    if by_day is not None:
        hourly = Fraction(by_day, unit * HOURS_OF_DAY)
    return Terms(
        valid_from=contract.valid_from,
        valid_until=contract.valid_until,
        contract=str(contract.id),
        currency=contract.currency,
        hourly=hourly if salary is None else None,
        monthly=None if salary is None else Fraction(salary, unit),
        weekly_minutes=contract.weekly_minutes,
        guaranteed_weekly_minutes=contract.guaranteed_weekly_minutes or 0,
    )


def until_left(contracts: Sequence[Contract], left_on: date | None) -> list[Contract]:
    """Contracts as far as somebody was employed: one that was left open ends with the employment.

    Examples
    --------
    >>> held = Contract(valid_from=date(2026, 1, 1), currency="PLN")
    >>> [one.valid_until for one in until_left([held], date(2026, 11, 10))], held.valid_until
    ([datetime.date(2026, 11, 10)], None)
    """
    if left_on is None:
        return list(contracts)
    names = [column.key for column in inspect(Contract).column_attrs]
    return [
        held
        if held.valid_until is not None and held.valid_until <= left_on
        else Contract(**{name: getattr(held, name) for name in names} | {"valid_until": left_on})
        for held in contracts
        if held.valid_from < left_on
    ]


def status_of(contract: Contract | None) -> Status:
    """What a contract says of all the work under it; of nobody's contract nothing."""
    if contract is None:
        return None, (), None, 0, ""
    return (
        contract.night_work,
        tuple(contract.agreed_week or ()),
        contract.exempt_by,
        contract.daily_allowance_cents or 0,
        contract.kind.value if contract.kind else "",
    )


def salaries(contracts: Sequence[Contract], first: date, end: date) -> Iterator[Bonus]:
    """The salaries that Makina pays in some civil days: each on the last day of its month or contract."""
    month = first.replace(day=1)
    while month < end:
        following = month + timedelta(days=monthrange(month.year, month.month)[1])
        for contract in contracts:
            start = max(month, contract.valid_from)
            finish = min(following, contract.valid_until or date.max)
            if contract.monthly_salary_cents is None or contract.salary_by is None or start >= finish:
                continue
            if first <= finish - DAY < end:
                unit = 10 ** minor_digits(contract.currency)
                part = part_of_month(contract.salary_by, start, finish)
                amount = part * contract.monthly_salary_cents / unit
                yield Bonus(on=finish - DAY, amount=amount, kind=BonusKind.DISCRETIONARY, code=SALARY)
        month = following


def part_of_month(rule: PartOfMonth, first: date, end: date) -> Fraction:
    """What the civil days ``[first, end)`` are of their month, at most the whole of it.

    Examples
    --------
    >>> [str(part_of_month(rule, date(2026, 2, 10), date(2026, 3, 1))) for rule in PartOfMonth]
    ['19/28', '7/10', '19/30']
    >>> str(part_of_month(PartOfMonth.THIRTIETHS, date(2026, 2, 1), date(2026, 3, 1)))
    '1'
    """
    month = first.replace(day=1)
    length = monthrange(month.year, month.month)[1]
    if (end - first).days >= length:
        return Fraction(1)
    if rule is PartOfMonth.WORKING_DAYS:
        whole = _working_days(month, month + timedelta(days=length))
        return Fraction(_working_days(first, end), whole)
    by = MONTH_OF_THIRTY if rule is PartOfMonth.THIRTIETHS else length
    return min(Fraction(1), Fraction((end - first).days, by))


def _working_days(first: date, end: date) -> int:
    return sum(day.weekday() < WORKING_DAYS for day in days_between(first, end))


def in_words(contract: Contract) -> str:
    """What tells one version of a contract from another.

    Examples
    --------
    >>> held = Contract(
    ...     valid_from=date(2026, 1, 1), hourly_rate_cents=3140, currency="PLN", weekly_minutes=2400
    ... )
    >>> in_words(held)
    'from 2026-01-01, 31.40 PLN an hour, 40 h a week'
    >>> held.night_work, held.agreed_week = NightWork.PERMANENT, [600, 600, 600, 600, 0, 0, 0]
    >>> in_words(held)
    'from 2026-01-01, 31.40 PLN an hour, 40 h a week, nights only, agreed week of 10 10 10 10 0 0 0 h'
    """
    cents, per = contract.hourly_rate_cents, "an hour"
    if contract.monthly_salary_cents is not None:
        cents, per = contract.monthly_salary_cents, "a month"
    elif contract.daily_rate_cents is not None:
        cents, per = contract.daily_rate_cents, "a day"
    hours = f"{contract.weekly_minutes / 60:g} h a week"
    said = [f"from {contract.valid_from}", f"{_money(cents, contract)} {per}", hours, *_besides(contract)]
    return ", ".join(said)


def _besides(contract: Contract) -> Iterator[str]:
    """What not every contract says."""
    if contract.monthly_salary_cents is not None and contract.salary_by is not None:
        yield f"a part of a month by {contract.salary_by.value.replace('_', ' ')}"
    if contract.guaranteed_weekly_minutes:
        yield f"{contract.guaranteed_weekly_minutes / 60:g} h a week guaranteed"
    if contract.night_work is not None:
        yield "nights only" if contract.night_work is NightWork.PERMANENT else "night worker"
    if contract.agreed_week:
        yield f"agreed week of {' '.join(f'{minutes / 60:g}' for minutes in contract.agreed_week)} h"
    if contract.exempt_by:
        yield f"exempt by {contract.exempt_by}"
    if contract.daily_allowance_cents:
        yield f"daily allowance of {_money(contract.daily_allowance_cents, contract)}"


def _money(cents: int, contract: Contract) -> str:
    return f"{major_units(cents, contract.currency)} {contract.currency}"


def stretches(contracts: Sequence[Contract], first: date, end: date) -> Iterator[tuple[date, date, Status]]:
    """The civil days in parts, on each of which what contracts say of all work is the same, in order."""
    starts = {first, *(one.valid_from for one in contracts), *(one.valid_until for one in contracts)}
    edges = sorted(day for day in starts if day is not None and first <= day < end)
    begun, status = first, status_of(in_force(contracts, first))
    for day in edges[1:]:
        now = status_of(in_force(contracts, day))
        if now != status and in_force(contracts, day) is not None:
            yield begun, day, status
            begun, status = day, now
    yield begun, end, status
