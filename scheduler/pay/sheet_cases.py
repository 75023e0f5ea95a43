"""From what was earned to pay lines, and what pay of the timesheets of a period is worked out from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.law.wages.pay_law import PayLaw
from scheduler.organisation.locations import find_location
from scheduler.pay.change_premiums import change_premiums
from scheduler.pay.interpret import Earned, Interpreted
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.pay_cases import PayCases, pay_cases
from scheduler.people.hold_employees import CHUNK
from scheduler.people.models import Employee
from scheduler.people.pay_group_members import pay_groups_of
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.pairing import Worked


def employees_of(
    session: Session, sheets: Iterable[Timesheet], earned: Iterable[Earned] = ()
) -> dict[UUID, Employee]:
    """The people of some timesheets and of what was earned without any, by id."""
    ids = sorted({sheet.employee_id for sheet in sheets} | {each.key.employee_id for each in earned})
    found: dict[UUID, Employee] = {}
    for start in range(0, len(ids), CHUNK):
        query = select(Employee).where(Employee.id.in_(ids[start : start + CHUNK]))
        found.update((person.id, person) for person in session.scalars(query))
    return found


def line_of(earned: Earned, period: PayPeriod, employee: Employee) -> PayLine:
    """A new pay line of a period."""
    return PayLine(**columns_of(earned, period, employee))


def columns_of(earned: Earned, period: PayPeriod, employee: Employee) -> dict[str, Any]:
    """What a pay line stores."""
    return {
        "organisation_id": period.organisation_id,
        "pay_period_id": period.id,
        "employee_id": employee.id,
        "employee_number": employee.number,
        "employee_name": employee.name,
        "contract_id": earned.key.contract_id,
        "day": earned.key.day,
        "pay_code": earned.key.pay_code,
        "minutes": earned.minutes,
        "hourly_rate_cents": earned.key.hourly_rate_cents,
        "amount_cents": earned.amount_cents,
        "currency": earned.key.currency,
        "punch_ids": [str(punch_id) for punch_id in earned.punch_ids],
        "multiplier": (earned.rule.multiplier or None) if earned.rule else None,
        "rule": earned.rule.rule if earned.rule else None,
        "pack": earned.rule.pack if earned.rule else None,
        "citation": earned.rule.citation if earned.rule else None,
        "rate": earned.key.rate or None,
        "is_worked": earned.is_worked,
        "contract_version": earned.contract_version or None,
        "records": list(earned.records),
        "created_at": utc_now(),
    }


class SheetCases:
    """What the pay of timesheets is worked out from: of most the whole period, of some a part of it.

    Parameters
    ----------
    law
        Of the location.
    cases
        By the days that timesheets hold.
    """

    def __init__(self, law: PayLaw, cases: Mapping[tuple[date, date], PayCases]) -> None:
        self.law, self._cases = law, cases

    def interpret(self, sheet: Timesheet, worked: Iterable[Worked]) -> Interpreted:
        """The pay lines of a timesheet's days, from work in them."""
        return self._cases[sheet.starts_on, sheet.ends_on].interpret(sheet.employee_id, worked)


def cases_of(
    session: Session, period: PayPeriod, sheets: Iterable[Timesheet], *, by_law: bool = True
) -> SheetCases:
    """What the pay of some timesheets of a period is worked out from."""
    location = find_location(session, period.location_id)
    people: dict[tuple[date, date], set[UUID]] = {(period.starts_on, period.ends_on): set()}
    for sheet in sheets:
        people.setdefault((sheet.starts_on, sheet.ends_on), set()).add(sheet.employee_id)
    cases = {days: pay_cases(session, location, ids, *days, by_law=by_law) for days, ids in people.items()}
    return SheetCases(cases[period.starts_on, period.ends_on].law, cases)


def premiums_of(session: Session, period: PayPeriod) -> list[Earned]:
    """What late changes and short rests in a period cost, for the people who are paid in its group.

    Of somebody who belongs elsewhere the group of the location counts.
    """
    every = change_premiums(session, period)
    ids = {each.key.employee_id for each in every}
    people = {one.id: one for one in session.scalars(select(Employee).where(Employee.id.in_(ids)))}
    groups = pay_groups_of(session, people.values())
    here = groups.of_location(period.location_id)
    found = []
    for each in every:
        person = people[each.key.employee_id]
        mine = groups.of(person) if person.location_id == period.location_id else here
        if mine.on(each.key.day) == period.pay_group_id:
            found.append(each)
    return found
