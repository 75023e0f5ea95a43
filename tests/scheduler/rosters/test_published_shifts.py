"""People see what was published for them, and what was taken back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start
from scheduler.rosters.edit import remove
from scheduler.rosters.publish import publish
from scheduler.rosters.published_shifts import PublishedShift, published_shifts
from tests.scheduler.rosters.company import MONDAY, WHY, Company

TUESDAY = MONDAY + timedelta(days=1)


def shifts_of_ann(session: Session, company: Company) -> list[PublishedShift]:
    start = day_start(MONDAY, company.zone)
    return published_shifts(session, company.people["Ann"].id, start, start + timedelta(days=7))


def test_a_draft_is_nobodys_business_until_it_is_published(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    night = lite_company.shift("Ann", TUESDAY, 22, 30)
    lite_company.draft(lite, roster, [night, lite_company.shift("Bo", MONDAY)])
    assert shifts_of_ann(lite, lite_company) == []
    publish(lite, roster.id, expected_revision=roster.revision, actor=lite_company.actor, why=WHY)
    [mine] = shifts_of_ann(lite, lite_company)
    assert (mine.starts_at, mine.ends_at) == (night.starts_at, night.ends_at)
    assert (mine.what, mine.location.name, mine.withdrawn) == ("Picking, Inbound", "Main warehouse", False)


def test_a_withdrawn_shift_is_still_listed_as_such(lite: Session, lite_company: Company):
    roster = lite_company.roster(lite)
    shift = lite_company.shift("Ann", MONDAY)
    lite_company.draft(lite, roster, [shift, lite_company.shift("Bo", MONDAY)])
    lineage = shift.lineage_id
    publish(lite, roster.id, expected_revision=roster.revision, actor=lite_company.actor, why=WHY)
    remove(lite, roster.id, lineage, expected_revision=roster.revision, actor=lite_company.actor)
    publish(lite, roster.id, expected_revision=roster.revision, actor=lite_company.actor, why=WHY)
    assert [each.withdrawn for each in shifts_of_ann(lite, lite_company)] == [True]


def test_a_shift_that_runs_into_the_span_belongs_and_one_that_ends_at_its_start_does_not(
    lite: Session, lite_company: Company
):
    roster = lite_company.roster(lite)
    lite_company.draft(lite, roster, [lite_company.shift("Ann", MONDAY, 14, 22)])
    publish(lite, roster.id, expected_revision=roster.revision, actor=lite_company.actor, why=WHY)
    ann, week = lite_company.people["Ann"].id, timedelta(days=7)
    nine, ten = lite_company.at(MONDAY, 21), lite_company.at(MONDAY, 22)
    assert len(published_shifts(lite, ann, nine, nine + week)) == 1
    assert published_shifts(lite, ann, ten, ten + week) == []
