"""The audit record, and what of it other systems are to be told."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class AuditEntry(Identified, TenantOwned, Base):
    """Somebody did something; append-only."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_subject", "subject", "subject_id"),)

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    """``user:<id>``, ``key:<id>`` or ``system``."""
    action: Mapped[str] = mapped_column(String(80))
    """A verb such as ``roster.publish``."""
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Announcement(Identified, TenantOwned, Base):
    """Something that happened and that other systems may want to be told; stored with what happened."""

    __tablename__ = "announcements"
    __table_args__ = (
        UniqueConstraint("organisation_id", "key"),
        Index("ix_announcements_waiting", "handed_out_at", "id"),
    )

    at: Mapped[datetime]
    type: Mapped[str] = mapped_column(String(60))
    """One of `scheduler.audit.event_types`."""
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str | None] = mapped_column(String(160))
    """Names what is told once, however often it is found; None for what somebody did."""
    handed_out_at: Mapped[datetime | None]
    """When a delivery was made for each endpoint that wants it; None while that is to be done."""
