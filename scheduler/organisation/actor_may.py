"""What an actor may do, where a use case itself has to know."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import SYSTEM
from scheduler.organisation.authenticate import account_principal
from scheduler.organisation.models import Account, ApiKey
from scheduler.organisation.permissions import Permission, reach


def actor_may(session: Session, actor: str, permission: Permission, location_id: UUID) -> bool:
    """Whether an actor holds a permission at a location; kiosks and devices hold none, the system every one.

    Parameters
    ----------
    actor
        ``user:<id>``, ``key:<id>`` or another name of the audit record.
    """
    if actor == SYSTEM:
        return True
    kind, _, key = actor.partition(":")
    try:
        identity = UUID(key)
    except ValueError:
        return False
    if kind == "key":
        api_key = session.get(ApiKey, identity)
        return api_key is not None and permission.value in api_key.scopes
    account = session.get(Account, identity) if kind == "user" else None
    held = None if account is None else reach(account_principal(account), permission)
    return held is not None and held.covers(location_id)
