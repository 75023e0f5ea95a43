"""What was asked for in the past, and how many people are needed when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class DemandObservation(Identified, TenantOwned, Base):
    """How much of something came in a past span: calls, arrivals, orders."""

    __tablename__ = "demand_observations"
    __table_args__ = (UniqueConstraint("location_id", "series", "starts_at"),)

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    series: Mapped[str] = mapped_column(String(60))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    quantity: Mapped[float]


class CoverageRequirement(Identified, TenantOwned, Base):
    """How many people with a skill a department needs over a span."""

    __tablename__ = "coverage_requirements"
    __table_args__ = (
        UniqueConstraint("department_id", "skill_id", "starts_at"),
        Index("ix_coverage_requirements_span", "location_id", "starts_at", "ends_at"),
        CheckConstraint("starts_at < ends_at", name="span"),
        CheckConstraint(
            "0 <= minimum AND minimum <= target AND (maximum IS NULL OR target <= maximum)", name="people"
        ),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id", ondelete="CASCADE"))
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skills.id", ondelete="RESTRICT"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    minimum: Mapped[int]
    target: Mapped[int]
    maximum: Mapped[int | None]
