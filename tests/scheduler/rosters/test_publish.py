"""Publishing makes a version immutable, tells calendars, and never lets two managers overwrite each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Location
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
from tests.scheduler.rosters.company import MONDAY, WHY, Company, published, states

TUESDAY = MONDAY + timedelta(days=1)


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
        second = publish(session, roster.id, expected_revision=roster.revision, actor=company.actor, why=WHY)
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
        publish(session, roster.id, expected_revision=1, actor=company.actor, why=WHY)
    assert (refusal.value.code, refusal.value.facts["version"]) == ("already_published", 1)
    with database.write(company.organisation_id) as session:
        edit.pin(session, roster.id, shift.lineage_id, expected_revision=1, actor=company.actor)
    with (
        pytest.raises(SchedulerError, match="already_published"),
        database.write(company.organisation_id) as session,
    ):
        publish(session, roster.id, expected_revision=2, actor=company.actor, why=WHY)


def test_there_must_be_something_to_publish(database: Database, company: Company):
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
    for _ in range(2):
        with (
            pytest.raises(SchedulerError, match="nothing_to_publish"),
            database.write(company.organisation_id) as session,
        ):
            publish(session, roster.id, expected_revision=0, actor=company.actor, why=WHY)
        with database.write(company.organisation_id) as session:
            company.draft(session, session.get_one(Roster, roster.id), [])


def test_a_whole_week_can_be_withdrawn(database: Database, company: Company):
    roster, _ = published(database, company, [company.shift("Ann", MONDAY)])
    with database.write(company.organisation_id) as session:
        company.draft(session, session.get_one(Roster, roster.id), [])
        publication = publish(session, roster.id, expected_revision=1, actor=company.actor, why=WHY)
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
        publish(session, roster.id, expected_revision=0, actor=company.actor, why=WHY)
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
        session.get_one(Location, company.location.id).jurisdiction = "br"
    _, publication = published(database, company, [company.shift("Ann", MONDAY)])
    assert [note["text"] for note in publication.notes if note["code"] == "no_rule_pack"] == [
        "No rule pack for 'br' yet: this roster was not checked against the law of this place."
    ]
