"""A version keeps why its shifts are open, in few words, and they are those of the live answer."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from scheduler.db.session import Database
from scheduler.rosters import edit, open_reasons
from scheduler.rosters.models import RosterVersion
from scheduler.rosters.obstacles import somebody_can
from scheduler.rosters.problem import problem_for
from scheduler.rosters.publish import publish
from scheduler.rosters.versions import shifts_of
from scheduler.rosters.why_open import why_open
from tests.scheduler.rosters.company import MONDAY, WHY, Company, published, week
from tests.scheduler.rosters.open_week import crowded_week


@pytest.mark.parametrize("seed", range(4))
def test_the_stored_reasons_are_those_of_the_live_answer(lite: Session, lite_company: Company, seed: int):
    c = lite_company
    roster = c.roster(lite)
    version = c.draft(lite, roster, crowded_week(lite, c, seed))
    stored = open_reasons.open_reasons(problem_for(lite, roster.id), shifts_of(lite, version.id))

    nobody = 0
    left = [s for s in shifts_of(lite, version.id) if not s.employee_id]
    for told, shift in zip(stored, left, strict=True):
        live = why_open(lite, roster.id, shift.lineage_id)
        assert told["lineage_id"] == str(shift.lineage_id)
        if live.able:
            assert all(person["able"] for person in told["people"][: len(live.able)])
            able = sorted(person.name for person in live.able)
            assert told["summary"] == somebody_can(able)
        else:
            nobody += 1
            assert told["summary"] == live.summary
        reasons = {str(person.employee_id): list(person.reasons) for person in live.people}
        assert len(told["people"]) == open_reasons.NEAREST
        assert all(person["reasons"] == reasons[person["employee_id"]] for person in told["people"])
    assert nobody > 0


def test_the_nearest_are_those_whose_obstacle_is_easiest_to_change(
    lite: Session, lite_company: Company, monkeypatch: pytest.MonkeyPatch
):
    c = lite_company
    monkeypatch.setattr(open_reasons, "NEAREST", 1)
    roster = c.roster(lite)
    for who in ("Ann", "Bo", "Cy"):
        c.leave(lite, who, MONDAY, week()[3])
    shifts = [c.shift("Di", MONDAY, 14, 22), c.shift(None, week()[1], 6, 14)]
    version = c.draft(lite, roster, shifts)
    (told,) = open_reasons.open_reasons(problem_for(lite, roster.id), shifts_of(lite, version.id))
    assert told["summary"] == "Nobody of 4 people can take it: 3 are not available, 1 would rest too little."
    assert [person["name"] for person in told["people"]] == ["Di Maj"]


def test_shifts_beyond_the_most_that_are_asked_stay_without_reasons(
    lite: Session, lite_company: Company, monkeypatch: pytest.MonkeyPatch
):
    c = lite_company
    monkeypatch.setattr(open_reasons, "MOST_ASKED", 8)
    twice = [c.shift(None, MONDAY), c.shift(None, MONDAY)]
    shifts = [*twice, c.shift(None, week()[1]), c.shift(None, week()[2])]
    roster = c.roster(lite)
    version = c.draft(lite, roster, shifts)
    told = open_reasons.open_reasons(problem_for(lite, roster.id), shifts_of(lite, version.id))
    assert [bool(each["summary"]) for each in told] == [True, True, True, False]
    assert told[0]["summary"] == told[1]["summary"]
    assert told[3]["people"] == []


def test_a_published_version_keeps_why_a_shift_was_open(database: Database, company: Company):
    c = company
    with database.write(c.organisation_id) as session:
        for who in c.people:
            c.leave(session, who, MONDAY, week()[1])
    open_then = c.shift(None, MONDAY)
    roster, publication = published(database, c, [open_then, c.shift("Ann", week()[2])])

    def told(session: Session) -> list[tuple[str, str]]:
        version = session.get_one(RosterVersion, publication.version_id)
        assert version.explanation is not None
        return [(each["lineage_id"], each["summary"]) for each in version.explanation["open"]]

    reason = "Nobody of 4 people can take it: 4 are not available."
    with database.read(c.organisation_id) as session:
        assert told(session) == [(str(open_then.lineage_id), reason)]
    with database.write(c.organisation_id) as session:
        edit.remove(session, roster.id, open_then.lineage_id, expected_revision=1, actor=c.actor)
        second = publish(session, roster.id, expected_revision=2, actor=c.actor, why=WHY)
        newer = session.get_one(RosterVersion, second.version_id)
        assert newer.explanation == {"open": []}
    with database.read(c.organisation_id) as session:
        assert told(session) == [(str(open_then.lineage_id), reason)]
