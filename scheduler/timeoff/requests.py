"""Requests for time off: asking, deciding, taking back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.people.employees import find_employee
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState

STANDING = (TimeOffState.REQUESTED, TimeOffState.APPROVED)
"""States in which a request takes up its days."""


def request_time_off(
    session: Session,
    employee_id: UUID,
    *,
    starts_on: date,
    ends_on: date,
    kind: LeaveKind,
    actor: str,
    note: str | None = None,
) -> TimeOff:
    """Ask for leave over the civil days ``[starts_on, ends_on)``.

    Raises
    ------
    InvalidInput
        If the span is empty.
    SchedulerError
        ``employee_not_found``; ``time_off_overlaps`` if a requested or approved leave shares a day with it.
    """
    if starts_on >= ends_on:
        hint = f"a day after {starts_on}: it is the first day back at work"
        raise InvalidInput([FieldError("ends_on", str(ends_on), "the leave ends before it starts", hint)])
    employee = find_employee(session, employee_id)
    for other in time_off_between(session, [employee_id], starts_on, ends_on, STANDING):
        raise SchedulerError(
            "time_off_overlaps",
            employee=employee.number,
            starts_on=other.starts_on.isoformat(),
            ends_on=other.ends_on.isoformat(),
            state=other.state.value,
        )
    leave = TimeOff(
        employee_id=employee_id,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=kind,
        state=TimeOffState.REQUESTED,
        note=note,
        requested_at=utc_now(),
    )
    session.add(leave)
    session.flush()
    span = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(
        session, actor, "time_off.request", "time_off", leave.id, employee=employee.number, kind=kind, **span
    )
    return leave


def approve_time_off(session: Session, time_off_id: UUID, *, actor: str) -> TimeOff:
    """Grant a request; from now on it keeps the employee off the roster.

    Raises
    ------
    SchedulerError
        ``time_off_not_found``, or ``time_off_not_open`` if it is not waiting for a decision.
    """
    return _move(session, time_off_id, TimeOffState.APPROVED, [TimeOffState.REQUESTED], actor)


def reject_time_off(session: Session, time_off_id: UUID, *, actor: str) -> TimeOff:
    """Refuse a request.

    Raises
    ------
    SchedulerError
        ``time_off_not_found``, or ``time_off_not_open`` if it is not waiting for a decision.
    """
    return _move(session, time_off_id, TimeOffState.REJECTED, [TimeOffState.REQUESTED], actor)


def cancel_time_off(session: Session, time_off_id: UUID, *, actor: str) -> TimeOff:
    """Take back a request or an approved leave.

    Raises
    ------
    SchedulerError
        ``time_off_not_found``, or ``time_off_not_open`` if it was rejected or cancelled before.
    """
    return _move(session, time_off_id, TimeOffState.CANCELLED, STANDING, actor)


def time_off_between(
    session: Session,
    employee_ids: Collection[UUID],
    first_day: date,
    end_day: date,
    states: Collection[TimeOffState] = (TimeOffState.APPROVED,),
) -> Sequence[TimeOff]:
    """Leave of the employees on some day of ``[first_day, end_day)``, earliest first."""
    on_some_day = (
        TimeOff.employee_id.in_(employee_ids),
        TimeOff.starts_on < end_day,
        TimeOff.ends_on > first_day,
        TimeOff.state.in_(states),
    )
    return session.scalars(
        select(TimeOff).where(*on_some_day).order_by(TimeOff.starts_on, TimeOff.employee_id)
    ).all()


def _move(
    session: Session, time_off_id: UUID, to: TimeOffState, allowed: Collection[TimeOffState], actor: str
) -> TimeOff:
    leave = session.get(TimeOff, time_off_id)
    if leave is None:
        raise SchedulerError("time_off_not_found", time_off_id=str(time_off_id))
    if leave.state not in allowed:
        raise SchedulerError("time_off_not_open", time_off_id=str(time_off_id), state=leave.state.value)
    before, leave.state = leave.state, to
    leave.decided_at = utc_now()
    leave.decided_by = UUID(actor.removeprefix("user:")) if actor.startswith("user:") else None
    session.flush()
    record(session, actor, f"time_off.{_VERBS[to]}", "time_off", leave.id, before=before.value)
    return leave


_VERBS = {
    TimeOffState.APPROVED: "approve",
    TimeOffState.REJECTED: "reject",
    TimeOffState.CANCELLED: "cancel",
}
