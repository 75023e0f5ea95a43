"""What publishing would do is told before it is done."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Location
from scheduler.rosters.compare import as_json
from scheduler.rosters.models import Publication, RosterVersion, VersionState
from scheduler.rosters.publish import preview, publish
from tests.scheduler.rosters.company import MONDAY, WHY, Company, published, week

SOON = date(2026, 11, 9)


def test_what_is_told_before_is_what_is_kept_after(database: Database, company: Company):
    c = company
    first = c.shift("Ann", SOON + timedelta(days=3))
    roster, _ = published(database, c, [first], SOON)
    with database.write(c.organisation_id) as session:
        shifts = [
            c.shift("Bo", SOON + timedelta(days=3), lineage_id=first.lineage_id),
            c.shift(None, SOON + timedelta(days=4)),
        ]
        c.draft(session, roster, shifts)
        told = preview(session, roster.id)
        assert (told.revision, told.blocked, told.compliance.checked) == (1, False, True)
        assert [shift.lineage_id for shift in told.open] == [shifts[1].lineage_id]
        kept = publish(session, roster.id, expected_revision=told.revision, actor=c.actor, why=WHY)
        assert {kind: changed for kind, changed in kept.changes.items() if kind != "zone"} == as_json(
            told.changes
        )
        assert list(told.notes) == kept.notes
        assert "PL.SCHEDULE_NOTICE_7D" in {note["code"] for note in told.notes}


def test_looking_changes_nothing(lite: Session, lite_company: Company):
    c = lite_company
    roster = c.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY)])
    preview(lite, roster.id)
    assert not lite.dirty
    assert not lite.new
    assert roster.revision == 0
    assert lite.scalar(select(func.count(Publication.id))) == 0
    assert lite.scalars(select(RosterVersion.state)).all() == [VersionState.DRAFT]


@pytest.mark.parametrize(
    ("jurisdiction", "by_law", "by_us"),
    [
        ("pl", {"pl.daily_rest.min", "pl.doba"}, {"rest_between_shifts"}),
        ("br", set(), {"rest_between_shifts"}),
    ],
)
def test_what_would_be_refused_is_told_and_is_refused(
    lite: Session, lite_company: Company, jurisdiction: str, by_law: set[str], by_us: set[str]
):
    c = lite_company
    lite.get_one(Location, c.location.id).jurisdiction = jurisdiction
    roster = c.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY, 14, 22), c.shift("Ann", week()[1], 6, 14)])
    told = preview(lite, roster.id)
    assert told.blocked
    assert {finding.parameter for finding in told.compliance.findings} == by_law
    assert {violation["name"] for violation in told.broken} == by_us
    with pytest.raises(SchedulerError, match="breaks_hard_rules"):
        publish(lite, roster.id, expected_revision=0, actor=c.actor, why=WHY)


def test_a_week_that_everybody_knows_or_that_is_empty_has_no_changes(lite: Session, lite_company: Company):
    c = lite_company
    roster = c.roster(lite)
    assert preview(lite, roster.id).changes == ()
    c.draft(lite, roster, [c.shift("Ann", MONDAY)])
    publish(lite, roster.id, expected_revision=0, actor=c.actor, why=WHY)
    assert preview(lite, roster.id).changes == ()
    with pytest.raises(SchedulerError, match="roster_not_found"):
        preview(lite, uuid4())
