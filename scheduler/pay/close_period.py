"""Close a pay period: what was approved becomes pay lines that never change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location
from scheduler.pay.change_premiums import change_premiums
from scheduler.pay.interpret import Earned, Interpreted
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.pay.pay_cases import PayCases, pay_cases
from scheduler.pay.periods import hold_period
from scheduler.people.models import Employee
from scheduler.timekeeping.exceptions import blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.timesheets import contents, exceptions_of

AT_ONCE = 2000
"""How many lines or timesheets are stored together."""


def close_period(session: Session, period_id: UUID, *, actor: str) -> PayPeriod:
    """The period, closed: its pay lines are stored once, and its timesheets take no more changes.

    Notes
    -----
    A timesheet without hours and without anything unclear is closed without an approval. The database itself
    refuses lines for a closed period, a change of it, and a change of a line.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``; ``period_already_closed`` with when and by whom; ``period_not_over`` while
        its last day has not passed at the location; ``period_not_ready`` with ``unapproved`` timesheets,
        ``exceptions`` that leave hours unknown, and days ``without_contract``, each with the person's number
        and name.
    """
    period = hold_period(session, period_id)
    if period.state is PayPeriodState.CLOSED:
        closed_at = period.closed_at.isoformat() if period.closed_at else None
        raise SchedulerError(
            "period_already_closed",
            pay_period_id=str(period_id),
            closed_at=closed_at,
            closed_by=name_of(session, period.closed_by) if period.closed_by else None,
        )
    _refuse_before_its_end(session, period)
    sheets = refresh_location(session, period.location_id, period.starts_on)
    premiums = change_premiums(session, period)
    people = employees_of(session, sheets, premiums)
    cases = cases_of(session, period, sheets)
    interpreted = {sheet.id: cases.interpret(sheet.employee_id, contents(sheet).worked) for sheet in sheets}
    _refuse_unready(period, sheets, people, interpreted)
    earned = [each for sheet in sheets for each in interpreted[sheet.id].earned] + premiums
    rows = [columns_of(each, period, people[each.key.employee_id]) for each in earned]
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(PayLine), rows[start : start + AT_ONCE])
    for start in range(0, len(sheets), AT_ONCE):
        some = [sheet.id for sheet in sheets[start : start + AT_ONCE]]
        closed = update(Timesheet).where(Timesheet.id.in_(some))
        session.execute(closed.values(state=TimesheetState.CLOSED, revision=Timesheet.revision + 1))
    period.state, period.closed_at, period.closed_by = PayPeriodState.CLOSED, utc_now(), actor
    period.law = ", ".join(f"{pack.id} {pack.fingerprint}" for pack in cases.law.layers)
    minutes = sum(each.minutes for each in earned if each.is_worked)
    facts = {"lines": len(earned), "minutes": minutes, "timesheets": len(sheets)}
    record(session, actor, "pay_period.close", "pay_period", period.id, **facts)
    session.flush()
    return period


def employees_of(
    session: Session, sheets: Iterable[Timesheet], earned: Iterable[Earned] = ()
) -> dict[UUID, Employee]:
    """The people of some timesheets and of what was earned without any, by id."""
    ids = {sheet.employee_id for sheet in sheets} | {each.key.employee_id for each in earned}
    return {person.id: person for person in session.scalars(select(Employee).where(Employee.id.in_(ids)))}


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
        "created_at": utc_now(),
    }


def cases_of(
    session: Session, period: PayPeriod, sheets: Iterable[Timesheet], *, by_law: bool = True
) -> PayCases:
    """What the pay of some timesheets of a period is worked out from."""
    location = find_location(session, period.location_id)
    people = {sheet.employee_id for sheet in sheets}
    return pay_cases(session, location, people, period.starts_on, period.ends_on, by_law=by_law)


def _refuse_before_its_end(session: Session, period: PayPeriod) -> None:
    zone = zone_named(find_location(session, period.location_id).zone)
    today = local_day(utc_now(), zone)
    if today < period.ends_on:
        raise SchedulerError(
            "period_not_over",
            pay_period_id=str(period.id),
            today=today.isoformat(),
            can_close_on=period.ends_on.isoformat(),
        )


def _refuse_unready(
    period: PayPeriod,
    sheets: list[Timesheet],
    people: dict[UUID, Employee],
    interpreted: dict[UUID, Interpreted],
) -> None:
    unapproved, unclear, without_contract = [], [], []
    for sheet in sheets:
        person = people[sheet.employee_id]
        who = {"employee_number": person.number, "employee_name": person.name, "timesheet_id": str(sheet.id)}
        open_ones = blocking(exceptions_of(sheet))
        if sheet.state is not TimesheetState.APPROVED and (sheet.entries or open_ones):
            unapproved.append(who | {"state": sheet.state.value})
        unclear += [who | found.to_json() for found in open_ones]
        if days := interpreted[sheet.id].days_without_contract:
            without_contract.append(who | {"days": _written(days)})
    problems: dict[str, list[dict[str, Any]]] = {
        "unapproved": unapproved,
        "exceptions": unclear,
        "without_contract": without_contract,
    }
    if any(problems.values()):
        raise SchedulerError("period_not_ready", pay_period_id=str(period.id), **problems)


def _written(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]
