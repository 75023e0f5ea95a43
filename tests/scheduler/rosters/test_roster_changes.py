"""Changes of a published roster are logged once and for ever, with notice, cause, consent and price."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput
from scheduler.organisation.models import Location
from scheduler.people.models import Contract
from scheduler.rosters.change_log import changes_of
from scheduler.rosters.change_prices import Why
from scheduler.rosters.models import ChangeCause, RosterChange, Shift
from scheduler.rosters.person_changes import person_changes
from scheduler.rosters.premiums import totals
from scheduler.rosters.publish import preview, publish
from tests.scheduler.rosters.company import MONDAY, WHY, Company

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def oregon(lite: Session, lite_company: Company) -> Company:
    """The company under Oregon's law, paid 18.00 USD an hour; the week is 13 days away."""
    place = lite.get_one(Location, lite_company.location.id)
    place.zone, place.jurisdiction, place.currency = "America/Los_Angeles", "us-or", "USD"
    for contract in lite.scalars(select(Contract)):
        contract.hourly_rate_cents, contract.currency = 1800, "USD"
    lite.flush()
    lite_company.location.zone = "America/Los_Angeles"
    return lite_company


def changed(session: Session, c: Company, known: list[Shift], now: list[Shift]):
    """A published week, and a draft that says otherwise."""
    roster = c.roster(session)
    c.draft(session, roster, known)
    publish(session, roster.id, expected_revision=0, actor=c.actor)
    c.draft(session, roster, now)
    return roster


def told(session: Session, roster) -> list[tuple[str, str | None, int]]:
    """Who, pay code and cents of each priced change of the draft."""
    return [
        (each.change.employee, each.premium.line.code if each.premium.line else None, each.premium.cents)
        for each in preview(session, roster.id).priced
    ]


def test_the_price_of_each_change_is_told_before_and_logged_after(lite: Session, oregon: Company):
    c = oregon
    lost, moved = c.shift("Ann", MONDAY), c.shift("Bo", MONDAY)
    later = c.shift("Bo", MONDAY, 10, 18, lineage_id=moved.lineage_id)
    roster = changed(lite, c, [lost, moved], [later])
    before = told(lite, roster)
    assert before == [("Ann Nowak", "PREDICTABILITY_HALF", 7200), ("Bo Lis", "PREDICTABILITY_1H", 1800)]
    assert totals(preview(lite, roster.id).premiums) == [("USD", 9000)]
    bos = (c.people["Bo"].id, moved.lineage_id)
    publish(
        lite, roster.id, expected_revision=roster.revision, actor=c.actor,
        why=Why(" delivery called off ", consented=frozenset({bos})),
    )  # fmt: skip
    rows = {row.employee_id: row for row in changes_of(lite, roster.id)}
    ann, bo = rows[c.people["Ann"].id], rows[c.people["Bo"].id]
    assert (ann.reason, ann.changed_by, ann.cause) == ("delivery called off", c.actor, ChangeCause.EMPLOYER)
    assert (ann.pay_code, ann.premium_minutes, ann.multiplier) == ("predictability_half", 480, "0.5")
    assert (ann.premium_cents, ann.currency, ann.citation) == (7200, "USD", "ORS 653.455(2)(b)")
    assert ann.pack
    assert ann.pack.startswith("us-or ")
    assert ann.rule
    assert ann.rule.startswith("us-or.")
    assert (ann.after, ann.before and ann.before["paid_minutes"]) == (None, 480)
    assert (ann.consented, bo.consented) == (False, True)
    assert ann.notice_minutes == (lost.starts_at - ann.told_at) // timedelta(minutes=1)
    assert bo.notice_minutes == (moved.starts_at - bo.told_at) // timedelta(minutes=1)


def test_a_published_roster_is_not_changed_without_a_reason(lite: Session, oregon: Company):
    c = oregon
    roster = changed(lite, c, [c.shift("Ann", MONDAY)], [])
    with pytest.raises(InvalidInput, match="without a reason"), lite.begin_nested():
        publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor)
    with pytest.raises(InvalidInput, match="reason is missing"):
        Why("  ")
    assert not changes_of(lite, roster.id)


@pytest.mark.parametrize("cause", [ChangeCause.EMPLOYEE_REQUEST, ChangeCause.SWAP, ChangeCause.EMERGENCY])
def test_only_what_the_employer_needs_costs_anything(lite: Session, oregon: Company, cause: ChangeCause):
    c = oregon
    lost = c.shift("Ann", MONDAY)
    roster = changed(lite, c, [lost], [])
    key = (c.people["Ann"].id, lost.lineage_id)
    assert [each.premium.cents for each in preview(lite, roster.id, causes={key: cause}).priced] == [0]
    why = Why("she asked", {key: cause})
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=why)
    (row,) = changes_of(lite, roster.id)
    assert (row.cause, row.premium_cents, row.pay_code) == (cause, 0, None)


def test_a_cause_for_what_does_not_change_is_refused(lite: Session, oregon: Company):
    c = oregon
    roster = changed(lite, c, [c.shift("Ann", MONDAY)], [])
    stray = Why("why not", {(uuid4(), uuid4()): ChangeCause.SWAP})
    with pytest.raises(InvalidInput, match="not changed by this publication"), lite.begin_nested():
        publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=stray)


