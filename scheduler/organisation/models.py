"""Organisations and what they are made of; the accounts and keys that open them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.db.base import Base, Identified, TenantOwned


class Organisation(Identified, Base):
    """A tenant."""

    __tablename__ = "organisations"

    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Location(Identified, TenantOwned, Base):
    """A place of work, with the zone its days are counted in and the law that holds there."""

    __tablename__ = "locations"
    __table_args__ = (UniqueConstraint("organisation_id", "code"),)

    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    zone: Mapped[str] = mapped_column(String(60))
    """IANA name."""
    jurisdiction: Mapped[str] = mapped_column(String(20))
    """Rule pack id such as ``pl`` or ``us-ca``; a pack need not exist for it."""
    sector: Mapped[str | None] = mapped_column(String(40))
    """Line of business as rule packs name it (``fast_food``); None where no law of a sector holds."""
    currency: Mapped[str] = mapped_column(String(3))
    """ISO 4217."""

    hours: Mapped[list[OpeningHours]] = relationship(cascade="all, delete-orphan", lazy="selectin")
    departments: Mapped[list[Department]] = relationship(
        back_populates="location", cascade="all, delete-orphan"
    )


class OpeningHours(Identified, TenantOwned, Base):
    """When a location is open on a weekday; no row means closed."""

    __tablename__ = "opening_hours"
    __table_args__ = (
        UniqueConstraint("location_id", "weekday"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint(
            "0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 2880", name="span"
        ),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    weekday: Mapped[int]
    """0 = Monday."""
    opens_minute: Mapped[int]
    """Minutes on the wall clock after local midnight."""
    closes_minute: Mapped[int]
    """Exclusive; above 1440 when the location closes after midnight; 0 to 1440 is the whole day."""


class SettlementPeriods(Identified, TenantOwned, Base):
    """From a day on, the working time of a location is settled in periods of so many months."""

    __tablename__ = "settlement_periods"
    __table_args__ = (
        UniqueConstraint("location_id", "starts_on"),
        CheckConstraint("months BETWEEN 1 AND 12", name="months"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    """First day of the first of them; day of the month 1 to 28."""
    months: Mapped[int]


class SchoolTerm(Identified, TenantOwned, Base):
    """The young people of a location have school on the weekdays of ``[starts_on, ends_on)``."""

    __tablename__ = "school_terms"
    __table_args__ = (
        UniqueConstraint("location_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="span"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class PlaceMode(StrEnum):
    """What a location does about punches on people's own phones that come from elsewhere."""

    OFF = "off"
    """Nobody is asked where he is."""
    TELL = "tell"
    """They are recorded, and a person looks at those from elsewhere."""
    REFUSE = "refuse"
    """They are refused."""


class PunchPlace(Identified, TenantOwned, Base):
    """Where the people of a location punch on their own phones: a geofence, networks, and what they do."""

    __tablename__ = "punch_places"
    __table_args__ = (
        UniqueConstraint("location_id"),
        CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (radius_metres IS NULL)",
            name="centre",
        ),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    mode: Mapped[PlaceMode]
    latitude: Mapped[float | None]
    """Degrees; of the centre of the geofence."""
    longitude: Mapped[float | None]
    radius_metres: Mapped[int | None]
    networks: Mapped[list[str]] = mapped_column(default=list)
    """In CIDR notation; whoever sends from one of them is inside."""


