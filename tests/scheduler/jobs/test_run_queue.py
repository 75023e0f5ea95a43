"""The queue delivers what waits, once, and delivers again what went to the dead."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest

from scheduler.jobs import run_queue
from scheduler.jobs.run_queue import QueueNotReady, RunQueue
from scheduler.kernel.ids import new_id
from tests.databases import DatabaseAddress

POLL_SECONDS = 0.1


@contextmanager
def started(url: str, worker: str, work_on: Callable[[UUID], None]) -> Iterator[RunQueue]:
    runs = RunQueue(url, worker, work_on, POLL_SECONDS)
    runs.start()
    try:
        yield runs
    finally:
        runs.stop()


@pytest.fixture
def url(database_address: DatabaseAddress) -> str:
    run_queue.upgrade(database_address.owner_url)
    return database_address.url


def test_a_waiting_run_is_delivered_once_however_often_it_is_offered(url: str) -> None:
    delivered: queue.SimpleQueue[UUID] = queue.SimpleQueue()
    run_id = new_id()

    def work_on(delivered_id: UUID) -> None:
        delivered.put(delivered_id)
        time.sleep(1.0)

    with started(url, "one", work_on) as runs:
        for _ in range(3):
            runs.offer([run_id], {"one"})
        assert delivered.get(timeout=10) == run_id
        runs.offer([run_id], {"one"})
        time.sleep(0.5)
        assert delivered.empty()


def test_one_run_at_a_time_is_delivered_to_a_worker(sqlite_address: DatabaseAddress) -> None:
    at_work = []
    most = []
    done: queue.SimpleQueue[UUID] = queue.SimpleQueue()

    def work_on(run_id: UUID) -> None:
        at_work.append(run_id)
        most.append(len(at_work))
        time.sleep(0.3)
        at_work.remove(run_id)
        done.put(run_id)

    first, second = new_id(), new_id()
    with started(sqlite_address.url, "one", work_on) as runs:
        runs.offer([first, second], {"one"})
        assert {done.get(timeout=10), done.get(timeout=10)} == {first, second}
    assert most == [1, 1]


def test_a_delivery_that_failed_is_made_again(sqlite_address: DatabaseAddress) -> None:
    delivered: queue.SimpleQueue[int] = queue.SimpleQueue()
    times = 0
    run_id = new_id()

    def work_on(_run_id: UUID) -> None:
        nonlocal times
        times += 1
        delivered.put(times)
        if times == 1:
            raise RuntimeError("the database went away")

    with started(sqlite_address.url, "one", work_on) as runs:
        runs.offer([run_id], {"one"})
        assert delivered.get(timeout=10) == 1
        while delivered.empty():
            runs.offer([run_id], {"one"})
            time.sleep(0.05)
        assert delivered.get() == 2


def test_a_worker_on_postgresql_says_what_is_missing_before_the_queue_is_migrated(
    postgres_address: DatabaseAddress,
) -> None:
    runs = RunQueue(postgres_address.url, "one", lambda _run_id: None, POLL_SECONDS)
    with pytest.raises(QueueNotReady, match="makina migrate"):
        runs.start()


def test_migrating_the_queue_twice_changes_nothing(database_address: DatabaseAddress) -> None:
    run_queue.upgrade(database_address.owner_url)
    run_queue.upgrade(database_address.owner_url)