def test_a_first_publication_and_work_that_nobody_has_are_no_changes(lite: Session, oregon: Company):
    c = oregon
    roster = changed(lite, c, [c.shift("Ann", MONDAY), c.shift(None, TUESDAY)], [c.shift(None, MONDAY)])
    assert told(lite, roster) == [("Ann Nowak", "PREDICTABILITY_HALF", 7200)]
    assert not changes_of(lite, roster.id)


def test_a_shift_given_to_somebody_else_is_a_loss_and_a_gain(lite: Session, oregon: Company):
    c = oregon
    shift = c.shift("Ann", MONDAY)
    given = c.shift("Bo", MONDAY, lineage_id=shift.lineage_id)
    roster = changed(lite, c, [shift], [given])
    assert told(lite, roster) == [
        ("Ann Nowak", "PREDICTABILITY_HALF", 7200),
        ("Bo Lis", "PREDICTABILITY_1H", 1800),
    ]


def test_another_shift_on_the_same_day_is_one_change_and_the_same_hours_are_none(
    lite: Session, oregon: Company
):
    c = oregon
    early, late = c.shift("Ann", MONDAY, 6, 14), c.shift("Bo", MONDAY, 12, 20)
    swapped = [
        c.shift("Bo", MONDAY, 6, 14, lineage_id=early.lineage_id),
        c.shift("Ann", MONDAY, 12, 20, lineage_id=late.lineage_id),
    ]
    roster = changed(lite, c, [early, late], swapped)
    assert told(lite, roster) == [
        ("Ann Nowak", "PREDICTABILITY_1H", 1800),
        ("Bo Lis", "PREDICTABILITY_1H", 1800),
    ]
    assert person_changes([], c.zone) == []


def test_without_a_contract_on_the_day_the_log_says_that_it_was_not_priced(lite: Session, oregon: Company):
    c = oregon
    roster = changed(lite, c, [c.shift("Ann", MONDAY)], [])
    lite.scalars(
        select(Contract).where(Contract.employee_id == c.people["Ann"].id)
    ).one().valid_until = MONDAY
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    (row,) = changes_of(lite, roster.id)
    assert (row.premium_cents, row.pay_code) == (0, None)
    assert row.note
    assert "no contract on 2026-11-23" in row.note


@pytest.mark.parametrize(("sector", "cents"), [(None, 0), ("fast_food", 2000)])
def test_new_york_asks_for_a_premium_in_its_sectors_only(
    lite: Session, oregon: Company, sector: str | None, cents: int
):
    c = oregon
    place = lite.get_one(Location, c.location.id)
    place.zone, place.jurisdiction, place.sector = "America/New_York", "us-ny-nyc", sector
    roster = changed(lite, c, [c.shift("Ann", MONDAY)], [])
    publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=WHY)
    row = lite.scalars(select(RosterChange)).one()
    assert (row.premium_cents, row.premium_minutes) == (cents, 0)
    assert row.pay_code == ("schedule_change_premium" if cents else None)


@pytest.mark.parametrize(
    ("sector", "consented", "cause", "hours", "late"),
    [
        ("retail", False, ChangeCause.EMPLOYER, 71, True),
        ("retail", False, ChangeCause.EMPLOYER, 73, False),
        ("retail", True, ChangeCause.EMPLOYER, 71, False),
        ("retail", False, ChangeCause.EMERGENCY, 71, False),
        ("retail", False, ChangeCause.EMPLOYEE_REQUEST, 71, False),
        ("fast_food", False, ChangeCause.EMPLOYER, 71, False),
    ],
)
def test_new_york_asks_retail_for_consent_to_changes_within_three_days(
    lite: Session,
    oregon: Company,
    sector: str,
    consented: bool,
    cause: ChangeCause,
    hours: int,
    late: bool,
):
    c = oregon
    place = lite.get_one(Location, c.location.id)
    place.zone, place.jurisdiction, place.sector = "America/New_York", "us-ny-nyc", sector
    shift = c.shift("Ann", MONDAY)
    roster = changed(lite, c, [shift], [])
    key = (c.people["Ann"].id, shift.lineage_id)
    agreed = frozenset({key}) if consented else frozenset()
    with time_machine.travel(shift.starts_at - timedelta(hours=hours), tick=False):
        (told_before,) = preview(lite, roster.id, causes={key: cause}, consented=agreed).priced
        why = Why("no delivery", {key: cause}, agreed)
        publish(lite, roster.id, expected_revision=roster.revision, actor=c.actor, why=why)
    (row,) = changes_of(lite, roster.id)
    assert row.finding == (told_before.late.as_dict() if told_before.late else None)
    assert (row.finding is not None) == late
    if row.finding:
        assert (row.finding["code"], row.finding["short_by"]) == ("US-NYC.RETAIL_NOTICE_72H", 60)
        assert row.finding["citation"]
        assert row.finding["employee_name"] == "Ann Nowak"
