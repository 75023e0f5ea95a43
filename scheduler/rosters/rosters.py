"""Finding rosters."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.models import Roster


def find_roster(session: Session, roster_id: UUID) -> Roster:
    """The roster with that id.

    Raises
    ------
    SchedulerError
        ``roster_not_found``.
    """
    roster = session.get(Roster, roster_id)
    if roster is None:
        raise SchedulerError("roster_not_found", roster_id=str(roster_id))
    return roster


def list_rosters(
    session: Session,
    *,
    location_id: UUID | None = None,
    first_day: date | None = None,
    end_day: date | None = None,
) -> list[Roster]:
    """The rosters with a day in ``[first_day, end_day)``, by first day and then location.

    Parameters
    ----------
    location_id
        Only this location's; None for all.
    first_day, end_day
        None where the span has no such end.
    """
    query = select(Roster).order_by(Roster.starts_on, Roster.location_id)
    if location_id is not None:
        query = query.where(Roster.location_id == location_id)
    if first_day is not None:
        query = query.where(Roster.ends_on > first_day)
    if end_day is not None:
        query = query.where(Roster.starts_on < end_day)
    return list(session.scalars(query))
