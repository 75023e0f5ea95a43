"""Compare and set: who changes a roster names the state seen, so nobody overwrites somebody else."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.rosters.models import Roster
from scheduler.rosters.rosters import find_roster


def advance(session: Session, roster_id: UUID, seen: int | None) -> Roster:
    """Count one change of a roster and hold its row until the transaction ends; gives the roster as it is.

    Everything the session had loaded is read anew, because it may be older than the lock.

    Parameters
    ----------
    seen
        The revision the writer's decision rests on; None for one that overwrites nothing, such as a
        run, which adds a version.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, or ``roster_changed`` with who changed it and when. The caller rolls its
        transaction back.
    """
    counted = update(Roster).where(Roster.id == roster_id).values(revision=Roster.revision + 1)
    if seen is not None:
        counted = counted.where(Roster.revision == seen)
    done = session.execute(counted, execution_options={"synchronize_session": False})
    session.expire_all()
    roster = find_roster(session, roster_id)
    if cast("CursorResult[object]", done).rowcount == 0:
        raise _changed(session, roster, seen)
    return roster


def _changed(session: Session, roster: Roster, seen: int | None) -> SchedulerError:
    last = session.scalar(
        select(AuditEntry)
        .where(AuditEntry.subject == "roster", AuditEntry.subject_id == roster.id)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    return SchedulerError(
        "roster_changed",
        roster=str(roster.id),
        expected_revision=seen,
        revision=roster.revision,
        changed_by=name_of(session, last.actor) if last else None,
        changed_at=last.at.isoformat() if last else None,
        change=last.action if last else None,
        hint="load the roster again and repeat the change",
    )
