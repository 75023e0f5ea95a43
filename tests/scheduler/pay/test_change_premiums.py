"""Premiums for late changes become pay lines once, in the period of the changed shift or as a correction."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.ids import new_id
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.lines import lines_of
from scheduler.pay.models import PayCode, PayLine
from scheduler.pay.periods import changed_periods, period_for
from scheduler.people.models import Contract
from scheduler.rosters.models import ChangeCause, Publication, Roster, RosterChange, RosterVersion, ShortRest
from scheduler.timekeeping.refresh import refresh
from tests.scheduler.pay.paid_groups import FORTNIGHTS, somebody_in
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, close_week
from tests.scheduler.timekeeping.clock_company import MANAGER, NOW, ClockCompany

TUESDAY = WEEK + timedelta(days=1)


def premium(session: Session, clocked: ClockCompany, day: date = TUESDAY, *, told_at=NOW) -> RosterChange:
    """Half of four hours' pay for work that Ann lost."""
    contract = session.scalars(select(Contract).where(Contract.employee_id == clocked.ann.id)).one()
    publication = _publication(session, clocked.location_id, told_at)
    change = RosterChange(
        publication_id=publication.id,
        roster_id=publication.roster_id,
        employee_id=clocked.ann.id,
        lineage_id=new_id(),
        day=day,
        before={},
        after=None,
        told_at=told_at,
        notice_minutes=60,
        changed_by=MANAGER,
        cause=ChangeCause.EMPLOYER,
        reason="no delivery",
        consented=False,
        pay_code="predictability_half",
        contract_id=contract.id,
        premium_minutes=240,
        hourly_rate_cents=4000,
        multiplier="0.5",
        premium_cents=8000,
        currency="PLN",
        rule="us-or.premium.lost",
        pack="us-or 1+0123",
        citation="ORS 653.455(2)(b)",
    )
    session.add(change)
    session.flush()
    return change


def _publication(session: Session, location_id: UUID, at) -> Publication:
    of_week = select(Roster).where(Roster.location_id == location_id, Roster.starts_on == WEEK)
    roster = session.scalars(of_week).one_or_none()
    if roster is None:
        roster = Roster(
            location_id=location_id, starts_on=WEEK, ends_on=WEEK + timedelta(days=7), created_at=at
        )
        session.add(roster)
        session.flush()
    number = len(roster.versions) + 1
    version = RosterVersion(roster_id=roster.id, number=number, created_at=at, created_by=MANAGER)
    session.add(version)
    session.flush()
    publication = Publication(
        roster_id=roster.id, version_id=version.id, published_at=at, published_by=MANAGER, changes={}
    )
    session.add(publication)
    session.flush()
    session.refresh(roster)
    return publication


def short_rest(
    session: Session, clocked: ClockCompany, *, told_at=NOW, lineage=None, gone: bool = False
) -> ShortRest:
    """Two hours too little rest before Ann's work on Tuesday, or that they are there no more."""
    contract = session.scalars(select(Contract).where(Contract.employee_id == clocked.ann.id)).one()
    publication = _publication(session, clocked.location_id, told_at)
    row = ShortRest(
        publication_id=publication.id,
        before_roster_id=publication.roster_id,
        roster_id=publication.roster_id,
        employee_id=clocked.ann.id,
        before_lineage_id=lineage or new_id(),
        lineage_id=lineage or new_id(),
        day=TUESDAY,
        before={},
        after={},
        rest_minutes=None if gone else 480,
        due_minutes=600,
        told_at=told_at,
        notice_minutes=60,
        changed_by=MANAGER,
        consented=True,
    )
    if not gone:
        row.pay_code, row.contract_id, row.premium_minutes = "short_rest_premium", contract.id, 120
        row.hourly_rate_cents, row.multiplier, row.premium_cents = 4000, "0.5", 4000
        row.currency, row.rule, row.pack, row.citation = (
            "PLN",
            "us-or.rest.premium",
            "us-or 1+0",
            "ORS 653.442",
        )
    session.add(row)
    session.flush()
    return row


def premiums(session: Session, code: PayCode = PayCode.PREDICTABILITY_HALF) -> list[PayLine]:
    found = select(PayLine).where(PayLine.pay_code == code).order_by(PayLine.id)
    return list(session.scalars(found))


def test_a_closed_period_has_the_premium_with_its_rule_and_article(tenant_session, clocked):
    premium(tenant_session, clocked)
    premium(tenant_session, clocked)
    period = close_week(tenant_session, clocked, "2026-11-16")
    (line,) = premiums(tenant_session)
    assert (line.day, line.minutes, line.hourly_rate_cents, line.amount_cents) == (TUESDAY, 480, 4000, 16000)
    told = [each for each in lines_of(tenant_session, period.id) if each.rule]
    assert [(each.rule, each.pack, each.citation, each.multiplier) for each in told] == [
        ("us-or.premium.lost", "us-or 1+0123", "ORS 653.455(2)(b)", "0.5")
    ]
    assert pending(tenant_session, period.id).differences == ()


