"""Hand edits are checked by the rules, name the revision they saw, and can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.rosters import edit
from scheduler.rosters.add_shift import NewShift, add
from scheduler.rosters.editing import Acceptance, Edited
from scheduler.rosters.models import Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.prices import MISSING
from scheduler.rosters.undo import undo
from scheduler.rosters.versions import shifts_of, working_draft
from tests.scheduler.rosters.company import MONDAY, Company, hire, week


@pytest.fixture
def roster(lite: Session, lite_company: Company) -> Roster:
    return lite_company.roster(lite)


class Hand:
    """Somebody at the keyboard: every edit sees the latest revision."""

    def __init__(self, session: Session, company: Company, roster: Roster) -> None:
        self.session, self.company, self.roster = session, company, roster

    def __call__(self, verb: Any, *arguments: Any, **options: Any) -> Edited:
        revision = self.roster.revision
        edited: Edited = verb(
            self.session,
            self.roster.id,
            *arguments,
            expected_revision=revision,
            actor=self.company.actor,
            **options,
        )
        return edited

    def id_of(self, who: str) -> UUID:
        return self.company.people[who].id


@pytest.fixture
def hand(lite: Session, lite_company: Company, roster: Roster) -> Hand:
    return Hand(lite, lite_company, roster)


def seen(session: Session, version: RosterVersion) -> list[tuple[str | None, str, int, bool]]:
    """Who, when, paid and pinned of each shift."""
    return [
        (s.employee.first_name if s.employee else None, f"{s.starts_at:%d %H:%M}", s.paid_minutes, s.pinned)
        for s in shifts_of(session, version.id)
    ]


def test_a_shift_is_given_taken_and_given_to_somebody_else(lite: Session, hand: Hand):
    shift = hand.company.shift(None, MONDAY)
    draft = hand.company.draft(lite, hand.roster, [shift])
    given = hand(edit.assign, shift.lineage_id, hand.id_of("Ann"))
    assert (given.version.id, given.revision, seen(lite, draft)) == (
        draft.id,
        1,
        [("Ann", "23 07:00", 480, False)],
    )
    hand(edit.assign, shift.lineage_id, hand.id_of("Bo"))
    assert seen(lite, draft) == [("Bo", "23 07:00", 480, False)]
    hand(edit.unassign, shift.lineage_id)
    assert seen(lite, draft) == [(None, "23 07:00", 480, False)]


def test_an_edit_tells_what_it_costs(lite: Session, hand: Hand):
    hand.company.cover(lite, week()[:5], 8, 16, 4)
    shift = hand.company.shift(None, MONDAY)
    hand.company.draft(lite, hand.roster, [shift])
    given = hand(edit.assign, shift.lineage_id, hand.id_of("Ann"))
    change = {(part.level, part.rule, part.name): part.cost for part in given.score_change}
    assert change["mandatory", "coverage", "below_minimum"] == -480 * MISSING
    assert change["soft", "fairness", ""] < 0
    taken = hand(edit.unassign, shift.lineage_id)
    assert {(p.level, p.rule, p.name): -p.cost for p in taken.score_change} == change


def test_two_shifts_without_enough_rest_are_refused_with_the_article(lite: Session, hand: Hand):
    late, early = (
        hand.company.shift("Ann", MONDAY, 14, 22),
        hand.company.shift(None, MONDAY + timedelta(1), 6, 14),
    )
    hand.company.draft(lite, hand.roster, [late, early])
    with pytest.raises(SchedulerError) as refusal:
        hand(edit.assign, early.lineage_id, hand.id_of("Ann"))
    assert refusal.value.code == "breaks_hard_rules"
    told = {violation["name"]: violation for violation in refusal.value.facts["violations"]}
    rest = told["pl.daily_rest.min"]
    assert (rest["employee"], rest["short_by"], rest["citation"]) == (
        "Ann Nowak",
        180,
        "Kodeks pracy, art. 132 par. 1",
    )
    assert rest["spans"][0]["starts_at"] == "2026-11-23T13:00:00+00:00"
    assert "Ann Nowak" in rest["text"]


def test_somebody_without_the_skill_is_refused(lite: Session, hand: Hand):
    shift = hand.company.shift(None, MONDAY, skill=hand.company.packing)
    hand.company.draft(lite, hand.roster, [shift])
    with pytest.raises(SchedulerError) as refusal:
        hand(edit.assign, shift.lineage_id, hand.id_of("Ann"))
    assert [violation["rule"] for violation in refusal.value.facts["violations"]] == ["skills"]


def test_somebody_without_a_contract_is_refused_by_name(lite: Session, hand: Hand):
    eva = hire(lite, hand.company, "E9", "Eva Wilk", contract=False)
    shift = hand.company.shift(None, MONDAY)
    hand.company.draft(lite, hand.roster, [shift])
    with pytest.raises(SchedulerError) as refusal:
        hand(edit.assign, shift.lineage_id, eva.id)
    (violation,) = refusal.value.facts["violations"]
    assert (violation["rule"], violation["employee"]) == ("contract", "Eva Wilk")


def test_a_breach_can_be_kept_in_the_draft_for_a_reason(lite: Session, hand: Hand):
    hand.company.leave(lite, "Ann", MONDAY, MONDAY + timedelta(1))
    shift = hand.company.shift(None, MONDAY)
    draft = hand.company.draft(lite, hand.roster, [shift])
    kept = hand(
        edit.assign, shift.lineage_id, hand.id_of("Ann"), accept=Acceptance("she called and comes in")
    )
    assert [violation["rule"] for violation in kept.accepted] == ["availability"]
    assert draft.edits[-1]["reason"] == "she called and comes in"
    entry = lite.scalars(select(AuditEntry).where(AuditEntry.action == "roster.assign")).one()
    assert entry.facts["edit"]["accepted"][0]["employee"] == "Ann Nowak"
    again = hand(edit.move, shift.lineage_id, shift.starts_at, shift.ends_at - timedelta(hours=1))
    assert again.accepted == ()
    with pytest.raises(InvalidInput):
        Acceptance("  ")


def test_moving_a_template_shift_gives_it_the_break_of_its_new_length(lite: Session, hand: Hand):
    c = hand.company
    shift = c.shift("Ann", MONDAY)
    shift.template_id = c.shifts_by_code["DAY"].id
    draft = c.draft(lite, hand.roster, [shift])
    hand(edit.move, shift.lineage_id, c.at(MONDAY, 8), c.at(MONDAY, 13))
    assert (shift.breaks, seen(lite, draft)) == ([], [("Ann", "23 07:00", 300, False)])
    hand(edit.move, shift.lineage_id, c.at(MONDAY, 9), c.at(MONDAY, 15))
    assert shift.breaks == [{"starts_at": None, "minutes": 30, "paid": True}]


def test_a_placed_break_moves_with_its_shift(lite: Session, hand: Hand):
    c = hand.company
    shift = c.shift("Ann", MONDAY)
    shift.breaks = [{"starts_at": c.at(MONDAY, 12).isoformat(), "minutes": 30, "paid": True}]
    c.draft(lite, hand.roster, [shift])
    hand(edit.move, shift.lineage_id, c.at(MONDAY, 9), c.at(MONDAY, 17))
    assert shift.breaks[0]["starts_at"] == c.at(MONDAY, 13).isoformat()


@pytest.mark.parametrize(
    ("start", "end", "field", "problem"),
    [
        (
            datetime(2026, 11, 23, 8),  # noqa: DTZ001 - what is refused here
            datetime(2026, 11, 23, 16),  # noqa: DTZ001 - what is refused here
            "starts_at",
            "naive datetime",
        ),
        (
            datetime(2026, 11, 23, 8, tzinfo=UTC),
            datetime(2026, 11, 23, 8, tzinfo=UTC),
            "ends_at",
            "not after",
        ),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC), "ends_at", "24 hours"),
        (
            datetime(2026, 11, 30, 8, tzinfo=UTC),
            datetime(2026, 11, 30, 9, tzinfo=UTC),
            "starts_at",
            "outside",
        ),
        (
            datetime(2026, 11, 22, 22, tzinfo=UTC),
            datetime(2026, 11, 23, 3, tzinfo=UTC),
            "starts_at",
            "outside",
        ),
        (
            datetime(2026, 11, 23, 8, 0, 5, tzinfo=UTC),
            datetime(2026, 11, 23, 9, tzinfo=UTC),
            "starts_at",
            "whole",
        ),
    ],
)
def test_times_that_cannot_be_are_refused(
    lite: Session, hand: Hand, start: datetime, end: datetime, field: str, problem: str
):
    shift = hand.company.shift("Ann", MONDAY)
    hand.company.draft(lite, hand.roster, [shift])
    with pytest.raises(InvalidInput) as refusal:
        hand(edit.move, shift.lineage_id, start, end)
    assert field in [error.field for error in refusal.value.errors]
    assert problem in refusal.value.errors[0].problem


def test_a_shift_is_added_and_removed(lite: Session, hand: Hand):
    c = hand.company
    new = NewShift(
        department_id=c.inbound.id,
        skill_id=c.picking.id,
        starts_at=c.at(MONDAY, 8),
        ends_at=c.at(MONDAY, 16),
        employee_id=hand.id_of("Ann"),
        template_id=c.shifts_by_code["DAY"].id,
        pinned=True,
    )
    added = hand(add, new)
    assert (added.version.number, seen(lite, added.version)) == (1, [("Ann", "23 07:00", 480, True)])
    assert added.shift is not None
    hand(edit.remove, added.shift.lineage_id)
    assert seen(lite, added.version) == []


def test_a_shift_with_foreign_records_or_too_long_a_break_is_refused(lite: Session, hand: Hand):
    c = hand.company
    start, end = c.at(MONDAY, 8), c.at(MONDAY, 9)
    strange = NewShift(uuid4(), uuid4(), start, end, template_id=uuid4())
    with pytest.raises(InvalidInput) as refusal:
        hand(add, strange)
    assert [error.field for error in refusal.value.errors] == ["department_id", "skill_id", "template_id"]
    lite.refresh(hand.roster)
    pause = NewShift(c.inbound.id, c.picking.id, start, end, break_minutes=60)
    with pytest.raises(InvalidInput) as refusal:
        hand(add, pause)
    assert [error.field for error in refusal.value.errors] == ["break_minutes"]


def test_an_edit_of_a_published_roster_starts_a_draft(lite: Session, hand: Hand):
    shift = hand.company.shift("Ann", MONDAY)
    published = hand.company.draft(lite, hand.roster, [shift])
    published.state = VersionState.PUBLISHED
    lite.flush()
    moved = hand(edit.assign, shift.lineage_id, hand.id_of("Bo"))
    assert (moved.version.number, moved.version.based_on_id) == (2, published.id)
    assert seen(lite, published) == [("Ann", "23 07:00", 480, False)]
    assert seen(lite, moved.version) == [("Bo", "23 07:00", 480, False)]
    assert moved.shift is not None
    assert moved.shift.lineage_id == shift.lineage_id


def test_an_edit_that_saw_an_older_state_is_refused(lite: Session, hand: Hand):
    shift = hand.company.shift(None, MONDAY)
    hand.company.draft(lite, hand.roster, [shift])
    hand(edit.assign, shift.lineage_id, hand.id_of("Ann"))
    with pytest.raises(SchedulerError) as refusal:
        edit.unassign(lite, hand.roster.id, shift.lineage_id, expected_revision=0, actor="user:x")
    assert refusal.value.code == "roster_changed"
    assert (refusal.value.facts["changed_by"], refusal.value.facts["change"]) == (
        "Ewa Manager",
        "roster.assign",
    )


def test_unknown_shifts_and_people_are_named(lite: Session, hand: Hand):
    hand.company.draft(lite, hand.roster, [])
    with pytest.raises(SchedulerError, match="shift_not_found"):
        hand(edit.unassign, uuid4())
    lite.refresh(hand.roster)
    with pytest.raises(SchedulerError, match="employee_not_found"):
        hand(edit.assign, uuid4(), uuid4())


def test_undo_walks_back_to_where_the_draft_began(lite: Session, hand: Hand):
    c = hand.company
    first, second = c.shift("Ann", MONDAY), c.shift(None, MONDAY + timedelta(1))
    draft = c.draft(lite, hand.roster, [first, second])
    states = [seen(lite, draft)]

    def step(*arguments: Any) -> None:
        hand(*arguments)
        states.append(seen(lite, draft))

    step(edit.assign, second.lineage_id, hand.id_of("Bo"))
    step(edit.move, first.lineage_id, c.at(MONDAY, 10), c.at(MONDAY, 18))
    step(edit.pin, first.lineage_id)
    step(edit.remove, first.lineage_id)
    step(add, NewShift(c.inbound.id, c.picking.id, c.at(MONDAY, 6), c.at(MONDAY, 14)))
    lineages = {shift.lineage_id for shift in lite.scalars(select(Shift))}
    for expected in reversed(states[:-1]):
        hand(undo)
        assert seen(lite, draft) == expected
    assert {shift.lineage_id for shift in lite.scalars(select(Shift))} == {
        first.lineage_id,
        second.lineage_id,
    }
    assert first.lineage_id not in lineages
    with pytest.raises(SchedulerError, match="nothing_to_undo"):
        hand(undo)


def test_pins_that_contradict_each_other_are_refused(lite: Session, hand: Hand):
    c = hand.company
    c.leave(lite, "Ann", MONDAY, MONDAY + timedelta(1))
    shift = c.shift("Ann", MONDAY)
    c.draft(lite, hand.roster, [shift])
    with pytest.raises(SchedulerError) as refusal:
        hand(edit.pin, shift.lineage_id)
    assert refusal.value.code == "contradictory_pins"
    assert [violation["rule"] for violation in refusal.value.facts["violations"]] == ["availability"]


def test_a_pin_is_set_and_taken(lite: Session, hand: Hand):
    shift = hand.company.shift("Ann", MONDAY)
    draft = hand.company.draft(lite, hand.roster, [shift])
    hand(edit.pin, shift.lineage_id)
    assert seen(lite, draft) == [("Ann", "23 07:00", 480, True)]
    hand(edit.unpin, shift.lineage_id)
    assert seen(lite, draft) == [("Ann", "23 07:00", 480, False)]


def test_the_working_draft_is_the_newest(lite: Session, hand: Hand):
    for _ in range(2):
        hand.company.draft(lite, hand.roster, [])
    draft = working_draft(lite, hand.roster.id)
    assert draft is not None
    assert draft.number == 2
