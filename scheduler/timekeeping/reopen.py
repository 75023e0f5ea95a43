"""Take back a submission or an approval."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.reason import checked_reason
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import to_open
from scheduler.timekeeping.time_locks import refuse_locked
from scheduler.timekeeping.timesheets import hold_timesheet

REOPENABLE = frozenset({TimesheetState.SUBMITTED, TimesheetState.APPROVED})
"""A closed timesheet is corrected by new lines instead."""


def reopen(
    session: Session, timesheet_id: UUID, *, expected_revision: int, reason: str, actor: str
) -> Timesheet:
    """A submitted or approved timesheet is open again; a closed one is corrected by new lines instead.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``timesheet_not_found``, ``timesheet_changed``, ``wrong_timesheet_state``, ``period_locked``.
    """
    reason = checked_reason(reason)
    timesheet = hold_timesheet(session, timesheet_id, expected_revision, REOPENABLE)
    refuse_locked(session, timesheet, actor)
    take_back(session, timesheet, reason=reason, actor=actor)
    return timesheet


def take_back(session: Session, timesheet: Timesheet, *, reason: str, actor: str) -> None:
    """The timesheet is open again; whoever calls has made sure that it may be."""
    record(
        session,
        actor,
        "timesheet.reopen",
        "timesheet",
        timesheet.id,
        reason=reason,
        state=timesheet.state.value,
    )
    to_open(timesheet)
    timesheet.revision += 1
