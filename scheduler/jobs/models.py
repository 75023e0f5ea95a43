"""Workers that are alive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base


class WorkerHeartbeat(Base):
    """A process that works the queue, for every organisation; gone when the process ended as it should.

    Workers watch each other's rows: one whose ``beat_at`` stands still is dead, and its runs are taken over.
    Only whether the value moves counts, so clocks of different machines need not agree.
    """

    __tablename__ = "worker_heartbeats"

    worker: Mapped[str] = mapped_column(String(80), primary_key=True)
    """Name of the process, unique among those alive."""
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
