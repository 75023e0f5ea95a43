"""Accounts and keys for tests, made by the real use cases but for the slow hashing of passwords."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.auth import COOKIE
from scheduler.db.session import Database
from scheduler.kernel.clock import utc_now
from scheduler.organisation.create_api_key import create_api_key
from scheduler.organisation.credentials import hash_password
from scheduler.organisation.models import Account, Role, RoleGrant
from scheduler.organisation.permissions import Permission
from scheduler.organisation.sign_in import open_session

PASSWORD = "correct horse battery"


@cache
def password_hash() -> str:
    """The hash of `PASSWORD`; computing it once is enough for a test session."""
    return hash_password(PASSWORD)


@dataclass(frozen=True)
class Person:
    """An account with an open session."""

    account_id: UUID
    email: str
    token: str

    def client(self, app: FastAPI) -> TestClient:
        """A browser of this person."""
        return TestClient(
            app, base_url="http://testserver", cookies={COOKIE: self.token}, follow_redirects=False
        )


def store_person(
    database: Database,
    organisation_id: UUID,
    email: str,
    *roles: tuple[Role, UUID | None],
    employee_id: UUID | None = None,
    now: datetime | None = None,
    lasts: timedelta = timedelta(hours=1),
) -> Person:
    """Store an account with these roles and sign it in."""
    with database.write(organisation_id) as session:
        account = Account(
            email=email,
            name=email.partition("@")[0].title(),
            password_hash=password_hash(),
            employee_id=employee_id,
            created_at=utc_now(),
        )
        account.grants = [RoleGrant(role=role, location_id=location_id) for role, location_id in roles]
        session.add(account)
        session.flush()
        opened = open_session(session, account.id, now=now or utc_now(), lasts=lasts)
        return Person(account.id, email, opened.token)


def signed_in_again(database: Database, organisation_id: UUID, person: Person) -> Person:
    """The person with a session that nothing has ended."""
    with database.write(organisation_id) as session:
        opened = open_session(session, person.account_id, now=utc_now(), lasts=timedelta(hours=1))
    return replace(person, token=opened.token)


def store_key(
    database: Database,
    organisation_id: UUID,
    scopes: Iterable[Permission],
    *,
    expires_at: datetime | None = None,
    now: datetime | None = None,
) -> str:
    """Store an API key; gives its secret."""
    with database.write(organisation_id) as session:
        made = create_api_key(
            session,
            name="time clock",
            scopes=scopes,
            expires_at=expires_at,
            now=now or utc_now(),
            created_by=None,
            actor="system",
        )
        return made.secret
