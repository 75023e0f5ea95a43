"""What human resources ask about accounts: balances of leave, and of time off in return for overtime."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.people.models import Employee
from scheduler.reporting.hr_query import HrFact, HrQuery, next_month, who
from scheduler.timeoff.amounts import number
from scheduler.timeoff.balances import ALL_KINDS, Balance, accounts_of, balance_of
from scheduler.timeoff.leave_account import AccountOf, LineKind, account_lines
from scheduler.timeoff.models import LeaveKind

DAY = timedelta(days=1)
GIVEN = (LineKind.OPENING, LineKind.GRANT, LineKind.ACCRUAL, LineKind.ADJUSTMENT, LineKind.LAPSED)


def leave_balances(session: Session, query: HrQuery, today: date) -> Iterator[HrFact]:
    """Each account in each leave year that has begun: a past one as it ended, the present one as of today."""
    people = session.scalars(select(Employee).where(query.at_places(Employee.location_id))).all()
    for employee, of, _notes in accounts_of(session, people, ALL_KINDS, until=today):
        first, end = of.year_of(max(query.starts_on, of.policies[0].starts_on, employee.hired_on))
        while first <= today and (query.ends_on is None or first < query.ends_on):
            if of.employment.within(first, end) is not None:
                balance = balance_of(employee, of, min(today, end - DAY))
                key = f"{employee.id}/{of.kind.value}/{first}"
                yield HrFact(employee.location_id, employee.id, key, first, end, _balance_facts(balance))
            first, end = of.year_of(end)


def _balance_facts(balance: Balance) -> dict[str, Any]:
    amounts = {
        "carried_over": balance.carried_over,
        "granted": balance.of_year(LineKind.GRANT, LineKind.ACCRUAL),
        "adjusted": balance.of_year(LineKind.ADJUSTMENT),
        "lapsed": balance.of_year(LineKind.LAPSED),
        "paid_out": -balance.of_year(LineKind.PAID_OUT),
        "taken": -balance.of_year(LineKind.TAKEN),
        "balance": balance.amount,
        "planned": balance.planned,
        "available": balance.available,
    }
    told = {name: number(amount, balance.unit) for name, amount in amounts.items()}
    return {
        **who(balance.employee), "kind": balance.kind.value, "unit": balance.unit.value, **told,
        "notes": list(balance.notes),
    }  # fmt: skip


def overtime_accounts(
    session: Session, query: HrQuery, today: date, paid: Iterable[HrFact]
) -> Iterator[HrFact]:
    """Overtime paid, and time off given for it, by person and month, with what is left at the month's end.

    Parameters
    ----------
    paid
        Overtime that closed periods paid, by person, month and pay code.
    """
    minutes: dict[tuple[UUID, UUID, date], int] = defaultdict(int)
    for fact in paid:
        minutes[fact.location_id, fact.employee_id, fact.starts_on] += fact.facts["paid_minutes"]
    people = session.scalars(select(Employee).where(query.at_places(Employee.location_id))).all()
    accounts: Mapping[UUID, AccountOf] = {
        employee.id: of
        for employee, of, _notes in accounts_of(session, people, [LeaveKind.OVERTIME], until=today)
    }
    for employee in people:
        yield from _months(employee, accounts.get(employee.id), query, today, minutes)
    known = {employee.id for employee in people}
    gone = {key[1] for key in minutes} - known
    for employee in session.scalars(select(Employee).where(Employee.id.in_(sorted(gone)))):
        yield from _months(employee, None, query, today, minutes)


def _months(
    employee: Employee,
    of: AccountOf | None,
    query: HrQuery,
    today: date,
    minutes: Mapping[tuple[UUID, UUID, date], int],
) -> Iterator[HrFact]:
    """The months of one person in which something was paid, given or taken, or something is left."""
    paid = {(place, month): told for (place, person, month), told in minutes.items() if person == employee.id}
    places = {employee.location_id, *(place for place, _month in paid)}
    month = query.starts_on.replace(day=1)
    while month <= today and (query.ends_on is None or month < query.ends_on):
        after = next_month(month)
        for place in sorted(places):
            account = of if place == employee.location_id else None
            facts = _month_facts(account, month, min(after - DAY, today), paid.get((place, month), 0))
            if any(facts.values()):
                key = f"{employee.id}/{month}"
                yield HrFact(place, employee.id, key, month, after, {**who(employee), **facts})
        month = after


def _month_facts(of: AccountOf | None, month: date, last: date, paid_minutes: int) -> dict[str, int | None]:
    lines = account_lines(of, last) if of else ()

    def total(kinds: Sequence[LineKind]) -> int:
        return sum(line.amount for line in lines if line.kind in kinds and line.day >= month)

    return {
        "overtime_paid_minutes": paid_minutes,
        "time_off_given_minutes": total(GIVEN),
        "time_off_taken_minutes": -total((LineKind.TAKEN,)),
        "time_off_paid_out_minutes": -total((LineKind.PAID_OUT,)),
        "balance_minutes": (lines[-1].balance if lines else 0) if of else None,
    }