class TimeTolerances(Identified, TenantOwned, Base):
    """What of the time worked at a location nobody remarks on, minutes; without a row the usual count."""

    __tablename__ = "time_tolerances"
    __table_args__ = (
        UniqueConstraint("location_id"),
        CheckConstraint("not_here_minutes <= no_show_minutes", name="no_show"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    early_in_minutes: Mapped[int]
    """Coming so much before the published shift."""
    late_in_minutes: Mapped[int]
    early_out_minutes: Mapped[int]
    late_out_minutes: Mapped[int]
    break_minutes: Mapped[int]
    """Breaks so much longer or shorter than the shift has."""
    not_here_minutes: Mapped[int]
    """So long after the start of a shift nobody wonders where somebody is."""
    no_show_minutes: Mapped[int]
    """So long after its start, or once it is over, whoever has not come did not come."""


class DayRule(StrEnum):
    """To which civil day work over midnight belongs."""

    START = "start"
    """All of it to the day on which it starts."""
    END = "end"
    """All of it to the day of its last minute."""
    MOST = "most"
    """All of it to the day with most of its minutes; of two alike to the first."""
    MIDNIGHT = "midnight"
    """To each day what was worked on it."""
    DOBA = "doba"
    """To the day on which the 24 h from a scheduled start of work began; other work opens its own."""
    WORKDAY = "workday"
    """To the day on which the 24 hours from a fixed minute of the wall clock began."""


class DayRuleSetting(Identified, TenantOwned, Base):
    """From a day on, work over midnight at a location belongs to days by this rule."""

    __tablename__ = "day_rules"
    __table_args__ = (
        UniqueConstraint("location_id", "starts_on"),
        CheckConstraint("workday_starts_minute BETWEEN 0 AND 1439", name="minute"),
    )

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    rule: Mapped[DayRule]
    workday_starts_minute: Mapped[int] = mapped_column(default=0)
    """Minutes after local midnight; 0 for every rule but `DayRule.WORKDAY`."""


class RoundingSetting(Identified, TenantOwned, Base):
    """From a day on, the time of a location counts as this policy rounds it."""

    __tablename__ = "rounding_settings"
    __table_args__ = (UniqueConstraint("location_id", "starts_on"),)

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    policy: Mapped[str] = mapped_column(String(40))
    """A name of `scheduler.timekeeping.rounding`."""


class Department(Identified, TenantOwned, Base):
    """A part of a location with its own demand."""

    __tablename__ = "departments"
    __table_args__ = (UniqueConstraint("location_id", "code"),)

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))

    location: Mapped[Location] = relationship(back_populates="departments")


class Role(StrEnum):
    """What an account may do; `scheduler.organisation.permissions` says what each allows."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    PAYROLL = "payroll"
    ADMIN = "admin"


class Account(Identified, TenantOwned, Base):
    """A person who can sign in."""

    __tablename__ = "accounts"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Lower case; unique over all organisations, because it alone names the account at sign-in."""
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    """argon2id."""
    employee_id: Mapped[UUID | None] = mapped_column(ForeignKey("employees.id", ondelete="SET NULL"))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    grants: Mapped[list[RoleGrant]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class RoleGrant(Identified, TenantOwned, Base):
    """A role held by an account, everywhere or at one location."""

    __tablename__ = "role_grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "location_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    role: Mapped[Role]
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))


class SignIn(Identified, TenantOwned, Base):
    """An open session of a browser; only the hash of its token is kept."""

    __tablename__ = "sign_ins"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ApiKey(Identified, TenantOwned, Base):
    """A key for another system; only its hash is kept."""

    __tablename__ = "api_keys"

    name: Mapped[str] = mapped_column(String(200))
    prefix: Mapped[str] = mapped_column(String(16))
    """First characters, shown so that people can tell keys apart."""
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(default=list)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ClockDevice(Identified, TenantOwned, Base):
    """A time clock of a location that sends punches itself; only the hash of its key is kept."""

    __tablename__ = "clock_devices"

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(16))
    """First characters of the key, shown so that people can tell keys apart."""
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    clock_offset_seconds: Mapped[int | None]
    """How far its clock was ahead of ours when it was last seen; negative is behind."""
    revoked_at: Mapped[datetime | None]


class Kiosk(Identified, TenantOwned, Base):
    """A secret address at which the people of a location punch; only the hash of its token is kept."""

    __tablename__ = "kiosks"

    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ApprovalDelegation(Identified, TenantOwned, Base):
    """An account lends its right to approve at a location, on the days ``[starts_on, ends_on)``."""

    __tablename__ = "approval_delegations"
    __table_args__ = (CheckConstraint("starts_on < ends_on", name="span"),)

    giver_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    receiver_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id", ondelete="CASCADE"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(80))
