"""A slip of the pen in a contract is put right, and its neighbours still never overlap it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.people.contracts import change_contract
from scheduler.people.correct_contract import correct_contract
from scheduler.people.models import Contract
from tests.scheduler.people.test_contracts import HALF, spans
from tests.scheduler.small_company import SmallCompany, store_small_company

START, CHANGE = date(2026, 1, 1), date(2026, 9, 1)


@pytest.fixture
def company(tenant_session: Session) -> SmallCompany:
    """Ann has a contract from the new year on, and another one from September on."""
    company = store_small_company(tenant_session)
    change_contract(tenant_session, company.ann.id, HALF, valid_from=CHANGE, actor="system")
    return company


def contract(session: Session, valid_from: date) -> UUID:
    return session.scalars(select(Contract.id).where(Contract.valid_from == valid_from)).one()


@pytest.mark.parametrize("day", [date(2026, 8, 1), CHANGE, date(2026, 10, 1)])
def test_the_contract_before_ends_where_the_corrected_one_starts(
    tenant_session: Session, company: SmallCompany, day: date
):
    corrected = correct_contract(
        tenant_session,
        contract(tenant_session, CHANGE),
        replace(HALF, hourly_rate_cents=5400),
        valid_from=day,
        actor="system",
    )
    assert (corrected.hourly_rate_cents, corrected.weekly_minutes) == (5400, 1200)
    assert spans(tenant_session, company) == [(START, day), (day, None)]


def test_a_gap_before_it_stays_unless_it_starts_within_the_contract_before(
    tenant_session: Session, company: SmallCompany
):
    first = tenant_session.get_one(Contract, contract(tenant_session, START))
    first.valid_until = date(2026, 6, 1)
    later = contract(tenant_session, CHANGE)
    for day, ends in ((date(2026, 7, 1), date(2026, 6, 1)), (date(2026, 5, 1), date(2026, 5, 1))):
        correct_contract(tenant_session, later, HALF, valid_from=day, actor="system")
        assert spans(tenant_session, company) == [(START, ends), (day, None)]


def test_the_first_contract_can_start_earlier(tenant_session: Session, company: SmallCompany):
    day = date(2025, 12, 1)
    correct_contract(tenant_session, contract(tenant_session, START), HALF, valid_from=day, actor="system")
    assert spans(tenant_session, company) == [(day, CHANGE), (CHANGE, None)]


@pytest.mark.parametrize(
    ("which", "day", "hint"),
    [
        (CHANGE, START, "a day after 2026-01-01"),
        (CHANGE, date(2025, 6, 1), "a day after 2026-01-01"),
        (START, CHANGE, "a day before 2026-09-01"),
    ],
)
def test_it_cannot_jump_over_its_neighbours(tenant_session, company, which, day, hint):
    with pytest.raises(InvalidInput) as refusal:
        correct_contract(
            tenant_session, contract(tenant_session, which), HALF, valid_from=day, actor="system"
        )
    [error] = refusal.value.errors
    assert (error.field, error.value, error.hint) == ("valid_from", str(day), hint)
    assert spans(tenant_session, company) == [(START, CHANGE), (CHANGE, None)]


def test_terms_that_cannot_be_and_contracts_that_are_not_there_are_refused(tenant_session, company):
    session, which = tenant_session, contract(tenant_session, CHANGE)
    terms = replace(HALF, currency="ZZZ", max_daily_minutes=0)
    with pytest.raises(InvalidInput) as refusal:
        correct_contract(session, which, terms, valid_from=START, actor="system")
    told = [error.field for error in refusal.value.errors]
    assert told == ["max_daily_minutes", "currency", "valid_from"]
    with pytest.raises(SchedulerError, match="contract_not_found"):
        correct_contract(session, uuid4(), HALF, valid_from=START, actor="system")


def test_what_it_said_before_is_audited(tenant_session: Session, company: SmallCompany):
    which = contract(tenant_session, CHANGE)
    terms = replace(HALF, hourly_rate_cents=5400)
    correct_contract(tenant_session, which, terms, valid_from=CHANGE, actor="system")
    entry = tenant_session.scalars(select(AuditEntry).where(AuditEntry.action == "contract.correct")).one()
    assert (entry.subject_id, entry.facts["employee"]) == (which, "1")
    assert (entry.facts["before"]["hourly_rate_cents"], entry.facts["hourly_rate_cents"]) == (4500, 5400)
