"""Rosters, their versions, the shifts in them, and the runs that made them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.db.base import Base, Identified, TenantOwned
from scheduler.organisation.models import Department, Location
from scheduler.people.models import Employee, Skill


class ShiftTemplate(Identified, TenantOwned, Base):
    """A kind of shift the solver may create: when it may start, how long it may be, what break it has."""

    __tablename__ = "shift_templates"
    __table_args__ = (
        UniqueConstraint("location_id", "code"),
        CheckConstraint(
            "0 <= earliest_start_minute AND earliest_start_minute <= latest_start_minute", name="starts"
        ),
        CheckConstraint("latest_start_minute < 1440", name="latest_start"),
        CheckConstraint("0 < shortest_minutes AND shortest_minutes <= longest_minutes", name="lengths"),
        CheckConstraint("start_step_minutes > 0 AND length_step_minutes > 0", name="steps"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id", ondelete="CASCADE"))
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skills.id", ondelete="RESTRICT"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    weekdays: Mapped[list[int]] = mapped_column(default=lambda: [0, 1, 2, 3, 4, 5, 6])
    earliest_start_minute: Mapped[int]
    latest_start_minute: Mapped[int]
    start_step_minutes: Mapped[int]
    shortest_minutes: Mapped[int]
    """Length of the shift from start to end, breaks included."""
    longest_minutes: Mapped[int]
    length_step_minutes: Mapped[int]
    break_from_minutes: Mapped[int] = mapped_column(default=360)
    """Shifts at least this long contain the break."""
    break_minutes: Mapped[int] = mapped_column(default=0)
    break_paid: Mapped[bool] = mapped_column(default=False)


class Roster(Identified, TenantOwned, Base):
    """The plan of one location over the civil days ``[starts_on, ends_on)``."""

    __tablename__ = "rosters"
    __table_args__ = (
        UniqueConstraint("location_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="span"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=0)
    """Counts every change; a writer names the one it saw and is refused if it is no longer the latest."""
    created_at: Mapped[datetime]

    location: Mapped[Location] = relationship()
    versions: Mapped[list[RosterVersion]] = relationship(
        cascade="all, delete-orphan", order_by="RosterVersion.number", back_populates="roster"
    )


class VersionState(StrEnum):
    """Life of a version: drafts change, a published one never does, a superseded one was published before."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class RosterVersion(Identified, TenantOwned, Base):
    """One state of a roster: a draft being worked on, or what was once published."""

    __tablename__ = "roster_versions"
    __table_args__ = (
        UniqueConstraint("roster_id", "number"),
        Index(
            "uq_roster_versions_published",
            "roster_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
    )

    roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="CASCADE"))
    number: Mapped[int]
    """1, 2, 3 ... within the roster."""
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    based_on_id: Mapped[UUID | None] = mapped_column(ForeignKey("roster_versions.id", ondelete="SET NULL"))
    run_id: Mapped[UUID | None]
    """The run that made it; None when a person did."""
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(80))
    published_at: Mapped[datetime | None]
    score: Mapped[dict[str, Any] | None]
    explanation: Mapped[dict[str, Any] | None]
    """What is open and why, as computed with the version and again when it is published."""
    packs: Mapped[dict[str, Any] | None]
    """Id and version of each rule pack it was made under."""
    edits: Mapped[list[Any]] = mapped_column(default=list)
    """Hand edits since it was made, oldest first, each with the shift as it was before, for undo."""

    roster: Mapped[Roster] = relationship(back_populates="versions")
    shifts: Mapped[list[Shift]] = relationship(
        cascade="all, delete-orphan", order_by="Shift.starts_at", back_populates="version"
    )


