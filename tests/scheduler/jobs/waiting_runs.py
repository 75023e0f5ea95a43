"""Runs to work on, for tests."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session, undefer

from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.rosters.models import Run
from tests.scheduler.rosters.company import Company, hire, week


def store_run(records: Database, company: Company, *, minimum: int = 2) -> UUID:
    """A waiting run for the company's roster, whose weekdays want so many pickers from 8 to 16."""
    with records.write(company.organisation_id) as session:
        company.cover(session, week()[:5], 8, 16, minimum)
        return wait(session, company, seconds=3)


def store_long_run(records: Database, company: Company) -> UUID:
    """A waiting run with so many people and possible shifts that no proof ends it early."""
    with records.write(company.organisation_id) as session:
        template = session.merge(company.shifts_by_code["DAY"])
        template.earliest_start_minute, template.latest_start_minute = 5 * 60, 16 * 60
        template.shortest_minutes, template.longest_minutes = 4 * 60, 9 * 60
        template.start_step_minutes = template.length_step_minutes = 15
        for number in range(100, 130):
            hire(session, company, f"E{number}", f"Person No{number}")
        for start in range(6, 22, 2):
            company.cover(session, week(), start, start + 2, 4 + start % 5, 7 + start % 7)
        return wait(session, company, seconds=120)


def wait(session: Session, company: Company, seconds: int) -> UUID:
    """Ask for a run of so many seconds."""
    run = Run(
        roster_id=company.roster(session).id,
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
