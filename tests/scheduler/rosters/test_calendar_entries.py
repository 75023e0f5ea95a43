"""Calendar entries keep their identity for life and count only changes that somebody sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry, Roster
from scheduler.rosters.publish import publish
from tests.scheduler.rosters.company import MONDAY, WHY, Company, published

TUESDAY = MONDAY + timedelta(days=1)


def entries(session: Session) -> dict[tuple[str, bool], tuple[Any, ...]]:
    rows = session.execute(
        select(CalendarEntry, Employee).join(Employee, CalendarEntry.employee_id == Employee.id)
    )
    return {
        (person.first_name, entry.cancelled): (entry.id, entry.sequence, entry.stamped_at, entry.starts_at)
        for entry, person in rows
    }


def test_calendar_entries_keep_their_id_and_count_only_visible_changes(database: Database, company: Company):
    kept, moved, given = (company.shift(who, MONDAY) for who in ("Ann", "Bo", "Cy"))
    roster, first = published(database, company, [kept, moved, given])
    with database.read(company.organisation_id) as session:
        before = entries(session)
        assert {key: value[1] for key, value in before.items()} == {
            ("Ann", False): 0,
            ("Bo", False): 0,
            ("Cy", False): 0,
        }
    with database.write(company.organisation_id) as session:
        company.draft(
            session,
            session.get_one(Roster, roster.id),
            [
                company.shift("Ann", MONDAY, lineage_id=kept.lineage_id, pinned=True),
                company.shift("Bo", MONDAY, 9, 17, lineage_id=moved.lineage_id),
                company.shift("Di", MONDAY, lineage_id=given.lineage_id),
            ],
        )
        second = publish(session, roster.id, expected_revision=1, actor=company.actor, why=WHY)
        after = entries(session)
    assert after["Ann", False] == before["Ann", False]
    assert after["Bo", False][:3] == (before["Bo", False][0], 1, second.published_at)
    assert after["Bo", False][3] == company.at(MONDAY, 9)
    assert after["Cy", True][:3] == (before["Cy", False][0], 1, second.published_at)
    assert after["Di", False][1:3] == (0, second.published_at)
    assert first.published_at < second.published_at


def test_a_withdrawn_shift_that_comes_back_is_the_same_event_again(database: Database, company: Company):
    shift = company.shift("Ann", MONDAY)
    roster, _ = published(database, company, [shift])
    with database.read(company.organisation_id) as session:
        uid = entries(session)["Ann", False][0]
    for revision, shifts in ((1, []), (2, [company.shift("Ann", MONDAY, lineage_id=shift.lineage_id)])):
        with database.write(company.organisation_id) as session:
            company.draft(session, session.get_one(Roster, roster.id), shifts)
            publish(session, roster.id, expected_revision=revision, actor=company.actor, why=WHY)
    with database.read(company.organisation_id) as session:
        assert entries(session)["Ann", False][:2] == (uid, 2)


def test_two_people_can_exchange_shifts_and_one_person_the_times_of_two(database: Database, company: Company):
    ann, bo = company.shift("Ann", MONDAY), company.shift("Bo", MONDAY, 10, 18)
    later = company.shift("Ann", TUESDAY)
    roster, _ = published(database, company, [ann, bo, later])
    with database.write(company.organisation_id) as session:
        company.draft(
            session,
            session.get_one(Roster, roster.id),
            [
                company.shift("Bo", MONDAY, lineage_id=ann.lineage_id),
                company.shift("Ann", MONDAY, 10, 18, lineage_id=later.lineage_id),
                company.shift("Ann", TUESDAY, 10, 18, lineage_id=bo.lineage_id),
            ],
        )
        publication = publish(session, roster.id, expected_revision=1, actor=company.actor, why=WHY)
        assert len(publication.changes["reassigned"]) == 2
        assert len(publication.changes["moved"]) == 1
