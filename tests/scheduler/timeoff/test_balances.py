"""Leave accounts from the records, and what a request asks of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import Announcement, AuditEntry
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import Account
from scheduler.timeoff.balances import balances, outlook
from scheduler.timeoff.leave_policies import below_law, law_says, save_policy
from scheduler.timeoff.models import (
    LeaveEntry,
    LeaveEntryKind,
    LeaveGranting,
    LeaveKind,
    LeaveUnit,
    TimeOff,
)
from scheduler.timeoff.record_leave_entry import record_leave_entry
from scheduler.timeoff.requests import approve_time_off, request_time_off
from tests.conftest import store_organisation
from tests.scheduler.small_company import SmallCompany, store_small_company
from tests.scheduler.timeoff.leave_world import terms

TODAY = date(2026, 11, 23)
WEEK = (date(2026, 12, 7), date(2026, 12, 12))


@pytest.fixture
def company(tenant_session: Session) -> SmallCompany:
    return store_small_company(tenant_session)


def give(session: Session, company: SmallCompany, **changes: Any) -> None:
    save_policy(session, company.location.id, terms(**changes), actor="system")


def ask(session: Session, company: SmallCompany, first: date, end: date) -> TimeOff:
    return request_time_off(
        session, company.ann.id, starts_on=first, ends_on=end, kind=LeaveKind.ANNUAL, actor="system"
    )


def enter(session: Session, company: SmallCompany, **changes: Any) -> LeaveEntry:
    plain: dict[str, Any] = {
        "leave_kind": LeaveKind.ANNUAL,
        "entry": LeaveEntryKind.ADJUSTMENT,
        "day": date(2026, 3, 1),
        "amount": 100,
        "reason": "two Saturdays in stock",
        "actor": "system",
    }
    return record_leave_entry(session, company.ann.id, **{**plain, **changes})


def test_without_a_policy_there_is_no_account_and_nothing_is_guessed(tenant_session, company):
    assert balances(tenant_session, [company.ann], TODAY) == []
    assert outlook(tenant_session, company.ann, LeaveKind.ANNUAL, *WEEK) is None
    leave = ask(tenant_session, company, *WEEK)
    assert approve_time_off(tenant_session, leave.id, actor="system").state == "approved"


def test_approved_leave_counts_and_leave_still_to_come_is_planned(tenant_session, company):
    give(tenant_session, company)
    for first, end in ((date(2026, 11, 2), date(2026, 11, 7)), WEEK):
        approve_time_off(tenant_session, ask(tenant_session, company, first, end).id, actor="system")
    ask(tenant_session, company, date(2026, 12, 21), date(2026, 12, 24))
    (found,) = balances(tenant_session, [company.ann], TODAY)
    assert (found.amount, found.planned, found.available) == (2100, 500, 1600)
    assert found.words(found.available) == "16 days"


def test_public_holidays_of_the_place_take_nothing(tenant_session, company):
    give(tenant_session, company)
    ahead = outlook(tenant_session, company.ann, LeaveKind.ANNUAL, date(2026, 11, 9), date(2026, 11, 14))
    assert ahead is not None
    assert (ahead.asked, ahead.left) == (400, 2200)
    assert ahead.sentence == "26 days available; this asks for 4 days; 22 days left."


def test_a_request_beyond_the_balance_needs_an_explicit_decision(tenant_session, company):
    give(tenant_session, company, yearly_amount=300)
    leave = ask(tenant_session, company, *WEEK)
    with pytest.raises(SchedulerError) as refusal:
        approve_time_off(tenant_session, leave.id, actor="system")
    assert refusal.value.code == "leave_beyond_balance"
    assert refusal.value.facts["sentence"] == "3 days available; this asks for 5 days; 2 days too much."
    assert leave.state == "requested"
    approve_time_off(tenant_session, leave.id, actor="system", beyond_balance=True)
    said = tenant_session.scalars(select(AuditEntry).where(AuditEntry.action == "time_off.approve")).one()
    assert "2 days too much" in said.facts["beyond_balance"]
    told = tenant_session.scalars(select(Announcement).where(Announcement.type == "time_off.approved")).one()
    assert told.facts["id"] == str(leave.id)
    assert "beyond_balance" not in told.facts


def test_leave_approved_for_later_in_the_year_is_not_given_twice(tenant_session, company):
    give(tenant_session, company, yearly_amount=500)
    approve_time_off(
        tenant_session,
        ask(tenant_session, company, date(2026, 12, 14), date(2026, 12, 19)).id,
        actor="system",
    )
    ahead = outlook(tenant_session, company.ann, LeaveKind.ANNUAL, *WEEK)
    assert ahead is not None
    assert (ahead.available, ahead.is_covered) == (0, False)


def test_a_waiting_time_is_told_with_the_day_on_which_it_ends(tenant_session, company):
    give(tenant_session, company, waiting_months=12)
    ahead = outlook(tenant_session, company.ann, LeaveKind.ANNUAL, *WEEK)
    assert ahead is not None
    assert (ahead.waits_until, ahead.is_covered) == (date(2027, 1, 1), False)
    assert ahead.sentence.endswith("None of it can be taken before 2027-01-01.")


def test_entries_change_the_balance_and_never_change_themselves(tenant_session, company):
    give(tenant_session, company)
    kept = enter(tenant_session, company, amount=-150)
    (found,) = balances(tenant_session, [company.ann], TODAY)
    assert found.amount == 2450
    assert found.lines[-1].why == "two Saturdays in stock"
    told = tenant_session.scalars(select(Announcement)).one()
    assert (told.type, told.facts["kind"]) == ("leave_balance.changed", "annual")
    assert "reason" not in told.facts
    assert kept.recorded_by == "system"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"reason": " "}, "reason"),
        ({"entry": LeaveEntryKind.GRANT, "amount": -100}, "amount"),
        ({"entry": LeaveEntryKind.PAID_OUT, "amount": 100}, "amount"),
        ({"entry": LeaveEntryKind.ACCRUAL}, "entry"),
        ({"day": date(2025, 12, 31)}, "day"),
        ({"amount": 10_000_000}, "amount"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_and_names_the_field(tenant_session, company, changes, field):
    give(tenant_session, company)
    with pytest.raises(InvalidInput) as refusal:
        enter(tenant_session, company, **changes)
    assert [error.field for error in refusal.value.errors] == [field]
    assert tenant_session.scalars(select(LeaveEntry)).all() == []


def test_a_second_opening_balance_of_a_day_is_refused(tenant_session, company):
    give(tenant_session, company)
    opening = {"entry": LeaveEntryKind.OPENING, "day": date(2026, 6, 1), "amount": 1250}
    enter(tenant_session, company, **opening)
    with pytest.raises(SchedulerError) as refusal:
        enter(tenant_session, company, **opening)
    assert refusal.value.code == "leave_opened_already"
    (found,) = balances(tenant_session, [company.ann], TODAY)
    assert (found.amount, found.carried_over) == (1250, 1250)


def test_nobody_enters_something_into_his_own_account(tenant_session, company):
    give(tenant_session, company)
    account = Account(
        email="ann@x", name="Ann", password_hash="x", employee_id=company.ann.id, created_at=utc_now()
    )
    tenant_session.add(account)
    tenant_session.flush()
    with pytest.raises(SchedulerError) as refusal:
        enter(tenant_session, company, actor=f"user:{account.id}")
    assert refusal.value.code == "own_leave_account"


def test_an_entry_without_a_policy_is_refused(tenant_session, company):
    with pytest.raises(SchedulerError) as refusal:
        enter(tenant_session, company)
    assert refusal.value.code == "leave_policy_missing"
    assert refusal.value.facts["location"] == "Warsaw"


def test_the_law_of_the_place_is_told_and_a_policy_below_it_warns(tenant_session, company):
    says = law_says(tenant_session, company.location.id, TODAY)
    assert says is not None
    assert (says.days, says.long_days, says.share_basis_points) == (2000, 2600, None)
    short = terms(unit=LeaveUnit.MINUTES, yearly_amount=19 * 480)
    kept = save_policy(tenant_session, company.location.id, short, actor="system")
    assert below_law(tenant_session, kept) == (f"The law gives at least 160 h a year ({says.citation}).")
    again = save_policy(
        tenant_session, company.location.id, replace(short, yearly_amount=20 * 480), actor="system"
    )
    assert again.id == kept.id
    assert below_law(tenant_session, again) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2026, 1, 2)}, "starts_on"),
        ({"counted_weekdays": ()}, "counted_weekdays"),
        ({"full_time_weekly_minutes": 2400}, "full_time_weekly_minutes"),
        ({"granting": LeaveGranting.HOURS, "unit": LeaveUnit.MINUTES}, "share_basis_points"),
        ({"long_service_years": 10}, "long_service_years"),
        ({"carry_over_months": 13}, "carry_over_months"),
        ({"day_minutes": 0}, "day_minutes"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_and_names_the_field(tenant_session, company, changes, field):
    with pytest.raises(InvalidInput) as refusal:
        give(tenant_session, company, **changes)
    assert [error.field for error in refusal.value.errors] == [field]


def test_a_later_policy_keeps_the_leave_year_and_the_unit(tenant_session, company):
    give(tenant_session, company)
    with pytest.raises(InvalidInput) as refusal:
        give(tenant_session, company, starts_on=date(2027, 4, 1), unit=LeaveUnit.MINUTES)
    assert [error.field for error in refusal.value.errors] == ["starts_on", "unit"]


def test_other_organisations_have_other_accounts(tenant_session, company, database):
    give(tenant_session, company)
    tenant_session.commit()
    rival: UUID = store_organisation(database, "rival")
    with database.read(rival) as session:
        assert balances(session, [company.ann], TODAY) == []
