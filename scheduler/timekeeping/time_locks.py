"""Time that only payroll changes, because its period is about to be closed.

Clocks are not asked: a punch that they took down is stored whenever it comes, and what it changes has to be
approved again, by payroll then.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actor_may import actor_may
from scheduler.organisation.permissions import Permission
from scheduler.people.models import Employee
from scheduler.people.pay_group_members import pay_groups_of
from scheduler.timekeeping.models import TimeLock, Timesheet
from scheduler.timekeeping.timesheets import timesheet_of_day


def lock_on(session: Session, location_id: UUID, pay_group_id: UUID | None, day: date) -> TimeLock | None:
    """What locks the time of a location and pay group on a day, if anything does."""
    query = select(TimeLock).where(
        TimeLock.location_id == location_id,
        TimeLock.pay_group_id == pay_group_id,
        TimeLock.starts_on <= day,
        TimeLock.ends_on > day,
        TimeLock.unlocked_at.is_(None),
    )
    return session.scalars(query.limit(1)).one_or_none()


def refuse_locked(session: Session, sheet: Timesheet, actor: str) -> None:
    """Refuse what an actor wants to do to a timesheet whose period is locked, unless he closes periods.

    Raises
    ------
    SchedulerError
        ``period_locked`` with since when.
    """
    _refuse(session, sheet.location_id, sheet.pay_group_id, sheet.starts_on, actor)


def refuse_locked_day(session: Session, employee: Employee, day: date, actor: str) -> None:
    """The same for the time of somebody on a day.

    Raises
    ------
    SchedulerError
        ``period_locked``.
    """
    sheet = timesheet_of_day(session, employee.id, day)
    if sheet is not None:
        refuse_locked(session, sheet, actor)
        return
    group = pay_groups_of(session, [employee]).of(employee).on(day)
    _refuse(session, employee.location_id, group, day, actor)


def _refuse(session: Session, location_id: UUID, pay_group_id: UUID | None, day: date, actor: str) -> None:
    lock = lock_on(session, location_id, pay_group_id, day)
    if lock is None or actor_may(session, actor, Permission.PAY_CLOSE, location_id):
        return
    raise SchedulerError(
        "period_locked",
        starts_on=lock.starts_on.isoformat(),
        ends_on=lock.ends_on.isoformat(),
        locked_at=lock.locked_at.isoformat(),
        hint="ask payroll to change it, or to unlock the period",
    )
