"""Pay periods and the lines payroll is handed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from scheduler.db.base import Base, Identified, TenantOwned


class PayPeriodState(StrEnum):
    """An open period gathers time; a closed one never changes."""

    OPEN = "open"
    CLOSED = "closed"


_NO_GROUP = text("pay_group_id IS NULL")


class PayPeriod(Identified, TenantOwned, Base):
    """The civil days ``[starts_on, ends_on)`` of one location and pay group that are paid together."""

    __tablename__ = "pay_periods"
    __table_args__ = (
        UniqueConstraint("location_id", "pay_group_id", "starts_on"),
        # A unique constraint lets any number of rows without a group in.
        Index(
            "ix_pay_periods_no_group",
            "location_id",
            "starts_on",
            unique=True,
            sqlite_where=_NO_GROUP,
            postgresql_where=_NO_GROUP,
        ),
        CheckConstraint("starts_on < ends_on", name="span"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    pay_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("pay_groups.id", ondelete="RESTRICT"), index=True
    )
    """None for people without one, whose periods are weeks from Monday."""
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
    contract_version: Mapped[str | None] = mapped_column(String(300))
    """The contract as it was when the line was made, in words."""
    records: Mapped[list[str] | None]
    """What else stands behind it, each as its kind and id: ``pay_fact:<id>``, ``allowance:<id>``; None for
    lines made before this was kept."""
    created_at: Mapped[datetime]

    @property
    def counts_time(self) -> bool:
        """Whether its minutes are worked time, which each worked minute is once."""
        return self.pay_code == PayCode.REGULAR if self.is_worked is None else self.is_worked


class PayFactKind(StrEnum):
    """What punches do not tell and pay depends on."""

    BONUS = "bonus"
    PAYMENT = "payment"
    """One amount besides, which changes nothing else, such as expenses."""
    DEDUCTION = "deduction"
    """One amount taken off."""
    SENT_HOME = "sent_home"
    """The employer gave somebody who came less work than planned, or none."""
    CALLED_BACK = "called_back"
    """Somebody was called back to work; the work that a punch begins."""
    OTHER_RATE = "other_rate"
    """Another rate was agreed for the work that a punch begins."""
    RESTS_GIVEN = "rests_given"
    """How many paid rest breaks there were on the day."""
    NO_DAY_OFF = "no_day_off"
    """No other day off was, or will be, given for work on this Sunday or holiday."""
    UNEXCUSED = "unexcused"
    """Absence without excuse and without pay."""


class PayFact(Identified, TenantOwned, Base):
    """Something about one person that pay is worked out from; append-only, later words are its decisions."""

    __tablename__ = "pay_facts"
    __table_args__ = (
        UniqueConstraint("organisation_id", "external_id"),
        Index("ix_pay_facts_employee_day", "employee_id", "day"),
        CheckConstraint("(amount_cents IS NULL) = (currency IS NULL)", name="money"),
        CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name="amount"),
        CheckConstraint(
            "(earned_from IS NULL) = (earned_until IS NULL) AND (earned_from IS NULL OR "
            "earned_from < earned_until)",
            name="earned",
        ),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"))
    kind: Mapped[PayFactKind]
    day: Mapped[date]
    """Civil day it is about; of money the day it is paid for."""
    amount_cents: Mapped[int | None]
    """Minor units of ``currency``; of another rate for an hour. None for what has no amount."""
    currency: Mapped[str | None] = mapped_column(String(3))
    effect: Mapped[str | None] = mapped_column(String(20))
    """What a bonus does to overtime, as `scheduler.law.wages.work.BonusKind` names it."""
    earned_from: Mapped[date | None]
    earned_until: Mapped[date | None]
    """The civil days a bonus was earned on, half-open; None for the workweek of ``day``."""
    pay_code: Mapped[str | None] = mapped_column(String(40))
    """Of money."""
    punch_id: Mapped[UUID | None] = mapped_column(ForeignKey("punches.id", ondelete="RESTRICT"))
    """Where the work begins that it is about."""
    count: Mapped[int | None]
    """Of rest breaks."""
    needs_approval: Mapped[bool]
    """Whether it counts only once somebody else approved it."""
    reason: Mapped[str] = mapped_column(String(500))
    source: Mapped[str] = mapped_column(String(20))
    """``web``, ``api``, ``import`` or ``proposal``."""
    external_id: Mapped[str | None] = mapped_column(String(120))
    """Given by the sender; the same one again is the same fact."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))


class PayFactVerdict(StrEnum):
    """What was made of a pay fact."""

    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    """It was wrong: from then on it counts no more."""


class PayFactDecision(Identified, TenantOwned, Base):
    """What somebody decided on a pay fact; append-only."""

    __tablename__ = "pay_fact_decisions"
    __table_args__ = (UniqueConstraint("pay_fact_id", "verdict"),)

    pay_fact_id: Mapped[UUID] = mapped_column(ForeignKey("pay_facts.id", ondelete="RESTRICT"))
    verdict: Mapped[PayFactVerdict]
    reason: Mapped[str] = mapped_column(String(500))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(80))


class AllowancePer(StrEnum):
    """For what an allowance is paid once."""

    DAY = "day"
    """Each civil day on which work counts."""
    SHIFT = "shift"
    """Each span of work, from clocking in to clocking out."""
    NIGHT = "night"
    """Each civil day whose work touches the hours of the night."""


class Allowance(Identified, TenantOwned, Base):
    """An amount that an agreement or the company pays for each day, shift or night of work."""

    __tablename__ = "allowances"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="span"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("least_minutes >= 0", name="least"),
    )

    pay_code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    per: Mapped[AllowancePer]
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    """Paid to people whose contract is in it."""
    least_minutes: Mapped[int] = mapped_column(default=0)
    """Work of the day or the shift from which on it is paid."""
    effect: Mapped[str] = mapped_column(String(20))
    """What it does to overtime, as `scheduler.law.wages.work.BonusKind` names it."""
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    """Whose people get it; None is everywhere."""
    job_role_id: Mapped[UUID | None] = mapped_column(ForeignKey("job_roles.id", ondelete="RESTRICT"))
    """Who in this job gets it; None is every job."""
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"))
    """Who alone gets it; None is everybody of the location and job."""
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    cite: Mapped[str] = mapped_column(String(200))
    """Where it is agreed."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))
