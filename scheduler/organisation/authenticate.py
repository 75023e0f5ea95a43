"""Who is behind a session token or an API key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.tenant import across_tenants
from scheduler.organisation.credentials import token_hash
from scheduler.organisation.models import Account, ApiKey, SignIn
from scheduler.organisation.permissions import NEVER_FOR_KEYS, Grant, Permission, Principal


def account_principal(account: Account) -> Principal:
    """The principal that an account is."""
    return Principal(
        organisation_id=account.organisation_id,
        actor=f"user:{account.id}",
        name=account.name,
        email=account.email,
        account_id=account.id,
        employee_id=account.employee_id,
        grants=frozenset(Grant(grant.role, grant.location_id) for grant in account.grants),
    )


def principal_of_token(session: Session, token: str, *, now: datetime) -> Principal | None:
    """The person whose open sign-in a token is; None if it is unknown, over, or of an account that is off."""
    with across_tenants(session):
        account = session.scalars(
            select(Account)
            .join(SignIn, SignIn.account_id == Account.id)
            .where(
                SignIn.token_hash == token_hash(token),
                SignIn.revoked_at.is_(None),
                SignIn.expires_at > now,
                Account.active,
            )
        ).one_or_none()
        return None if account is None else account_principal(account)


def principal_of_key(session: Session, secret: str, *, now: datetime) -> Principal | None:
    """The system whose API key ``secret`` is; None if it is unknown, revoked or expired."""
    with across_tenants(session):
        key = session.scalars(select(ApiKey).where(ApiKey.key_hash == token_hash(secret))).one_or_none()
    if key is None or key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
        return None
    # A scope of an older release may no longer exist; it then allows nothing.
    known = {scope for scope in Permission if scope in key.scopes}
    return Principal(
        organisation_id=key.organisation_id,
        actor=f"key:{key.id}",
        name=key.name,
        scopes=frozenset(known - NEVER_FOR_KEYS),
    )
