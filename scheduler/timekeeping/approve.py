"""Approve timesheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.accounts import is_employee
from scheduler.timekeeping.exceptions import ExceptionCode, blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.timesheets import exceptions_of, hold_timesheet

APPROVABLE = frozenset({TimesheetState.OPEN, TimesheetState.SUBMITTED})
"""A timesheet nobody submitted can be approved too: pay does not wait for a forgotten click."""


def approve(session: Session, timesheet_id: UUID, *, expected_revision: int, actor: str) -> Timesheet:
    """Somebody other than the employee stands for the hours.

    Raises
    ------
    SchedulerError
        ``timesheet_not_found``, ``timesheet_changed``, ``wrong_timesheet_state``; ``own_timesheet`` if the
        account belongs to the employee; ``timesheet_has_exceptions`` with those that leave hours unknown.
    """
    timesheet = hold_timesheet(session, timesheet_id, expected_revision, APPROVABLE)
    if is_employee(session, actor, timesheet.employee_id):
        raise SchedulerError(
            "own_timesheet", timesheet_id=str(timesheet_id), hint="somebody else has to approve it"
        )
    found = exceptions_of(timesheet)
    if open_ones := blocking(found):
        raise SchedulerError(
            "timesheet_has_exceptions",
            timesheet_id=str(timesheet_id),
            exceptions=[exception.to_json() for exception in open_ones],
            hint="void or add punches until none is left",
        )
    seen = [each.to_json() for each in found if each.code is not ExceptionCode.CHANGED_AFTER_APPROVAL]
    timesheet.state = TimesheetState.APPROVED
    timesheet.approved_at = utc_now()
    timesheet.approved_by = actor
    timesheet.exceptions = seen
    timesheet.revision += 1
    minutes = sum(entry.worked_minutes for entry in timesheet.entries)
    record(session, actor, "timesheet.approve", "timesheet", timesheet.id, worked_minutes=minutes)
    return timesheet


@dataclass(frozen=True, slots=True)
class Approvals:
    """What came of approving a week: the timesheets approved, and those that need a person."""

    approved: tuple[Timesheet, ...]
    needing_a_person: tuple[Timesheet, ...]


def approve_all(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> Approvals:
    """Approve every timesheet of a location's week that has hours and nothing unclear.

    Left to a person are those with exceptions, those changed after an approval, and the approver's own. A
    timesheet without hours needs no approval.

    Parameters
    ----------
    starts_on
        Any day of the week.
    """
    approved, left = [], []
    for timesheet in refresh_location(session, location_id, starts_on, actor=actor):
        if timesheet.state not in APPROVABLE:
            continue
        found = exceptions_of(timesheet)
        changed = any(each.code is ExceptionCode.CHANGED_AFTER_APPROVAL for each in found)
        own = bool(timesheet.entries) and is_employee(session, actor, timesheet.employee_id)
        if changed or blocking(found) or own:
            left.append(timesheet)
        elif timesheet.entries:
            seen = timesheet.revision
            approved.append(approve(session, timesheet.id, expected_revision=seen, actor=actor))
    return Approvals(tuple(approved), tuple(left))
