"""What human resources ask about people, as the records of other rooms say it now; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.organisation.models import Location
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.people.models import Contract, Employee, EmployeeSkill, Skill
from scheduler.reporting.anniversaries import anniversaries
from scheduler.reporting.hr_query import HrFact, HrQuery, next_month, who, with_horizon
from scheduler.reporting.leave_facts import leave_balances, overtime_accounts
from scheduler.reporting.models import HrRecordKind
from scheduler.reporting.overtime_rules import overtime_rules
from scheduler.timekeeping.models import TimeEntry, Timesheet, TimesheetState
from scheduler.timeoff.models import TimeOff, TimeOffState


def hr_facts(session: Session, query: HrQuery, *, today: date) -> list[HrFact]:
    """The facts that are asked for, in order of days, people and keys.

    Parameters
    ----------
    today
        See `with_horizon`.
    """
    query = with_horizon(query, today)
    if query.kind is HrRecordKind.CONTRACT_DATES:
        found = [*_anniversaries(session, query), *_contract_dates(session, query)]
    elif query.kind is HrRecordKind.LEAVE_BALANCES:
        found = list(leave_balances(session, query, today))
    elif query.kind is HrRecordKind.OVERTIME_ACCOUNTS:
        found = list(overtime_accounts(session, query, today, list(_overtime(session, query))))
    else:
        found = list(_READERS[query.kind](session, query))
    return sorted(found, key=lambda fact: (fact.starts_on, fact.facts["employee_number"], fact.key))


def _worked_hours(session: Session, query: HrQuery) -> Iterable[HrFact]:
    """Hours of timesheets that somebody stands for, by person, day and the place where they were worked."""
    statement = (
        select(TimeEntry, Timesheet, Employee)
        .join(Timesheet, Timesheet.id == TimeEntry.timesheet_id)
        .join(Employee, Employee.id == Timesheet.employee_id)
        .where(Timesheet.state.in_((TimesheetState.APPROVED, TimesheetState.CLOSED)))
        .where(TimeEntry.day >= query.starts_on)
    )
    if query.ends_on is not None:
        statement = statement.where(TimeEntry.day < query.ends_on)
    sums: dict[tuple[UUID, UUID, date], dict[str, Any]] = {}
    for entry, sheet, employee in session.execute(statement.where(query.at_places(TimeEntry.location_id))):
        known = sums.setdefault(
            (entry.location_id, employee.id, entry.day),
            {
                **who(employee),
                "worked_minutes": 0,
                "break_minutes": 0,
                "timesheet_id": str(sheet.id),
                "is_closed": sheet.state is TimesheetState.CLOSED,
                "changed_after_close": sheet.changed_after_close,
            },
        )
        known["worked_minutes"] += entry.worked_minutes
        known["break_minutes"] += entry.break_minutes
    for (location_id, employee_id, day), facts in sums.items():
        yield _of_day(location_id, employee_id, day, f"{employee_id}", facts)


def _leave(session: Session, query: HrQuery) -> Iterable[HrFact]:
    """Approved leave, at the place where the person belongs now."""
    statement = (
        select(TimeOff, Employee)
        .join(Employee, Employee.id == TimeOff.employee_id)
        .where(TimeOff.state == TimeOffState.APPROVED)
    )
    statement = statement.where(query.touches(TimeOff.starts_on, TimeOff.ends_on))
    for leave, employee in session.execute(statement.where(query.at_places(Employee.location_id))):
        facts = {
            **who(employee),
            "time_off_id": str(leave.id),
            "kind": leave.kind.value,
            "calendar_days": (leave.ends_on - leave.starts_on).days,
        }
        key = f"{leave.id}/{leave.starts_on}/{leave.ends_on}"
        yield HrFact(employee.location_id, employee.id, key, leave.starts_on, leave.ends_on, facts)


def _overtime(session: Session, query: HrQuery) -> Iterable[HrFact]:
    """Minutes that closed periods paid as overtime, corrections included, by person, month and pay code."""
    places = session.scalars(select(Location).where(query.at_places(Location.id)))
    rules = {place.id: overtime_rules(session, place) for place in places}
    statement = (
        select(PayLine, PayPeriod.location_id, Employee)
        .join(PayPeriod, PayPeriod.id == PayLine.pay_period_id)
        .join(Employee, Employee.id == PayLine.employee_id)
        .where(PayPeriod.state == PayPeriodState.CLOSED)
        .where(PayLine.rule.in_(frozenset[str]().union(*rules.values())))
        .where(PayLine.day >= query.starts_on.replace(day=1))
    )
    if query.ends_on is not None:
        statement = statement.where(PayLine.day < next_month(query.ends_on - timedelta(days=1)))
    sums: dict[tuple[UUID, UUID, date, str], dict[str, Any]] = {}
    for line, location_id, employee in session.execute(
        statement.where(query.at_places(PayPeriod.location_id))
    ):
        if line.rule not in rules[location_id]:
            continue
        month = line.day.replace(day=1)
        facts = sums.setdefault(
            (location_id, employee.id, month, line.pay_code),
            {**who(employee), "pay_code": line.pay_code, "paid_minutes": 0},
        )
        facts["paid_minutes"] += line.minutes
    for (location_id, employee_id, month, code), facts in sums.items():
        key = f"{employee_id}/{month}/{code}"
        yield HrFact(location_id, employee_id, key, month, next_month(month), facts)


def _anniversaries(session: Session, query: HrQuery) -> Iterable[HrFact]:
    """The days on which somebody has been employed for whole years."""
    until = query.ends_on or query.starts_on
    for employee in session.scalars(select(Employee).where(query.at_places(Employee.location_id))):
        end = until if employee.left_on is None else min(until, employee.left_on)
        for years, day in anniversaries(employee.hired_on, query.starts_on, end):
            facts = {
                **who(employee), "event": "anniversary", "years": years, "contract_id": None,
                "is_followed": None,
            }  # fmt: skip
            yield _of_day(employee.location_id, employee.id, day, f"{employee.id}/anniversary", facts)


def _contract_dates(session: Session, query: HrQuery) -> Iterable[HrFact]:
    """First and last days of contracts, and last days of employment."""
    statement = select(Contract, Employee).join(Employee, Employee.id == Contract.employee_id)
    rows = session.execute(statement.where(query.at_places(Employee.location_id))).all()
    starts = {(employee.id, contract.valid_from) for contract, employee in rows}
    for contract, employee in rows:
        of_contract = {**who(employee), "years": None, "contract_id": str(contract.id)}
        if query.has(contract.valid_from):
            facts = {**of_contract, "event": "contract_start", "is_followed": None}
            key = f"{contract.id}/start"
            yield _of_day(employee.location_id, employee.id, contract.valid_from, key, facts)
        if contract.valid_until is not None and query.has(contract.valid_until - timedelta(days=1)):
            followed = (employee.id, contract.valid_until) in starts
            facts = {**of_contract, "event": "contract_end", "is_followed": followed}
            day = contract.valid_until - timedelta(days=1)
            yield _of_day(employee.location_id, employee.id, day, f"{contract.id}/end", facts)
    leaving = (
        select(Employee).where(Employee.left_on.is_not(None)).where(query.at_places(Employee.location_id))
    )
    for employee in session.scalars(leaving):
        if employee.left_on is not None and query.has(employee.left_on - timedelta(days=1)):
            facts = {
                **who(employee), "event": "employment_end", "years": None, "contract_id": None,
                "is_followed": None,
            }  # fmt: skip
            day = employee.left_on - timedelta(days=1)
            yield _of_day(employee.location_id, employee.id, day, f"{employee.id}/left", facts)


def _expiring_skills(session: Session, query: HrQuery) -> Iterable[HrFact]:
    """Last days on which skills and certificates of people who are still employed are valid."""
    statement = (
        select(EmployeeSkill, Skill, Employee)
        .join(Skill, Skill.id == EmployeeSkill.skill_id)
        .join(Employee, Employee.id == EmployeeSkill.employee_id)
    )
    rows = session.execute(statement.where(query.at_places(Employee.location_id))).all()
    held: dict[tuple[UUID, UUID], list[EmployeeSkill]] = {}
    for one, _skill, _employee in rows:
        held.setdefault((one.employee_id, one.skill_id), []).append(one)
    for one, skill, employee in rows:
        if one.valid_until is None or not query.has(one.valid_until - timedelta(days=1)):
            continue
        last = one.valid_until - timedelta(days=1)
        if employee.left_on is not None and employee.left_on <= last:
            continue
        facts = {
            **who(employee),
            "skill_code": skill.code,
            "skill_name": skill.name,
            "kind": skill.kind.value,
            "is_renewed": any(
                each.valid_from <= one.valid_until
                and (each.valid_until is None or one.valid_until < each.valid_until)
                for each in held[employee.id, skill.id]
            ),
        }
        yield _of_day(employee.location_id, employee.id, last, f"{one.id}", facts)


def _of_day(location_id: UUID, employee_id: UUID, day: date, key: str, facts: dict[str, Any]) -> HrFact:
    return HrFact(location_id, employee_id, f"{key}/{day}", day, day + timedelta(days=1), facts)


_READERS: Mapping[HrRecordKind, Callable[[Session, HrQuery], Iterable[HrFact]]] = {
    HrRecordKind.WORKED_HOURS: _worked_hours,
    HrRecordKind.LEAVE: _leave,
    HrRecordKind.OVERTIME: _overtime,
    HrRecordKind.EXPIRING_SKILLS: _expiring_skills,
}
