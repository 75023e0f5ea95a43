"""The audit record."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
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
