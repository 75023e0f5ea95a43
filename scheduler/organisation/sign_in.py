"""Sign in: a password becomes an open session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import across_tenants
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.authenticate import account_principal
from scheduler.organisation.credentials import new_token, password_matches, token_hash
from scheduler.organisation.models import Account, SignIn
from scheduler.organisation.permissions import Principal


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session just opened; the one time its token is known."""

    token: str
    expires_at: datetime


def check_password(session: Session, *, email: str, password: str) -> Principal:
    """Who an address is, if the password is the right one.

    Takes as long for an address that nobody has. Meant for a reading session: the work of hashing must not
    hold the write lock of SQLite.

    Raises
    ------
    SchedulerError
        ``sign_in_failed`` for an unknown address, a wrong password and an account that is switched off alike.
    """
    with across_tenants(session):
        account = session.scalars(select(Account).where(Account.email == email.strip().lower())).one_or_none()
    matches = password_matches(password, None if account is None else account.password_hash)
    if account is None or not matches or not account.active:
        raise SchedulerError("sign_in_failed")
    return account_principal(account)


def open_session(session: Session, account_id: UUID, *, now: datetime, lasts: timedelta) -> OpenedSession:
    """A new session of an account whose password was checked; only its token's hash is stored."""
    token = new_token()
    expires_at = now + lasts
    session.add(
        SignIn(
            account_id=account_id,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=expires_at,
        )
    )
    record(session, f"user:{account_id}", "account.sign_in", "account", account_id)
    return OpenedSession(token, expires_at)
