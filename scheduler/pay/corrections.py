"""Settle what became known after a period was closed, as new lines in the next open one.

The lines of a closed period and their corrections so far say what payroll was told. Punches and contracts say
what it should have been told. The differences are the correction; once it is stored there are none, so
settling twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.reason import checked_reason
from scheduler.pay.interpret import Earned, PayKey, PayRule
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.periods import find_period, hold_next_open_period, hold_period, refuse_unless_closed
from scheduler.pay.sheet_cases import cases_of, employees_of, line_of, premiums_of
from scheduler.people.hold_employees import hold_employees
from scheduler.timekeeping.derive import derive
from scheduler.timekeeping.exceptions import blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import accept_changes
from scheduler.timekeeping.timesheets import timesheets_of_period


@dataclass(frozen=True, slots=True)
class Difference:
    """What payroll was told of one line, and what is true.

    Parameters
    ----------
    before_minutes, before_cents
        Stored so far: the line of the closed period and its earlier corrections.
    after_minutes, after_cents
        As punches and contracts now say.
    punch_ids
        The punches behind what is true now.
    corrects_id
        The line of the closed period this is about; None where the person had no line on that day.
    rule
        The law that asks for it; None for worked time as the contract pays it.
    is_worked
        Whether its minutes are worked time.
    contract_version
        The contract in words, as it is now; empty where nothing is due any more.
    records
        What else is behind what is true now.
    """

    key: PayKey
    before_minutes: int
    after_minutes: int
    before_cents: int
    after_cents: int
    punch_ids: tuple[UUID, ...]
    corrects_id: UUID | None
    rule: PayRule | None = None
    is_worked: bool = False
    contract_version: str = ""
    records: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Minutes to add; negative to take back."""
        return self.after_minutes - self.before_minutes

    @property
    def amount_cents(self) -> int:
        """Cents to add, so that all lines of the day together are exactly what it should have been."""
        return self.after_cents - self.before_cents

    def to_add(self) -> Earned:
        """What a line has to say so that it is settled."""
        return Earned(
            self.key,
            self.minutes,
            self.amount_cents,
            self.punch_ids,
            self.rule,
            is_worked=self.is_worked,
            contract_version=self.contract_version,
            records=self.records,
        )


