"""Write down who did what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.clock import utc_now

SYSTEM = "system"


def record(
    session: Session, actor: str, action: str, subject: str, subject_id: UUID | None = None, **facts: Any
) -> None:
    """Add one entry to the audit record, in the caller's transaction.

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
