"""Remind people of timesheets; at most once a day for each person and timesheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.organisation.permissions import Reach
from scheduler.people.hold_employees import CHUNK
from scheduler.timekeeping.approve_many import hold_sheets
from scheduler.timekeeping.models import Duty, Timesheet, TimesheetReminder
from scheduler.timekeeping.sheet_list import SheetFilter, SheetLine, list_sheets


class NotReminded(StrEnum):
    """Why nobody is reminded of a timesheet."""

    NOT_FOUND = "not_found"
    """There is none with this id, or it is out of reach."""
    NOTHING_TO_DO = "nothing_to_do"
    """It is done, has no hours, its period is not over, or its person waits for an answer to a dispute."""
    REMINDED_TODAY = "reminded_today"


@dataclass(frozen=True, slots=True)
class Reminded:
    """The timesheets of which somebody was reminded, and those of which nobody was."""

    reminded: tuple[UUID, ...]
    left: tuple[tuple[UUID, NotReminded], ...]


def remind(
    session: Session, timesheet_ids: Collection[UUID], duty: Duty, *, within: Reach, actor: str
) -> Reminded:
    """Remind the employees to confirm, or those who may approve to approve.

    They read it on their pages until it is done; each is in the audit record too, for whoever passes it on.

    Parameters
    ----------
    within
        Where the actor may remind.

    Raises
    ------
    InvalidInput
        For no timesheet, or more than 2,000 of them.
    """
    held = hold_sheets(session, timesheet_ids, within)
    lines = {line.sheet.id: line for line in _lines(session, list(held))}
    before = _reminded_on(session, list(held), duty)
    reminded: list[UUID] = []
    left: list[tuple[UUID, NotReminded]] = []
    for key in timesheet_ids:
        line = lines.get(key)
        if line is None:
            left.append((key, NotReminded.NOT_FOUND))
        elif duty not in line.duties:
            left.append((key, NotReminded.NOTHING_TO_DO))
        elif (key, line.today) in before:
            left.append((key, NotReminded.REMINDED_TODAY))
        else:
            _add(session, line, duty, actor)
            reminded.append(key)
    session.flush()
    return Reminded(tuple(reminded), tuple(left))


def _add(session: Session, line: SheetLine, duty: Duty, actor: str) -> None:
    sheet = line.sheet
    session.add(TimesheetReminder(timesheet_id=sheet.id, duty=duty, day=line.today, at=utc_now(), by=actor))
    facts = {
        "duty": duty.value,
        "due_on": line.duties[duty].isoformat(),
        "employee_id": str(sheet.employee_id),
    }
    record(session, actor, "timesheet.remind", "timesheet", sheet.id, **facts)


def _lines(session: Session, keys: Sequence[UUID]) -> list[SheetLine]:
    found: list[SheetLine] = []
    for start in range(0, len(keys), CHUNK):
        found += list_sheets(session, SheetFilter(within=Timesheet.id.in_(keys[start : start + CHUNK])))
    return found


def _reminded_on(session: Session, keys: Sequence[UUID], duty: Duty) -> set[tuple[UUID, date]]:
    """The timesheets and days of reminders that there are."""
    found: set[tuple[UUID, date]] = set()
    for start in range(0, len(keys), CHUNK):
        query = select(TimesheetReminder.timesheet_id, TimesheetReminder.day).where(
            TimesheetReminder.timesheet_id.in_(keys[start : start + CHUNK]), TimesheetReminder.duty == duty
        )
        found |= {(key, day) for key, day in session.execute(query)}
    return found
