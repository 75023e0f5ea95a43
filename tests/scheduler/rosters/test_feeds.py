"""A calendar address is secret, and its version changes with what is in the feed and with nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.db.tenant import use_tenant
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.feeds import (
    active_feed,
    create_feed,
    feed_contents,
    feed_for_token,
    feed_version,
    revoke_feed,
    window_start,
)
from scheduler.rosters.models import CalendarFeed, Roster
from scheduler.rosters.publish import publish
from scheduler.timeoff.models import TimeOff, TimeOffState
from tests.scheduler.rosters.company import MONDAY, WHY, Company, store_company
from tests.scheduler.two_at_once import two_at_once

SINCE = date(2026, 10, 1)


def new_feed(database: Database, company: Company, who: str = "Ann") -> str:
    with database.write(company.organisation_id) as session:
        return create_feed(session, company.people[who].id, actor=company.actor)


def publish_ann(session: Session, company: Company, start: float, revision: int, roster: Roster) -> None:
    lineage = company.people["Ann"].id
    shifts = [company.shift("Ann", MONDAY, start, start + 8, lineage_id=lineage)]
    company.draft(session, roster, shifts)
    publish(session, roster.id, expected_revision=revision, actor=company.actor, why=WHY)


def test_a_token_opens_the_feed_of_its_person_in_whichever_organisation(database: Database, company: Company):
    other = store_company(database, slug="other-company")
    tokens = {name: new_feed(database, c) for name, c in (("here", company), ("there", other))}
    assert all(len(token) == 43 for token in tokens.values())
    with database.read() as session:
        here, there = (feed_for_token(session, tokens[name]) for name in ("here", "there"))
        assert here is not None
        assert there is not None
        assert here.organisation_id == company.organisation_id
        assert there.employee_id == other.people["Ann"].id


def test_the_token_is_not_in_the_database(database: Database, company: Company):
    token = new_feed(database, company)
    with database.read(company.organisation_id) as session:
        (stored,) = session.scalars(select(CalendarFeed.token_hash))
        assert token not in stored
        assert len(stored) == 64
        facts = session.scalars(select(AuditEntry).where(AuditEntry.action == "feed.create")).one().facts
        assert token not in str(facts)
        assert stored not in str(facts)


@pytest.mark.parametrize(
    "token", ["", "x", "a" * 43, "\x00", "ż", "\ud800", "'; DROP TABLE x", "a" * 100_000]
)
def test_a_token_that_opens_nothing_is_none(sqlite_database: Database, lite_company: Company, token: str):
    database, company = sqlite_database, lite_company
    new_feed(database, company)
    with database.read() as session:
        assert feed_for_token(session, token) is None


def test_a_revoked_token_opens_nothing_and_a_new_one_replaces_the_old(database: Database, company: Company):
    first, second = new_feed(database, company), new_feed(database, company)
    with database.read() as session:
        assert feed_for_token(session, first) is None
        assert feed_for_token(session, second) is not None
    with database.write(company.organisation_id) as session:
        revoke_feed(session, company.people["Ann"].id, actor=company.actor)
        assert active_feed(session, company.people["Ann"].id) is None
    with database.read() as session:
        assert feed_for_token(session, second) is None
    with pytest.raises(SchedulerError, match="no_feed"), database.write(company.organisation_id) as session:
        revoke_feed(session, company.people["Ann"].id, actor=company.actor)


def test_a_feed_for_nobody_is_refused(lite: Session, lite_company: Company):
    with pytest.raises(SchedulerError, match="employee_not_found"):
        create_feed(lite, lite_company.location.id, actor="system")


def opened(session: Session, token: str) -> CalendarFeed:
    feed = feed_for_token(session, token)
    assert feed is not None
    use_tenant(session, feed.organisation_id)
    return feed


def version_of(database: Database, token: str) -> str:
    with database.read() as session:
        return feed_version(session, opened(session, token), SINCE)


def test_the_version_changes_when_the_persons_shifts_change_and_only_then(
    database: Database, company: Company
):
    ann, bo = new_feed(database, company, "Ann"), new_feed(database, company, "Bo")
    seen = [version_of(database, ann)]
    bos = version_of(database, bo)
    assert version_of(database, ann) == seen[0]
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
    for revision, start in enumerate((8, 9)):
        with database.write(company.organisation_id) as session:
            publish_ann(session, company, start, revision, session.get_one(Roster, roster.id))
        seen.append(version_of(database, ann))
    assert len(set(seen)) == 3
    assert version_of(database, bo) == bos


def test_the_version_changes_with_leave_the_name_and_the_window(
    sqlite_database: Database, lite_company: Company
):
    database, company = sqlite_database, lite_company
    token = new_feed(database, company)
    seen = [version_of(database, token)]
    with database.write(company.organisation_id) as session:
        company.leave(session, "Ann", MONDAY, MONDAY + timedelta(days=2))
    seen.append(version_of(database, token))
    with database.write(company.organisation_id) as session:
        session.scalars(select(TimeOff)).one().state = TimeOffState.CANCELLED
    assert version_of(database, token) == seen[0]
    with database.write(company.organisation_id) as session:
        session.execute(text("UPDATE employees SET last_name = 'Nowak-Lis' WHERE first_name = 'Ann'"))
    seen.append(version_of(database, token))
    with database.read() as session:
        seen.append(feed_version(session, opened(session, token), date(2026, 11, 1)))
    assert len(set(seen)) == 4


def test_the_version_loads_no_shift(database: Database, company: Company):
    token = new_feed(database, company)
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", listen)
    version_of(database, token)
    event.remove(database.engine, "before_cursor_execute", listen)
    queries = [statement for statement in asked if statement.startswith("SELECT") and "FROM" in statement]
    assert len(queries) == 3
    assert not any("shifts" in query or "calendar_entries" in query for query in queries)


def test_a_feed_shows_its_person_from_the_month_before_on(sqlite_database: Database, lite_company: Company):
    database, company = sqlite_database, lite_company
    token = new_feed(database, company)
    with database.write(company.organisation_id) as session:
        for monday in (date(2026, 9, 7), MONDAY):
            roster = company.roster(session, monday)
            company.draft(session, roster, [company.shift("Ann", monday), company.shift("Bo", monday)])
            publish(session, roster.id, expected_revision=0, actor=company.actor, why=WHY)
        company.leave(session, "Ann", date(2026, 12, 24), date(2026, 12, 27))
        company.leave(session, "Ann", date(2026, 8, 1), date(2026, 8, 2))
        requested = company.leave(session, "Ann", date(2027, 1, 1), date(2027, 1, 2))
        requested.state = TimeOffState.REQUESTED
    with database.read() as session:
        contents = feed_contents(session, opened(session, token), window_start(date(2026, 11, 10)))
        assert contents.name == "Ann Nowak"
        assert [entry.starts_at for entry in contents.entries] == [company.at(MONDAY, 8)]
        assert [leave.starts_on for leave in contents.leave] == [date(2026, 12, 24)]


def test_entries_say_what_and_where_in_words(sqlite_database: Database, lite_company: Company):
    database, company = sqlite_database, lite_company
    token = new_feed(database, company)
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
        shift = company.shift("Ann", MONDAY, 22, 30)
        shift.note = "Bring the key"
        shift.breaks = [{"starts_at": company.at(MONDAY, 26).isoformat(), "minutes": 30, "paid": False}]
        shift.paid_minutes = 450
        shift.employee_id = company.people["Ann"].id
        company.draft(session, roster, [shift])
        session.execute(text("UPDATE locations SET jurisdiction = 'ph'"))
        publish(session, roster.id, expected_revision=0, actor=company.actor, why=WHY)
    with database.read() as session:
        (entry,) = feed_contents(session, opened(session, token), SINCE).entries
        assert (entry.summary, entry.place) == ("Picking, Inbound", "Main warehouse")
        assert entry.description.splitlines() == [
            "Mon 23 Nov 2026 22:00 to 06:00 (Europe/Warsaw)",
            "Break 30 min at 02:00, unpaid",
            "Paid 7 h 30 min",
            "Bring the key",
        ]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 3, 31), date(2026, 2, 1)),
        (date(2026, 3, 1), date(2026, 2, 1)),
        (date(2024, 2, 29), date(2024, 1, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
    ],
)
def test_the_window_starts_with_the_month_before(today: date, first: date):
    assert window_start(today) == first


def test_each_publication_moves_the_feed_on_even_within_a_second(
    sqlite_database: Database, lite_company: Company
):
    database, company = sqlite_database, lite_company
    token = new_feed(database, company)
    with database.write(company.organisation_id) as session:
        roster = company.roster(session)
    seen = set()
    with time_machine.travel(datetime(2026, 11, 10, 12, tzinfo=UTC), tick=True):
        for revision, start in enumerate((8, 9, 8)):
            with database.write(company.organisation_id) as session:
                publish_ann(session, company, start, revision, session.get_one(Roster, roster.id))
            seen.add(version_of(database, token))
    assert len(seen) == 3


def test_of_two_addresses_made_at_once_the_second_alone_works(database: Database, company: Company):
    ann = company.people["Ann"].id

    def make(session: Session) -> str:
        return create_feed(session, ann, actor=company.actor)

    first, second = two_at_once(database, company.organisation_id, make, make)
    with database.read() as session:
        assert feed_for_token(session, first) is None
        assert feed_for_token(session, second) is not None
