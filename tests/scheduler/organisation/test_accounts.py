"""Accounts and keys: made, changed, switched off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.authenticate import principal_of_key, principal_of_token
from scheduler.organisation.change_account import change_account
from scheduler.organisation.create_account import create_account
from scheduler.organisation.create_api_key import create_api_key
from scheduler.organisation.credentials import hash_password, password_matches
from scheduler.organisation.models import Account, ApiKey, Role
from scheduler.organisation.permissions import Grant, Permission
from scheduler.organisation.sign_in import check_password, open_session
from tests.conftest import store_organisation
from tests.scheduler.small_company import store_small_company

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
PASSWORD = "correct horse battery"


def new_account(session: Session, email: str = "ann@example.com", *grants: Grant) -> Account:
    return create_account(
        session,
        email=email,
        name="Ann",
        password=PASSWORD,
        grants=grants or [Grant(Role.ADMIN)],
        actor="system",
    )


def test_a_password_is_kept_as_argon2id_only():
    stored = hash_password(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert hash_password(PASSWORD) != stored
    assert password_matches(PASSWORD, stored)
    assert not password_matches(PASSWORD + "!", stored)
    assert not password_matches(PASSWORD, None)


@pytest.mark.parametrize("password", ["", "ninechars", "x" * 201])
def test_a_password_has_a_sensible_length(password: str):
    with pytest.raises(InvalidInput) as refusal:
        hash_password(password)
    assert "10 to 200" in refusal.value.errors[0].hint
    assert password not in refusal.value.errors[0].value or not password


@pytest.mark.parametrize(
    "email", ["", "ann", "ann@", "@example.com", "a b@example.com", "a@b@c", "a\x00@b.c"]
)
def test_what_is_no_address_is_refused(tenant_session: Session, email: str):
    with pytest.raises(InvalidInput):
        new_account(tenant_session, email)


def test_an_address_belongs_to_one_account_of_all_organisations(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        new_account(session, "Ann@Example.com")
    other = store_organisation(database, "other")
    with (
        database.write(other) as session,
        pytest.raises(SchedulerError, match="email_taken"),
    ):
        new_account(session, "ann@example.COM")


def test_grants_are_checked(tenant_session: Session):
    here = store_small_company(tenant_session).location.id
    for grants in (
        [],
        [Grant(Role.ADMIN, here)],
        [Grant(Role.EMPLOYEE, here)],
        [Grant(Role.MANAGER, UUID(int=1))],
    ):
        with pytest.raises(InvalidInput):
            create_account(
                tenant_session, email="a@b.c", name="A", password=PASSWORD, grants=grants, actor="system"
            )
    account = new_account(tenant_session, "a@b.c", Grant(Role.MANAGER, here), Grant(Role.MANAGER, here))
    assert [(grant.role, grant.location_id) for grant in account.grants] == [(Role.MANAGER, here)]


def test_the_last_admin_can_neither_go_nor_become_something_else(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        first = new_account(session, "first@example.com").id
    changes: list[dict[str, object]] = [{"active": False}, {"grants": [Grant(Role.PAYROLL)]}]
    for change in changes:
        with (
            database.write(organisation_id) as session,
            pytest.raises(SchedulerError, match="last_admin"),
        ):
            change_account(session, first, now=NOW, actor="system", **change)  # type: ignore[arg-type]  # of any field
    with database.write(organisation_id) as session:
        new_account(session, "second@example.com")
    with database.write(organisation_id) as session:
        assert not change_account(session, first, active=False, now=NOW, actor="system").active


def test_switching_an_account_off_ends_its_sessions(database: Database, organisation_id: UUID):
    with database.write(organisation_id) as session:
        new_account(session, "admin@example.com")
        account = new_account(session, "ann@example.com", Grant(Role.PAYROLL))
        token = open_session(session, account.id, now=NOW, lasts=timedelta(hours=1)).token
        account_id = account.id
    with database.read() as session:
        assert principal_of_token(session, token, now=NOW) is not None
    with database.write(organisation_id) as session:
        change_account(session, account_id, active=False, now=NOW, actor="system")
    with database.write(organisation_id) as session:
        change_account(session, account_id, active=True, now=NOW, actor="system")
    with database.read() as session:
        assert principal_of_token(session, token, now=NOW) is None


def test_a_principal_belongs_to_the_organisation_of_its_account(database: Database):
    found = {}
    for slug in ("one", "two"):
        organisation_id = store_organisation(database, slug)
        with database.write(organisation_id) as session:
            new_account(session, f"ann@{slug}.example")
        with database.read() as session:
            found[slug] = check_password(session, email=f"ann@{slug}.example", password=PASSWORD)
        assert found[slug].organisation_id == organisation_id


def test_only_the_hash_of_a_key_is_kept_and_a_scope_of_old_opens_nothing(
    database: Database, organisation_id: UUID
):
    with database.write(organisation_id) as session:
        made = create_api_key(
            session,
            name="gate",
            scopes=[Permission.PUNCHES_IMPORT],
            expires_at=None,
            now=NOW,
            created_by=None,
            actor="system",
        )
        made.key.scopes = [*made.key.scopes, "dinosaurs:feed", Permission.ACCOUNTS_WRITE.value]
        secret = made.secret
    with database.read() as session:
        principal = principal_of_key(session, secret, now=NOW)
        assert principal is not None
        assert principal.permissions() == {Permission.PUNCHES_IMPORT}
        assert principal_of_key(session, secret + "x", now=NOW) is None
    with database.read(organisation_id) as session:
        key = session.scalars(select(ApiKey)).one()
        assert secret.startswith(key.prefix)
        assert secret not in str(vars(key))
        facts = [entry.facts for entry in session.scalars(select(AuditEntry))]
        assert secret not in str(facts)
