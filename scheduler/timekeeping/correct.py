"""Correct punches by adding facts: nothing that was punched is changed or removed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.kernel.reason import checked_reason
from scheduler.organisation.actors import name_of
from scheduler.people.hold_employees import hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.arrival import NewPunch, check_arrivals
from scheduler.timekeeping.derive import zones
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.punch import store_punches
from scheduler.timekeeping.time_locks import refuse_locked_day

CORRECTION = "correction"


def void_punch(session: Session, punch_id: UUID, *, reason: str, actor: str) -> Punch:
    """The void that takes back a punch.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``punch_not_found``; ``punch_is_void`` for a void, which is never taken back (add the punch again
        instead); ``punch_already_voided`` with who did and why; ``period_locked``.
    """
    reason = checked_reason(reason)
    punch = session.get(Punch, punch_id)
    if punch is None:
        raise SchedulerError("punch_not_found", punch_id=str(punch_id))
    held = hold_employees(session, [punch.employee_id])
    if punch.kind is PunchKind.VOID:
        raise SchedulerError("punch_is_void", punch_id=str(punch_id), hint="add the punch again instead")
    earlier = session.scalars(select(Punch).where(Punch.voids_id == punch_id)).one_or_none()
    if earlier is not None:
        raise SchedulerError(
            "punch_already_voided",
            punch_id=str(punch_id),
            by=name_of(session, earlier.recorded_by),
            reason=earlier.reason,
        )
    _refuse_locked(session, held[punch.employee_id], punch.location_id, punch.at, actor)
    external_id = f"{CORRECTION}:{new_id()}"
    taken_back = NewPunch(
        punch.employee_id, punch.location_id, punch.at, PunchKind.VOID, CORRECTION, external_id
    )
    void = _correction(taken_back, reason, actor)
    void.voids_id = punch.id
    store_punches(session, [void], held, actor=actor)
    record(session, actor, "punch.void", "punch", punch.id, reason=reason, at=punch.at.isoformat())
    return void


def add_punch(
    session: Session,
    *,
    employee_id: UUID,
    location_id: UUID,
    at: datetime,
    kind: PunchKind,
    reason: str,
    actor: str,
    job_role_id: UUID | None = None,
) -> Punch:
    """A punch that somebody forgot, added by a person.

    Raises
    ------
    InvalidInput
        Without a reason, or with a value that `scheduler.timekeeping.punch.record_punches` would refuse too.
    SchedulerError
        ``period_locked``.
    """
    reason = checked_reason(reason)
    held = hold_employees(session, [employee_id])
    external_id = f"{CORRECTION}:{new_id()}"
    arrival = NewPunch(employee_id, location_id, at, kind, CORRECTION, external_id, job_role_id)
    check_arrivals(session, [arrival], held, [CORRECTION])
    _refuse_locked(session, held[employee_id], location_id, at, actor)
    punch = _correction(arrival, reason, actor)
    store_punches(session, [punch], held, actor=actor)
    record(
        session,
        actor,
        "punch.add",
        "punch",
        punch.id,
        reason=reason,
        at=punch.at.isoformat(),
        kind=kind.value,
    )
    return punch


def _refuse_locked(session: Session, employee: Employee, location_id: UUID, at: datetime, actor: str) -> None:
    refuse_locked_day(session, employee, local_day(at, zones(session)[location_id]), actor)


def _correction(arrival: NewPunch, reason: str, actor: str) -> Punch:
    return Punch(**arrival.columns(), recorded_at=utc_now(), recorded_by=actor, reason=reason)
