"""Runs to work on, for tests."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import undefer

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.rosters.models import Run
from tests.scheduler.rosters.company import Company, week


def store_run(records: Database, company: Company, *, minimum: int = 2, seconds: int = 3) -> UUID:
    """A waiting run for the company's roster, whose days want so many pickers from 8 to 16."""
    with records.write(company.organisation_id) as session:
        roster = company.roster(session)
        company.cover(session, week()[:5], 8, 16, minimum)
        run = Run(
            roster_id=roster.id,
            seed=1,
            seconds=seconds,
            requested_by=company.actor,
            requested_at=utc_now(),
        )
        session.add(run)
        session.flush()
        return run.id


def read_run(records: Database, company: Company, run_id: UUID) -> Run:
    """The run as it is now, detached."""
    with records.read(company.organisation_id) as session:
        run = session.get_one(Run, run_id, options=[undefer(Run.snapshot)])
        session.expunge(run)
        return run
