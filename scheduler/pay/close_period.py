"""Close a pay period: what was approved becomes pay lines that never change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.garbage import without_collecting
from scheduler.organisation.locations import find_location
from scheduler.pay.accrue_leave import accrue_leave
from scheduler.pay.interpret import Interpreted
from scheduler.pay.late_sheets import settle_late_sheets
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.pay.periods import hold_period, refuse_closed
from scheduler.pay.sheet_cases import cases_of, columns_of, employees_of, premiums_of
from scheduler.people.models import Employee
from scheduler.timekeeping.exceptions import blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_period
from scheduler.timekeeping.timesheets import contents, exceptions_of

AT_ONCE = 2000
"""How many lines or timesheets are stored together."""


@without_collecting()
def close_period(
    session: Session, period_id: UUID, *, without: Collection[UUID] = (), actor: str
) -> PayPeriod:
    """The period, closed: its pay lines are stored once, and its timesheets take no more changes.

    Parameters
    ----------
    without
        Employees whose timesheets are left out, so that they do not stop the others. Once approved, their
        time is paid in the next open period, by lines that point back to this one.

    Notes
    -----
    A timesheet without hours and without anything unclear is closed without an approval. Approved timesheets
    that earlier closes left out are paid here. The database itself refuses lines for a closed period, a
    change of it, and a change of a line.

    Raises
    ------
    InvalidInput
        If somebody is to be left out who has no timesheet in the period.
    SchedulerError
        ``pay_period_not_found``; ``period_already_closed`` with when and by whom; ``period_not_over`` while
        its last day has not passed at the location; ``period_not_ready`` with ``unapproved`` timesheets,
        ``exceptions`` that leave hours unknown, and days ``without_contract``, each with the person's id,
        number and name.
    """
    period = hold_period(session, period_id)
    refuse_closed(session, period)
    _refuse_before_its_end(session, period)
    span = (period.starts_on, period.ends_on)
    every = refresh_period(session, period.location_id, period.pay_group_id, *span)
    _refuse_strangers(without, every)
    sheets = [sheet for sheet in every if sheet.employee_id not in without]
    premiums = [each for each in premiums_of(session, period) if each.key.employee_id not in without]
    people = employees_of(session, sheets, premiums)
    cases = cases_of(session, period, sheets)
    interpreted = {sheet.id: cases.interpret(sheet, contents(sheet).worked) for sheet in sheets}
    _refuse_unready(period, sheets, people, interpreted)
    late_lines = settle_late_sheets(session, period, actor=actor)
    earned = [each for sheet in sheets for each in interpreted[sheet.id].earned] + premiums
    _store(session, [columns_of(each, period, people[each.key.employee_id]) for each in earned], sheets)
    period.state, period.closed_at, period.closed_by = PayPeriodState.CLOSED, utc_now(), actor
    period.law = ", ".join(f"{pack.id} {pack.fingerprint}" for pack in cases.law.layers)
    accrue_leave(session, period, actor=actor)
    facts = {
        "lines": len(earned),
        "minutes": sum(each.minutes for each in earned if each.is_worked),
        "timesheets": len(sheets),
        "late_lines": late_lines,
        "without": sorted(str(employee_id) for employee_id in without),
    }
    record(session, actor, "pay_period.close", "pay_period", period.id, **facts)
    session.flush()
    return period


def _store(session: Session, rows: Sequence[dict[str, Any]], sheets: Sequence[Timesheet]) -> None:
    """Store lines, and close timesheets."""
    for start in range(0, len(rows), AT_ONCE):
        some_rows = rows[start : start + AT_ONCE]
        session.execute(insert(PayLine), some_rows, execution_options={"render_nulls": True})
    for start in range(0, len(sheets), AT_ONCE):
        some = [sheet.id for sheet in sheets[start : start + AT_ONCE]]
        closed = update(Timesheet).where(Timesheet.id.in_(some))
        session.execute(closed.values(state=TimesheetState.CLOSED, revision=Timesheet.revision + 1))


def _refuse_strangers(without: Collection[UUID], sheets: Iterable[Timesheet]) -> None:
    strangers = set(without) - {sheet.employee_id for sheet in sheets}
    if strangers:
        hint = "people with a timesheet in this period"
        raise InvalidInput(
            [FieldError("without", str(each), "has no timesheet here", hint) for each in sorted(strangers)]
        )


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
        who = {
            "employee_id": str(person.id),
            "employee_number": person.number,
            "employee_name": person.name,
            "timesheet_id": str(sheet.id),
        }
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
