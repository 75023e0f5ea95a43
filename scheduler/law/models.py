"""Consents of people and agreements of an organisation, as records."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class ConsentRecord(Identified, TenantOwned, Base):
    """That somebody agreed to be outside a rule of law; what is stored changes once, when it is withdrawn."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("given_on <= valid_from", name="given"),
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="span"),
        CheckConstraint("notice_days >= 0", name="notice"),
        CheckConstraint("(withdrawn_on IS NULL) = (withdrawn_by IS NULL)", name="withdrawn"),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    ground: Mapped[str] = mapped_column(String(80))
    """Name of the exception that it opens, as rule packs name it."""
    given_on: Mapped[date]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    """First civil day after; None without end."""
    notice_days: Mapped[int]
    """Days after which taking it back counts."""
    evidence: Mapped[str] = mapped_column(String(500))
    """Where the signed text is kept; empty where the person gave it here."""
    recorded_by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    withdrawn_on: Mapped[date | None]
    """Civil day on which the person took it back."""
    withdrawn_by: Mapped[str | None] = mapped_column(String(80))


class AgreementRecord(Identified, TenantOwned, Base):
    """One version of an organisation's own rule pack, as it was uploaded; withdrawn at most once."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("organisation_id", "pack_id", "number"),)

    pack_id: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    """1, 2, 3 ... within the pack; the latest one counts."""
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    """The YAML file."""
    uploaded_by: Mapped[str] = mapped_column(String(80))
    uploaded_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """From then on the pack counts nowhere, until it is uploaded again."""
