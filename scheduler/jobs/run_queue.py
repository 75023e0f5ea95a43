"""The durable queue that hands waiting runs to workers: DBOS, behind a port of four verbs.

The row in ``runs`` is the record of a request and of its outcome; the queue only delivers. Delivering twice
does no harm (`scheduler.jobs.leases`), and what the queue has lost is offered to it again, so neither a crash
between the two databases nor the loss of the queue's own loses a run.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from uuid import UUID

from dbos import DBOS, DBOSPortableJSONSerializer
from sqlalchemy import make_url

from scheduler.db.row_security import APP_ROLE

QUEUE = "runs"
SETTLE_SECONDS = 2.0
WORKFLOW = "work_on_run"

# Work waits for a worker of the version that queued it. The only argument is the id of a run, which every
# release understands, so all of them share one version and a deployment strands nothing.
APPLICATION_VERSION = "1"


def queue_url(url: str) -> str:
    """Where the queue keeps its tables: on SQLite a file of its own, on PostgreSQL schema ``dbos``.

    Examples
    --------
    >>> queue_url("sqlite:///var/makina.db")
    'sqlite:///var/makina-jobs.db'
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        path = Path(address.database)
        address = address.set(database=str(path.with_name(f"{path.stem}-jobs{path.suffix}")))
    return address.render_as_string(hide_password=False)


def upgrade(url: str) -> None:
    """Make or migrate the queue's tables; on PostgreSQL let the application role use them.

    Parameters
    ----------
    url
        Address of the records as their owner. Running it again changes nothing.
    """
    on_postgresql = make_url(url).get_backend_name() == "postgresql"
    DBOS.migrate(queue_url(url), application_role=APP_ROLE if on_postgresql else None)


class QueueNotReady(RuntimeError):
    """The queue's tables are missing or old, or their database is out of reach."""


class RunQueue:
    """The end of the queue in this process, which has at most one.

    Parameters
    ----------
    url
        Address of the records.
    worker
        Name of this process, unique among those alive.
    work_on
        What to do with a run that is delivered; called on a thread of the queue, one run at a time.
    poll_seconds
        How often to look for work.
    """

    def __init__(self, url: str, worker: str, work_on: Callable[[UUID], None], poll_seconds: float) -> None:
        self._url = url
        self._worker = worker
        self._work_on = work_on
        self._poll_seconds = poll_seconds

    def start(self) -> None:
        """Begin to receive runs.

        Raises
        ------
        QueueNotReady
            If its tables cannot be used.
        """
        on_sqlite = make_url(self._url).get_backend_name() == "sqlite"
        DBOS(
            config={
                "name": "makina",
                "system_database_url": queue_url(self._url),
                "sys_db_pool_size": 5,
                "run_migrations": on_sqlite,
                "executor_id": self._worker,
                "application_version": APPLICATION_VERSION,
                "serializer": DBOSPortableJSONSerializer(),
                "max_executor_threads": 4,
                "log_level": "CRITICAL",  # what goes wrong with the start is raised below, once
            }
        )

        def work_on_run(run_id: str) -> None:
            self._work_on(UUID(run_id))

        DBOS.workflow(name=WORKFLOW)(work_on_run)
        try:
            DBOS.launch()
        except Exception as error:
            DBOS.destroy(destroy_registry=True)
            raise QueueNotReady(
                f"the queue of runs cannot be used; run `makina migrate` ({error})"
            ) from error
        logging.getLogger("dbos").setLevel(logging.ERROR)
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=self._poll_seconds)

    def offer(self, waiting: Sequence[UUID], alive: Collection[str]) -> None:
        """See that every waiting run is on its way to a worker.

        Parameters
        ----------
        waiting
            Runs that nobody has claimed.
        alive
            Names of the living workers; a delivery to anybody else is void and made again.
        """
        if not waiting:
            return
        names = [str(run_id) for run_id in waiting]
        known = DBOS.list_workflows(workflow_ids=names, load_input=False, load_output=False)
        on_its_way = {
            delivery.workflow_id
            for delivery in known
            if delivery.status == "ENQUEUED"
            or (delivery.status == "PENDING" and delivery.executor_id in alive)
        }
        void = [delivery.workflow_id for delivery in known if delivery.workflow_id not in on_its_way]
        if void:
            DBOS.delete_workflows(void)
        for name in names:
            if name not in on_its_way:
                DBOS.enqueue_workflow_with_options(
                    {"workflow_name": WORKFLOW, "queue_name": QUEUE, "workflow_id": name}, name
                )

    def stop(self) -> None:
        """Receive no more runs; the one in hand has to have been put down before."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while self._unsettled() and time.monotonic() < deadline:
            time.sleep(0.02)
        DBOS.destroy(destroy_registry=True)

    def _unsettled(self) -> bool:
        """Whether the queue has yet to write down that a delivery was worked on."""
        mine = DBOS.list_workflows(status="PENDING", executor_id=self._worker, load_input=False)
        return bool(mine)
