"""The lines of a closed period, as payroll is handed them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.pay.models import PayLine, PayPeriod
from scheduler.pay.periods import find_period, present_period, refuse_unless_closed
from scheduler.people.pay_group_members import group_of_location


class PayrollLine(NamedTuple):
    """Minutes of one pay code of one person on one day, and their worth.

    Parameters
    ----------
    period_first_day, period_last_day
        The period the line is paid in, both days **included**.
    location_code
        Where the person belongs.
    employee_number, employee_name
        As they were when the line was made.
    day
        The day the time counts for; in a correction a day of the corrected period.
    minutes
        Negative in a correction that takes time back.
    hourly_rate_cents, amount_cents
        Minor units of ``currency`` (ISO 4217).
    corrects_period_first_day
        First day of the closed period that a correction corrects; None for a line of its own period.
    corrects_line_id
        The line it corrects; None where that day had no line.
    reason
        Why, for a correction.
    multiplier
        Of the hourly rate, as a decimal number; None for worked time as the contract pays it.
    rule, pack, citation
        The parameter of law that asks for the line, the version of its rule pack, and where it is written;
        None for what the contract pays.
    rate
        The hourly rate in units of the currency, where it is finer than ``hourly_rate_cents``; else None.
    is_worked
        Whether its minutes are worked time; those of a premium on top of worked time are not.
    contract_version
        The contract in words, as it was when the line was made.
    punch_ids
        The punches behind it.
    """

    line_id: UUID
    period_first_day: date
    period_last_day: date
    location_code: str
    employee_number: str
    employee_name: str
    day: date
    pay_code: str
    minutes: int
    hourly_rate_cents: int
    amount_cents: int
    currency: str
    corrects_period_first_day: date | None = None
    corrects_line_id: UUID | None = None
    reason: str | None = None
    multiplier: str | None = None
    rule: str | None = None
    pack: str | None = None
    citation: str | None = None
    rate: str | None = None
    is_worked: bool = True
    contract_version: str | None = None
    punch_ids: tuple[str, ...] = ()


def lines_of(session: Session, period_id: UUID) -> list[PayrollLine]:
    """The lines of a closed period, by employee number, day, and age: the same ones for ever.

    Nothing is computed here: lines were stored when the period was closed, corrections of earlier periods
    before.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``, ``period_not_closed``.
    """
    period = find_period(session, period_id)
    refuse_unless_closed(period)
    code = find_location(session, period.location_id).code
    query = (
        select(PayLine, PayPeriod.starts_on)
        .outerjoin(PayPeriod, PayPeriod.id == PayLine.corrects_period_id)
        .where(PayLine.pay_period_id == period_id)
    )
    lines = [_payroll_line(line, period, code, corrected) for line, corrected in session.execute(query).all()]
    return sorted(lines, key=lambda line: (line.employee_number, line.day, line.pay_code, line.line_id))


def lines_of_week(session: Session, location_id: UUID, day: date) -> list[PayrollLine]:
    """The lines of the period of a location's pay group that contains a day; see `lines_of`.

    Raises
    ------
    SchedulerError
        ``period_not_closed``, also where the period was never opened.
    """
    period = present_period(session, location_id, day, group_of_location(session, location_id, day))
    if period is None:
        raise SchedulerError("period_not_closed", location_id=str(location_id), day=day.isoformat())
    return lines_of(session, period.id)


def _payroll_line(line: PayLine, period: PayPeriod, code: str, corrected: date | None) -> PayrollLine:
    return PayrollLine(
        line_id=line.id,
        period_first_day=period.starts_on,
        period_last_day=period.ends_on - timedelta(days=1),
        location_code=code,
        employee_number=line.employee_number,
        employee_name=line.employee_name,
        day=line.day,
        pay_code=str(line.pay_code),
        minutes=line.minutes,
        hourly_rate_cents=line.hourly_rate_cents,
        amount_cents=line.amount_cents,
        currency=line.currency,
        corrects_period_first_day=corrected,
        corrects_line_id=line.corrects_id,
        reason=line.reason,
        multiplier=line.multiplier,
        rule=line.rule,
        pack=line.pack,
        citation=line.citation,
        rate=line.rate,
        is_worked=line.counts_time,
        contract_version=line.contract_version,
        punch_ids=tuple(line.punch_ids),
    )
