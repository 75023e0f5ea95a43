"""From the punches of a past week to its payroll file, as a manager and payroll would do it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from api.errors import explain
from exports.payroll import to_csv
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Location
from scheduler.pay.close_period import close_period
from scheduler.pay.lines import PayrollLine, lines_of
from scheduler.pay.models import PayPeriodState
from scheduler.pay.periods import period_for
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.correct import add_punch
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.timesheets import exceptions_of

REMEDIES = {
    ExceptionCode.MISSING_OUT: (PunchKind.IN, PunchKind.OUT, timedelta(hours=8)),
    ExceptionCode.MISSING_IN: (PunchKind.OUT, PunchKind.IN, timedelta(hours=-8)),
    ExceptionCode.BREAK_WITHOUT_END: (PunchKind.BREAK_START, PunchKind.BREAK_END, timedelta(minutes=30)),
}
"""What the demo's manager adds for a forgotten punch: after which one, the kind, and how far from it."""


@dataclass(frozen=True, slots=True)
class PaidWeek:
    """What payroll was handed.

    Parameters
    ----------
    corrected
        How many forgotten punches were added, with their reason.
    lines
        The pay lines; empty if the week could not be closed.
    refused
        Why it could not be closed, or None.
    """

    corrected: int
    lines: tuple[PayrollLine, ...]
    refused: str | None = None

    @property
    def minutes(self) -> int:
        """All minutes paid."""
        return sum(line.minutes for line in self.lines)


def pay_week(session: Session, location: Location, starts_on: date, *, actor: str) -> PaidWeek:
    """Correct forgotten punches, approve, close and give the lines; a closed week stays as it is."""
    period = period_for(session, location.id, starts_on)
    corrected = 0
    if period.state is not PayPeriodState.CLOSED:
        corrected = _correct(session, location, starts_on, actor=actor)
        approve_all(session, location.id, starts_on, actor=actor)
        try:
            with session.begin_nested():
                close_period(session, period.id, actor=actor)
        except SchedulerError as error:
            return PaidWeek(corrected, (), refused=explain(error).detail)
    return PaidWeek(corrected, tuple(lines_of(session, period.id)))


def write_payroll(folder: Path, location: Location, starts_on: date, lines: tuple[PayrollLine, ...]) -> Path:
    """Write the week's file; the same lines give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"payroll-{location.code}-{starts_on}.csv"
    path.write_bytes(to_csv(lines))
    return path


def _correct(session: Session, location: Location, starts_on: date, *, actor: str) -> int:
    added = 0
    for sheet in refresh_location(session, location.id, starts_on, actor=actor):
        for found in exceptions_of(sheet):
            if found.code in REMEDIES:
                _add(session, sheet.employee_id, location, found, actor=actor)
                added += 1
    session.flush()
    return added


def _add(
    session: Session, employee_id: UUID, location: Location, found: TimeException, *, actor: str
) -> None:
    present, kind, away = REMEDIES[found.code]
    last = [each["at"] for each in found.facts["punches"] if each["kind"] == present][-1]
    add_punch(
        session,
        employee_id=employee_id,
        location_id=location.id,
        at=datetime.fromisoformat(last) + away,
        kind=kind,
        reason="forgotten; time confirmed with the employee",
        actor=actor,
    )
