"""Employees and what a roster must know of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.db.base import Base, Identified, TenantOwned
from scheduler.people.pay_calendar import PayCalendarKind


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


class NightWork(StrEnum):
    """How much of the work under a contract is at night."""

    NORMAL_COURSE = "normal_course"
    """At night as a normal course: a night worker, as the law of the place means it."""
    PERMANENT = "permanent"
    """At night only."""


class PartOfMonth(StrEnum):
    """By what a salary is divided where a contract holds for a part of the month."""

    CALENDAR_DAYS = "calendar_days"
    """Days of the contract by all days of the month."""
    WORKING_DAYS = "working_days"
    """Mondays to Fridays of the contract by those of the month, whether holidays or not."""
    THIRTIETHS = "thirtieths"
    """A thirtieth for each calendar day; a month in full is thirty of them."""


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
    salary_by: Mapped[PartOfMonth | None]
    """How a part of a month is paid; None where payroll pays the salary and Makina tells hours alone."""
    daily_rate_cents: Mapped[int | None]
    """Minor units for a day of eight hours; an hour is worth an eighth of it. None for who is paid by the
    hour or by the month."""
    guaranteed_weekly_minutes: Mapped[int | None]
    """Paid in a week of less work, to who is paid by the hour; None without a guarantee."""
    night_work: Mapped[NightWork | None]
    """None for who is no night worker."""
    agreed_week: Mapped[list[int] | None]
    """Minutes from Monday to Sunday of an alternative workweek that was agreed on; None without one."""
    exempt_by: Mapped[str | None] = mapped_column(String(120))
    """The article by which no overtime and no premium for breaks are due; None where they are."""
    daily_allowance_cents: Mapped[int | None]
    """Cost-of-living allowance of a day, which holidays may double."""


class PayGroup(Identified, TenantOwned, Base):
    """People who are paid for the same periods."""

    __tablename__ = "pay_groups"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint("sheets_due_days >= 0", name="sheets_due"),
        CheckConstraint("pay_day_days >= 0", name="pay_day"),
    )

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    sheets_due_days: Mapped[int | None]
    """How many days after the last day of a period its timesheets are due; None where nobody said."""
    pay_day_days: Mapped[int | None]
    """How many days after the last day of a period its money is paid; None where nobody said."""

    calendars: Mapped[list[PayGroupCalendar]] = relationship(
        cascade="all, delete-orphan", order_by="PayGroupCalendar.valid_from", lazy="selectin"
    )


class PayGroupCalendar(Identified, TenantOwned, Base):
    """The calendar of a pay group from a day on, until another begins; the first holds before it too."""

    __tablename__ = "pay_group_calendars"
    __table_args__ = (UniqueConstraint("pay_group_id", "valid_from"),)

    pay_group_id: Mapped[UUID] = mapped_column(ForeignKey("pay_groups.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    kind: Mapped[PayCalendarKind]
    anchor_on: Mapped[date | None]
    """First day of one period, of the kinds that count from an anchor."""
    first_day: Mapped[int | None]
    """Day of the month on which a period begins, of the kinds by the month."""
    second_day: Mapped[int | None]


class PayGroupMember(Identified, TenantOwned, Base):
    """From a day on, a location or a person is in a pay group, until the next row of the same one begins."""

    __tablename__ = "pay_group_members"
    __table_args__ = (
        UniqueConstraint("location_id", "valid_from"),
        UniqueConstraint("employee_id", "valid_from"),
        CheckConstraint("(location_id IS NULL) <> (employee_id IS NULL)", name="one"),
    )

    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    """Whose people are in the group unless they have one of their own."""
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    pay_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("pay_groups.id", ondelete="RESTRICT"), index=True
    )
    """None for a person is the group of the location; for a location it is weeks from Monday."""


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
