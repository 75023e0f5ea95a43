"""Pay periods and the lines payroll is handed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class PayPeriodState(StrEnum):
    """An open period gathers time; a closed one never changes."""

    OPEN = "open"
    CLOSED = "closed"


class PayPeriod(Identified, TenantOwned, Base):
    """The civil days ``[starts_on, ends_on)`` of one location that are paid together."""

    __tablename__ = "pay_periods"
    __table_args__ = (
        UniqueConstraint("location_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="span"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[PayPeriodState] = mapped_column(default=PayPeriodState.OPEN)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(80))
    law: Mapped[str | None] = mapped_column(Text)
    """Id, version and hash of each rule pack its lines were worked out under, nearest first; None for a
    period that was closed before pay followed rule packs."""


class PayCode(StrEnum):
    """Codes that Makina names itself; those of packs and agreements come beside them in small letters."""

    REGULAR = "regular"
    """Worked time as the contract pays it."""
    SALARIED = "salaried"
    """Worked time that a monthly salary pays; its amount is 0."""
    PREDICTABILITY_1H = "predictability_1h"
    """A published roster was changed late: so much extra pay, for no work."""
    PREDICTABILITY_HALF = "predictability_half"
    """Half the pay of hours that a late change took."""
    SCHEDULE_CHANGE_PREMIUM = "schedule_change_premium"
    """An amount for a late change."""
    SHORT_REST_PREMIUM = "short_rest_premium"
    """Part of the pay of a shift once more, because it starts too soon after that of the day before."""
    CLOPENING_PREMIUM = "clopening_premium"
    """An amount for a shift that starts too soon after that of the day before."""


class PayLine(Identified, TenantOwned, Base):
    """Minutes of one pay code of one person on one day, with their worth; append-only."""

    __tablename__ = "pay_lines"
    __table_args__ = (
        CheckConstraint("corrects_id IS NULL OR corrects_period_id IS NOT NULL", name="correction"),
        CheckConstraint("corrects_period_id IS NULL OR reason IS NOT NULL", name="reason"),
    )

    pay_period_id: Mapped[UUID] = mapped_column(ForeignKey("pay_periods.id", ondelete="RESTRICT"), index=True)
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"), index=True)
    employee_number: Mapped[str] = mapped_column(String(40))
    """As payroll knew the person when the line was made; the file of a closed period never changes."""
    employee_name: Mapped[str] = mapped_column(String(200))
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("contracts.id", ondelete="RESTRICT"))
    day: Mapped[date]
    """The civil day the time counts for; in a correction a day of the corrected period."""
    pay_code: Mapped[str] = mapped_column(String(40))
    """One of `PayCode`, or a code of the law or agreement that asks for it."""
    minutes: Mapped[int]
    """Negative in a correction that takes time back."""
    hourly_rate_cents: Mapped[int]
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    punch_ids: Mapped[list[str]] = mapped_column(default=list)
    """The punches behind it."""
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("pay_lines.id", ondelete="RESTRICT"))
    """The line of a closed period that this one corrects; None where that day had no line."""
    corrects_period_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("pay_periods.id", ondelete="RESTRICT"), index=True
    )
    """The closed period that this line corrects; None for a line of its own period."""
    reason: Mapped[str | None] = mapped_column(String(500))
    multiplier: Mapped[str | None] = mapped_column(String(20))
    """Of the rate, as a decimal number; None for regular time."""
    rule: Mapped[str | None] = mapped_column(String(80))
    """Id of the parameter of law that asks for it; None for what the contract pays."""
    pack: Mapped[str | None] = mapped_column(String(120))
    """Id, version and hash of the rule pack it was worked out under."""
    citation: Mapped[str | None] = mapped_column(Text)
    """Where it is written."""
    rate: Mapped[str | None] = mapped_column(String(30))
    """The hourly rate in units of the currency, where it is finer than a minor unit; None where it is not."""
    is_worked: Mapped[bool | None]
    """Whether its minutes are worked time; None for lines made before this was kept (see `counts_time`)."""
    contract_version: Mapped[str | None] = mapped_column(String(80))
    """The contract as it was when the line was made, in words."""
    created_at: Mapped[datetime]

    @property
    def counts_time(self) -> bool:
        """Whether its minutes are worked time, which each worked minute is once."""
        return self.pay_code == PayCode.REGULAR if self.is_worked is None else self.is_worked
