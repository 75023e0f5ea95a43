"""Publishing makes a version immutable, tells calendars, and never lets two managers overwrite each other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Department, Location
from scheduler.people.models import Employee
from scheduler.rosters import edit
from scheduler.rosters.compliance import report
from scheduler.rosters.models import (
    CalendarEntry,
    Publication,
    Roster,
    RosterVersion,
    Shift,
    VersionState,
)
from scheduler.rosters.publish import publish
from tests.databases import DatabaseAddress
from tests.scheduler.rosters.company import MONDAY, Company, store_company

TUESDAY = MONDAY + timedelta(days=1)


def published(
    database: Database, company: Company, shifts: Sequence[Shift], monday: date = MONDAY
) -> tuple[Roster, Publication]:
    """A week with these shifts, published."""
    with database.write(company.organisation_id) as session:
        roster = company.roster(session, monday)
        company.draft(session, roster, shifts)
        revision = roster.revision
        return roster, publish(session, roster.id, expected_revision=revision, actor=company.actor)


def states(session: Session) -> list[tuple[int, VersionState]]:
    rows = session.execute(select(RosterVersion.number, RosterVersion.state).order_by(RosterVersion.number))
    return [(number, state) for number, state in rows]


def test_a_draft_becomes_the_published_version_with_its_differences(database: Database, company: Company):
    roster, publication = published(database, company, [company.shift("Ann", MONDAY)])
    with database.read(company.organisation_id) as session:
        assert states(session) == [(1, VersionState.PUBLISHED)]
        stored = session.get_one(Publication, publication.id)
        assert [added["after"]["employee"] for added in stored.changes["added"]] == ["Ann Nowak"]
        assert stored.changes["zone"] == "Europe/Warsaw"
        audit = session.scalars(select(AuditEntry).where(AuditEntry.action == "roster.publish")).one()
        assert (audit.actor, audit.subject_id, audit.facts["changes"]["added"]) == (
            company.actor,
            roster.id,
            1,
        )
        version = session.get_one(RosterVersion, stored.version_id)
        assert version.published_at == stored.published_at


def test_a_later_draft_supersedes_and_discards_the_drafts_left_behind(database: Database, company: Company):
    shift = company.shift("Ann", MONDAY)
    roster, _ = published(database, company, [shift])
    with database.write(company.organisation_id) as session:
        roster = session.get_one(Roster, roster.id)
        company.draft(session, roster, [company.shift("Cy", TUESDAY)])
        company.draft(session, roster, [company.shift("Bo", MONDAY, lineage_id=shift.lineage_id)])
        second = publish(session, roster.id, expected_revision=roster.revision, actor=company.actor)
        assert states(session) == [
            (1, VersionState.SUPERSEDED),
            (2, VersionState.DISCARDED),
            (3, VersionState.PUBLISHED),
        ]
        (given,) = second.changes["reassigned"]
        assert (given["before"]["employee"], given["after"]["employee"]) == ("Ann Nowak", "Bo Lis")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE shifts SET paid_minutes = 1",
        "DELETE FROM shifts",
        "INSERT INTO shifts SELECT * FROM shifts",
        "UPDATE roster_versions SET state = 'draft'",
        "UPDATE publications SET published_by = 'x'",
        "DELETE FROM publications",
    ],
)
def test_the_database_holds_what_was_published(database: Database, company: Company, statement: str):
    published(database, company, [company.shift("Ann", MONDAY)])
    with pytest.raises(DBAPIError), database.write(company.organisation_id) as session:
        session.execute(text(statement))


def test_a_draft_shift_cannot_be_smuggled_into_a_published_version(database: Database, company: Company):
    roster, publication = published(database, company, [company.shift("Ann", MONDAY)])
    with database.write(company.organisation_id) as session:
        shift = company.shift("Bo", MONDAY)
        company.draft(session, session.get_one(Roster, roster.id), [shift])
    with pytest.raises(DBAPIError), database.write(company.organisation_id) as session:
        session.execute(update(Shift).where(Shift.id == shift.id).values(version_id=publication.version_id))


def test_a_roster_has_one_published_version_at_most(database: Database, company: Company):
    roster, _ = published(database, company, [company.shift("Ann", MONDAY)])
    with pytest.raises(DBAPIError), database.write(company.organisation_id) as session:
        company.draft(session, session.get_one(Roster, roster.id), []).state = VersionState.PUBLISHED


def test_a_week_already_published_is_refused_until_something_changes(database: Database, company: Company):
    shift = company.shift("Ann", MONDAY)
    roster, _ = published(database, company, [shift])
    with pytest.raises(SchedulerError) as refusal, database.write(company.organisation_id) as session:
        publish(session, roster.id, expected_revision=1, actor=company.actor)
    assert (refusal.value.code, refusal.value.facts["version"]) == ("already_published", 1)
    with database.write(company.organisation_id) as session:
        edit.pin(session, roster.id, shift.lineage_id, expected_revision=1, actor=company.actor)
    with (
        pytest.raises(SchedulerError, match="already_published"),
        database.write(company.organisation_id) as session,
    ):
        publish(session, roster.id, expected_revision=2, actor=company.actor)


def test_there_must_be_something_to_publish(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
    for _ in range(2):
        with (
            pytest.raises(SchedulerError, match="nothing_to_publish"),
            database.write(company.organisation_id) as session,
        ):
            publish(session, roster.id, expected_revision=0, actor=company.actor)
        with database.write(company.organisation_id) as session:
            company.draft(session, session.get_one(Roster, roster.id), [])


def test_a_whole_week_can_be_withdrawn(database: Database, company: Company):
    roster, _ = published(database, company, [company.shift("Ann", MONDAY)])
    with database.write(company.organisation_id) as session:
        company.draft(session, session.get_one(Roster, roster.id), [])
        publication = publish(session, roster.id, expected_revision=1, actor=company.actor)
        assert len(publication.changes["removed"]) == 1
        assert [entry.cancelled for entry in session.scalars(select(CalendarEntry))] == [True]


def test_what_breaks_the_law_is_refused_and_changes_nothing(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
        version = company.draft(
            session, roster, [company.shift("Ann", MONDAY, 14, 22), company.shift("Ann", TUESDAY, 6, 14)]
        )
        found = {finding.parameter for finding in report(session, version.id).findings}
        assert found == {"pl.daily_rest.min", "pl.doba"}
    with pytest.raises(SchedulerError) as refusal, database.write(company.organisation_id) as session:
        publish(session, roster.id, expected_revision=0, actor=company.actor)
    assert refusal.value.code == "breaks_hard_rules"
    told = {(finding["employee_name"], finding["citation"]) for finding in refusal.value.facts["findings"]}
    assert ("Ann Nowak", "Kodeks pracy, art. 132 par. 1") in told
    with database.read(company.organisation_id) as session:
        assert states(session) == [(1, VersionState.DRAFT)]
        assert session.get_one(Roster, roster.id).revision == 0
        assert session.scalars(select(CalendarEntry)).all() == []


def test_missing_people_do_not_stop_publishing_but_stay_on_record(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        company.cover(session, [MONDAY], 8, 16, 2)
    _, publication = published(database, company, [company.shift("Ann", MONDAY), company.shift(None, MONDAY)])
    (missing,) = publication.overridden
    assert (missing["rule"], missing["name"], missing["short_by"]) == ("coverage", "below_minimum", 480)


def test_late_notice_is_noted_with_the_people_and_the_article(database: Database, company: Company):
    soon = date(2026, 11, 9)
    shifts = [company.shift("Ann", soon + timedelta(3)), company.shift("Bo", soon + timedelta(2))]
    _, publication = published(database, company, shifts, soon)
    (note,) = [note for note in publication.notes if note["code"] == "PL.SCHEDULE_NOTICE_7D"]
    assert note["people"] == ["Ann Nowak", "Bo Lis"]
    assert note["text"].startswith("The first work, on 2026-11-11, is made known 1 days before")
    assert note["citation"] == "Kodeks pracy, art. 129 par. 3"


def test_in_time_no_notice_is_late(database: Database, company: Company):
    _, publication = published(database, company, [company.shift("Ann", MONDAY)])
    assert "PL.SCHEDULE_NOTICE_7D" not in [note["code"] for note in publication.notes]


def test_a_place_without_a_rule_pack_is_published_with_a_plain_note(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        session.get_one(Location, company.location.id).jurisdiction = "us-ca"
    _, publication = published(database, company, [company.shift("Ann", MONDAY)])
    assert [note["text"] for note in publication.notes if note["code"] == "no_rule_pack"] == [
        "No rule pack for 'us-ca' yet: this roster was not checked against the law of this place."
    ]


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
        second = publish(session, roster.id, expected_revision=1, actor=company.actor)
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
            publish(session, roster.id, expected_revision=revision, actor=company.actor)
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
        publication = publish(session, roster.id, expected_revision=1, actor=company.actor)
        assert len(publication.changes["reassigned"]) == 2
        assert len(publication.changes["moved"]) == 1


def other_location(session: Session, company: Company) -> tuple[Location, Department]:
    location = Location(
        code="X", name="Other", zone="Europe/Warsaw", jurisdiction="ph", currency="PLN", hours=[]
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
            publish(session, roster.id, expected_revision=0, actor=company.actor)

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
            publish(session, roster.id, expected_revision=0, actor=company.actor)

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
            publish(session, there.id, expected_revision=0, actor=company.actor)

    with ThreadPoolExecutor(1) as pool:
        with database.write(company.organisation_id) as session:
            publish(session, here.id, expected_revision=0, actor=company.actor)
            later = pool.submit(publish_there)
            with pytest.raises(TimeoutError):
                later.result(timeout=1)
        with pytest.raises(SchedulerError, match="overlapping_shifts"):
            later.result(timeout=30)
    with database.read(company.organisation_id) as session:
        assert len(session.scalars(select(CalendarEntry)).all()) == 1
    database.dispose()
