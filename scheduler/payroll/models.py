"""Profiles an organisation saved, targets with their mappings, and batches that were handed over."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class PayrollProfile(Identified, TenantOwned, Base):
    """One version of a profile that an organisation made; append-only, the latest counts."""

    __tablename__ = "payroll_profiles"
    __table_args__ = (UniqueConstraint("organisation_id", "code", "number"),)

    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[int]
    """1, 2, 3 ... within the code."""
    title: Mapped[str] = mapped_column(String(100))
    document: Mapped[dict[str, Any]]
    """As `scheduler.payroll.payroll_profile.Profile` reads it."""
    text: Mapped[str] = mapped_column(Text)
    """The YAML it was written as."""
    saved_by: Mapped[str] = mapped_column(String(80))
    saved_at: Mapped[datetime]


class PayrollTarget(Identified, TenantOwned, Base):
    """A payroll system that lines are handed to, with what it has to be told once."""

    __tablename__ = "payroll_targets"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    profile_code: Mapped[str] = mapped_column(String(40))
    """Of a profile that comes with Makina or that the organisation saved."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Text by name, as the profile asks for them."""
    same_numbers: Mapped[bool] = mapped_column(default=True)
    """Who has no number of the target's is known to it by ours."""
    created_at: Mapped[datetime]


class MappingKind(StrEnum):
    """What is translated."""

    EMPLOYEE = "employee"
    PAY_CODE = "pay_code"
    LOCATION = "location"


class PayrollMapping(Identified, TenantOwned, Base):
    """What a target calls one of our people, pay codes or locations."""

    __tablename__ = "payroll_mappings"
    __table_args__ = (UniqueConstraint("target_id", "kind", "ours"),)

    target_id: Mapped[UUID] = mapped_column(ForeignKey("payroll_targets.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MappingKind]
    ours: Mapped[str] = mapped_column(String(80))
    """Number of the employee, pay code, or code of the location."""
    theirs: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Text by name, as `scheduler.payroll.mappings` reads them."""


class PayrollBatch(Identified, TenantOwned, Base):
    """A file that was made for a target: frozen, with where everything in it came from; append-only."""

    __tablename__ = "payroll_batches"
    __table_args__ = (
        UniqueConstraint("target_id", "number"),
        CheckConstraint("first_day <= last_day", name="span"),
    )

    target_id: Mapped[UUID] = mapped_column(ForeignKey("payroll_targets.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int]
    """1, 2, 3 ... of the target."""
    profile: Mapped[dict[str, Any]]
    """The description it was written by, whole."""
    settings: Mapped[dict[str, Any]]
    first_day: Mapped[date]
    last_day: Mapped[date]
    """Included."""
    file_name: Mapped[str] = mapped_column(String(150))
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    line_count: Mapped[int]
    person_count: Mapped[int]
    totals: Mapped[list[Any]] = mapped_column(default=list)
    """As `scheduler.payroll.totals` gives them."""
    created_by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime]


class PayrollBatchPeriod(Identified, TenantOwned, Base):
    """That a batch holds the lines of a pay period; append-only."""

    __tablename__ = "payroll_batch_periods"
    __table_args__ = (UniqueConstraint("batch_id", "pay_period_id"),)

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("payroll_batches.id", ondelete="RESTRICT"))
    pay_period_id: Mapped[UUID] = mapped_column(ForeignKey("pay_periods.id", ondelete="RESTRICT"), index=True)


class PayrollBatchPiece(Identified, TenantOwned, Base):
    """A piece of a batch's bytes; append-only."""

    __tablename__ = "payroll_batch_pieces"
    __table_args__ = (UniqueConstraint("batch_id", "number"),)

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("payroll_batches.id", ondelete="RESTRICT"))
    number: Mapped[int]
    """0, 1, 2 ... in the order of the file."""
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BatchState(StrEnum):
    """Life of a batch."""

    DRAFT = "draft"
    """Made, and not yet handed over."""
    EXPORTED = "exported"
    """Handed over."""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    """Taken back: a draft that is not wanted, or a batch that another one replaces."""


class PayrollBatchEvent(Identified, TenantOwned, Base):
    """A state that a batch came into; append-only, the latest counts."""

    __tablename__ = "payroll_batch_events"
    __table_args__ = (UniqueConstraint("batch_id", "number"),)

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("payroll_batches.id", ondelete="RESTRICT"))
    number: Mapped[int]
    """1, 2, 3 ... of the batch."""
    state: Mapped[BatchState]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(String(500))
