"""By which day timesheets are to be confirmed and approved, and what is still to be done with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.timekeeping.exceptions import blocking
from scheduler.timekeeping.models import Duty, Timesheet, TimesheetDeadlines, TimesheetState
from scheduler.timekeeping.timesheets import exceptions_of

LATEST = 60


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How many days after the last day of a period is the last one for confirming, and for approving."""

    confirm_days: int = 1
    approve_days: int = 2

    def due_on(self, sheet: Timesheet, duty: Duty) -> date:
        """The last civil day, at the location, on which it is done in time.

        Examples
        --------
        >>> week = Timesheet(starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 23))
        >>> Deadlines().due_on(week, Duty.CONFIRM), Deadlines().due_on(week, Duty.APPROVE)
        (datetime.date(2026, 11, 23), datetime.date(2026, 11, 24))
        """
        return self.last_day(sheet.ends_on, duty)

    def last_day(self, ends_on: date, duty: Duty) -> date:
        """The same of every timesheet that ends before a day."""
        days = self.confirm_days if duty is Duty.CONFIRM else self.approve_days
        return ends_on + timedelta(days=days - 1)


USUAL = Deadlines()
"""Of a location that says nothing else."""


def deadlines(session: Session) -> Mapping[UUID, Deadlines]:
    """What locations say of it, by id; those that say nothing are left out and have the `USUAL` ones."""
    stored = session.scalars(select(TimesheetDeadlines)).all()
    return {each.location_id: Deadlines(each.confirm_days, each.approve_days) for each in stored}


def set_deadlines(session: Session, location_id: UUID, wanted: Deadlines, *, actor: str) -> Deadlines:
    """From now on the timesheets of a location are due on these days.

    Raises
    ------
    InvalidInput
        For days that are not from 1 to 60, or an approval that is due before the confirmation.
    """
    faults = [
        FieldError(name, str(days), "so many days after the period cannot be", f"from 1 to {LATEST}")
        for name, days in (("confirm_days", wanted.confirm_days), ("approve_days", wanted.approve_days))
        if not 1 <= days <= LATEST
    ]
    if not faults and wanted.approve_days < wanted.confirm_days:
        hint = f"{wanted.confirm_days} or more"
        faults = [FieldError("approve_days", str(wanted.approve_days), "people confirm first", hint)]
    if faults:
        raise InvalidInput(faults)
    stored = session.scalars(
        select(TimesheetDeadlines).where(TimesheetDeadlines.location_id == location_id)
    ).one_or_none()
    if stored is None:
        stored = TimesheetDeadlines(location_id=location_id)
        session.add(stored)
    stored.confirm_days, stored.approve_days = wanted.confirm_days, wanted.approve_days
    session.flush()
    facts = {"confirm_days": wanted.confirm_days, "approve_days": wanted.approve_days}
    record(session, actor, "timesheet.deadlines", "location", location_id, **facts)
    return wanted


def open_duties(sheet: Timesheet, today: date, *, has_time: bool, waits_for_answer: bool) -> frozenset[Duty]:
    """What is still to be done with a timesheet whose period is over.

    Parameters
    ----------
    has_time
        Whether it has hours; one without, and without anything unclear, needs nobody.
    waits_for_answer
        Whether its person disputes it and nobody answered: then it is not the person who keeps it waiting.
    """
    if today < sheet.ends_on or not (has_time or blocking(exceptions_of(sheet))):
        return frozenset()
    if sheet.state is TimesheetState.OPEN:
        return frozenset({Duty.APPROVE} if waits_for_answer else {Duty.CONFIRM, Duty.APPROVE})
    return frozenset({Duty.APPROVE} if sheet.state is TimesheetState.SUBMITTED else ())
