"""Records as a system for human resources last saw them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class HrRecordKind(StrEnum):
    """What a record for human resources is about."""

    WORKED_HOURS = "worked_hours"
    LEAVE = "leave"
    OVERTIME = "overtime"
    CONTRACT_DATES = "contract_dates"
    EXPIRING_SKILLS = "expiring_skills"
    LEAVE_BALANCES = "leave_balances"
    OVERTIME_ACCOUNTS = "overtime_accounts"


class HrRecord(Identified, TenantOwned, Base):
    """A fact about somebody over the days ``[starts_on, ends_on)``, with the number of its last change.

    Kept so that a reader who knows a number is told everything that changed after it, and nothing else.
    """

    __tablename__ = "hr_records"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "location_id", "key"),
        Index("ix_hr_records_sequence", "organisation_id", "kind", "sequence"),
        CheckConstraint("starts_on < ends_on", name="span"),
    )

    kind: Mapped[HrRecordKind]
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(160))
    """Names the fact among those of its kind and place; its days are a part of it."""
    employee_id: Mapped[UUID]
    """No reference: that somebody's facts are gone must be told after the person is gone."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """First day after it."""
    sequence: Mapped[int] = mapped_column(BigInteger)
    """Counts the changes of all records of the organisation; a later change has a larger number."""
    changed_at: Mapped[datetime]
    facts: Mapped[dict[str, Any]]
    """What is true; empty once it is withdrawn."""
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    """Whether it is true no more."""
