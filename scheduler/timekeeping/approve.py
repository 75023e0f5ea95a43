"""Approve a timesheet."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.timekeeping.approver import approver
from scheduler.timekeeping.disputes import open_disputes
from scheduler.timekeeping.exceptions import ExceptionCode, blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.time_locks import refuse_locked
from scheduler.timekeeping.timesheets import exceptions_of, hold_timesheet

APPROVABLE = frozenset({TimesheetState.OPEN, TimesheetState.SUBMITTED})
"""A timesheet nobody submitted can be approved too: pay does not wait for a forgotten click."""


def approve(session: Session, timesheet_id: UUID, *, expected_revision: int, actor: str) -> Timesheet:
    """Somebody other than the employee stands for the hours, by his own right or one that was lent to him.

    Raises
    ------
    SchedulerError
        ``timesheet_not_found``, ``timesheet_changed``, ``wrong_timesheet_state``, ``period_locked``;
        ``own_timesheet`` if it is of the account's employee, or of whoever lent the right; with what is
        open, ``timesheet_has_exceptions`` if hours are unknown and ``timesheet_disputed``.
    """
    timesheet = hold_timesheet(session, timesheet_id, expected_revision, APPROVABLE)
    refuse_locked(session, timesheet, actor)
    approved_for = approver(session, actor).acts_for(timesheet)
    if open_ones := blocking(exceptions_of(timesheet)):
        raise SchedulerError(
            "timesheet_has_exceptions",
            timesheet_id=str(timesheet_id),
            exceptions=[exception.to_json() for exception in open_ones],
            hint="void or add punches until none is left",
        )
    if disputes := open_disputes(session, [timesheet.id]).get(timesheet.id):
        raise SchedulerError(
            "timesheet_disputed",
            timesheet_id=str(timesheet_id),
            disputes=[str(each.id) for each in disputes],
            hint="answer it and wait for the employee, or close it with a reason",
        )
    stand_for(session, timesheet, actor, approved_for)
    return timesheet


def stand_for(session: Session, timesheet: Timesheet, actor: str, approved_for: str | None) -> None:
    """The timesheet is approved; whoever calls has made sure that it may be."""
    timesheet.state = TimesheetState.APPROVED
    timesheet.approved_at = utc_now()
    timesheet.approved_by, timesheet.approved_for = actor, approved_for
    timesheet.exceptions = [
        each.to_json()
        for each in exceptions_of(timesheet)
        if each.code is not ExceptionCode.CHANGED_AFTER_APPROVAL
    ]
    timesheet.revision += 1
    facts = {"worked_minutes": sum(entry.worked_minutes for entry in timesheet.entries)}
    lent = {"approved_for": approved_for} if approved_for else {}
    record(session, actor, "timesheet.approve", "timesheet", timesheet.id, **facts, **lent)
