"""Differences between versions name each changed shift once, by kind."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from scheduler.rosters.compare import ChangeKind, as_json, differences
from scheduler.rosters.models import Shift
from scheduler.rosters.versions import shifts_of
from tests.scheduler.rosters.company import MONDAY, Company


def both(session: Session, company: Company, old: list[Shift], new: list[Shift]):
    roster = company.roster(session)
    versions = [company.draft(session, roster, shifts) for shifts in (old, new)]
    return differences(*(shifts_of(session, version.id) for version in versions))


def test_equal_shifts_are_no_difference(lite: Session, lite_company: Company):
    lineage = uuid4()
    same = [lite_company.shift("Ann", MONDAY, lineage_id=lineage) for _ in range(2)]
    assert both(lite, lite_company, [same[0]], [same[1]]) == []


def test_each_kind_of_change_is_told_with_names_and_times(lite: Session, lite_company: Company):
    c = lite_company
    kept = {name: uuid4() for name in ("moved", "given", "emptied", "breaks")}
    old = [
        c.shift("Ann", MONDAY),
        c.shift("Ann", MONDAY + timedelta(days=1), lineage_id=kept["moved"]),
        c.shift("Bo", MONDAY + timedelta(days=2), lineage_id=kept["given"]),
        c.shift("Bo", MONDAY + timedelta(days=3), lineage_id=kept["emptied"]),
        c.shift("Bo", MONDAY + timedelta(days=4), lineage_id=kept["breaks"]),
    ]
    new = [
        c.shift("Ann", MONDAY + timedelta(days=1), 9, 17, lineage_id=kept["moved"]),
        c.shift("Cy", MONDAY + timedelta(days=2), 9, 17, lineage_id=kept["given"]),
        c.shift(None, MONDAY + timedelta(days=3), lineage_id=kept["emptied"]),
        c.shift("Bo", MONDAY + timedelta(days=4), lineage_id=kept["breaks"], break_minutes=45),
        c.shift("Di", MONDAY + timedelta(days=5)),
    ]
    changes = both(lite, c, old, new)
    assert [change.kind for change in changes] == [
        ChangeKind.REMOVED,
        ChangeKind.MOVED,
        ChangeKind.REASSIGNED,
        ChangeKind.REASSIGNED,
        ChangeKind.ALTERED,
        ChangeKind.ADDED,
    ]
    assert changes[2].people == {c.people["Bo"].id, c.people["Cy"].id}
    told = as_json(changes)
    assert told["moved"][0]["before"]["starts_at"] == "2026-11-24T07:00:00+00:00"
    assert told["moved"][0]["after"]["starts_at"] == "2026-11-24T08:00:00+00:00"
    assert [told["reassigned"][0][side]["employee"] for side in ("before", "after")] == ["Bo Lis", "Cy Kot"]
    assert told["reassigned"][1]["after"]["employee"] is None
    assert told["added"][0]["before"] is None


def test_no_difference_lists_every_kind_empty():
    assert as_json([]) == {"added": [], "removed": [], "reassigned": [], "moved": [], "altered": []}
