"""Lock a pay period before it is closed, and unlock it with a reason."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.pay.models import PayPeriod
from scheduler.pay.periods import hold_period, refuse_closed
from scheduler.timekeeping.models import TimeLock
from scheduler.timekeeping.time_locks import lock_on


def lock_of(session: Session, period: PayPeriod) -> TimeLock | None:
    """What locks a period, if anything does."""
    return lock_on(session, period.location_id, period.pay_group_id, period.starts_on)


def lock_period(session: Session, period_id: UUID, *, actor: str) -> TimeLock:
    """From now on only those who close periods change the time that counts in this one.

    Locking a locked period changes nothing.

    Raises
    ------
    SchedulerError
        ``pay_period_not_found``, ``period_already_closed``.
    """
    period = hold_period(session, period_id)
    refuse_closed(session, period)
    if present := lock_of(session, period):
        return present
    lock = TimeLock(
        location_id=period.location_id,
        pay_group_id=period.pay_group_id,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        locked_at=utc_now(),
        locked_by=actor,
    )
    session.add(lock)
    session.flush()
    record(session, actor, "pay_period.lock", "pay_period", period.id)
    return lock


def unlock_period(session: Session, period_id: UUID, *, reason: str, actor: str) -> PayPeriod:
    """Everybody may again change the time of the period that his role lets him change.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``pay_period_not_found``, ``period_already_closed``, ``period_not_locked``.
    """
    reason = checked_reason(reason)
    period = hold_period(session, period_id)
    refuse_closed(session, period)
    lock = lock_of(session, period)
    if lock is None:
        raise SchedulerError(
            "period_not_locked", pay_period_id=str(period_id), starts_on=period.starts_on.isoformat()
        )
    lock.unlocked_at, lock.unlocked_by, lock.reason = utc_now(), actor, reason
    session.flush()
    record(session, actor, "pay_period.unlock", "pay_period", period.id, reason=reason)
    return period
