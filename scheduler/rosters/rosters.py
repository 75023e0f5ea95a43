"""Finding rosters."""

from __future__ import annotations

from uuid import UUID

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
