"""An organisation's own agreement holds wherever the law of a location is asked for."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput
from scheduler.law.agreements import layers_in
from scheduler.law.give_consent import NewConsent, give_consent
from scheduler.law.library import packs
from scheduler.law.nominal_time import nominal_minutes
from scheduler.law.overtime import overtime_year_cap
from scheduler.law.save_agreement import save_agreement, withdraw_agreement
from scheduler.law.sectors import sectors_of
from scheduler.law.subject import LawSubject
from scheduler.people.models import Contract
from scheduler.rosters.add_shift import NewShift, add
from scheduler.rosters.compliance import report
from scheduler.rosters.models import Publication, Shift
from scheduler.rosters.person_limits import limits_of
from scheduler.rosters.problem import problem_for
from scheduler.rosters.publish import preview, publish
from scheduler.rosters.versions import published_version
from tests.scheduler.rosters.company import MONDAY, Company

ROOT = Path(__file__).parents[3]
TUESDAY = MONDAY + timedelta(days=1)

AGREEMENT = """\
pack: acme-2026
title: Works agreement of Acme
adjective: agreed
version: 3
layer: agreement
parents: [pl]
codes: ACME
consulted: 2026-11-21
sources: {A: Works agreement of 1 March 2026}
parameters:
  day:
    topic: day_max
    enforce: hard
    code: ACME.DAY_7H
    tests: [acme/day]
    applies: {system: basic}
    values:
      - {from: 2026-03-01, value: 7 h, cite: par. 1, status: confirmed, source: [A]}
  break:
    topic: break
    enforce: hard
    code: ACME.BREAK
    tests: [acme/break]
    values:
      - from: 2026-03-01
        value: 25 min paid from 4 h, 35 min paid over 9 h, 50 min paid over 16 h
        cite: par. 2
        status: confirmed
        source: [A]
  sunday:
    topic: daily_rest
    enforce: hard
    code: ACME.REST_12H
    tests: [acme/rest]
    values:
      - {from: 2026-03-01, value: 12 h, cite: par. 3, status: confirmed, source: [A]}
    exceptions:
      - {ground: shorter_rest, value: 11 h, cite: par. 3 sentence 2, opened_by: consent, withdrawal: 7 days}
  notice:
    topic: schedule_notice
    enforce: check
    code: ACME.NOTICE_21D
    values:
      - {from: 2026-03-01, value: 21 days, cite: par. 4, status: confirmed, source: [A]}
  premium:
    topic: change_premium
    enforce: pay
    values:
      - {from: 2026-03-01, value: 2 h, cite: par. 5, status: confirmed, source: [A]}
  overtime:
    topic: overtime_year_cap
    enforce: check
    code: ACME.OT_YEAR_100H
    values:
      - {from: 2026-03-01, value: 100 h, cite: par. 6, status: confirmed, source: [A]}
  depot:
    topic: week_max
    enforce: hard
    code: ACME.WEEK_38H
    tests: [acme/week]
    applies: {sector: depot}
    values:
      - {from: 2026-03-01, value: 38 h, cite: par. 7, status: confirmed, source: [A]}
