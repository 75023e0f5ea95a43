"""What people do with a run once it is asked for: look how far it is, and cancel it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import across_tenants
from scheduler.jobs.leases import end
from scheduler.jobs.models import WorkerHeartbeat
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.models import Run, RunState

FINISHED = (RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED)
"""States that never change again."""

WORKER_SEEN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Where a run stands.

    Parameters
    ----------
    state, seconds, started_at, ended_at, version_id, error
        As in `scheduler.rosters.models.Run`.
    progress
        Latest ``{"seconds", "level", "objective", "bound", "gap", "open_minutes"}``; None before there is
        any. The level ``compile`` means that the search is made ready once for the machine.
    trace
        The course so far: such objects, oldest first.
    ahead
        How many other runs are waited for before this one starts; 0 unless it is queued.
    workers
        How many workers were heard of in the last minute; with none, a queued run does not start.
    """

    run_id: UUID
    state: RunState
    seconds: int
    started_at: datetime | None
    ended_at: datetime | None
    progress: dict[str, Any] | None
    trace: tuple[dict[str, Any], ...]
    version_id: UUID | None
    error: str | None
    ahead: int
    workers: int

    @property
    def finished(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in FINISHED


def run_of(session: Session, run_id: UUID, *, for_update: bool = False) -> Run:
    """The run with that id.

    Raises
    ------
    SchedulerError
        ``run_not_found`` if the organisation has no such run.
    """
    run = session.get(Run, run_id, with_for_update=for_update or None)
    if run is None:
        raise SchedulerError("run_not_found", run_id=str(run_id))
    return run


def progress(session: Session, run_id: UUID) -> RunProgress:
    """Where a run stands now.

    Raises
    ------
    SchedulerError
        ``run_not_found``.
    """
    run = run_of(session, run_id)
    heard = select(func.count()).where(WorkerHeartbeat.beat_at > utc_now() - WORKER_SEEN)
    return RunProgress(
        run_id=run.id,
        state=run.state,
        seconds=run.seconds,
        started_at=run.started_at,
        ended_at=run.ended_at,
        progress=run.progress,
        trace=tuple(run.trace),
        version_id=run.version_id,
        error=run.error,
        ahead=_ahead_of(session, run) if run.state is RunState.QUEUED else 0,
        workers=session.scalar(heard) or 0,
    )


def _ahead_of(session: Session, run: Run) -> int:
    """Unfinished runs of all organisations that were asked for earlier: they share the workers."""
    with across_tenants(session):
        count = session.scalar(
            select(func.count(Run.id)).where(
                Run.state.not_in(FINISHED), Run.requested_at < run.requested_at, Run.id != run.id
            )
        )
    return count or 0


def cancel(session: Session, run_id: UUID, *, actor: str) -> Run:
    """Stop a run: one that waits ends at once, one at work ends with the best roster it has found so far.

    Cancelling a run that is being cancelled changes nothing.

    Raises
    ------
    SchedulerError
        ``run_not_found``, or ``run_finished`` with its state.
    """
    run = run_of(session, run_id, for_update=True)
    if run.state in FINISHED:
        raise SchedulerError("run_finished", run_id=str(run_id), state=run.state.value)
    if run.state is RunState.CANCELLING:
        return run
    record(session, actor, "run.cancel", "run", run.id, state=run.state.value)
    if run.state is RunState.QUEUED:
        end(run, RunState.CANCELLED)
    else:
        run.state = RunState.CANCELLING
    return run
