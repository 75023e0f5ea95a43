from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.people.contracts import ContractTerms, change_contract, contracts_between
from scheduler.people.models import Contract, ContractKind
from tests.scheduler.small_company import SmallCompany, store_small_company
from tests.scheduler.two_at_once import two_at_once

HALF = ContractTerms(
    kind=ContractKind.PART_TIME,
    weekly_minutes=1200,
    min_weekly_minutes=0,
    max_weekly_minutes=1500,
    max_daily_minutes=600,
    hourly_rate_cents=4500,
    currency="PLN",
)


@pytest.fixture
def company(tenant_session: Session) -> SmallCompany:
    return store_small_company(tenant_session)


def spans(session: Session, company: SmallCompany) -> list[tuple[date, date | None]]:
    by_start = select(Contract).where(Contract.employee_id == company.ann.id).order_by(Contract.valid_from)
    return [(contract.valid_from, contract.valid_until) for contract in session.scalars(by_start)]


def test_new_terms_end_the_contract_in_force_on_that_day(tenant_session: Session, company: SmallCompany):
    change_contract(tenant_session, company.ann.id, HALF, valid_from=date(2026, 9, 1), actor="system")
    assert spans(tenant_session, company) == [
        (date(2026, 1, 1), date(2026, 9, 1)),
        (date(2026, 9, 1), None),
    ]
    around = contracts_between(tenant_session, [company.ann.id], date(2026, 8, 31), date(2026, 9, 1))
    assert [contract.weekly_minutes for contract in around[company.ann.id]] == [2400, 1200]


def test_new_terms_hold_until_a_contract_that_starts_later(tenant_session: Session, company: SmallCompany):
    for day in (date(2026, 9, 1), date(2026, 5, 1)):
        change_contract(tenant_session, company.ann.id, HALF, valid_from=day, actor="system")
    assert spans(tenant_session, company) == [
        (date(2026, 1, 1), date(2026, 5, 1)),
        (date(2026, 5, 1), date(2026, 9, 1)),
        (date(2026, 9, 1), None),
    ]


def test_a_second_contract_from_the_same_day_is_refused(tenant_session: Session, company: SmallCompany):
    with pytest.raises(SchedulerError) as refusal:
        change_contract(tenant_session, company.ann.id, HALF, valid_from=date(2026, 1, 1), actor="system")
    assert refusal.value.code == "contract_starts_that_day"
    assert spans(tenant_session, company) == [(date(2026, 1, 1), None)]


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (replace(HALF, min_weekly_minutes=1201), "weekly_minutes"),
        (replace(HALF, max_weekly_minutes=1199), "weekly_minutes"),
        (replace(HALF, max_weekly_minutes=10081), "weekly_minutes"),
        (replace(HALF, max_daily_minutes=0), "max_daily_minutes"),
        (replace(HALF, hourly_rate_cents=-1), "hourly_rate_cents"),
        (replace(HALF, currency="ZZZ"), "currency"),
    ],
)
def test_terms_that_cannot_be_change_nothing(tenant_session, company, terms, field):
    with pytest.raises(InvalidInput) as refusal:
        change_contract(tenant_session, company.ann.id, terms, valid_from=date(2026, 9, 1), actor="system")
    assert [error.field for error in refusal.value.errors] == [field]
    assert spans(tenant_session, company) == [(date(2026, 1, 1), None)]


def test_a_change_is_audited(tenant_session: Session, company: SmallCompany):
    actor = "user:00000000-0000-0000-0000-000000000001"
    changed = change_contract(tenant_session, company.ann.id, HALF, valid_from=date(2026, 9, 1), actor=actor)
    entry = tenant_session.scalars(select(AuditEntry).where(AuditEntry.action == "contract.change")).one()
    assert (entry.actor, entry.subject_id, entry.facts["weekly_minutes"]) == (actor, changed.id, 1200)


def test_nobody_has_a_contract_before_the_first_one(tenant_session: Session, company: SmallCompany):
    last_year = contracts_between(tenant_session, [company.ann.id], date(2025, 1, 1), date(2025, 12, 31))
    assert last_year == {}


def test_of_two_changes_at_once_neither_overlaps_the_other(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        company = store_small_company(session)

    def change(day: date, session: Session) -> date:
        return change_contract(session, company.ann.id, HALF, valid_from=day, actor="system").valid_from

    september, october = date(2026, 9, 1), date(2026, 10, 1)
    two_at_once(database, organisation_id, partial(change, october), partial(change, september))
    with database.read(organisation_id) as session:
        assert spans(session, company) == [
            (date(2026, 1, 1), september),
            (september, october),
            (october, None),
        ]
