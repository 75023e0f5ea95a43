"""The audit record, read."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select

from scheduler.audit.models import AuditEntry


def audit_entries(
    *, actor: str | None = None, subject: str | None = None, subject_id: UUID | None = None
) -> Select[AuditEntry]:
    """The entries of the organisation that match everything given, newest first."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc())
    if actor is not None:
        query = query.where(AuditEntry.actor == actor)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    if subject_id is not None:
        query = query.where(AuditEntry.subject_id == subject_id)
    return query