class Shift(Identified, TenantOwned, Base):
    """A span of work in one version of a roster; without an employee it is unassigned."""

    __tablename__ = "shifts"
    __table_args__ = (
        UniqueConstraint("version_id", "lineage_id"),
        Index("ix_shifts_employee_span", "employee_id", "starts_at"),
        CheckConstraint("starts_at < ends_at", name="span"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("roster_versions.id", ondelete="CASCADE"))
    lineage_id: Mapped[UUID]
    """Stays the same for the same shift from version to version."""
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id", ondelete="RESTRICT"))
    skill_id: Mapped[UUID] = mapped_column(ForeignKey("skills.id", ondelete="RESTRICT"))
    template_id: Mapped[UUID | None] = mapped_column(ForeignKey("shift_templates.id", ondelete="SET NULL"))
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    breaks: Mapped[list[Any]] = mapped_column(default=list)
    """``[{"starts_at": iso, "minutes": int, "paid": bool}]``."""
    paid_minutes: Mapped[int]
    pinned: Mapped[bool] = mapped_column(default=False)
    """A run keeps it as it is."""
    note: Mapped[str | None] = mapped_column(String(200))

    version: Mapped[RosterVersion] = relationship(back_populates="shifts")
    department: Mapped[Department] = relationship()
    skill: Mapped[Skill] = relationship()
    employee: Mapped[Employee | None] = relationship()


class Publication(Identified, TenantOwned, Base):
    """A version was made known on an instant; append-only."""

    __tablename__ = "publications"

    roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="RESTRICT"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("roster_versions.id", ondelete="RESTRICT"))
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(80))
    changes: Mapped[dict[str, Any]]
    """Difference to the publication before: shifts added, removed, moved, given to somebody else."""
    overridden: Mapped[list[Any]] = mapped_column(default=list)
    """Violations it was published with: open shifts, missing people; never hard ones."""
    notes: Mapped[list[Any]] = mapped_column(default=list)
    """Remarks ``{"code", "text", ...}``: no rule pack for the place, changes inside the notice period."""


class ChangeCause(StrEnum):
    """Why a published roster was changed, as far as the law asks."""

    EMPLOYER = "employer"
    """The employer's own need; the only cause for which a premium is due."""
    EMPLOYEE_REQUEST = "employee_request"
    """The person asked for it."""
    SWAP = "swap"
    """Two people exchanged their shifts, or one took over another's."""
    EMERGENCY = "emergency"
    """Threats, disaster, failure of utilities or transport, an order of an authority."""


class PremiumColumns:
    """What a log keeps of a premium; without one all are empty."""

    pay_code: Mapped[str | None] = mapped_column(String(32))
    """What is due for it; None where nothing is, and then the fields below are empty too."""
    contract_id: Mapped[UUID | None] = mapped_column(ForeignKey("contracts.id", ondelete="RESTRICT"))
    premium_minutes: Mapped[int] = mapped_column(default=0)
    hourly_rate_cents: Mapped[int] = mapped_column(default=0)
    multiplier: Mapped[str | None] = mapped_column(String(20))
    """Of the rate, as a decimal number."""
    premium_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str | None] = mapped_column(String(3))
    rule: Mapped[str | None] = mapped_column(String(80))
    """Id of the parameter that asks for it."""
    pack: Mapped[str | None] = mapped_column(String(120))
    """Id, version and hash of the rule pack."""
    citation: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    """Why it was not priced, where it could not be."""


class RosterChange(PremiumColumns, Identified, TenantOwned, Base):
    """One change of one person's published work, as it was made known; append-only."""

    __tablename__ = "roster_changes"
    __table_args__ = (
        UniqueConstraint("publication_id", "employee_id", "lineage_id"),
        Index("ix_roster_changes_day", "roster_id", "day"),
        CheckConstraint("notice_minutes >= 0", name="notice"),
        CheckConstraint("premium_cents >= 0 AND premium_minutes >= 0", name="premium"),
        CheckConstraint(
            "premium_cents = 0 OR (pay_code IS NOT NULL AND contract_id IS NOT NULL)",
            name="grounds",
        ),
    )

    publication_id: Mapped[UUID] = mapped_column(
        ForeignKey("publications.id", ondelete="RESTRICT"), index=True
    )
    roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="RESTRICT"))
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"), index=True)
    lineage_id: Mapped[UUID]
    day: Mapped[date]
    """Civil day of the changed shift, as it was known; of a new one its own."""
    before: Mapped[dict[str, Any] | None]
    """The shift as the person knew it; None for work that is new to them."""
    after: Mapped[dict[str, Any] | None]
    """The shift as it is now; None where they lost it."""
    told_at: Mapped[datetime]
    notice_minutes: Mapped[int]
    """From telling to the start of the shift, before or after the change, whichever is earlier; >= 0."""
    changed_by: Mapped[str] = mapped_column(String(80))
    cause: Mapped[ChangeCause]
    reason: Mapped[str] = mapped_column(String(500))
    consented: Mapped[bool]
    """Whether the person agreed to it."""
    finding: Mapped[dict[str, Any] | None]
    """That it came later than the law allows without consent, as the check told it; None where it did not."""


