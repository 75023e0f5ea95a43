"""Create an API key: another system can call the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.credentials import SHOWN_CHARACTERS, new_api_key, token_hash
from scheduler.organisation.models import ApiKey
from scheduler.organisation.permissions import NEVER_FOR_KEYS, Permission


@dataclass(frozen=True, slots=True)
class CreatedKey:
    """A key just made; the one time its secret is known."""

    key: ApiKey
    secret: str


def create_api_key(
    session: Session,
    *,
    name: str,
    scopes: Iterable[Permission],
    expires_at: datetime | None,
    now: datetime,
    created_by: UUID | None,
    actor: str,
) -> CreatedKey:
    """A new key that may do what ``scopes`` say, in the whole organisation, until ``expires_at``.

    Raises
    ------
    InvalidInput
        If no scope is given, one is not for keys, or the key would have expired already.
    """
    wanted = sorted(set(scopes))
    errors = [
        FieldError(f"scopes[{number}]", scope, "this scope is for people only", "leave it out")
        for number, scope in enumerate(wanted)
        if scope in NEVER_FOR_KEYS
    ]
    if not wanted:
        allowed = ", ".join(sorted(set(Permission) - NEVER_FOR_KEYS))
        errors.append(FieldError("scopes", "[]", "a key without scopes can do nothing", f"any of {allowed}"))
    if expires_at is not None and expires_at <= now:
        hint = "an instant in the future, or null for a key without end"
        errors.append(FieldError("expires_at", expires_at.isoformat(), "is already past", hint))
    if errors:
        raise InvalidInput(errors)
    secret = new_api_key()
    key = ApiKey(
        name=name,
        prefix=secret[:SHOWN_CHARACTERS],
        key_hash=token_hash(secret),
        scopes=[scope.value for scope in wanted],
        created_by=created_by,
        created_at=now,
        expires_at=expires_at,
    )
    session.add(key)
    session.flush()
    record(session, actor, "api_key.create", "api_key", key.id, name=name, scopes=key.scopes)
    return CreatedKey(key, secret)
