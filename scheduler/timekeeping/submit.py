"""Confirm a timesheet, and so submit it for approval."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.timekeeping.disputes import open_disputes
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.time_locks import refuse_locked
from scheduler.timekeeping.timesheets import hold_timesheet


def submit(session: Session, timesheet_id: UUID, *, expected_revision: int, actor: str) -> Timesheet:
    """The employee says: these are my hours.

    Exceptions do not stand in the way: the employee often cannot resolve them, and whoever approves must.

    Raises
    ------
    SchedulerError
        ``timesheet_not_found``, ``timesheet_changed``, ``wrong_timesheet_state`` unless it is open;
        ``period_locked``; ``timesheet_disputed`` while a dispute says that hours are wrong.
    """
    timesheet = hold_timesheet(session, timesheet_id, expected_revision, {TimesheetState.OPEN})
    refuse_locked(session, timesheet, actor)
    if disputes := open_disputes(session, [timesheet.id]).get(timesheet.id):
        raise SchedulerError(
            "timesheet_disputed",
            timesheet_id=str(timesheet_id),
            disputes=[str(each.id) for each in disputes],
            hint="accept the answer or take the dispute back first",
        )
    timesheet.state = TimesheetState.SUBMITTED
    timesheet.submitted_at = utc_now()
    timesheet.revision += 1
    minutes = sum(entry.worked_minutes for entry in timesheet.entries)
    record(session, actor, "timesheet.submit", "timesheet", timesheet.id, worked_minutes=minutes)
    return timesheet
