"""Secret calendar addresses: one for each person, only the hash of its token is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import across_tenants
from scheduler.kernel.clock import day_start, utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry, CalendarFeed
from scheduler.timeoff.models import TimeOff, TimeOffState

TOKEN_BYTES = 32
LAYOUT = "1"
"""Counts changes of how a feed is written: with it every calendar fetches once more."""


@dataclass(frozen=True, slots=True)
class FeedContents:
    """What is in one person's calendar."""

    name: str
    """First and last name."""
    entries: Sequence[CalendarEntry]
    """Published shifts, withdrawn ones included, by start."""
    leave: Sequence[TimeOff]
    """Approved leave, by first day."""


def create_feed(session: Session, employee_id: UUID, *, actor: str) -> str:
    """A new secret token for somebody's calendar, told this once; the address given before stops working.

    Raises
    ------
    SchedulerError
        ``employee_not_found``.
    """
    hold_employee(session, employee_id)
    replaced = _revoke(session, employee_id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = utc_now()
    feed = CalendarFeed(
        employee_id=employee_id, token_hash=_hash(token), created_at=now, revoked_at=None, changed_at=now
    )
    session.add(feed)
    session.flush()
    record(session, actor, "feed.create", "employee", employee_id, feed=str(feed.id), replaced=replaced)
    return token


def revoke_feed(session: Session, employee_id: UUID, *, actor: str) -> None:
    """Somebody's calendar address stops working.

    Raises
    ------
    SchedulerError
        ``no_feed`` if there is none that works.
    """
    if not _revoke(session, employee_id):
        raise SchedulerError("no_feed", employee=str(employee_id), hint="create a calendar address first")
    record(session, actor, "feed.revoke", "employee", employee_id)


def active_feed(session: Session, employee_id: UUID) -> CalendarFeed | None:
    """The feed of somebody that works now, or None; its token cannot be shown again."""
    return session.scalar(
        select(CalendarFeed)
        .where(CalendarFeed.employee_id == employee_id, CalendarFeed.revoked_at.is_(None))
        .order_by(CalendarFeed.created_at.desc())
        .limit(1)
    )


def feed_for_token(session: Session, token: str) -> CalendarFeed | None:
    """The feed a token opens, of whichever organisation; None for every token that opens none.

    The session still sees what it saw before; the caller goes on as ``feed.organisation_id``.
    """
    wanted = _hash(token)
    with across_tenants(session):
        feed = session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == wanted))
    if feed is None or feed.revoked_at is not None or not hmac.compare_digest(feed.token_hash, wanted):
        return None
    return feed


def window_start(today: date) -> date:
    """First day a feed shows: that of the month before ``today``; coarse, so that it does not change daily.

    Examples
    --------
    >>> window_start(date(2026, 1, 15))
    datetime.date(2025, 12, 1)
    """
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def feed_version(session: Session, feed: CalendarFeed, since: date) -> str:
    """A text that changes with the bytes of the feed, made without loading a shift: its entity tag.

    Parameters
    ----------
    since
        First day shown (see `window_start`).
    """
    name = _name_of(session, feed)
    leave = [f"{t.id} {t.starts_on} {t.ends_on} {t.decided_at}" for t in _leave(session, feed, since)]
    facts = "\n".join([LAYOUT, str(feed.employee_id), feed.changed_at.isoformat(), str(since), name, *leave])
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def feed_contents(session: Session, feed: CalendarFeed, since: date) -> FeedContents:
    """Everything in the feed from the day ``since`` (UTC) on."""
    entries = session.scalars(
        select(CalendarEntry)
        .where(
            CalendarEntry.employee_id == feed.employee_id,
            CalendarEntry.ends_at > day_start(since, zone_named("UTC")),
        )
        .order_by(CalendarEntry.starts_at, CalendarEntry.id)
    )
    return FeedContents(_name_of(session, feed), list(entries), _leave(session, feed, since))


def _revoke(session: Session, employee_id: UUID) -> int:
    working = session.scalars(
        select(CalendarFeed).where(CalendarFeed.employee_id == employee_id, CalendarFeed.revoked_at.is_(None))
    ).all()
    for feed in working:
        feed.revoked_at = utc_now()
    return len(working)


def _leave(session: Session, feed: CalendarFeed, since: date) -> list[TimeOff]:
    query = (
        select(TimeOff)
        .where(
            TimeOff.employee_id == feed.employee_id,
            TimeOff.state == TimeOffState.APPROVED,
            TimeOff.ends_on > since,
        )
        .order_by(TimeOff.starts_on, TimeOff.id)
    )
    return list(session.scalars(query))


def _name_of(session: Session, feed: CalendarFeed) -> str:
    first, last = session.execute(
        select(Employee.first_name, Employee.last_name).where(Employee.id == feed.employee_id)
    ).one()
    return f"{first} {last}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
