"""Leave."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class LeaveKind(StrEnum):
    """Kinds of leave."""

    ANNUAL = "annual"
    SICK = "sick"
    UNPAID = "unpaid"
    OTHER = "other"


class TimeOffState(StrEnum):
    """Where a request stands; only approved ones keep somebody off the roster."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class TimeOff(Identified, TenantOwned, Base):
    """Leave over the civil days ``[starts_on, ends_on)`` of the employee's location."""

    __tablename__ = "time_off"
    __table_args__ = (CheckConstraint("starts_on < ends_on", name="span"),)

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """First day back."""
    kind: Mapped[LeaveKind]
    state: Mapped[TimeOffState] = mapped_column(default=TimeOffState.REQUESTED)
    note: Mapped[str | None] = mapped_column(String(500))
    requested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    decision_reason: Mapped[str | None] = mapped_column(String(500))
    """Why it was rejected."""