@dataclass(frozen=True, slots=True)
class Unclear:
    """Somebody whose time cannot be settled yet.

    Parameters
    ----------
    why
        ``exceptions``, ``not_approved`` (a timesheet opened after the close) or ``without_contract``.
    details
        JSON-ready: the exceptions, or the days.
    """

    timesheet_id: UUID
    employee_id: UUID
    why: str
    details: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """What is to be corrected in a closed period, and what a person must clear up first."""

    differences: tuple[Difference, ...]
    unclear: tuple[Unclear, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The lines that were added, the open period they are in, and what is still unclear."""

    period: PayPeriod
    lines: tuple[PayLine, ...]
    unclear: tuple[Unclear, ...]


def pending(session: Session, period_id: UUID) -> Pending:
    """What would be corrected in a closed period; changes nothing.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``, ``period_not_closed``.
    """
    period = find_period(session, period_id)
    refuse_unless_closed(period)
    return _compare(session, period, _sheets(session, period))


def settle(
    session: Session, period_id: UUID, *, reason: str, only: Collection[UUID] | None = None, actor: str
) -> Settlement:
    """Add the differences of a closed period to the next open period of its location.

    People whose time is unclear are left out and stay pending; the timesheets of the others take over what
    was settled.

    Parameters
    ----------
    only
        Employees whose differences are settled; None for everybody.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``pay_period_not_found``, ``period_not_closed``.
    """
    reason = checked_reason(reason)
    period = hold_period(session, period_id)
    refuse_unless_closed(period)
    target = hold_next_open_period(session, period)
    hold_employees(session, {sheet.employee_id for sheet in _sheets(session, period)})
    sheets = [sheet for sheet in _sheets(session, period) if only is None or sheet.employee_id in only]
    found = _compare(session, period, sheets)
    people = employees_of(session, sheets, premiums_of(session, period))
    wanted = [each for each in found.differences if only is None or each.key.employee_id in only]
    lines = []
    for difference in wanted:
        line = line_of(difference.to_add(), target, people[difference.key.employee_id])
        line.corrects_id, line.corrects_period_id, line.reason = difference.corrects_id, period.id, reason
        lines.append(line)
    session.add_all(lines)
    unclear = {each.timesheet_id for each in found.unclear}
    for sheet in sheets:
        if sheet.id not in unclear:
            sheet.state = TimesheetState.CLOSED
            if sheet.changed_after_close:
                accept_changes(session, sheet)
    session.flush()
    if lines:
        facts = {
            "reason": reason,
            "into": str(target.id),
            "lines": len(lines),
            "minutes": sum(line.minutes for line in lines if line.counts_time),
        }
        record(session, actor, "pay_period.correct", "pay_period", period.id, **facts)
    return Settlement(target, tuple(lines), found.unclear)


def differences(before: Iterable[PayLine], after: Iterable[Earned]) -> list[Difference]:
    """What must be added to the lines so that they say what was earned; in order of person and day.

    Parameters
    ----------
    before
        The lines of a closed period and every correction of it so far.
    """
    found: dict[PayKey, Difference] = {}
    same_price: dict[PayKey, UUID] = {}
    same_day: dict[tuple[UUID, date, str], UUID] = {}
    for line in before:
        key = _key(line)
        known = found.setdefault(key, Difference(key, 0, 0, 0, 0, (), None))
        found[key] = replace(
            known,
            is_worked=line.counts_time,
            rule=_rule(line),
            before_minutes=known.before_minutes + line.minutes,
            before_cents=known.before_cents + line.amount_cents,
        )
        if line.corrects_period_id is None:
            same_price[key] = same_day[_of_day(key)] = line.id
    for earned in after:
        known = found.setdefault(earned.key, Difference(earned.key, 0, 0, 0, 0, (), None))
        found[earned.key] = replace(
            known,
            after_minutes=earned.minutes,
            after_cents=earned.amount_cents,
            punch_ids=earned.punch_ids,
            rule=earned.rule,
            is_worked=earned.is_worked,
            contract_version=earned.contract_version,
            records=earned.records,
        )
    return [
        replace(difference, corrects_id=same_price.get(key, same_day.get(_of_day(key))))
        for key, difference in sorted(found.items())
        if difference.minutes or difference.amount_cents
    ]


def _of_day(key: PayKey) -> tuple[UUID, date, str]:
    return key.employee_id, key.day, key.pay_code


def _key(line: PayLine) -> PayKey:
    return PayKey(
        line.employee_id,
        line.day,
        line.pay_code,
        line.contract_id,
        line.hourly_rate_cents,
        line.currency,
        line.rate or "",
    )


def _rule(line: PayLine) -> PayRule | None:
    """What asked for a line, so that taking it back names it too."""
    if line.rule is None:
        return None
    return PayRule(line.rule, line.pack or "", line.citation or "", line.multiplier or "")


def _compare(session: Session, period: PayPeriod, sheets: list[Timesheet]) -> Pending:
    cases = cases_of(session, period, sheets, by_law=period.law is not None)
    earned: list[Earned] = []
    unclear: list[Unclear] = []
    for sheet in sheets:
        derived = derive(session, sheet, as_of=utc_now())
        told = cases.interpret(sheet, derived.worked)
        if open_ones := blocking(derived.exceptions):
            details = tuple(found.to_json() for found in open_ones)
            unclear.append(Unclear(sheet.id, sheet.employee_id, "exceptions", details))
        elif derived.worked and sheet.state in (TimesheetState.OPEN, TimesheetState.SUBMITTED):
            unclear.append(Unclear(sheet.id, sheet.employee_id, "not_approved", (sheet.state.value,)))
        elif told.days_without_contract:
            days = tuple(day.isoformat() for day in told.days_without_contract)
            unclear.append(Unclear(sheet.id, sheet.employee_id, "without_contract", days))
        else:
            earned += told.earned
    left_out = {each.employee_id for each in unclear}
    earned += [each for each in premiums_of(session, period) if each.key.employee_id not in left_out]
    lines = [line for line in _told(session, period) if line.employee_id not in left_out]
    return Pending(tuple(differences(lines, earned)), tuple(unclear))


def _sheets(session: Session, period: PayPeriod) -> list[Timesheet]:
    span = (period.starts_on, period.ends_on)
    return timesheets_of_period(session, period.location_id, period.pay_group_id, *span)


def _told(session: Session, period: PayPeriod) -> list[PayLine]:
    """What payroll was told of a period: its own lines and the corrections of it, wherever they are."""
    own = and_(PayLine.pay_period_id == period.id, PayLine.corrects_period_id.is_(None))
    query = select(PayLine).where(or_(own, PayLine.corrects_period_id == period.id))
    return list(session.scalars(query.order_by(PayLine.id)))
