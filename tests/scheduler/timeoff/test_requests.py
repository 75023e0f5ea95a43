from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import Account
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from scheduler.timeoff.requests import (
    approve_time_off,
    cancel_time_off,
    reject_time_off,
    request_time_off,
    time_off_between,
)
from tests.scheduler.small_company import SmallCompany, store_small_company

DECEMBER = (date(2026, 12, 1), date(2026, 12, 8))


@pytest.fixture
def company(tenant_session: Session) -> SmallCompany:
    return store_small_company(tenant_session)


def ask(session: Session, company: SmallCompany, start: date, end: date) -> TimeOff:
    return request_time_off(
        session, company.ann.id, starts_on=start, ends_on=end, kind=LeaveKind.ANNUAL, actor="system"
    )


def test_only_approved_leave_counts_unless_asked_for_otherwise(tenant_session, company):
    leave = ask(tenant_session, company, *DECEMBER)
    assert time_off_between(tenant_session, [company.ann.id], *DECEMBER) == []
    approve_time_off(tenant_session, leave.id, actor="system")
    assert time_off_between(tenant_session, [company.ann.id], *DECEMBER) == [leave]
    assert time_off_between(tenant_session, [company.ann.id], date(2026, 12, 8), date(2026, 12, 9)) == []


def test_a_request_that_shares_a_day_with_another_is_refused(tenant_session, company):
    ask(tenant_session, company, *DECEMBER)
    with pytest.raises(SchedulerError) as refusal:
        ask(tenant_session, company, date(2026, 12, 7), date(2026, 12, 10))
    assert refusal.value.code == "time_off_overlaps"
    assert refusal.value.facts["starts_on"] == "2026-12-01"
    ask(tenant_session, company, date(2026, 12, 8), date(2026, 12, 10))
    assert len(tenant_session.scalars(select(TimeOff)).all()) == 2


def reject(session: Session, time_off_id: UUID, *, actor: str) -> TimeOff:
    return reject_time_off(session, time_off_id, reason=" stocktaking ", actor=actor)


@pytest.mark.parametrize("give_up", [reject, cancel_time_off])
def test_a_rejected_or_cancelled_request_frees_its_days(tenant_session, company, give_up):
    give_up(tenant_session, ask(tenant_session, company, *DECEMBER).id, actor="system")
    assert ask(tenant_session, company, *DECEMBER).state is TimeOffState.REQUESTED


def test_an_empty_span_is_refused(tenant_session, company):
    with pytest.raises(InvalidInput) as refusal:
        ask(tenant_session, company, date(2026, 12, 1), date(2026, 12, 1))
    assert refusal.value.errors[0].field == "ends_on"
    assert tenant_session.scalars(select(TimeOff)).all() == []


@pytest.mark.parametrize("decide", [approve_time_off, reject])
def test_what_was_decided_is_not_decided_again(tenant_session, company, decide):
    leave = ask(tenant_session, company, *DECEMBER)
    approve_time_off(tenant_session, leave.id, actor="system")
    with pytest.raises(SchedulerError) as refusal:
        decide(tenant_session, leave.id, actor="system")
    assert (refusal.value.code, refusal.value.facts["state"]) == ("time_off_not_open", "approved")


def test_approved_leave_can_be_cancelled_once(tenant_session, company):
    leave = ask(tenant_session, company, *DECEMBER)
    approve_time_off(tenant_session, leave.id, actor="system")
    assert cancel_time_off(tenant_session, leave.id, actor="system").state is TimeOffState.CANCELLED
    with pytest.raises(SchedulerError):
        cancel_time_off(tenant_session, leave.id, actor="system")


def test_an_unknown_request_is_not_found(tenant_session):
    with pytest.raises(SchedulerError) as refusal:
        approve_time_off(tenant_session, UUID(int=1), actor="system")
    assert refusal.value.code == "time_off_not_found"


def test_every_step_is_audited(tenant_session, company):
    leave = ask(tenant_session, company, *DECEMBER)
    approve_time_off(tenant_session, leave.id, actor="system")
    cancel_time_off(tenant_session, leave.id, actor="system")
    entries = tenant_session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(each.action, each.subject_id) for each in entries] == [
        (f"time_off.{verb}", leave.id) for verb in ("request", "approve", "cancel")
    ]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (date(2025, 12, 31), date(2026, 1, 5), "starts_on"),
        (date(2026, 12, 31), date(2027, 1, 5), "starts_on"),
        (date(2026, 3, 1), date(2086, 3, 1), "ends_on"),
        (date(2199, 3, 1), date(2199, 3, 2), "starts_on"),
    ],
)
def test_leave_of_decades_or_outside_of_the_employment_is_a_slip(
    tenant_session, company, start: date, end: date, field: str
):
    company.ann.left_on = date(2026, 12, 31) if start.year == 2026 else None
    with pytest.raises(InvalidInput) as refusal:
        ask(tenant_session, company, start, end)
    assert refusal.value.errors[0].field == field
    assert tenant_session.scalars(select(TimeOff)).all() == []


def test_nobody_approves_his_own_leave(tenant_session, company):
    account = Account(
        email="ann@example.com",
        name="Ann",
        password_hash="",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        employee_id=company.ann.id,
    )
    tenant_session.add(account)
    tenant_session.flush()
    leave = ask(tenant_session, company, *DECEMBER)
    with pytest.raises(SchedulerError) as refusal:
        approve_time_off(tenant_session, leave.id, actor=f"user:{account.id}")
    assert refusal.value.code == "own_time_off"
    assert leave.state is TimeOffState.REQUESTED
    account.employee_id = None
    tenant_session.flush()
    assert approve_time_off(tenant_session, leave.id, actor=f"user:{account.id}").decided_by == account.id


def test_a_refusal_has_a_reason_that_is_kept_and_audited(tenant_session, company):
    leave = ask(tenant_session, company, *DECEMBER)
    with pytest.raises(InvalidInput) as refusal:
        reject_time_off(tenant_session, leave.id, reason="  ", actor="system")
    assert refusal.value.errors[0].field == "reason"
    assert leave.state is TimeOffState.REQUESTED
    assert reject(tenant_session, leave.id, actor="system").decision_reason == "stocktaking"
    entry = tenant_session.scalars(select(AuditEntry).where(AuditEntry.action == "time_off.reject")).one()
    assert entry.facts["reason"] == "stocktaking"
