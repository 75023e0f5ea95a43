"""Punches, the time entries they pair into, and timesheets."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.db.base import Base, Identified, TenantOwned


class PunchKind(StrEnum):
    """What a punch says."""

    IN = "in"
    OUT = "out"
    BREAK_START = "break_start"
    BREAK_END = "break_end"
    TRANSFER = "transfer"
    """Without leaving: from now on at ``location_id`` and in the job ``job_role_id``."""
    VOID = "void"
    """Takes back the punch named by ``voids_id``."""


class PlaceDecision(StrEnum):
    """What was made of where a punch came from; none is made where the location does not ask."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    """The device told no position, and its network does not tell either."""


class Punch(Identified, TenantOwned, Base):
    """A fact of the time clock; append-only, corrected by adding facts."""

    __tablename__ = "punches"
    __table_args__ = (
        UniqueConstraint("organisation_id", "external_id"),
        Index("ix_punches_employee_at", "employee_id", "at"),
        CheckConstraint("(kind = 'void') = (voids_id IS NOT NULL)", name="void"),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"))
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    at: Mapped[datetime]
    kind: Mapped[PunchKind]
    source: Mapped[str] = mapped_column(String(40))
    """``web``, ``offline``, ``kiosk``, ``device``, ``api``, ``import`` or ``correction``."""
    external_id: Mapped[str] = mapped_column(String(120))
    """Given by the sender; the same one again is the same punch."""
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))
    voids_id: Mapped[UUID | None] = mapped_column(ForeignKey("punches.id", ondelete="RESTRICT"), unique=True)
    reason: Mapped[str | None] = mapped_column(String(500))
    """Why, for a correction."""
    job_role_id: Mapped[UUID | None] = mapped_column(ForeignKey("job_roles.id", ondelete="RESTRICT"))
    """The job worked in from this instant on, for ``in`` and ``transfer``; None is the person's own."""
    latitude: Mapped[float | None]
    """Degrees, as the device told with ``longitude`` and ``accuracy_metres``; only where it was asked."""
    longitude: Mapped[float | None]
    accuracy_metres: Mapped[int | None]
    network: Mapped[str | None] = mapped_column(String(45))
    """Address the server saw."""
    place_decision: Mapped[PlaceDecision | None]
    """None where nobody asked where it came from."""
    place_distance_metres: Mapped[int | None]
    """From the position to the centre of the geofence."""
    place_rule: Mapped[dict[str, Any] | None]
    """What the decision rests on, as it was then; see `scheduler.timekeeping.punch_place`."""
    clock_offset_seconds: Mapped[int | None]
    """How far the sender's clock was ahead of ours when it sent the punch; negative is behind."""


class KioskPin(Identified, TenantOwned, Base):
    """What somebody types at a kiosk beside the employee number; only its hash is kept."""

    __tablename__ = "kiosk_pins"

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), unique=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    """argon2id."""
    set_at: Mapped[datetime]


class TimesheetState(StrEnum):
    """Life of a timesheet."""

    OPEN = "open"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CLOSED = "closed"


class Timesheet(Identified, TenantOwned, Base):
    """What one employee worked in a pay period, or a part of one, and who stands for it.

    Those of one person never share a day.
    """

    __tablename__ = "timesheets"
    __table_args__ = (
        UniqueConstraint("employee_id", "starts_on"),
        Index("ix_timesheets_period", "location_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="span"),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"))
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    """In whose pay periods it counts: where the employee belonged when it was opened."""
    pay_group_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("pay_groups.id", ondelete="RESTRICT"), index=True
    )
    """In which group's pay periods it counts; None for weeks from Monday."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    """First day after the period."""
    state: Mapped[TimesheetState] = mapped_column(default=TimesheetState.OPEN)
    submitted_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(80))
    approved_for: Mapped[str | None] = mapped_column(String(80))
    """Whose right to approve it rests on, where that was lent; None where it was the approver's own."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts every change of hours or state; a writer names the one it saw, and an old one is refused."""
    exceptions: Mapped[list[Any]] = mapped_column(default=list)
    """What a person must look at, as `scheduler.timekeeping.exceptions.to_json` writes it."""
    changed_after_close: Mapped[bool] = mapped_column(default=False)
    """A punch that came after the close makes other hours; they are not yet settled as a correction."""
    limits_checked_revision: Mapped[int | None]
    """The revision whose hours were last set beside the law; None before that."""

    entries: Mapped[list[TimeEntry]] = relationship(
        cascade="all, delete-orphan", order_by="TimeEntry.starts_at", back_populates="timesheet"
    )


