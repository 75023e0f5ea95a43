"""Open the roster of a week."""

from __future__ import annotations

from calendar import day_name
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now, week_start
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.rosters.models import Roster

WEEK = timedelta(days=7)
FURTHEST = timedelta(days=5 * 366)
"""No roster is opened that far in the past or the future; such a day is a slip of the year."""


def create_roster(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> Roster:
    """The location's roster of the seven days from ``starts_on``, made if there is none yet.

    Parameters
    ----------
    starts_on
        A Monday, within `FURTHEST` of today.

    Raises
    ------
    InvalidInput
        For another day.
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    _refuse_odd_week(starts_on)
    present = _present(session, location_id, starts_on)
    if present is not None:
        return present
    ends_on = starts_on + WEEK
    roster = Roster(
        location_id=location_id, starts_on=starts_on, ends_on=ends_on, revision=0, created_at=utc_now()
    )
    try:
        with session.begin_nested():
            session.add(roster)
    except IntegrityError:
        # Somebody else made it a moment ago.
        made = _present(session, location_id, starts_on)
        if made is None:
            raise
        return made
    record(session, actor, "roster.create", "roster", roster.id, starts_on=starts_on.isoformat())
    return roster


def _present(session: Session, location_id: UUID, starts_on: date) -> Roster | None:
    query = select(Roster).where(Roster.location_id == location_id, Roster.starts_on == starts_on)
    return session.scalars(query).one_or_none()


def _refuse_odd_week(starts_on: date) -> None:
    """Refuse days that are a slip of the pen: a roster cannot be removed."""
    monday = week_start(starts_on)
    if starts_on != monday:
        problem = f"is a {day_name[starts_on.weekday()]}: weeks start on Monday"
        hint = f"{monday} or {monday + WEEK}"
        raise InvalidInput([FieldError("starts_on", str(starts_on), problem, hint)])
    today = utc_now().date()
    if abs(starts_on - today) > FURTHEST:
        hint = f"a Monday from {today - FURTHEST} to {today + FURTHEST}"
        raise InvalidInput([FieldError("starts_on", str(starts_on), "is years away", hint)])
