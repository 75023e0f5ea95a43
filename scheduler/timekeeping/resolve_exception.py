"""Resolve what is odd in somebody's time: accept it as it is, or correct the punches; both stay on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import as_utc, utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.timekeeping.approve import APPROVABLE
from scheduler.timekeeping.approver import approver
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import (
    ExceptionDecision,
    ExceptionOutcome,
    Punch,
    PunchKind,
    Timesheet,
)
from scheduler.timekeeping.time_locks import refuse_locked
from scheduler.timekeeping.timesheets import exceptions_of, find_timesheet, hold_timesheet


@dataclass(frozen=True, slots=True)
class NamedException:
    """The exception of a timesheet with this code at this instant."""

    timesheet_id: UUID
    code: ExceptionCode
    at: datetime


def accept_exception(
    session: Session, named: NamedException, *, reason: str, actor: str
) -> ExceptionDecision:
    """Somebody other than the employee says that it is as it is.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``timesheet_not_found``, ``wrong_timesheet_state``, ``exception_not_found``, ``period_locked``;
        ``own_timesheet``; ``hours_unknown`` where nothing can be accepted, because the hours are not known.
    """
    reason = checked_reason(reason)
    sheet, found = _held(session, named, actor)
    approver(session, actor).acts_for(sheet)
    if found.blocking:
        raise SchedulerError(
            "hours_unknown",
            timesheet_id=str(sheet.id),
            exception=found.to_json(),
            hint="add the punch that is missing, or take one back",
        )
    return _decide(session, sheet, named, ExceptionOutcome.ACCEPTED, reason, actor)


def correct_exception(
    session: Session,
    named: NamedException,
    *,
    add: Sequence[tuple[PunchKind, datetime]],
    void: Sequence[UUID],
    reason: str,
    actor: str,
) -> ExceptionDecision:
    """Add punches at the employee's location and take others back, after which the exception is gone.

    Raises
    ------
    InvalidInput
        Without a reason, without any punch, or with one that `add_punch` refuses.
    SchedulerError
        As `accept_exception`, and those of `void_punch`; ``punch_not_found`` for a punch of somebody else;
        ``exception_still_open`` if it is there as before: the caller's transaction must not be kept.
    """
    reason = checked_reason(reason)
    if not add and not void:
        raise InvalidInput([FieldError("add", "", "no punch is named", "punches to add or to take back")])
    sheet, _ = _held(session, named, actor)
    for punch_id in void:
        punch = session.get(Punch, punch_id)
        if punch is None or punch.employee_id != sheet.employee_id:
            raise SchedulerError("punch_not_found", punch_id=str(punch_id))
        void_punch(session, punch_id, reason=reason, actor=actor)
    for kind, at in add:
        add_punch(
            session,
            employee_id=sheet.employee_id,
            location_id=sheet.location_id,
            at=at,
            kind=kind,
            reason=reason,
            actor=actor,
        )
    if _find(sheet, named) is not None:
        raise SchedulerError(
            "exception_still_open",
            exception=named.code.value,
            at=as_utc(named.at).isoformat(),
            hint="other punches are needed",
        )
    return _decide(session, sheet, named, ExceptionOutcome.CORRECTED, reason, actor)


def decisions(session: Session, timesheet_id: UUID) -> Sequence[ExceptionDecision]:
    """What was decided on the exceptions of a timesheet, oldest first."""
    query = select(ExceptionDecision).where(ExceptionDecision.timesheet_id == timesheet_id)
    return session.scalars(query.order_by(ExceptionDecision.id)).all()


def _held(session: Session, named: NamedException, actor: str) -> tuple[Timesheet, TimeException]:
    seen = find_timesheet(session, named.timesheet_id).revision
    sheet = hold_timesheet(session, named.timesheet_id, seen, APPROVABLE)
    refuse_locked(session, sheet, actor)
    found = _find(sheet, named)
    if found is None:
        raise SchedulerError(
            "exception_not_found",
            timesheet_id=str(sheet.id),
            exception=named.code.value,
            at=as_utc(named.at).isoformat(),
        )
    return sheet, found


def _find(sheet: Timesheet, named: NamedException) -> TimeException | None:
    wanted = (named.code, as_utc(named.at))
    return next((each for each in exceptions_of(sheet) if (each.code, each.at) == wanted), None)


def _decide(
    session: Session,
    sheet: Timesheet,
    named: NamedException,
    outcome: ExceptionOutcome,
    reason: str,
    actor: str,
) -> ExceptionDecision:
    decision = ExceptionDecision(
        timesheet_id=sheet.id,
        code=named.code.value,
        at=as_utc(named.at),
        outcome=outcome,
        reason=reason,
        decided_at=utc_now(),
        decided_by=actor,
    )
    session.add(decision)
    session.flush()
    facts = {"code": named.code.value, "at": as_utc(named.at).isoformat(), "reason": reason}
    record(session, actor, f"exception.{outcome.value}", "timesheet", sheet.id, **facts)
    return decision
