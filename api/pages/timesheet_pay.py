"""What a person's week is worth, shaped for the page of a timesheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.errors import explain
from scheduler.kernel.errors import SchedulerError
from scheduler.law.agreements import layers_in
from scheduler.organisation.locations import find_location
from scheduler.pay.interpret import Earned
from scheduler.pay.sheet_pay import Corrected, SheetPay, sheet_pay
from scheduler.timekeeping.models import Timesheet


@dataclass(frozen=True, slots=True)
class PayRow:
    """A line with what its rule is about."""

    line: Earned
    words: str


@dataclass(frozen=True, slots=True)
class PayOfWeek:
    """The pay of a timesheet; ``problem`` says why it cannot be worked out."""

    rows: Sequence[PayRow]
    totals: Sequence[tuple[str, int, int]]
    is_final: bool
    corrected: Sequence[Corrected] = ()
    problem: str = ""


def pay_of_week(session: Session, sheet: Timesheet) -> PayOfWeek:
    """The lines of a timesheet, or the reason why there are none."""
    try:
        found = sheet_pay(session, sheet)
    except SchedulerError as error:
        return PayOfWeek((), (), is_final=False, problem=explain(error).detail or error.code)
    return PayOfWeek(_rows(session, sheet, found), found.totals, found.is_final, found.corrected)


def _rows(session: Session, sheet: Timesheet, found: SheetPay) -> list[PayRow]:
    layers = layers_in(session, find_location(session, sheet.location_id).jurisdiction)
    labels = {name: one.label for pack in layers for name, one in pack.parameters.items()}
    return [PayRow(line, labels.get(line.rule.rule, "") if line.rule else "") for line in found.lines]
