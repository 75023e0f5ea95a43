"""Write down who did what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.event_types import BY_ACTION
from scheduler.audit.models import Announcement, AuditEntry
from scheduler.kernel.clock import utc_now

SYSTEM = "system"


def record(
    session: Session, actor: str, action: str, subject: str, subject_id: UUID | None = None, **facts: Any
) -> None:
    """Add one entry to the audit record, in the caller's transaction.

    What other systems can be told of is announced in the same transaction, so that neither is there without
    the other.

    Parameters
    ----------
    actor
        ``user:<id>``, ``key:<id>`` or `SYSTEM`.
    action
        Room and verb, such as ``roster.publish``.
    subject, subject_id
        What it was done to.
    facts
        JSON-ready details; never a secret.
    """
    session.add(
        AuditEntry(
            at=utc_now(), actor=actor, action=action, subject=subject, subject_id=subject_id, facts=facts
        )
    )
    event = BY_ACTION.get(action)
    if event is not None:
        told = {name: facts[name] for name in event.facts if name in facts}
        session.add(Announcement(at=utc_now(), type=event.name, facts=_named(subject, subject_id) | told))


def _named(subject: str, subject_id: UUID | None) -> dict[str, Any]:
    return {"subject": subject, "id": None if subject_id is None else str(subject_id)}
