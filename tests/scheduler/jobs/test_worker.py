"""A run that is asked for ends once, whatever happens to the workers."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import UUID

import pytest
from sqlalchemy import select

from scheduler.db.session import Database
from scheduler.jobs import run_queue
from scheduler.jobs.runs import cancel
from scheduler.jobs.worker import Worker
from scheduler.rosters.models import RosterVersion, Run, RunState
from solver.problem import Problem
from tests.databases import DatabaseAddress
from tests.scheduler.jobs.waiting_runs import read_run, store_long_run, store_run
from tests.scheduler.jobs.worker_process import hurried, is_alive, solver_children, worker_process
from tests.scheduler.rosters.company import MONDAY, Company, store_company

PATIENCE_SECONDS = 60.0


@contextmanager
def working(url: str, name: str = "here") -> Iterator[Worker]:
    """A worker in this process."""
    worker = hurried(url, name)
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def wait_for(condition: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def ended(records: Database, company: Company, run_id: UUID) -> Run:
    """The run once it has ended."""
    wait_for(
        lambda: read_run(records, company, run_id).ended_at is not None,
        f"the end of the run, now {read_run(records, company, run_id).state}",
    )
    return read_run(records, company, run_id)


def versions_made_by(records: Database, company: Company, run_id: UUID) -> list[UUID]:
    with records.read(company.organisation_id) as session:
        return list(session.scalars(select(RosterVersion.id).where(RosterVersion.run_id == run_id)))


@pytest.fixture
def with_queue(database_address: DatabaseAddress) -> DatabaseAddress:
    """A database whose queue is migrated."""
    run_queue.upgrade(database_address.owner_url)
    return database_address


def test_a_run_becomes_one_draft_with_its_snapshot_and_progress(
    with_queue: DatabaseAddress, database: Database, company: Company
) -> None:
    run_id = store_run(database, company)
    with working(with_queue.url):
        run = ended(database, company, run_id)
    assert (run.state, run.error, run.attempts, run.worker) == (RunState.SUCCEEDED, None, 1, "here")
    assert versions_made_by(database, company, run_id) == [run.version_id]
    assert run.snapshot is not None
    problem = gzip.decompress(run.snapshot)
    assert hashlib.sha256(problem).hexdigest() == run.snapshot_sha256
    assert len(Problem.from_json(json.loads(problem)).employees) == len(company.people)
    assert run.solver is not None
    assert run.solver["score"]["hard"] == 0
    assert "ortools" in run.solver["versions"]
    assert run.progress is not None
    assert run.progress["objective"][0] == run.solver["score"]["mandatory"]
    assert run.progress["open_minutes"] == 0
    assert run.trace[-1] == run.progress


def test_a_killed_worker_s_run_is_finished_once_by_another(
    postgres_address: DatabaseAddress, postgres_database: Database, postgres_company: Company
) -> None:
    run_queue.upgrade(postgres_address.owner_url)
    with ExitStack() as stack:
        workers = {
            name: stack.enter_context(worker_process(postgres_address.url, name)) for name in ("one", "two")
        }
        run_id = store_run(postgres_database, postgres_company)

        def holder() -> str | None:
            return read_run(postgres_database, postgres_company, run_id).worker

        wait_for(lambda: holder() is not None, "a worker to take the run")
        victim = holder()
        assert victim is not None
        process = workers[victim]
        wait_for(lambda: bool(solver_children(process.pid)), "its solver to start")
        child = solver_children(process.pid)[0]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        wait_for(lambda: not is_alive(child), "its solver to die with it", seconds=2.0)
        run = ended(postgres_database, postgres_company, run_id)
    assert (run.state, run.attempts) == (RunState.SUCCEEDED, 2)
    assert run.worker == ({"one", "two"} - {victim}).pop()
    assert versions_made_by(postgres_database, postgres_company, run_id) == [run.version_id]


def test_a_killed_process_on_sqlite_finishes_its_run_once_when_it_starts_again(
    sqlite_address: DatabaseAddress, sqlite_database: Database, lite_company: Company
) -> None:
    run_id = store_run(sqlite_database, lite_company)
    with worker_process(sqlite_address.url, "first life") as process:
        wait_for(lambda: bool(solver_children(process.pid)), "the solver to start")
        child = solver_children(process.pid)[0]
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    wait_for(lambda: not is_alive(child), "the solver to die with it", seconds=2.0)
    assert read_run(sqlite_database, lite_company, run_id).state is RunState.RUNNING
    with working(sqlite_address.url, "second life"):
        run = ended(sqlite_database, lite_company, run_id)
    assert (run.state, run.attempts, run.worker) == (RunState.SUCCEEDED, 2, "second life")
    assert versions_made_by(sqlite_database, lite_company, run_id) == [run.version_id]


def test_cancelling_a_run_at_work_keeps_the_best_roster_so_far(
    sqlite_address: DatabaseAddress, sqlite_database: Database, lite_company: Company
) -> None:
    run_id = store_long_run(sqlite_database, lite_company)

    def has_roster() -> bool:
        progress = read_run(sqlite_database, lite_company, run_id).progress
        return progress is not None and progress["objective"] is not None

    with working(sqlite_address.url):
        wait_for(has_roster, "a first roster")
        with sqlite_database.write(lite_company.organisation_id) as session:
            cancel(session, run_id, actor=lite_company.actor)
        run = ended(sqlite_database, lite_company, run_id)
    assert (run.state, run.error) == (RunState.CANCELLED, None)
    assert run.solver is not None
    assert run.solver["seconds"] < run.seconds / 2
    assert versions_made_by(sqlite_database, lite_company, run_id) == [run.version_id]


def test_a_stopped_worker_puts_its_run_back_and_ends_its_solver(
    sqlite_address: DatabaseAddress, sqlite_database: Database, lite_company: Company
) -> None:
    run_id = store_long_run(sqlite_database, lite_company)
    with working(sqlite_address.url):
        wait_for(lambda: bool(solver_children(os.getpid())), "the solver to start")
    assert solver_children(os.getpid()) == []
    run = read_run(sqlite_database, lite_company, run_id)
    assert (run.state, run.attempts, run.worker) == (RunState.QUEUED, 0, None)


def test_runs_without_people_leave_all_open_and_contradictory_pins_fail_with_the_reason(
    sqlite_address: DatabaseAddress, sqlite_database: Database, lite_company: Company
) -> None:
    nobody = store_company(sqlite_database, people=(), slug="nobody")
    empty = store_run(sqlite_database, nobody, minimum=2)
    pinned = store_run(sqlite_database, lite_company)
    with sqlite_database.write(lite_company.organisation_id) as session:
        shifts = [
            lite_company.shift("Ann", MONDAY, 8, 16, pinned=True),
            lite_company.shift("Ann", MONDAY, 12, 20, pinned=True),
        ]
        lite_company.draft(session, lite_company.roster(session), shifts)
    with working(sqlite_address.url):
        run = ended(sqlite_database, nobody, empty)
        clash = ended(sqlite_database, lite_company, pinned)
    assert run.state is RunState.SUCCEEDED
    assert run.progress is not None
    assert run.progress["open_minutes"] == 5 * 2 * 8 * 60
    assert (clash.state, clash.version_id) == (RunState.FAILED, None)
    assert clash.error is not None
    assert "cannot all hold" in clash.error
    assert clash.snapshot is not None
    assert clash.solver is not None
    assert (clash.solver["status"], clash.solver["score"]) == ("infeasible", None)


def test_a_second_worker_on_sqlite_stands_by_and_takes_over(
    sqlite_address: DatabaseAddress, sqlite_database: Database, lite_company: Company
) -> None:
    first, second = hurried(sqlite_address.url, "first"), hurried(sqlite_address.url, "second")
    assert first.start() is True
    assert second.start() is False
    first.stop()
    run_id = store_run(sqlite_database, lite_company)
    run = ended(sqlite_database, lite_company, run_id)
    second.stop()
    assert (run.state, run.worker) == (RunState.SUCCEEDED, "second")
