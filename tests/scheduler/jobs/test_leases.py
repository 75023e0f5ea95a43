"""One worker holds a run at a time, and whoever lost it writes nothing."""

from __future__ import annotations

from uuid import UUID

import pytest

from scheduler.db.session import Database
from scheduler.jobs.leases import (
    MAX_ATTEMPTS,
    Lease,
    LeaseLost,
    claim,
    give_back,
    held_run,
    take_from_the_dead,
    unfinished,
)
from scheduler.jobs.runs import cancel
from scheduler.rosters.models import RunState
from tests.scheduler.jobs.waiting_runs import read_run, store_run
from tests.scheduler.rosters.company import Company, store_company


def claimed(records: Database, run_id: UUID, worker: str) -> Lease:
    with records.write() as session:
        lease = claim(session, run_id, worker)
    assert lease is not None
    return lease


def test_only_the_first_worker_gets_a_waiting_run(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    lease = claimed(database, run_id, "one")
    assert lease == Lease(run_id, company.organisation_id, "one", 1)
    with database.write() as session:
        assert claim(session, run_id, "two") is None
    run = read_run(database, company, run_id)
    assert (run.state, run.worker, run.attempts) == (RunState.RUNNING, "one", 1)
    assert run.started_at is not None


def test_a_worker_that_lost_its_run_cannot_write_its_outcome(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    first = claimed(database, run_id, "one")
    with database.write(company.organisation_id) as session:
        assert take_from_the_dead(session, first) is RunState.QUEUED
    second = claimed(database, run_id, "one")  # even under the same name
    assert second.attempt == 2
    with database.write(company.organisation_id) as session, pytest.raises(LeaseLost):
        held_run(session, first)
    with database.write(company.organisation_id) as session:
        assert held_run(session, second).attempts == 2


def test_a_run_is_taken_from_a_dead_worker_only_once(database: Database, company: Company) -> None:
    lease = claimed(database, store_run(database, company), "one")
    with database.write(company.organisation_id) as session:
        take_from_the_dead(session, lease)
    with database.write(company.organisation_id) as session, pytest.raises(LeaseLost):
        take_from_the_dead(session, lease)


def test_a_run_whose_workers_keep_dying_fails_and_says_so(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        lease = claimed(database, run_id, f"worker {attempt}")
        with database.write(company.organisation_id) as session:
            take_from_the_dead(session, lease)
    run = read_run(database, company, run_id)
    assert run.state is RunState.FAILED
    assert run.error is not None
    assert f"{MAX_ATTEMPTS} times" in run.error
    assert run.ended_at is not None


def test_a_run_being_cancelled_ends_when_its_worker_dies(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    lease = claimed(database, run_id, "one")
    with database.write(company.organisation_id) as session:
        cancel(session, run_id, actor=company.actor)
    with database.write(company.organisation_id) as session:
        assert take_from_the_dead(session, lease) is RunState.CANCELLED


def test_stopping_a_worker_does_not_count_as_an_attempt(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    lease = claimed(database, run_id, "one")
    with database.write(company.organisation_id) as session:
        give_back(session, lease)
    run = read_run(database, company, run_id)
    assert (run.state, run.attempts, run.worker) == (RunState.QUEUED, 0, None)


def test_workers_see_the_runs_of_every_organisation(database: Database, company: Company) -> None:
    other = store_company(database, slug="other-company")
    first, second = store_run(database, company), store_run(database, other)
    with database.read() as session:
        assert unfinished(session) == ([first, second], [])
    lease = claimed(database, second, "one")
    assert lease.organisation_id == other.organisation_id
    with database.read() as session:
        assert unfinished(session) == ([first], [lease])
