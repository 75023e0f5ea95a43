"""Submit a timesheet for approval."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.timesheets import hold_timesheet


def submit(session: Session, timesheet_id: UUID, *, expected_revision: int, actor: str) -> Timesheet:
    """The employee says: these are my hours.

    Exceptions do not stand in the way: the employee often cannot resolve them, and whoever approves must.

    Raises
    ------
    SchedulerError
        ``timesheet_not_found``, ``timesheet_changed``, ``wrong_timesheet_state`` unless it is open.
    """
    timesheet = hold_timesheet(session, timesheet_id, expected_revision, {TimesheetState.OPEN})
    timesheet.state = TimesheetState.SUBMITTED
    timesheet.submitted_at = utc_now()
    timesheet.revision += 1
    record(session, actor, "timesheet.submit", "timesheet", timesheet.id)
    return timesheet
