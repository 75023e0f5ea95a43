"""Who is behind a session token or an API key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.db.tenant import across_tenants
from scheduler.organisation.credentials import DEVICE_PREFIX, token_hash
from scheduler.organisation.delegations import lent_to
from scheduler.organisation.models import Account, ApiKey, ClockDevice, SignIn
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
        if account is None:
            return None
        lent = frozenset(each.location_id for each in lent_to(session, account.id, now=now))
        return replace(account_principal(account), lent=lent)


def principal_of_key(session: Session, secret: str, *, now: datetime) -> Principal | None:
    """The system or time clock whose key ``secret`` is; None if it is unknown, revoked or expired."""
    if secret.startswith(DEVICE_PREFIX):
        return _device_principal(session, secret)
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


def _device_principal(session: Session, secret: str) -> Principal | None:
    """The time clock a key belongs to; it may send punches of its own location and nothing else."""
    known = select(ClockDevice).where(
        ClockDevice.key_hash == token_hash(secret), ClockDevice.revoked_at.is_(None)
    )
    with across_tenants(session):
        device = session.scalars(known).one_or_none()
    if device is None:
        return None
    return Principal(
        organisation_id=device.organisation_id,
        actor=f"device:{device.id}",
        name=device.name,
        device_id=device.id,
        scopes=frozenset({Permission.PUNCHES_IMPORT}),
        scoped_to=device.location_id,
    )
