"""The versions of a roster: which is published, which is being worked on, and how a new draft starts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.models import RosterVersion, Shift, VersionState


def find_version(session: Session, version_id: UUID) -> RosterVersion:
    """The version with that id.

    Raises
    ------
    SchedulerError
        ``version_not_found``.
    """
    version = session.get(RosterVersion, version_id)
    if version is None:
        raise SchedulerError("version_not_found", version_id=str(version_id))
    return version


def published_version(session: Session, roster_id: UUID) -> RosterVersion | None:
    """What people were told last, or None if nothing was published yet."""
    return _newest(session, roster_id, VersionState.PUBLISHED)


def working_draft(session: Session, roster_id: UUID) -> RosterVersion | None:
    """The newest draft: the one that edits change and that is published next; older ones are kept."""
    return _newest(session, roster_id, VersionState.DRAFT)


def current_version(session: Session, roster_id: UUID) -> RosterVersion | None:
    """What a manager works on: the newest draft, or else the published version; None for an empty roster."""
    return working_draft(session, roster_id) or published_version(session, roster_id)


def shifts_of(session: Session, version_id: UUID, *, pinned: bool = False) -> list[Shift]:
    """The shifts of a version, all or only the pinned, with department, skill and employee, by start."""
    query = (
        select(Shift)
        .where(Shift.version_id == version_id, *([Shift.pinned] if pinned else []))
        .options(selectinload(Shift.department), selectinload(Shift.skill), selectinload(Shift.employee))
        .order_by(Shift.starts_at, Shift.ends_at, Shift.lineage_id)
    )
    return list(session.scalars(query))


def add_draft(
    session: Session,
    roster_id: UUID,
    *,
    actor: str,
    based_on: RosterVersion | None,
    shifts: Iterable[Shift] = (),
    run_id: UUID | None = None,
) -> RosterVersion:
    """A new draft, numbered after the last version; the caller holds the roster (see `revision.advance`)."""
    last = session.scalar(select(func.max(RosterVersion.number)).where(RosterVersion.roster_id == roster_id))
    draft = RosterVersion(
        roster_id=roster_id,
        number=(last or 0) + 1,
        state=VersionState.DRAFT,
        based_on_id=based_on.id if based_on else None,
        run_id=run_id,
        created_at=utc_now(),
        created_by=actor,
        packs=based_on.packs if based_on else None,
        edits=[],
        shifts=list(shifts),
    )
    session.add(draft)
    session.flush()
    return draft


def copy_of(shift: Shift) -> Shift:
    """The same shift for another version: same lineage, new row."""
    return Shift(
        lineage_id=shift.lineage_id,
        department_id=shift.department_id,
        skill_id=shift.skill_id,
        template_id=shift.template_id,
        employee_id=shift.employee_id,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        breaks=shift.breaks,
        paid_minutes=shift.paid_minutes,
        pinned=shift.pinned,
        note=shift.note,
    )


def _newest(session: Session, roster_id: UUID, state: VersionState) -> RosterVersion | None:
    return session.scalar(
        select(RosterVersion)
        .where(RosterVersion.roster_id == roster_id, RosterVersion.state == state)
        .order_by(RosterVersion.number.desc())
        .limit(1)
    )
