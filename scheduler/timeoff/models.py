"""Leave, what places give of it, and the ledger of what people were given."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class LeaveKind(StrEnum):
    """Kinds of leave."""

    ANNUAL = "annual"
    SICK = "sick"
    UNPAID = "unpaid"
    OTHER = "other"
    OVERTIME = "overtime"
    """Time off in return for overtime."""


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


class LeaveUnit(StrEnum):
    """What leave is counted in; amounts are whole numbers of its smallest step."""

    DAYS = "days"
    """In hundredths of a day."""
    MINUTES = "minutes"


class LeaveGranting(StrEnum):
    """How leave comes into an account."""

    YEARLY = "yearly"
    """All of it at the beginning of the leave year."""
    MONTHLY = "monthly"
    """A twelfth after each month."""
    HOURS = "hours"
    """A share of the time worked, when its pay period is closed."""
    BY_HAND = "by_hand"
    """Only what somebody enters."""


class PartYear(StrEnum):
    """How much of a year's leave somebody gets who is employed for a part of it."""

    DAYS = "days"
    """By calendar days."""
    STARTED_MONTHS = "started_months"
    """A twelfth for each calendar month with a day of employment."""
    FULL_MONTHS = "full_months"
    """A twelfth for each calendar month of employment from its first day to its last."""


class LeaveRounding(StrEnum):
    """What becomes of a part of a day in a year's leave."""

    EXACT = "exact"
    UP = "up"
    """A whole day."""
    HALF_UP = "half_up"
    """A whole day from half a day on, else nothing."""


class LeavePolicy(Identified, TenantOwned, Base):
    """From a day on, how much leave of a kind a location gives, and how it is counted.

    Leave years begin on ``starts_on`` and on that day of every later year.
    """

    __tablename__ = "leave_policies"
    __table_args__ = (
        UniqueConstraint("location_id", "kind", "starts_on"),
        CheckConstraint(
            "yearly_amount >= 0 AND waiting_months >= 0 AND day_minutes > 0 AND share_basis_points >= 0",
            name="amounts",
        ),
        CheckConstraint("(long_service_years IS NULL) = (long_service_amount IS NULL)", name="long_service"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    kind: Mapped[LeaveKind]
    starts_on: Mapped[date]
    """The first of a month."""
    unit: Mapped[LeaveUnit]
    granting: Mapped[LeaveGranting]
    yearly_amount: Mapped[int]
    """For a whole year of full time, in steps of the unit."""
    long_service_years: Mapped[int | None]
    """Whoever reaches so many years of employment in a leave year gets ``long_service_amount`` for it."""
    long_service_amount: Mapped[int | None]
    share_basis_points: Mapped[int] = mapped_column(default=0)
    """Of the time worked, in hundredths of a per cent."""
    part_year: Mapped[PartYear]
    rounding: Mapped[LeaveRounding]
    day_minutes: Mapped[int] = mapped_column(default=480)
    """How long a whole day is where leave is counted in minutes."""
    full_time_weekly_minutes: Mapped[int | None]
    """Contracts of fewer minutes a week get less; None where everybody gets the same."""
    waiting_months: Mapped[int] = mapped_column(default=0)
    """So long after the day of hire none of it is taken."""
    counted_weekdays: Mapped[list[int]]
    """Weekdays (0 = Monday) on which leave takes something of the account."""
    counts_holidays: Mapped[bool] = mapped_column(default=False)
    """Whether public holidays take something too."""
    carry_over_limit: Mapped[int | None]
    """Most that stays at the end of a leave year, in steps of the unit; None for all of it."""
    carry_over_months: Mapped[int | None]
    """So many months into the next leave year what was carried over has to be taken; None for no end."""
    source: Mapped[str | None] = mapped_column(String(200))
    """Where it is written."""


class LeaveEntryKind(StrEnum):
    """What an entry of the ledger is."""

    OPENING = "opening"
    """What somebody has at the beginning of a day; nothing before counts."""
    GRANT = "grant"
    ACCRUAL = "accrual"
    """Earned by time worked in a pay period."""
    ADJUSTMENT = "adjustment"
    PAID_OUT = "paid_out"
    """Paid instead of taken; a negative amount."""


class LeaveEntry(Identified, TenantOwned, Base):
    """Something that came into somebody's leave account, or left it, beside what rules give; append-only."""

    __tablename__ = "leave_entries"
    __table_args__ = (
        UniqueConstraint("employee_id", "leave_kind", "source"),
        Index("ix_leave_entries_account", "employee_id", "leave_kind", "day"),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"))
    leave_kind: Mapped[LeaveKind]
    day: Mapped[date]
    """The civil day at whose beginning it counts."""
    entry: Mapped[LeaveEntryKind]
    unit: Mapped[LeaveUnit]
    amount: Mapped[int]
    """In steps of the unit; negative for what leaves the account."""
    reason: Mapped[str] = mapped_column(String(500))
    source: Mapped[str | None] = mapped_column(String(120))
    """Names what it was made from, once; None for what somebody entered."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))
