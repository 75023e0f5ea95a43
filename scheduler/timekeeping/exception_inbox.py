"""All that waits for a person in the time of many people, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry
from scheduler.timekeeping.approve import APPROVABLE
from scheduler.timekeeping.exceptions import ExceptionCode, Severity, TimeException
from scheduler.timekeeping.models import ExceptionDecision, ExceptionOutcome, Timesheet
from scheduler.timekeeping.pairing import LONGEST_SPAN
from scheduler.timekeeping.proposed_fix import ProposedFix, Span, proposed_fix
from scheduler.timekeeping.timesheets import exceptions_of

AT_ONCE = 500
"""For how many timesheets decisions are read together."""

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class OpenException:
    """Something odd in a timesheet that nobody stands for yet, and nobody has decided on.

    Parameters
    ----------
    id
        The same for the same exception of the same timesheet, as long as it is open.
    """

    id: UUID
    timesheet: Timesheet
    employee: Employee
    found: TimeException


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open exceptions to list; None stands for all.

    Parameters
    ----------
    within
        What the timesheets must fulfil to be seen at all.
    before
        Only those that are older than this instant.
    """

    within: ColumnElement[bool]
    location_id: UUID | None = None
    employee_id: UUID | None = None
    code: ExceptionCode | None = None
    severity: Severity | None = None
    before: datetime | None = None

    def takes(self, found: TimeException) -> bool:
        """Whether an exception is of the wanted code, severity and age."""
        return (
            self.code in (None, found.code)
            and self.severity in (None, found.severity)
            and (self.before is None or found.at < self.before)
        )


def open_exceptions(session: Session, wanted: Wanted) -> list[OpenException]:
    """The wanted ones of timesheets that are open or submitted, as they are stored, oldest first.

    Notes
    -----
    Whoever approves a timesheet stands for its remarks too, so that none of an approved or closed one is
    open. What nobody has derived yet, such as the no-show of somebody who never punched, is there once the
    timesheets of the week are brought up to date.
    """
    query = (
        select(Timesheet, Employee)
        .join(Employee, Employee.id == Timesheet.employee_id)
        .where(wanted.within, Timesheet.state.in_(sorted(APPROVABLE)))
    )
    if wanted.location_id is not None:
        query = query.where(Timesheet.location_id == wanted.location_id)
    if wanted.employee_id is not None:
        query = query.where(Timesheet.employee_id == wanted.employee_id)
    if wanted.before is not None:
        query = query.where(Timesheet.starts_on <= wanted.before.date() + timedelta(days=1))
    rows = [(sheet, person) for sheet, person in session.execute(query).all() if sheet.exceptions]
    settled = accepted(session, [sheet.id for sheet, _ in rows])
    listed = [
        OpenException(exception_id(sheet.id, found), sheet, person, found)
        for sheet, person in rows
        for found in exceptions_of(sheet)
        if wanted.takes(found) and (sheet.id, found.code.value, found.at) not in settled
    ]
    return sorted(listed, key=lambda each: (each.found.at, each.id))


def accepted(
    session: Session, timesheet_ids: Iterable[UUID]
) -> dict[tuple[UUID, str, datetime], ExceptionDecision]:
    """The acceptances of some timesheets by timesheet, code and instant."""
    found: dict[tuple[UUID, str, datetime], ExceptionDecision] = {}
    for some in _chunks(list(timesheet_ids)):
        query = select(ExceptionDecision).where(
            ExceptionDecision.timesheet_id.in_(some), ExceptionDecision.outcome == ExceptionOutcome.ACCEPTED
        )
        for each in session.scalars(query.order_by(ExceptionDecision.id)):
            found[each.timesheet_id, each.code, each.at] = each
    return found


def fixes_of(
    session: Session, listed: Sequence[OpenException], *, as_of: datetime
) -> dict[UUID, ProposedFix]:
    """What could put some of them right, by id of the exception; those without a proposal are left out."""
    if not listed:
        return {}
    at = [each.found.at for each in listed]
    query = select(CalendarEntry.employee_id, CalendarEntry.starts_at, CalendarEntry.ends_at).where(
        CalendarEntry.employee_id.in_({each.employee.id for each in listed}),
        CalendarEntry.cancelled.is_(False),
        CalendarEntry.starts_at < max(at) + LONGEST_SPAN,
        CalendarEntry.ends_at > min(at) - LONGEST_SPAN,
    )
    shifts: dict[UUID, list[Span]] = {}
    for employee_id, starts_at, ends_at in session.execute(query.order_by(CalendarEntry.starts_at)):
        shifts.setdefault(employee_id, []).append((starts_at, ends_at))
    proposed = (
        (each.id, proposed_fix(each.found, shifts.get(each.employee.id, ()), as_of=as_of)) for each in listed
    )
    return {key: fix for key, fix in proposed if fix is not None}


def exception_id(timesheet_id: UUID, found: TimeException) -> UUID:
    """A name of an exception that follows from what it is."""
    return uuid5(timesheet_id, f"{found.code.value} {found.at.isoformat()}")


def _chunks(items: list[ItemT]) -> Iterator[list[ItemT]]:
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
