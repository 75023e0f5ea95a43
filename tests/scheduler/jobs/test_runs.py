"""Looking at a run, and cancelling it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.jobs.heartbeats import beat
from scheduler.jobs.leases import claim, end
from scheduler.jobs.runs import cancel, progress, run_of
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.rosters.models import RunState
from tests.scheduler.jobs.waiting_runs import read_run, store_run
from tests.scheduler.rosters.company import Company, store_company


def test_cancelling_a_waiting_run_ends_it_at_once(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    with database.write(company.organisation_id) as session:
        assert cancel(session, run_id, actor=company.actor).state is RunState.CANCELLED
    with database.write() as session:
        assert claim(session, run_id, "one") is None
    with database.read(company.organisation_id) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "run.cancel")).one()
        assert (entry.actor, entry.subject_id, entry.facts) == (company.actor, run_id, {"state": "queued"})


def test_cancelling_a_run_at_work_asks_its_worker(sqlite_database: Database, lite_company: Company) -> None:
    run_id = store_run(sqlite_database, lite_company)
    with sqlite_database.write() as session:
        claim(session, run_id, "one")
    for _ in range(2):
        with sqlite_database.write(lite_company.organisation_id) as session:
            assert cancel(session, run_id, actor=lite_company.actor).state is RunState.CANCELLING
    assert read_run(sqlite_database, lite_company, run_id).ended_at is None


@pytest.mark.parametrize("state", [RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED])
def test_a_finished_run_cannot_be_cancelled(
    sqlite_database: Database, lite_company: Company, state: RunState
) -> None:
    run_id = store_run(sqlite_database, lite_company)
    with sqlite_database.write(lite_company.organisation_id) as session:
        end(run_of(session, run_id), state)
    with (
        sqlite_database.write(lite_company.organisation_id) as session,
        pytest.raises(SchedulerError, match="run_finished") as refused,
    ):
        cancel(session, run_id, actor=lite_company.actor)
    assert refused.value.facts == {"run_id": str(run_id), "state": state.value}


def test_the_run_of_another_organisation_is_not_found(database: Database, company: Company) -> None:
    run_id = store_run(database, company)
    other = store_company(database, slug="other-company")
    with database.write(other.organisation_id) as session:
        with pytest.raises(SchedulerError, match="run_not_found"):
            progress(session, run_id)
        with pytest.raises(SchedulerError, match="run_not_found"):
            cancel(session, run_id, actor=other.actor)
        with pytest.raises(SchedulerError, match="run_not_found"):
            progress(session, new_id())
    assert read_run(database, company, run_id).state is RunState.QUEUED


def test_a_waiting_run_says_how_many_are_ahead_and_whether_anybody_works(
    database: Database, company: Company
) -> None:
    other = store_company(database, slug="other-company")
    first, second = store_run(database, company), store_run(database, other)
    with database.read(other.organisation_id) as session:
        waiting = progress(session, second)
    assert (waiting.state, waiting.ahead, waiting.workers) == (RunState.QUEUED, 1, 0)
    assert not waiting.finished
    with database.write() as session:
        beat(session, "one")
        claim(session, first, "one")
    with database.read(company.organisation_id) as session:
        running = progress(session, first)
    assert (running.state, running.ahead, running.workers) == (RunState.RUNNING, 0, 1)
