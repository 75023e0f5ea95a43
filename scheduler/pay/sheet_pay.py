"""What a timesheet is worth: as payroll was handed it, or as it would be handed it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import zone_named
from scheduler.organisation.locations import find_location
from scheduler.pay.change_premiums import change_premiums
from scheduler.pay.correction_causes import causes_of
from scheduler.pay.interpret import Earned, PayKey, PayRule
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.pay.pay_cases import pay_cases
from scheduler.pay.periods import present_period
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.timesheets import contents


@dataclass(frozen=True, slots=True)
class Corrected:
    """What later periods corrected of one pay code on one day: before, after, and why."""

    day: date
    pay_code: str
    currency: str
    before_cents: int
    after_cents: int
    reasons: Sequence[str]
    causes: Sequence[str]
    """Which punch, contract, rule or record is another one now, in words."""


@dataclass(frozen=True, slots=True)
class SheetPay:
    """The worth of a timesheet, line by line.

    Parameters
    ----------
    lines
        In the order of days and codes.
    is_final
        Whether payroll was handed it so.
    totals
        Worked minutes and cents by currency.
    corrected
        What later periods corrected, in the order of days and codes; the lines are as they were before.
    """

    lines: Sequence[Earned]
    is_final: bool
    totals: Sequence[tuple[str, int, int]]
    corrected: Sequence[Corrected] = ()


def sheet_pay(session: Session, sheet: Timesheet) -> SheetPay:
    """What a timesheet is worth, and what was corrected later.

    Raises
    ------
    SchedulerError
        ``law_holidays_unknown``, ``pay_law_unknown`` where the law of the place lacks a value for a day.
    """
    period = present_period(session, sheet.location_id, sheet.starts_on, sheet.pay_group_id)
    if period is not None and period.state is PayPeriodState.CLOSED:
        handed = _handed(session, period, sheet)
        found = _of([_earned(line) for line in handed], is_final=True)
        return replace(found, corrected=_corrected(session, period, sheet, handed))
    location = find_location(session, sheet.location_id)
    cases = pay_cases(session, location, [sheet.employee_id], sheet.starts_on, sheet.ends_on)
    earned = list(cases.interpret(sheet.employee_id, contents(sheet).worked).earned)
    if period is not None:
        premiums = change_premiums(session, period)
        earned += [each for each in premiums if each.key.employee_id == sheet.employee_id]
    return _of(earned, is_final=False)


def _of(lines: Sequence[Earned], *, is_final: bool) -> SheetPay:
    sums: dict[str, tuple[int, int]] = {}
    for each in lines:
        minutes, cents = sums.get(each.key.currency, (0, 0))
        worked = each.minutes if each.is_worked else 0
        sums[each.key.currency] = (minutes + worked, cents + each.amount_cents)
    totals = [(currency, *sums[currency]) for currency in sorted(sums)]
    return SheetPay(sorted(lines, key=lambda each: each.key), is_final, totals)


def _handed(session: Session, period: PayPeriod, sheet: Timesheet) -> list[PayLine]:
    """The lines of somebody in a closed period, without corrections of earlier ones."""
    query = select(PayLine).where(
        PayLine.pay_period_id == period.id,
        PayLine.employee_id == sheet.employee_id,
        PayLine.corrects_period_id.is_(None),
    )
    return list(session.scalars(query))


def _corrected(
    session: Session, period: PayPeriod, sheet: Timesheet, handed: Sequence[PayLine]
) -> list[Corrected]:
    """What lines of later periods changed, by day and pay code."""
    query = select(PayLine).where(
        PayLine.corrects_period_id == period.id, PayLine.employee_id == sheet.employee_id
    )
    later: dict[tuple[date, str, str], list[PayLine]] = {}
    for line in session.scalars(query.order_by(PayLine.id)):
        later.setdefault((line.day, line.pay_code, line.currency), []).append(line)
    found = []
    zone = zone_named(find_location(session, sheet.location_id).zone)
    for key in sorted(later):
        told = [each for each in handed if (each.day, each.pay_code, each.currency) == key]
        before = sum(each.amount_cents for each in told)
        after = before + sum(line.amount_cents for line in later[key])
        reasons = dict.fromkeys(line.reason or "" for line in later[key])
        causes = causes_of(session, zone, told, later[key])
        found.append(Corrected(*key, before, after, tuple(reasons), causes))
    return found


def _earned(line: PayLine) -> Earned:
    key = PayKey(
        line.employee_id, line.day, line.pay_code, line.contract_id, line.hourly_rate_cents, line.currency,
        line.rate or "",
    )  # fmt: skip
    rule = None
    if line.rule is not None:
        rule = PayRule(line.rule, line.pack or "", line.citation or "", line.multiplier or "")
    return Earned(
        key, line.minutes, line.amount_cents, (), rule,
        is_worked=line.counts_time, contract_version=line.contract_version or "",
        records=tuple(line.records or ()),
    )  # fmt: skip