"""


@pytest.fixture
def acme(lite: Session, lite_company: Company) -> Company:
    """The company with its agreement."""
    save_agreement(lite, AGREEMENT, actor=lite_company.actor)
    return lite_company


def test_late_notice_is_told_by_the_longer_notice_that_was_agreed(lite: Session, acme: Company):
    roster = acme.roster(lite)
    acme.draft(lite, roster, [acme.shift("Ann", MONDAY, 8, 14)])
    (late,) = preview(lite, roster.id).late
    assert (late["code"], late["citation"]) == ("ACME.NOTICE_21D", "par. 4")
    publish(lite, roster.id, expected_revision=0, actor=acme.actor)
    notes = lite.scalars(select(Publication)).one().notes
    assert "ACME.NOTICE_21D" in {note["code"] for note in notes}


def test_a_late_change_costs_what_was_agreed(lite: Session, acme: Company):
    roster = acme.roster(lite)
    acme.draft(lite, roster, [acme.shift("Ann", MONDAY, 8, 14)])
    publish(lite, roster.id, expected_revision=0, actor=acme.actor)
    acme.draft(lite, roster, [])
    (priced,) = preview(lite, roster.id).priced
    assert priced.premium.line
    assert (priced.premium.cents, priced.premium.line.citation) == (2 * 3140, "par. 5")
    assert priced.premium.pack.startswith("acme-2026 3+")


@pytest.mark.parametrize(("agreed", "paid_minutes"), [(True, 25), (False, 15)])
def test_a_shift_gets_the_break_that_was_agreed(
    lite: Session, lite_company: Company, agreed: bool, paid_minutes: int
):
    c = lite_company
    if agreed:
        save_agreement(lite, AGREEMENT, actor=c.actor)
    roster = c.roster(lite)
    new = NewShift(c.inbound.id, c.picking.id, c.at(MONDAY, 8), c.at(MONDAY, 14.5))
    shift = add(lite, roster.id, new, expected_revision=0, actor=c.actor).shift
    assert shift
    assert [(each["minutes"], each["paid"]) for each in shift.breaks] == [(paid_minutes, True)]
    assert {policy.minutes for policy in problem_for(lite, roster.id).breaks_by_law[:1]} == {paid_minutes}


def test_the_limits_of_a_person_are_the_agreed_ones(lite: Session, acme: Company):
    limits = limits_of(lite, acme.people["Ann"].id, MONDAY)
    said = {topic.id: found for topic, found in limits.limits}
    assert [str(one.value) for one in said["daily_rest"]] == ["12 h"]
    assert sorted(limits.grounds) == ["shorter_rest", *sorted(set(limits.grounds) - {"shorter_rest"})]


def test_a_contract_longer_than_the_agreed_day_is_in_the_equivalent_system(lite: Session, acme: Company):
    for contract in lite.scalars(select(Contract)):
        contract.max_daily_minutes = 450
    lite.flush()
    subjects = problem_for(lite, acme.roster(lite).id).law.people
    assert {str(subject.system) for subject in subjects} == {"equivalent"}


def test_somebody_can_consent_to_what_the_agreement_opens(lite: Session, acme: Company):
    ann, today = acme.people["Ann"].id, date(2026, 11, 10)
    given = give_consent(lite, ann, NewConsent("shorter_rest", today, today), actor=acme.actor)
    assert given.notice_days == 7
    shifts = [
        acme.shift(who, day, *hours)
        for who in ("Ann", "Bo")
        for day, hours in ((MONDAY, (15, 22)), (TUESDAY, (9.5, 13)))
    ]
    version = acme.draft(lite, acme.roster(lite), shifts)
    broken = [each for each in report(lite, version.id).findings if each.code == "ACME.REST_12H"]
    assert [each.employee_name for each in broken] == ["Bo Lis"]


def test_a_ground_of_nobody_elses_agreement_is_refused(lite: Session, lite_company: Company):
    today = date(2026, 11, 10)
    with pytest.raises(InvalidInput, match="cannot be consented to here"):
        give_consent(
            lite, lite_company.people["Ann"].id, NewConsent("shorter_rest", today, today), actor="system"
        )


def test_overtime_nominal_time_and_sectors_know_the_agreement(lite: Session, acme: Company):
    layers = layers_in(lite, "pl")
    year = date(2026, 12, 31)
    found = overtime_year_cap(layers, LawSubject(id="ann"), on=year, overtime_minutes=101 * 60)
    assert found
    assert (found.code, found.short_by) == ("ACME.OT_YEAR_100H", 60)
    holiday = frozenset({date(2026, 11, 11)})
    week = nominal_minutes(layers, date(2026, 11, 9), date(2026, 11, 16), absent_on=holiday)
    assert week == 40 * 60 - 7 * 60  # a holiday takes a day of seven hours
    assert sectors_of(layers) == ("depot",)
    assert sectors_of(layers_in(lite, "de")) == ()


def test_a_published_roster_stays_with_the_agreement_it_was_made_under(
    lite: Session, acme: Company, monkeypatch: pytest.MonkeyPatch
):
    roster = acme.roster(lite)
    acme.draft(lite, roster, [acme.shift("Ann", MONDAY, 8, 14)])
    publish(lite, roster.id, expected_revision=0, actor=acme.actor)
    published = published_version(lite, roster.id)
    assert published
    assert published.published_at
    later = published.published_at + timedelta(minutes=1)
    monkeypatch.setattr("scheduler.law.save_agreement.utc_now", lambda: later)
    stricter = save_agreement(
        lite, AGREEMENT.replace("25 min", "40 min").replace("35 min", "40 min"), actor=acme.actor
    )
    assert "ACME.BREAK" not in {each.code for each in report(lite, published.id).findings}
    draft = acme.draft(lite, roster, [_again(shift) for shift in published.shifts])
    assert "ACME.BREAK" in {each.code for each in report(lite, draft.id).findings}
    withdraw_agreement(lite, stricter.id, actor=acme.actor)
    assert "acme-2026" not in report(lite, draft.id).packs
    assert "acme-2026" in report(lite, published.id).packs


def test_a_published_roster_says_when_the_law_has_another_version_since(
    lite: Session, lite_company: Company, monkeypatch: pytest.MonkeyPatch
):
    c, roster = lite_company, lite_company.roster(lite)
    c.draft(lite, roster, [c.shift("Ann", MONDAY)])
    publish(lite, roster.id, expected_revision=0, actor=c.actor)
    published = published_version(lite, roster.id)
    assert published
    assert published.packs
    assert published.packs["pl"] == packs()["pl"].fingerprint
    assert not [note for note in report(lite, published.id).notes if "when it was published" in note]
    newer = {**packs(), "pl": replace(packs()["pl"], version="2099.1")}
    monkeypatch.setattr("scheduler.law.library.packs", lambda: newer)
    (note,) = [note for note in report(lite, published.id).notes if "when it was published" in note]
    assert f"pl {published.packs['pl']}" in note
    assert "by 2099.1+" in note


def _again(shift: Shift) -> Shift:
    names = ("lineage_id", "department_id", "skill_id", "employee_id", "starts_at", "ends_at", "breaks")
    return Shift(paid_minutes=shift.paid_minutes, **{name: getattr(shift, name) for name in names})


def test_packs_count_from_their_upload_to_their_withdrawal(lite: Session, monkeypatch: pytest.MonkeyPatch):
    times = [datetime(2026, month, 1, tzinfo=UTC) for month in (3, 5, 7)]
    clock = iter(times)
    monkeypatch.setattr("scheduler.law.save_agreement.utc_now", lambda: next(clock))
    save_agreement(lite, AGREEMENT, actor="system")
    second = save_agreement(lite, AGREEMENT.replace("version: 3", "version: 4"), actor="system")
    withdraw_agreement(lite, second.id, actor="system")

    def version(at: datetime) -> list[str]:
        return [pack.version for pack in layers_in(lite, "pl", at=at) if pack.id == "acme-2026"]

    second_later = timedelta(seconds=1)
    assert [version(at - second_later) for at in times] == [[], ["3"], ["4"]]
    assert [version(at) for at in times] == [["3"], ["4"], []]


@pytest.mark.parametrize("room", ["rosters", "pay", "timekeeping", "timeoff", "demand", "jobs"])
def test_no_room_above_asks_for_the_law_of_a_place_without_its_agreements(room: str):
    """`layers_of` without packs of the organisation would leave them out."""
    for file in sorted((ROOT / "scheduler" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("layers_of", "rules_for"):
                given = (
                    len(node.args) > 1
                    if ast.unparse(node.func) == "layers_of"
                    else any(keyword.arg == "own" for keyword in node.keywords)
                )
                assert given, f"{file.relative_to(ROOT)}:{node.lineno}"