class TimeLock(Identified, TenantOwned, Base):
    """Only payroll changes the time of a location and pay group on the days ``[starts_on, ends_on)``."""

    __tablename__ = "time_locks"
    __table_args__ = (
        Index("ix_time_locks_period", "location_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="span"),
        CheckConstraint(
            "(unlocked_at IS NULL) = (unlocked_by IS NULL) AND (unlocked_at IS NULL) = (reason IS NULL)",
            name="unlocked",
        ),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    pay_group_id: Mapped[UUID | None] = mapped_column(ForeignKey("pay_groups.id", ondelete="RESTRICT"))
    """None for people without one."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    locked_at: Mapped[datetime]
    locked_by: Mapped[str] = mapped_column(String(80))
    unlocked_at: Mapped[datetime | None]
    """None while it is locked."""
    unlocked_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(String(500))
    """Why it was unlocked."""


class TimeEntry(Identified, TenantOwned, Base):
    """A span of worked time, paired from punches and derived again whenever they change, until the close."""

    __tablename__ = "time_entries"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        CheckConstraint("0 <= break_minutes AND 0 <= worked_minutes", name="minutes"),
    )

    timesheet_id: Mapped[UUID] = mapped_column(ForeignKey("timesheets.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="RESTRICT"))
    """Where it was worked."""
    job_role_id: Mapped[UUID | None] = mapped_column(ForeignKey("job_roles.id", ondelete="RESTRICT"))
    """The job that was worked in; None is the person's own."""
    day: Mapped[date]
    """The civil day it counts for: the local day on which it started, or what the rule of its place says."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    breaks: Mapped[list[Any]] = mapped_column(default=list)
    """``[[starts_at, ends_at]]`` as ISO instants, all unpaid."""
    break_minutes: Mapped[int]
    """Unpaid break inside the span."""
    worked_minutes: Mapped[int]
    """Elapsed minutes less the break."""
    punch_ids: Mapped[list[str]] = mapped_column(default=list)
    exact: Mapped[dict[str, Any] | None]
    """``starts_at``, ``ends_at`` and ``breaks`` as they were punched, where the instants above were rounded;
    None where they are the exact minutes.
    """

    timesheet: Mapped[Timesheet] = relationship(back_populates="entries")


class ExceptionOutcome(StrEnum):
    """What a person made of something odd in the time."""

    ACCEPTED = "accepted"
    """It is as it is, and known hours stay as they are."""
    CORRECTED = "corrected"
    """Punches were added or taken back, and it is gone."""


class ExceptionDecision(Identified, TenantOwned, Base):
    """What somebody decided on one exception of a timesheet; append-only, the latest one counts."""

    __tablename__ = "exception_decisions"

    timesheet_id: Mapped[UUID] = mapped_column(ForeignKey("timesheets.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    """Of the exception."""
    at: Mapped[datetime]
    """Instant of the exception; with the code it tells it from the others of the timesheet."""
    outcome: Mapped[ExceptionOutcome]
    reason: Mapped[str] = mapped_column(String(500))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(80))


class Dispute(Identified, TenantOwned, Base):
    """Somebody says that hours of his are wrong; append-only, its events say what became of it.

    It is about a whole timesheet, about one ``day`` of it, or about the span of work that was
    ``[starts_at, ends_at)`` then: spans are derived anew, so that it names none by its id.
    """

    __tablename__ = "timesheet_disputes"

    timesheet_id: Mapped[UUID] = mapped_column(ForeignKey("timesheets.id", ondelete="RESTRICT"), index=True)
    day: Mapped[date | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    state_then: Mapped[TimesheetState]
    """State of the timesheet when it was raised."""
    days_then: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The work that the timesheet held then, as `scheduler.timekeeping.day_changes` writes it."""

    events: Mapped[list[DisputeEvent]] = relationship(order_by="DisputeEvent.number", viewonly=True)


class DisputeAct(StrEnum):
    """What somebody did in a dispute."""

    RAISED = "raised"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    """The employee agrees with the answer."""
    WITHDRAWN = "withdrawn"
    """The employee takes it back."""
    CLOSED = "closed"
    """Somebody who may approve ends it without the employee's consent, with a reason."""


class DisputeEvent(Identified, TenantOwned, Base):
    """A step of a dispute; append-only."""

    __tablename__ = "timesheet_dispute_events"
    __table_args__ = (UniqueConstraint("dispute_id", "number"),)

    dispute_id: Mapped[UUID] = mapped_column(ForeignKey("timesheet_disputes.id", ondelete="RESTRICT"))
    number: Mapped[int]
    """1 for the first."""
    act: Mapped[DisputeAct]
    words: Mapped[str] = mapped_column(String(500))
    """Empty only where the employee accepts or withdraws without saying more."""
    changes: Mapped[list[Any]] = mapped_column(default=list)
    """Of an answer: the days that are other than when it was raised, before and after."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))


class Duty(StrEnum):
    """What is to be done with a timesheet by a day."""

    CONFIRM = "confirm"
    """By the employee."""
    APPROVE = "approve"
    """By whoever may."""


class TimesheetReminder(Identified, TenantOwned, Base):
    """Somebody was reminded of a timesheet; at most once a day, append-only."""

    __tablename__ = "timesheet_reminders"
    __table_args__ = (UniqueConstraint("timesheet_id", "duty", "day"),)

    timesheet_id: Mapped[UUID] = mapped_column(ForeignKey("timesheets.id", ondelete="RESTRICT"))
    duty: Mapped[Duty]
    day: Mapped[date]
    """The civil day at the location."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))


class TimesheetDeadlines(Identified, TenantOwned, Base):
    """How many days after the last day of a period its timesheets are to be confirmed and approved."""

    __tablename__ = "timesheet_deadlines"
    __table_args__ = (
        UniqueConstraint("location_id"),
        CheckConstraint("confirm_days BETWEEN 1 AND 60 AND approve_days BETWEEN 1 AND 60", name="days"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    confirm_days: Mapped[int]
    """1 is the day after the last day of the period."""
    approve_days: Mapped[int]
