"""States of batches: where each stands, where it came from, and where it may go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.payroll.models import BatchState, PayrollBatch, PayrollBatchEvent, PayrollBatchPeriod

LIVE = frozenset({BatchState.DRAFT, BatchState.EXPORTED, BatchState.ACCEPTED})
"""States in which the lines of a batch are with the target, or about to be."""

NEXT: Mapping[BatchState, frozenset[BatchState]] = {
    BatchState.DRAFT: frozenset({BatchState.EXPORTED, BatchState.SUPERSEDED}),
    BatchState.EXPORTED: frozenset({BatchState.ACCEPTED, BatchState.REJECTED, BatchState.SUPERSEDED}),
    BatchState.ACCEPTED: frozenset({BatchState.SUPERSEDED}),
    BatchState.REJECTED: frozenset(),
    BatchState.SUPERSEDED: frozenset(),
}
"""Where a batch may go from a state."""

NEEDS_REASON = frozenset({BatchState.REJECTED, BatchState.SUPERSEDED})


def find_batch(session: Session, batch_id: UUID) -> PayrollBatch:
    """The batch with this id.

    Raises
    ------
    SchedulerError
        ``payroll_batch_not_found``.
    """
    batch = session.get(PayrollBatch, batch_id)
    if batch is None:
        raise SchedulerError("payroll_batch_not_found", batch_id=str(batch_id))
    return batch


def live_batch(session: Session, target_id: UUID, period_ids: Collection[UUID]) -> PayrollBatch | None:
    """The batch that handed exactly these periods to a target and still counts, if there is one."""
    query = (
        select(PayrollBatch)
        .join(PayrollBatchPeriod, PayrollBatchPeriod.batch_id == PayrollBatch.id)
        .where(PayrollBatch.target_id == target_id, PayrollBatchPeriod.pay_period_id.in_(period_ids))
        .distinct()
    )
    batches = session.scalars(query).all()
    states = latest_states(session, [batch.id for batch in batches])
    for batch in batches:
        of_it = select(PayrollBatchPeriod.pay_period_id).where(PayrollBatchPeriod.batch_id == batch.id)
        if states[batch.id] in LIVE and set(session.scalars(of_it)) == set(period_ids):
            return batch
    return None


def latest_states(session: Session, batch_ids: Collection[UUID]) -> dict[UUID, BatchState]:
    """Where each of some batches stands."""
    query = (
        select(PayrollBatchEvent.batch_id, PayrollBatchEvent.state)
        .where(PayrollBatchEvent.batch_id.in_(batch_ids))
        .order_by(PayrollBatchEvent.number)
    )
    # The last one of each counts.
    return dict(list(session.execute(query)))


def history(session: Session, batch_id: UUID) -> Sequence[PayrollBatchEvent]:
    """The states of a batch, oldest first."""
    query = select(PayrollBatchEvent).where(PayrollBatchEvent.batch_id == batch_id)
    return session.scalars(query.order_by(PayrollBatchEvent.number)).all()


def change_state(
    session: Session, batch_id: UUID, state: BatchState, *, actor: str, reason: str = ""
) -> PayrollBatchEvent:
    """A batch in another state; to reject or supersede it needs a reason.

    Raises
    ------
    InvalidInput
        If a reason is needed and there is none.
    SchedulerError
        ``payroll_batch_not_found``; ``batch_state_refused`` with the states it can go to.
    """
    batch = find_batch(session, batch_id)
    told = history(session, batch_id)
    now = told[-1].state
    if state not in NEXT[now]:
        can = ", ".join(sorted(NEXT[now])) or "no other state"
        raise SchedulerError(
            "batch_state_refused", batch=batch.number, state=now.value, wanted=state.value, can=can
        )
    why = checked_reason(reason) if state in NEEDS_REASON or reason.strip() else None
    event = PayrollBatchEvent(
        batch_id=batch_id, number=told[-1].number + 1, state=state, at=utc_now(), actor=actor, reason=why
    )
    session.add(event)
    session.flush()
    record(session, actor, f"payroll_batch.{state.value}", "payroll_batch", batch_id, reason=why)
    return event
