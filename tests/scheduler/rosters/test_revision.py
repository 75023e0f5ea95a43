"""Two managers never overwrite each other."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest

from scheduler.audit.record import record
from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.revision import advance
from tests.scheduler.rosters.company import Company


def test_a_stale_revision_is_refused_with_who_and_when(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
    with database.write(company.organisation_id) as session:
        assert advance(session, roster.id, 0).revision == 1
        record(session, company.actor, "roster.move", "roster", roster.id)
    with pytest.raises(SchedulerError) as refusal, database.write(company.organisation_id) as session:
        advance(session, roster.id, 0)
    facts = refusal.value.facts
    assert refusal.value.code == "roster_changed"
    assert (facts["revision"], facts["changed_by"], facts["change"]) == (1, "Ewa Manager", "roster.move")
    assert facts["changed_at"].endswith("+00:00")
    with database.read(company.organisation_id) as session:
        assert company.roster(session).revision == 1


def test_of_many_writers_with_one_revision_one_wins(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
    outcomes: list[str] = []
    gate = threading.Barrier(4)

    def write() -> None:
        gate.wait()
        try:
            with database.write(company.organisation_id) as session:
                advance(session, roster.id, 0)
            outcomes.append("written")
        except SchedulerError as refusal:
            outcomes.append(refusal.code)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(outcomes) == ["roster_changed"] * 3 + ["written"]


def test_a_run_advances_whatever_the_revision_is(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
        assert advance(session, roster.id, None).revision == 1
        assert advance(session, roster.id, None).revision == 2
    with (
        pytest.raises(SchedulerError, match="roster_not_found"),
        database.write(company.organisation_id) as session,
    ):
        advance(session, uuid4(), None)
