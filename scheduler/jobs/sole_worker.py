"""On SQLite one process works the queue; a lock beside the database sees to it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from sqlalchemy import make_url


class SoleWorker:
    """The right to work the queue of a SQLite database; on PostgreSQL everybody has it.

    The operating system gives the lock back when the process ends, however it ends, so whoever gets it knows
    that no other worker is alive.

    Parameters
    ----------
    url
        Address of the records.
    """

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self.needed = address.get_backend_name() == "sqlite"
        self._path = Path(f"{address.database}-worker.lock") if self.needed else None
        self._descriptor: int | None = None

    def acquire(self) -> bool:
        """Whether this process has the right now."""
        if self._path is None or self._descriptor is not None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let somebody else have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
