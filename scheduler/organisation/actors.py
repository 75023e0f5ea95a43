"""Who acted, in words."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.organisation.models import Account, ApiKey, ClockDevice, Kiosk


def name_of(session: Session, actor: str) -> str:
    """What people call an actor: the name of the account, key, kiosk or time clock, otherwise itself."""
    kind, _, key = actor.partition(":")
    try:
        identity = UUID(key)
    except ValueError:
        return actor
    if kind == "key":
        api_key = session.get(ApiKey, identity)
        return f"API key {api_key.name}" if api_key is not None else actor
    if kind == "kiosk":
        kiosk = session.get(Kiosk, identity)
        return f"kiosk {kiosk.name}" if kiosk is not None else actor
    if kind == "device":
        device = session.get(ClockDevice, identity)
        return f"time clock {device.name}" if device is not None else actor
    account = session.get(Account, identity) if kind == "user" else None
    return account.name if account is not None else actor
