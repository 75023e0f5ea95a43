"""Workers say that they are alive, and watch whether the others are."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduler.jobs.models import WorkerHeartbeat
from scheduler.kernel.clock import utc_now

FORGOTTEN_AFTER = timedelta(days=1)


def beat(session: Session, worker: str) -> None:
    """Say that ``worker`` is alive now, and forget those that have long been silent."""
    session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.beat_at < utc_now() - FORGOTTEN_AFTER))
    row = session.get(WorkerHeartbeat, worker)
    if row is None:
        session.add(WorkerHeartbeat(worker=worker, started_at=utc_now(), beat_at=utc_now()))
    else:
        row.beat_at = utc_now()


def sign_off(session: Session, worker: str) -> None:
    """Say that ``worker`` ended as it should, so that nobody has to wait to find out."""
    session.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.worker == worker))


class Watch:
    """Which workers are alive, judged by whether their heartbeats move.

    Parameters
    ----------
    dead_after_seconds
        A worker whose heartbeat stood still that long, as seen from here, is dead. One seen for the first
        time has that long to show that it moves.
    clock
        Seconds that never jump.
    """

    def __init__(self, dead_after_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._dead_after_seconds = dead_after_seconds
        self._clock = clock
        self._seen: dict[str, tuple[datetime, float]] = {}

    def alive(self, session: Session) -> set[str]:
        """Names of the workers whose heartbeat moved recently."""
        now = self._clock()
        rows = session.execute(select(WorkerHeartbeat.worker, WorkerHeartbeat.beat_at))
        beats = {row.worker: row.beat_at for row in rows}
        self._seen = {
            worker: seen if (seen := self._seen.get(worker)) and seen[0] == beat_at else (beat_at, now)
            for worker, beat_at in beats.items()
        }
        return {worker for worker, (_, since) in self._seen.items() if now - since < self._dead_after_seconds}

    def look_afresh(self) -> None:
        """Give every worker its whole time again, after a while in which none could be seen."""
        self._seen = {}
