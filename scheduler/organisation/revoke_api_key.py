"""Revoke an API key: it opens nothing any more."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import ApiKey


def revoke_api_key(session: Session, key_id: UUID, *, now: datetime, actor: str) -> ApiKey:
    """The key, revoked; one revoked before keeps its first date.

    Raises
    ------
    SchedulerError
        ``not_found`` if the organisation has no such key.
    """
    key = session.get(ApiKey, key_id)
    if key is None:
        raise SchedulerError("not_found", what="API key", id=str(key_id))
    if key.revoked_at is None:
        key.revoked_at = now
        record(session, actor, "api_key.revoke", "api_key", key.id)
    return key
