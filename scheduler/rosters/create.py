"""Open the roster of a week."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.rosters.models import Roster

WEEK = timedelta(days=7)


def create_roster(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> Roster:
    """The location's roster of the seven days from ``starts_on``, made if there is none yet.

    Parameters
    ----------
    starts_on
        Any day of the week; weeks of one location must not overlap.

    Raises
    ------
    SchedulerError
        ``location_not_found``; ``roster_overlaps`` if another roster has some of the days.
    """
    find_location(session, location_id)
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
    query = select(Roster).where(
        Roster.location_id == location_id,
        Roster.starts_on < starts_on + WEEK,
        Roster.ends_on > starts_on,
    )
    for roster in session.scalars(query):
        if roster.starts_on == starts_on:
            return roster
        raise SchedulerError(
            "roster_overlaps",
            starts_on=starts_on.isoformat(),
            other_starts_on=roster.starts_on.isoformat(),
            other_ends_on=roster.ends_on.isoformat(),
            hint=f"start the week on {roster.ends_on.isoformat()}",
        )
    return None
