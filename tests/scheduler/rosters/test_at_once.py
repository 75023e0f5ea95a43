"""Managers who act at the same moment never overwrite each other, and nobody is put in two places."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Department, Location
from scheduler.people.models import Employee
from scheduler.rosters import edit
from scheduler.rosters.models import CalendarEntry, Publication, Roster, VersionState
from scheduler.rosters.publish import publish
from tests.databases import DatabaseAddress
from tests.scheduler.rosters.company import MONDAY, WHY, Company, published, states, store_company


def other_location(session: Session, company: Company) -> tuple[Location, Department]:
    location = Location(
        code="X", name="Other", zone="Europe/Warsaw", jurisdiction="br", currency="PLN", hours=[]
    )
    session.add(location)
    session.flush()
    department = Department(location_id=location.id, code="X", name="X")
    session.add(department)
    session.flush()
    return location, department


def test_a_shift_over_work_published_elsewhere_is_refused(database: Database, company: Company):
    published(database, company, [company.shift("Ann", MONDAY)])
    with database.write(company.organisation_id) as session:
        location, department = other_location(session, company)
        session.get_one(Employee, company.people["Ann"].id).location_id = location.id
        company.location = location
    with pytest.raises(SchedulerError) as refusal:
        published(database, company, [company.shift("Ann", MONDAY, 12, 20, department=department)])
    assert "no_overlap" in [violation["rule"] for violation in refusal.value.facts["violations"]]


def test_the_database_refuses_overlapping_published_shifts(database: Database, company: Company):
    """As when two managers publish at once, and neither can see the other's shifts yet."""
    published(database, company, [company.shift("Ann", MONDAY)])

    def overlap() -> None:
        with database.write(company.organisation_id) as session:
            entry = session.scalars(select(CalendarEntry)).one()
            shift = company.shift("Ann", MONDAY, 12, 20)
            company.draft(session, session.get_one(Roster, entry.roster_id), [shift])
            session.add(
                CalendarEntry(
                    employee_id=entry.employee_id,
                    lineage_id=shift.lineage_id,
                    roster_id=entry.roster_id,
                    shift_id=shift.id,
                    starts_at=shift.starts_at,
                    ends_at=shift.ends_at,
                    summary="",
                    place="",
                    description="",
                    stamped_at=entry.stamped_at,
                )
            )

    with pytest.raises(DBAPIError, match="overlap"):
        overlap()


def at_once(*actions: Any) -> list[str]:
    """What came of actions that start together: ``done`` or the code of the refusal."""
    outcomes: list[str] = []
    gate = threading.Barrier(len(actions))

    def run(action: Any) -> None:
        gate.wait()
        try:
            action()
            outcomes.append("done")
        except SchedulerError as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_managers_who_publish_at_once_one_is_refused(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
        company.draft(session, roster, [company.shift("Ann", MONDAY)])

    def go() -> None:
        with database.write(company.organisation_id) as session:
            publish(session, roster.id, expected_revision=0, actor=company.actor, why=WHY)

    refused, done = sorted(at_once(go, go), reverse=True)
    assert (refused in ("roster_changed", "roster_busy"), done) == (True, "done")
    with database.read(company.organisation_id) as session:
        assert states(session) == [(1, VersionState.PUBLISHED)]
        assert len(session.scalars(select(Publication)).all()) == 1


def test_an_edit_and_a_publication_at_once_never_mix(database: Database, company: Company):
    shift = company.shift("Ann", MONDAY)
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
        company.draft(session, roster, [shift])

    def go() -> None:
        with database.write(company.organisation_id) as session:
            publish(session, roster.id, expected_revision=0, actor=company.actor, why=WHY)

    def give_to_bo() -> None:
        with database.write(company.organisation_id) as session:
            edit.assign(
                session,
                roster.id,
                shift.lineage_id,
                company.people["Bo"].id,
                expected_revision=0,
                actor=company.actor,
            )

    assert at_once(go, give_to_bo) == ["done", "roster_changed"]


@pytest.mark.postgres
def test_two_locations_that_publish_the_same_person_at_once_are_told(postgres_address: DatabaseAddress):
    """The person changes the location while the old one is publishing: neither sees the other's shifts."""
    database = Database(postgres_address.url)
    company = store_company(database)
    with database.write(company.organisation_id) as session:
        here = company.roster(session)
        company.draft(session, here, [company.shift("Ann", MONDAY)])
        company.location, department = other_location(session, company)
        there = company.roster(session)
        company.draft(session, there, [company.shift("Ann", MONDAY, 12, 20, department=department)])

    def publish_there() -> None:
        with database.write(company.organisation_id) as session:
            session.get_one(Employee, company.people["Ann"].id).location_id = company.location.id
        with database.write(company.organisation_id) as session:
            publish(session, there.id, expected_revision=0, actor=company.actor, why=WHY)

    with ThreadPoolExecutor(1) as pool:
        with database.write(company.organisation_id) as session:
            publish(session, here.id, expected_revision=0, actor=company.actor, why=WHY)
            later = pool.submit(publish_there)
            with pytest.raises(TimeoutError):
                later.result(timeout=1)
        with pytest.raises(SchedulerError, match="overlapping_shifts"):
            later.result(timeout=30)
    with database.read(company.organisation_id) as session:
        assert len(session.scalars(select(CalendarEntry)).all()) == 1
    database.dispose()


def test_a_week_opened_by_two_at_once_is_one_roster(database: Database, company: Company):
    found: list[UUID] = []
    gate = threading.Barrier(2)

    def open_week() -> None:
        gate.wait()
        with database.write(company.organisation_id) as session:
            found.append(company.roster(session).id)

    threads = [threading.Thread(target=open_week) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert found[0] == found[1]


@pytest.mark.postgres
def test_a_week_opened_meanwhile_by_somebody_else_is_given(postgres_address: DatabaseAddress):
    """The second one has looked before the first one committed, and finds the roster on writing its own."""
    database = Database(postgres_address.url)
    company = store_company(database)

    def open_week() -> UUID:
        with database.write(company.organisation_id) as session:
            return company.roster(session).id

    with ThreadPoolExecutor(1) as pool:
        with database.write(company.organisation_id) as session:
            first = company.roster(session).id
            later = pool.submit(open_week)
            with pytest.raises(TimeoutError):
                later.result(timeout=1)
        assert later.result(timeout=30) == first
    database.dispose()
