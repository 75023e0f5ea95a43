"""The background worker of a process: alive by heartbeat, fed by the queue, heir of the dead."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from scheduler.db.session import Database
from scheduler.jobs.courier import Courier
from scheduler.jobs.heartbeats import Watch, beat, sign_off
from scheduler.jobs.leases import LeaseLost, take_from_the_dead, unfinished
from scheduler.jobs.sole_worker import SoleWorker
from scheduler.jobs.work_on_run import SearchLimits, work_on_run
from scheduler.kernel.settings import Settings
from scheduler.webhooks.installation_key import installation_key

if TYPE_CHECKING:
    from scheduler.jobs.run_queue import RunQueue

log = structlog.get_logger(__name__)

STOP_SECONDS = 10.0
"""How long a stopping worker waits for the run in hand to be put down."""


def new_worker_name() -> str:
    """A name no other process has: host, process and a few random letters."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"


def worker_for(settings: Settings) -> Worker:
    """The worker an operator's settings describe, not yet started."""
    limits = SearchLimits(workers=settings.solver_workers, memory_mb=settings.solver_memory_mb)
    courier = Courier(
        settings.database_url,
        key=installation_key(settings),
        private_addresses=settings.webhook_private_addresses,
    )
    return Worker(settings.database_url, name=settings.worker_id, limits=limits, courier=courier)


class Worker:
    """Works on runs in the background of this process, one at a time, until it is stopped.

    On PostgreSQL any number of processes may do so. On SQLite one does, and the others stand by until it
    ends.

    Parameters
    ----------
    url
        Address of the records.
    name
        Name of this process, unique among those alive; made up if None.
    limits
        What one search may use of the machine.
    courier
        Tells other systems what happened while this process works; None for one that does not.
    look_seconds
        How often it looks for waiting runs and for dead workers.
    beat_seconds
        How often it says that it is alive.
    dead_after_seconds
        How long another worker's heartbeat stands still before its runs are taken over; several
        ``beat_seconds``.
    """

    def __init__(
        self,
        url: str,
        *,
        name: str | None = None,
        limits: SearchLimits | None = None,
        courier: Courier | None = None,
        look_seconds: float = 1.0,
        beat_seconds: float = 5.0,
        dead_after_seconds: float = 20.0,
    ) -> None:
        self.name = name or new_worker_name()
        self._url = url
        self._limits = limits or SearchLimits()
        self._courier = courier
        self._look_seconds = look_seconds
        self._beat_seconds = beat_seconds
        self._watch = Watch(dead_after_seconds)
        self._sole = SoleWorker(url)
        self._stopping = threading.Event()
        self._in_hand: set[UUID] = set()
        self._put_down = threading.Condition()
        self._thread: threading.Thread | None = None
        self._database: Database | None = None

    @property
    def _records(self) -> Database:
        assert self._database is not None  # noqa: S101 - set for as long as the thread lives
        return self._database

    def start(self) -> bool:
        """Begin to work; False while another process works on this SQLite database and this one stands by.

        Raises
        ------
        scheduler.jobs.run_queue.QueueNotReady
            If the queue's tables cannot be used.
        """
        self._database = Database(self._url)
        began: Future[bool] = Future()
        self._thread = threading.Thread(target=self._live, args=(began,), name="worker", daemon=True)
        self._thread.start()
        return began.result()

    def stop(self) -> None:
        """Put the run in hand back into the queue and end; a stopped worker is not started again."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _live(self, began: Future[bool]) -> None:
        try:
            while not self._sole.acquire():
                if not began.done():
                    began.set_result(False)
                    log.info("worker_stands_by", worker=self.name)
                if self._stopping.wait(self._look_seconds):
                    return
            self._work(began)
        except Exception as error:
            if began.done():
                log.exception("worker_ended", worker=self.name)
            else:
                began.set_exception(error)
        finally:
            self._sole.release()
            self._records.dispose()

    def _work(self, began: Future[bool]) -> None:
        from scheduler.jobs.run_queue import (
            RunQueue,
        )  # loads the queue's engine, which a web process may not need

        with self._records.write() as session:
            beat(session, self.name)
        queue = RunQueue(self._url, self.name, self._work_on, self._look_seconds)
        queue.start()
        if self._courier is not None:
            self._courier.start()
        log.info("worker_started", worker=self.name)
        if not began.done():
            began.set_result(True)
        try:
            self._look_until_stopped(queue)
        finally:
            with self._put_down:
                self._put_down.wait_for(lambda: not self._in_hand, STOP_SECONDS)
            queue.stop()
            if self._courier is not None:
                self._courier.stop()
            with self._records.write() as session:
                sign_off(session, self.name)
            log.info("worker_stopped", worker=self.name)

    def _look_until_stopped(self, queue: RunQueue) -> None:
        beaten = time.monotonic()
        in_reach = True
        while not self._stopping.is_set():
            try:
                if time.monotonic() - beaten >= self._beat_seconds:
                    with self._records.write() as session:
                        beat(session, self.name)
                    beaten = time.monotonic()
                self._look(queue)
                if not in_reach:
                    log.info("database_in_reach_again", worker=self.name)
                in_reach = True
            except OperationalError as error:
                # The others cannot beat either. Said once: it may last.
                self._watch.look_afresh()
                if in_reach:
                    log.warning("database_out_of_reach", worker=self.name, reason=str(error.orig).strip())
                in_reach = False
            except Exception:  # whatever it is, a worker that gives up helps nobody; it looks again
                log.exception("look_failed", worker=self.name)
            self._stopping.wait(self._look_seconds)

    def _look(self, queue: RunQueue) -> None:
        """Take the runs of dead workers from them, and offer every waiting run to the queue."""
        with self._records.read() as session:
            waiting, held = unfinished(session)
            alive = {self.name} if self._sole.needed else {self.name, *self._watch.alive(session)}
        in_hand = set(self._in_hand)  # after the rows were read: a run is in hand before its row says so
        for lease in held:
            is_mine = lease.worker == self.name
            if lease.run_id in in_hand if is_mine else lease.worker in alive:
                continue
            try:
                with self._records.write(lease.organisation_id) as session:
                    state = take_from_the_dead(session, lease)
            except LeaseLost:
                continue
            log.warning("run_taken_over", run=str(lease.run_id), dead=lease.worker, state=state.value)
        queue.offer(waiting, alive)

    def _work_on(self, run_id: UUID) -> None:
        if self._stopping.is_set():
            return
        self._in_hand.add(run_id)
        try:
            work_on_run(self._records, run_id, self.name, self._limits, self._stopping)
        finally:
            with self._put_down:
                self._in_hand.discard(run_id)
                self._put_down.notify_all()
