"""A worker is alive while its heartbeat moves, whatever its clock says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.db.session import Database
from scheduler.jobs.heartbeats import FORGOTTEN_AFTER, Watch, beat, sign_off
from scheduler.jobs.models import WorkerHeartbeat
from scheduler.kernel.clock import utc_now


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def seen(records: Database, watch: Watch) -> set[str]:
    with records.read() as session:
        return watch.alive(session)


def test_a_worker_whose_heartbeat_stands_still_is_dead(database: Database, clock: Clock) -> None:
    watch = Watch(20, clock)
    with database.write() as session:
        beat(session, "one")
    assert seen(database, watch) == {"one"}
    clock.now += 19
    assert seen(database, watch) == {"one"}
    clock.now += 1
    assert seen(database, watch) == set()


def test_a_worker_that_beats_again_is_alive_again(database: Database, clock: Clock) -> None:
    watch = Watch(20, clock)
    with database.write() as session:
        beat(session, "one")
    seen(database, watch)
    clock.now += 30
    assert seen(database, watch) == set()
    with database.write() as session:
        beat(session, "one")
    assert seen(database, watch) == {"one"}


def test_a_worker_with_a_wrong_clock_is_alive_while_it_beats(database: Database, clock: Clock) -> None:
    watch = Watch(20, clock)
    for minute in range(3):
        with database.write() as session:
            behind = utc_now() - timedelta(hours=3) + timedelta(minutes=minute)
            session.merge(WorkerHeartbeat(worker="one", started_at=behind, beat_at=behind))
        assert seen(database, watch) == {"one"}
        clock.now += 15


def test_a_worker_that_signed_off_is_gone_at_once(database: Database, clock: Clock) -> None:
    watch = Watch(20, clock)
    with database.write() as session:
        beat(session, "one")
        beat(session, "two")
    assert seen(database, watch) == {"one", "two"}
    with database.write() as session:
        sign_off(session, "one")
    assert seen(database, watch) == {"two"}


def test_the_long_silent_are_forgotten(sqlite_database: Database) -> None:
    long_ago = utc_now() - FORGOTTEN_AFTER - timedelta(minutes=1)
    with sqlite_database.write() as session:
        session.add(WorkerHeartbeat(worker="old", started_at=long_ago, beat_at=long_ago))
    with sqlite_database.write() as session:
        beat(session, "new")
    with sqlite_database.read() as session:
        assert session.get(WorkerHeartbeat, "old") is None
        assert session.get(WorkerHeartbeat, "new") is not None


def test_a_worker_that_could_not_be_seen_for_a_while_has_its_whole_time_again(
    database: Database, clock: Clock
) -> None:
    watch = Watch(20, clock)
    with database.write() as session:
        beat(session, "one")
    seen(database, watch)
    clock.now += 30
    watch.look_afresh()
    assert seen(database, watch) == {"one"}
    clock.now += 20
    assert seen(database, watch) == set()