class ShortRest(PremiumColumns, Identified, TenantOwned, Base):
    """A rest between the published work of two days that costs a premium, as it was made known; append-only.

    The last row of a person and two shifts counts; one without ``rest_minutes`` says that it is gone.
    """

    __tablename__ = "short_rests"
    __table_args__ = (
        UniqueConstraint("publication_id", "employee_id", "before_lineage_id", "lineage_id"),
        CheckConstraint("notice_minutes >= 0", name="notice"),
        CheckConstraint("premium_cents >= 0 AND premium_minutes >= 0", name="premium"),
        CheckConstraint(
            "premium_cents = 0 OR "
            "(pay_code IS NOT NULL AND contract_id IS NOT NULL AND rest_minutes IS NOT NULL)",
            name="grounds",
        ),
    )

    publication_id: Mapped[UUID] = mapped_column(
        ForeignKey("publications.id", ondelete="RESTRICT"), index=True
    )
    before_roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="RESTRICT"), index=True)
    roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="RESTRICT"), index=True)
    """Of the second shift, at whose location it is paid."""
    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="RESTRICT"), index=True)
    before_lineage_id: Mapped[UUID]
    lineage_id: Mapped[UUID]
    day: Mapped[date]
    """Civil day of the second shift."""
    before: Mapped[dict[str, Any]]
    """The shift after which the rest begins."""
    after: Mapped[dict[str, Any]]
    """The shift that ends it."""
    rest_minutes: Mapped[int | None]
    due_minutes: Mapped[int]
    told_at: Mapped[datetime]
    notice_minutes: Mapped[int]
    """From telling to the start of the second shift; >= 0."""
    changed_by: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str | None] = mapped_column(String(500))
    """Why the roster was changed; None in a first publication."""
    consented: Mapped[bool]
    """Whether a consent of the person to short rests held on the day."""


class CalendarEntry(Identified, TenantOwned, Base):
    """A published shift as one employee's calendar knows it; its id is the event's UID for life."""

    __tablename__ = "calendar_entries"
    __table_args__ = (
        UniqueConstraint("employee_id", "lineage_id"),
        Index("ix_calendar_entries_feed", "employee_id", "starts_at"),
    )

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"))
    lineage_id: Mapped[UUID]
    roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="CASCADE"))
    shift_id: Mapped[UUID] = mapped_column(ForeignKey("shifts.id", ondelete="RESTRICT"))
    """The row of the latest published version that says when and where."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    summary: Mapped[str] = mapped_column(String(400))
    place: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    """Local times and breaks, in words."""
    cancelled: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    """Grows with every change a calendar must notice (RFC 5545, 3.8.7.4)."""
    stamped_at: Mapped[datetime]
    """Instant of the latest change: the event's DTSTAMP."""


class CalendarFeed(Identified, TenantOwned, Base):
    """The secret address of one employee's calendar; only the hash of its token is kept."""

    __tablename__ = "calendar_feeds"

    employee_id: Mapped[UUID] = mapped_column(ForeignKey("employees.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    """Instant of the latest change of anything in the feed: its version, and so its ETag."""


class RunState(StrEnum):
    """Life of a run."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Run(Identified, TenantOwned, Base):
    """One search for a roster: what was asked, how far it is, what came of it."""

    __tablename__ = "runs"

    roster_id: Mapped[UUID] = mapped_column(ForeignKey("rosters.id", ondelete="CASCADE"), index=True)
    state: Mapped[RunState] = mapped_column(default=RunState.QUEUED, index=True)
    seed: Mapped[int]
    seconds: Mapped[int]
    """Time the search may take."""
    requested_by: Mapped[str] = mapped_column(String(80))
    requested_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(80))
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[dict[str, Any] | None]
    """Latest ``{"seconds", "objective", "bound", "level", "open_minutes"}``."""
    trace: Mapped[list[Any]] = mapped_column(default=list)
    snapshot: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """The problem as JSON, gzip-compressed: enough to solve it again."""
    snapshot_sha256: Mapped[str | None] = mapped_column(String(64))
    solver: Mapped[dict[str, Any] | None]
    """Status, score, bound, gap, versions of libraries and packs."""
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("roster_versions.id", ondelete="SET NULL"))
    error: Mapped[str | None] = mapped_column(Text)
