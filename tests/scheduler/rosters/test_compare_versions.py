"""What changed between two versions of a roster, told with the records of a real company."""

from __future__ import annotations

from scheduler.rosters.compare_versions import compare_versions
from tests.scheduler.rosters.company import MONDAY, week


def test_changes_are_told_by_time_and_then_what_they_are_worth(lite, lite_company):
    c = lite_company
    c.cover(lite, [MONDAY, week()[1]], 8, 16, 1)
    roster = c.roster(lite)
    old = c.draft(lite, roster, [c.shift("Ann", MONDAY)])
    new = c.draft(lite, roster, [c.shift("Bo", MONDAY), c.shift("Cy", week()[1])])

    told = compare_versions(lite, roster.id, old, new)

    assert told.sentences[0].startswith(
        "Mon 23 Nov 08:00 to 16:00, Picking in Inbound goes from Ann Nowak to Bo Lis"
    )
    assert told.sentences[1].startswith("Cy Kot gets Tue 24 Nov 08:00 to 16:00, Picking in Inbound")
    assert told.sentences[2].startswith("The roster is better: cover up to the minimum")
    assert {(each.name, each.paid_minutes) for each in told.people} == {
        ("Ann Nowak", -480),
        ("Bo Lis", 480),
        ("Cy Kot", 480),
    }
    assert {part.name for part in told.score if part.level == "mandatory"} == {"below_minimum"}


def test_a_version_compared_with_itself_has_not_changed(lite, lite_company):
    roster = lite_company.roster(lite)
    version = lite_company.draft(lite, roster, [lite_company.shift("Ann", MONDAY)])

    told = compare_versions(lite, roster.id, version, version)

    assert (told.sentences, told.people, told.score) == (("Nothing has changed.",), (), ())
