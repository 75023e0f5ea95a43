"""A roster under two laws, side by side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput
from scheduler.law.compliance import ComplianceReport
from scheduler.law.save_agreement import save_agreement
from scheduler.law.what_if import OtherLaw
from scheduler.rosters.compliance import report
from scheduler.rosters.models import RosterVersion
from scheduler.rosters.publish import publish
from scheduler.rosters.what_if import WhatIf, what_if
from tests.scheduler.rosters.company import MONDAY, Company, week
from tests.scheduler.rosters.test_own_law import AGREEMENT

REST = "PL.DAILY_REST_11H"


@pytest.fixture
def version(lite: Session, lite_company: Company) -> RosterVersion:
    """Ann rests ten hours in the night to Tuesday; Bo rests eleven and a half."""
    shifts = [
        lite_company.shift("Ann", MONDAY, 14, 22), lite_company.shift("Ann", week()[1], 8, 16),
        lite_company.shift("Bo", MONDAY, 14, 22), lite_company.shift("Bo", week()[1], 9.5, 17.5),
    ]  # fmt: skip
    return lite_company.draft(lite, lite_company.roster(lite), shifts)


def rests(found: ComplianceReport) -> list[tuple[str, int]]:
    return [(one.employee_name.split()[0], one.short_by) for one in found.findings if one.code == REST]


def asked(lite: Session, version: RosterVersion, *values: tuple[str, str], law: str = "pl") -> WhatIf:
    return what_if(lite, version.id, OtherLaw(law, values=values))


def test_a_longer_rest_breaks_more_and_says_by_how_much(lite: Session, version: RosterVersion):
    found = asked(lite, version, ("pl.daily_rest.min", "12 h"))
    assert rests(found.now) == [("Ann", 60)]
    assert rests(found.then) == [("Ann", 120), ("Bo", 30)]
    (both,) = [one for one in found.both if one.now and one.now.code == REST]
    assert both.more_by == 60
    (new,) = [one for one in found.only_then if one.then and one.then.code == REST]
    assert new.then is not None
    assert (new.now, new.then.employee_name.split()[0], new.more_by) == (None, "Bo", None)
    assert "with 12 h in place of 11 h" in new.then.citation
    (difference,) = found.differences
    assert (difference.topic.id, str(difference.after[0].value)) == ("daily_rest", "12 h")


def test_a_shorter_rest_in_both_layers_breaks_nothing(lite: Session, version: RosterVersion):
    found = asked(lite, version, ("pl.daily_rest.min", "9 h"), ("eu.daily_rest.min", "9 h"))
    assert rests(found.then) == []
    assert [one.now.code for one in found.only_now if one.now and one.now.code == REST] == [REST]
    assert found.notes == ()


def test_a_value_that_a_lower_layer_does_better_than_is_told_to_change_nothing(
    lite: Session, version: RosterVersion
):
    found = asked(lite, version, ("pl.daily_rest.min", "9 h"))
    (note,) = found.notes
    rest = "uninterrupted rest in the 24 h from each start of work"
    assert note.startswith(f"9 h for {rest}: 11 h (Directive 2003/88")
    (both,) = [one for one in found.both if one.now and one.now.code == REST]
    assert both.then is not None
    assert (both.then.code, both.more_by) == ("EU.DAILY_REST_11H", 0)


def test_the_side_that_holds_is_the_report_of_the_roster(lite: Session, version: RosterVersion):
    found = asked(lite, version, law="gb")
    assert found.now == report(lite, version.id)
    assert set(found.then.packs) == {"gb"}
    assert {one.then.code.split(".")[0] for one in found.findings if one.then} <= {"GB"}
    assert len(found.differences) > 5


def test_the_same_law_differs_in_nothing(lite: Session, version: RosterVersion):
    found = what_if(lite, version.id, OtherLaw("pl", MONDAY))
    assert (found.only_now, found.only_then, found.differences) == ((), (), ())
    assert all(one.more_by == 0 for one in found.both)
    assert rests(found.then) == rests(found.now)


def test_nothing_is_kept(lite: Session, version: RosterVersion):
    records = lite.scalar(select(func.count()).select_from(AuditEntry))
    before = report(lite, version.id)
    asked(lite, version, ("pl.daily_rest.min", "14 h"))
    assert not lite.new
    assert not lite.dirty
    assert report(lite, version.id) == before
    assert lite.scalar(select(func.count()).select_from(AuditEntry)) == records


def test_an_agreement_of_the_organisation_holds_on_both_sides(
    lite: Session, lite_company: Company, version: RosterVersion
):
    save_agreement(lite, AGREEMENT, actor="system")
    found = asked(lite, version, ("pl.schedule.notice", "14 days"))
    assert "acme-2026" in found.now.packs
    assert "acme-2026" in found.then.packs
    assert [one.code for one in found.now.findings] == [one.code for one in found.then.findings]


def test_work_before_the_week_counts_as_far_back_as_the_other_law_looks(lite: Session, lite_company: Company):
    """Thirty-two hours a week break an average of 25 over seventeen weeks, and one week of them does not."""
    for back in range(16, 0, -1):
        monday = MONDAY - timedelta(weeks=back)
        roster = lite_company.roster(lite, monday)
        lite_company.draft(lite, roster, [lite_company.shift("Ann", day, 8, 16) for day in week(monday)[:4]])
        publish(lite, roster.id, expected_revision=roster.revision, actor=lite_company.actor)
    last = lite_company.draft(
        lite, lite_company.roster(lite), [lite_company.shift("Ann", day, 8, 16) for day in week()[:4]]
    )
    found = asked(lite, last, ("gb.week.max_avg", "25 h"), law="gb")
    assert "GB.WEEK_AVG_48H" in {one.code for one in found.then.findings}
    early = lite_company.roster(lite, MONDAY - timedelta(weeks=17))
    alone = lite_company.draft(
        lite, early, [lite_company.shift("Ann", day, 8, 16) for day in week(early.starts_on)[:4]]
    )
    found = asked(lite, alone, ("gb.week.max_avg", "25 h"), law="gb")
    assert "GB.WEEK_AVG_48H" not in {one.code for one in found.then.findings}


def test_a_parameter_that_is_none_is_refused_and_changes_nothing(lite: Session, version: RosterVersion):
    with pytest.raises(InvalidInput) as refusal:
        asked(lite, version, ("pl.daily_rest", "12 h"))
    assert refusal.value.errors[0].value == "pl.daily_rest"


def test_a_law_of_another_day_is_checked_on_the_days_of_the_roster(lite: Session, version: RosterVersion):
    found = what_if(lite, version.id, OtherLaw("us-or", date(2020, 1, 1)))
    assert set(found.then.packs) <= {"us-or", "us"}
    assert found.then.checked
