"""Employees and what a roster must know of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.db.base import Base, Identified, TenantOwned


class SkillKind(StrEnum):
    """Whether a skill is simply known or proven by a certificate that can expire."""

    SKILL = "skill"
    CERTIFICATE = "certificate"


class Skill(Identified, TenantOwned, Base):
    """Something a shift can require."""

    __tablename__ = "skills"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[SkillKind] = mapped_column(default=SkillKind.SKILL)


class JobRole(Identified, TenantOwned, Base):
    """What somebody is hired as, such as picker or team lead."""

    __tablename__ = "job_roles"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))


class Employee(Identified, TenantOwned, Base):
    """A person who works shifts."""

    __tablename__ = "employees"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    number: Mapped[str] = mapped_column(String(40))
    """Employee number, unique in the organisation; what payroll knows the person by."""
    first_name: Mapped[str] = mapped_column(String(100))
    last_name: Mapped[str] = mapped_column(String(100))
    email: Mapped[str | None] = mapped_column(String(254))
    born_on: Mapped[date | None]
    hired_on: Mapped[date]
    left_on: Mapped[date | None]
    """First civil day no longer employed."""
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"), index=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id", ondelete="RESTRICT"))
    job_role_id: Mapped[UUID | None] = mapped_column(ForeignKey("job_roles.id", ondelete="SET NULL"))

    skills: Mapped[list[EmployeeSkill]] = relationship(
        cascade="all, delete-orphan", back_populates="employee"
    )
    contracts: Mapped[list[Contract]] = relationship(
        cascade="all, delete-orphan", order_by="Contract.valid_from"
    )
    availability: Mapped[list[WeeklyAvailability]] = relationship(cascade="all, delete-orphan")
    availability_exceptions: Mapped[list[AvailabilityException]] = relationship(cascade="all, delete-orphan")

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"


class EmployeeSkill(Identified, TenantOwned, Base):
    """A skill somebody has, from and until when."""

    __tablename__ = "employee_skills"
    __table_args__ = (UniqueConstraint("employee_id", "skill_id", "valid_from"),)

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    """First civil day on which it is no longer valid."""

    employee: Mapped[Employee] = relationship(back_populates="skills")
    skill: Mapped[Skill] = relationship()


class ContractKind(StrEnum):
    """Kinds of employment."""

    PERMANENT = "permanent"
    PART_TIME = "part_time"
    STUDENT = "student"
    SEASONAL = "seasonal"


class Contract(Identified, TenantOwned, Base):
    """Terms of employment in force on the days ``[valid_from, valid_until)``; never two on one day."""

    __tablename__ = "contracts"
    __table_args__ = (
        UniqueConstraint("employee_id", "valid_from"),
        CheckConstraint(
            "0 <= min_weekly_minutes AND min_weekly_minutes <= weekly_minutes "
            "AND weekly_minutes <= max_weekly_minutes",
            name="weekly_minutes",
        ),
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="span"),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    kind: Mapped[ContractKind]
    weekly_minutes: Mapped[int]
    """Agreed working time of a week: what fairness and pay measure against."""
    min_weekly_minutes: Mapped[int]
    max_weekly_minutes: Mapped[int]
    max_daily_minutes: Mapped[int]
    hourly_rate_cents: Mapped[int]
    """Minor units of ``currency`` per hour."""
    currency: Mapped[str] = mapped_column(String(3))
    monthly_salary_cents: Mapped[int | None]
    """A salary in minor units of ``currency`` a month, which pays the agreed hours; None for who is paid by
    the hour."""


class AvailabilityKind(StrEnum):
    """What somebody says of a span of time."""

    AVAILABLE = "available"
    UNAVAILABLE = "unavailable"
    PREFERRED = "preferred"
    UNPREFERRED = "unpreferred"


class WeeklyAvailability(Identified, TenantOwned, Base):
    """A span that repeats every week; somebody without any ``available`` span can work at any time."""

    __tablename__ = "weekly_availability"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 2880", name="span"
        ),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]
    start_minute: Mapped[int]
    """Wall-clock minutes after local midnight of that weekday."""
    end_minute: Mapped[int]
    """Exclusive; above 1440 when the span runs into the next day."""
    kind: Mapped[AvailabilityKind]


class AvailabilityException(Identified, TenantOwned, Base):
    """What holds on one date instead of the weekly availability of that weekday."""

    __tablename__ = "availability_exceptions"
    __table_args__ = (
        CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 2880", name="span"
        ),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    kind: Mapped[AvailabilityKind]
    note: Mapped[str | None] = mapped_column(String(200))