def test_somebody_who_did_not_work_at_all_gets_the_premium_too(tenant_session, clocked):
    premium(tenant_session, clocked)
    close_period(tenant_session, period_for(tenant_session, clocked.location_id, WEEK).id, actor=PAYROLL)
    assert [line.amount_cents for line in premiums(tenant_session)] == [8000]


def test_a_premium_known_after_the_close_is_a_correction_in_the_next_period(tenant_session, clocked):
    period = close_week(tenant_session, clocked, "2026-11-16")
    assert changed_periods(tenant_session, clocked.location_id) == []
    premium(tenant_session, clocked, told_at=NOW + timedelta(hours=1))
    assert changed_periods(tenant_session, clocked.location_id) == [period]
    (found,) = pending(tenant_session, period.id).differences
    assert (found.minutes, found.amount_cents) == (240, 8000)
    settled = settle(tenant_session, period.id, reason="told late", actor=PAYROLL)
    (line,) = settled.lines
    assert (line.citation, line.corrects_period_id) == ("ORS 653.455(2)(b)", period.id)
    assert pending(tenant_session, period.id).differences == ()


def test_a_premium_of_another_week_stays_there(tenant_session, clocked):
    premium(tenant_session, clocked, WEEK + timedelta(days=7))
    close_week(tenant_session, clocked, "2026-11-16")
    assert premiums(tenant_session) == []


def test_a_closed_period_has_the_premium_of_a_short_rest_as_it_was_told_last(tenant_session, clocked):
    lineage = new_id()
    short_rest(tenant_session, clocked, lineage=lineage, told_at=NOW - timedelta(hours=2))
    short_rest(tenant_session, clocked, lineage=lineage, told_at=NOW - timedelta(hours=1), gone=True)
    short_rest(tenant_session, clocked)
    period = close_week(tenant_session, clocked, "2026-11-16")
    (line,) = premiums(tenant_session, PayCode.SHORT_REST_PREMIUM)
    assert (line.day, line.minutes, line.amount_cents, line.multiplier) == (TUESDAY, 120, 4000, "0.5")
    assert (line.rule, line.citation) == ("us-or.rest.premium", "ORS 653.442")
    assert pending(tenant_session, period.id).differences == ()
    assert changed_periods(tenant_session, clocked.location_id) == []


def test_a_short_rest_told_or_taken_back_after_the_close_is_settled_in_the_next_period(
    tenant_session, clocked
):
    period, lineage = close_week(tenant_session, clocked, "2026-11-16"), new_id()
    short_rest(tenant_session, clocked, lineage=lineage, told_at=NOW + timedelta(hours=1))
    assert changed_periods(tenant_session, clocked.location_id) == [period]
    (line,) = settle(tenant_session, period.id, reason="told late", actor=PAYROLL).lines
    assert (line.minutes, line.amount_cents) == (120, 4000)
    assert pending(tenant_session, period.id).differences == ()
    short_rest(tenant_session, clocked, lineage=lineage, told_at=NOW + timedelta(hours=2), gone=True)
    assert changed_periods(tenant_session, clocked.location_id) == [period]
    (back,) = settle(tenant_session, period.id, reason="shift moved", actor=PAYROLL).lines
    assert (back.minutes, back.amount_cents) == (-120, -4000)


def test_a_short_rest_that_came_and_went_after_the_close_changes_nothing(tenant_session, clocked):
    close_week(tenant_session, clocked, "2026-11-16")
    lineage = new_id()
    short_rest(tenant_session, clocked, lineage=lineage, told_at=NOW + timedelta(hours=1))
    short_rest(tenant_session, clocked, lineage=lineage, told_at=NOW + timedelta(hours=2), gone=True)
    assert changed_periods(tenant_session, clocked.location_id) == []


def test_a_premium_is_paid_in_the_period_of_its_person_s_pay_group_alone(tenant_session, clocked, now):
    session = tenant_session
    group = somebody_in(session, clocked.ann, FORTNIGHTS)
    refresh(session, clocked.ann.id, TUESDAY)
    premium(session, clocked)
    now.move_to(NOW + timedelta(days=7))
    weekly = period_for(session, clocked.location_id, WEEK)
    close_period(session, weekly.id, actor=PAYROLL)
    premium(session, clocked, told_at=NOW + timedelta(days=8))
    assert lines_of(session, weekly.id) == []
    assert changed_periods(session, clocked.location_id) == []
    mine = period_for(session, clocked.location_id, WEEK, group)
    close_period(session, mine.id, actor=PAYROLL)
    assert [(line.pay_code, line.amount_cents) for line in lines_of(session, mine.id)] == [
        ("predictability_half", 16000)
    ]
