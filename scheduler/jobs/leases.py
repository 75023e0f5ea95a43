"""Who may write the outcome of a run: the one worker that holds it, in the one attempt it was taken for.

Every take-over raises `Run.attempts`, which is the fencing token: whoever still carries an older number has
lost the run, and nothing it writes is accepted. That is what makes the outcome of a run single, whatever the
queue delivers.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.tenant import across_tenants
from scheduler.kernel.clock import utc_now
from scheduler.rosters.models import Run, RunState

MAX_ATTEMPTS = 3
"""A run whose worker ended that often is not tried again: it may be what ends them."""

HELD = (RunState.RUNNING, RunState.CANCELLING)
"""States in which a worker has a run in hand."""


class LeaseLost(RuntimeError):
    """The run was given to somebody else, or ended, in the meantime; what was found is thrown away."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right of one worker to one attempt at one run."""

    run_id: UUID
    organisation_id: UUID
    worker: str
    attempt: int


def claim(session: Session, run_id: UUID, worker: str) -> Lease | None:
    """Take a waiting run for ``worker``; None if it no longer waits."""
    with across_tenants(session):
        run = session.scalar(
            select(Run).where(Run.id == run_id, Run.state == RunState.QUEUED).with_for_update()
        )
        if run is None:
            return None
        run.state = RunState.RUNNING
        run.worker = worker
        run.attempts += 1
        run.started_at = utc_now()
        run.progress = None
        run.trace = []
        return Lease(run.id, run.organisation_id, worker, run.attempts)


def held_run(session: Session, lease: Lease) -> Run:
    """The run of a lease, locked until the transaction ends.

    Raises
    ------
    LeaseLost
        If the lease no longer holds.
    """
    run = session.scalar(
        select(Run)
        .where(
            Run.id == lease.run_id,
            Run.worker == lease.worker,
            Run.attempts == lease.attempt,
            Run.state.in_(HELD),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if run is None:
        raise LeaseLost(f"run {lease.run_id}, attempt {lease.attempt} of {lease.worker}")
    return run


def end(run: Run, state: RunState, error: str | None = None) -> None:
    """Close a run."""
    run.state = state
    run.ended_at = utc_now()
    run.error = error


def give_back(session: Session, lease: Lease) -> None:
    """Put a run back into the queue because its worker is being stopped; that attempt does not count."""
    run = held_run(session, lease)
    if run.state is RunState.CANCELLING:
        end(run, RunState.CANCELLED)
        return
    run.state = RunState.QUEUED
    run.attempts -= 1
    run.worker = None


def take_from_the_dead(session: Session, lease: Lease) -> RunState:
    """Decide what becomes of a run whose worker died: back into the queue, or ended after `MAX_ATTEMPTS`.

    Raises
    ------
    LeaseLost
        If somebody else was quicker.
    """
    run = held_run(session, lease)
    if run.state is RunState.CANCELLING:
        end(run, RunState.CANCELLED)
    elif run.attempts >= MAX_ATTEMPTS:
        end(
            run,
            RunState.FAILED,
            f"its worker ended unexpectedly {run.attempts} times, so it is not tried again",
        )
    else:
        run.state = RunState.QUEUED
        run.worker = None
    return run.state


def unfinished(session: Session) -> tuple[list[UUID], list[Lease]]:
    """The waiting runs, oldest first, and the leases of those in hand, of every organisation."""
    with across_tenants(session):
        rows = session.execute(
            select(Run.id, Run.organisation_id, Run.worker, Run.attempts, Run.state)
            .where(Run.state.in_((RunState.QUEUED, *HELD)))
            .order_by(Run.requested_at, Run.id)
        ).all()
    waiting = [row.id for row in rows if row.state is RunState.QUEUED]
    held = [
        Lease(row.id, row.organisation_id, row.worker or "", row.attempts)
        for row in rows
        if row.state is not RunState.QUEUED
    ]
    return waiting, held
