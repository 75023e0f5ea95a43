"""A database that is out of reach for a while, as in a restart or a fail-over, costs no run."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

import psycopg
import pytest
from sqlalchemy import make_url

from scheduler.db.session import Database
from scheduler.jobs import run_queue
from scheduler.jobs.models import WorkerHeartbeat
from scheduler.jobs.runs import cancel
from scheduler.rosters.models import RunState
from tests.databases import DatabaseAddress
from tests.scheduler.jobs.test_worker import ended, wait_for
from tests.scheduler.jobs.waiting_runs import read_run, store_long_run
from tests.scheduler.jobs.worker_process import solver_children, worker_process
from tests.scheduler.rosters.company import Company

OUTAGE_SECONDS = 4.0
"""Twice as long as hurried workers wait before they take each other for dead."""


@contextmanager
def out_of_reach(address: DatabaseAddress) -> Iterator[None]:
    """Every connection of the application ends and none begins while the block runs."""
    name = make_url(address.url).database

    def as_role_of(url: str, statement: str) -> None:
        elsewhere = make_url(url).set(database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(elsewhere, autocommit=True) as connection:
            connection.execute(statement)

    as_role_of(address.owner_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    as_role_of(
        address.url,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' "
        "AND usename = current_user",
    )
    try:
        yield
    finally:
        as_role_of(address.owner_url, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.mark.slow
@pytest.mark.postgres
def test_workers_do_not_take_each_other_s_runs_after_an_outage(
    postgres_address: DatabaseAddress, postgres_database: Database, postgres_company: Company
) -> None:
    run_queue.upgrade(postgres_address.owner_url)
    run_id = store_long_run(postgres_database, postgres_company)
    with ExitStack() as stack:
        workers = {
            name: stack.enter_context(worker_process(postgres_address.url, name)) for name in ("one", "two")
        }
        wait_for(
            lambda: read_run(postgres_database, postgres_company, run_id).progress is not None,
            "some progress",
        )
        holder = read_run(postgres_database, postgres_company, run_id).worker
        assert holder is not None
        other = ({*workers} - {holder}).pop()
        (solver,) = solver_children(workers[holder].pid)
        with out_of_reach(postgres_address):
            # So that the other is sure to be back first, and sees a heartbeat that stood still.
            workers[holder].send_signal(signal.SIGSTOP)
            time.sleep(OUTAGE_SECONDS)
        for _ in range(2):
            wait_for_a_beat(postgres_database, other)
        run = read_run(postgres_database, postgres_company, run_id)
        assert (run.state, run.attempts, run.worker) == (RunState.RUNNING, 1, holder)
        workers[holder].send_signal(signal.SIGCONT)
        assert solver_children(workers[holder].pid) == [solver]
        with postgres_database.write(postgres_company.organisation_id) as session:
            cancel(session, run_id, actor=postgres_company.actor)
        run = ended(postgres_database, postgres_company, run_id)
    assert run.state is RunState.CANCELLED
    assert run.version_id is not None


def wait_for_a_beat(database: Database, worker: str) -> None:
    """Return when a worker has said once more that it is alive."""

    def beat_at() -> datetime:
        with database.read() as session:
            return session.get_one(WorkerHeartbeat, worker).beat_at

    before = beat_at()
    wait_for(lambda: beat_at() != before, f"a heartbeat of {worker}")
