"""Requests for time off: asking, deciding, taking back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.organisation.accounts import is_employee
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Employee
from scheduler.timeoff.balances import outlook
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState

STANDING = (TimeOffState.REQUESTED, TimeOffState.APPROVED)
"""States in which a request takes up its days."""

LONGEST = timedelta(days=3 * 366)
"""Parental leave, the longest there is, lasts three years."""
FURTHEST = timedelta(days=3 * 366)
"""How far ahead leave is asked for at most; what starts later is a slip of the year."""


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
        If the span is empty, longer than `LONGEST`, further away than `FURTHEST`, or not within the time of
        employment.
    SchedulerError
        ``employee_not_found``; ``time_off_overlaps`` if a requested or approved leave shares a day with it.
    """
    employee = hold_employee(session, employee_id)
    _refuse_odd_span(employee, starts_on, ends_on)
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


def approve_time_off(
    session: Session, time_off_id: UUID, *, actor: str, beyond_balance: bool = False
) -> TimeOff:
    """Somebody other than the employee grants a request; from now on it keeps the employee off the roster.

    Parameters
    ----------
    beyond_balance
        Whether it is granted though the person's leave account does not cover it; the audit record says so.

    Raises
    ------
    SchedulerError
        ``time_off_not_found``, ``time_off_not_open`` if it is not waiting for a decision,
        ``own_time_off`` if the account belongs to the employee, or ``leave_beyond_balance`` with what there
        is and what is asked for.
    """
    leave = session.get(TimeOff, time_off_id)
    facts: dict[str, str] = {}
    if leave is not None:
        if is_employee(session, actor, leave.employee_id):
            raise SchedulerError(
                "own_time_off", time_off_id=str(time_off_id), hint="somebody else has to approve it"
            )
        # Held, so that of two requests that are granted at once the second sees what the first takes.
        employee = hold_employee(session, leave.employee_id)
        ahead = outlook(session, employee, leave.kind, leave.starts_on, leave.ends_on)
        if leave.state is TimeOffState.REQUESTED and ahead is not None and not ahead.is_covered:
            if not beyond_balance:
                raise SchedulerError("leave_beyond_balance", sentence=ahead.sentence)
            facts = {"beyond_balance": ahead.sentence}
    return _move(session, time_off_id, TimeOffState.APPROVED, [TimeOffState.REQUESTED], actor, facts=facts)


def reject_time_off(session: Session, time_off_id: UUID, *, reason: str, actor: str) -> TimeOff:
    """Refuse a request, with the reason that the person is told.

    Raises
    ------
    InvalidInput
        If there is no reason.
    SchedulerError
        ``time_off_not_found``, or ``time_off_not_open`` if it is not waiting for a decision.
    """
    reason = checked_reason(reason)
    return _move(session, time_off_id, TimeOffState.REJECTED, [TimeOffState.REQUESTED], actor, reason)


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


def _refuse_odd_span(employee: Employee, starts_on: date, ends_on: date) -> None:
    """Refuse days that are a slip of the pen."""
    start, end = ("starts_on", str(starts_on)), ("ends_on", str(ends_on))
    latest = utc_now().date() + FURTHEST
    if starts_on >= ends_on:
        hint = f"a day after {starts_on}: it is the first day back at work"
        error = FieldError(*end, "the leave ends before it starts", hint)
    elif ends_on - starts_on > LONGEST:
        error = FieldError(*end, "the leave is longer than three years", f"at most {starts_on + LONGEST}")
    elif starts_on < employee.hired_on:
        error = FieldError(*start, "is before the first day of work", f"{employee.hired_on} or later")
    elif employee.left_on is not None and starts_on >= employee.left_on:
        error = FieldError(*start, "is after the last day of work", f"before {employee.left_on}")
    elif starts_on > latest:
        error = FieldError(*start, "is more than three years ahead", f"at most {latest}")
    else:
        return
    raise InvalidInput([error])


def _move(
    session: Session,
    time_off_id: UUID,
    to: TimeOffState,
    allowed: Collection[TimeOffState],
    actor: str,
    reason: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> TimeOff:
    leave = session.get(TimeOff, time_off_id, with_for_update=True, populate_existing=True)
    if leave is None:
        raise SchedulerError("time_off_not_found", time_off_id=str(time_off_id))
    if leave.state not in allowed:
        raise SchedulerError("time_off_not_open", time_off_id=str(time_off_id), state=leave.state.value)
    before, leave.state = leave.state, to
    leave.decided_at = utc_now()
    leave.decided_by = UUID(actor.removeprefix("user:")) if actor.startswith("user:") else None
    leave.decision_reason = reason
    session.flush()
    why = {"reason": reason} if reason else {}
    record(
        session, actor, f"time_off.{_VERBS[to]}", "time_off", leave.id, before=before.value,
        employee_id=str(leave.employee_id), starts_on=leave.starts_on.isoformat(),
        ends_on=leave.ends_on.isoformat(), kind=leave.kind.value, **why, **(facts or {}),
    )  # fmt: skip
    return leave


_VERBS = {
    TimeOffState.APPROVED: "approve",
    TimeOffState.REJECTED: "reject",
    TimeOffState.CANCELLED: "cancel",
}
