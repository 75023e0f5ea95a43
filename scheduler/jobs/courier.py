"""The thread of a worker that tells other systems what happened."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import structlog
from sqlalchemy.exc import IntegrityError, OperationalError

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.webhooks.deliver import Parcel, is_anything_due, send, take_due, write_down
from scheduler.webhooks.hand_out import forget_old, hand_out, is_anything_waiting
from scheduler.webhooks.timed_events import announce_dates, organisations_to_look_at

log = structlog.get_logger(__name__)

AT_ONCE = 4
"""Endpoints that are sent to at the same time."""
DATES_SECONDS = 3600.0
"""How often the calendar is looked at, and what is old is forgotten."""


class Courier:
    """Hands announcements out and delivers them in the background until it is stopped.

    Several may run on PostgreSQL: each delivery is in one hand at a time. A message can still arrive twice
    (its sender may end before it has written down that it arrived), and has the same id then.

    Parameters
    ----------
    key
        Of the installation; None where there is none, and so no endpoint.
    private_addresses
        Whether the operator lets webhooks reach private addresses.
    look_seconds
        How often it looks for something to deliver.
    """

    def __init__(
        self, url: str, *, key: bytes | None, private_addresses: bool, look_seconds: float = 1.0
    ) -> None:
        self._url = url
        self._key = key
        self._private_addresses = private_addresses
        self._look_seconds = look_seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._dates_at: float | None = None

    def start(self) -> None:
        """Begin to look for something to deliver."""
        self._thread = threading.Thread(target=self._live, name="courier", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after what is in hand; it is not started again."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _live(self) -> None:
        database = Database(self._url)
        try:
            while not self._stopping.is_set():
                try:
                    self._look_at_dates(database)
                    while self.work_once(database) and not self._stopping.is_set():
                        pass
                except OperationalError as error:
                    log.warning("courier_waits_for_database", reason=str(error.orig).strip())
                except Exception:  # whatever it is, a courier that gives up helps nobody; it looks again
                    log.exception("courier_failed")
                self._stopping.wait(self._look_seconds)
        finally:
            database.dispose()

    def work_once(self, database: Database) -> int:
        """Hand out what waits and send what is due; gives how many deliveries were tried."""
        now = utc_now()
        # Reads first: on SQLite nobody else writes while somebody does.
        with database.read() as session:
            is_waiting = is_anything_waiting(session)
        if is_waiting:
            with database.write() as session:
                hand_out(session, now=now)
        with database.read() as session:
            is_due = is_anything_due(session, now=now)
        taken: list[list[Parcel]] = []
        if is_due:
            with database.write() as session:
                taken = take_due(session, now=now)
        if taken:
            with ThreadPoolExecutor(min(AT_ONCE, len(taken)), thread_name_prefix="webhook") as pool:
                list(pool.map(lambda parcels: self._deliver(database, parcels), taken))
        return sum(map(len, taken))

    def _deliver(self, database: Database, parcels: list[Parcel]) -> None:
        """Send the parcels of one endpoint, one after the other."""
        for parcel in parcels:
            answer = send(parcel, key=self._key, private_addresses=self._private_addresses, now=utc_now())
            with database.write(parcel.organisation_id) as session:
                switched_off = write_down(session, parcel, answer, now=utc_now())
            if switched_off:
                log.warning("webhook_switched_off", webhook=str(parcel.endpoint_id))

    def _look_at_dates(self, database: Database) -> None:
        """Once in a while: what comes near, and what is old."""
        if self._dates_at is not None and time.monotonic() - self._dates_at < DATES_SECONDS:
            return
        self._dates_at = time.monotonic()
        now = utc_now()
        with database.read() as session:
            organisations = organisations_to_look_at(session)
        for organisation_id in organisations:
            try:
                with database.write(organisation_id) as session:
                    announce_dates(session, today=now.date(), now=now)
            except IntegrityError:
                log.info("dates_announced_by_another_worker", organisation=str(organisation_id))
        with database.write() as session:
            forget_old(session, now=now)
