"""Published work of people in other rosters: before, after, and elsewhere in the same days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.rosters.models import Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.timeframe import Timeframe
from scheduler.rosters.work import breaks_of
from solver.work import Work

HISTORY_DAYS = 18 * 7
"""How far back work is loaded: the longest reference period (four months) and the days around it."""
UPCOMING_DAYS = 14


@dataclass(slots=True)
class FixedWork:
    """One person's published work outside a roster, each list by start."""

    history: list[Work] = field(default_factory=list)
    elsewhere: list[Work] = field(default_factory=list)
    """Starts in the roster's days, but belongs to another roster."""
    upcoming: list[Work] = field(default_factory=list)


def fixed_work(
    session: Session, roster: Roster, frame: Timeframe, people: Collection[UUID]
) -> dict[UUID, FixedWork]:
    """The published work of ``people`` in rosters other than ``roster``; one query."""
    found: dict[UUID, FixedWork] = defaultdict(FixedWork)
    rows = session.execute(
        select(
            Shift.employee_id,
            Shift.starts_at,
            Shift.ends_at,
            Shift.paid_minutes,
            Shift.breaks,
            Shift.skill_id,
            Shift.department_id,
        )
        .join(RosterVersion, Shift.version_id == RosterVersion.id)
        .where(
            RosterVersion.state == VersionState.PUBLISHED,
            RosterVersion.roster_id != roster.id,
            Shift.employee_id.in_(people),
            Shift.ends_at > frame.starts_at - timedelta(days=HISTORY_DAYS),
            Shift.starts_at < frame.ends_at + timedelta(days=UPCOMING_DAYS),
        )
        .order_by(Shift.starts_at)
    )
    for who, starts_at, ends_at, paid, breaks, skill, department in rows:
        start, end = frame.minute(starts_at), frame.minute(ends_at)
        inside = 0 <= start < frame.end_minute
        work = Work(
            start=start,
            end=end,
            paid_minutes=paid,
            breaks=breaks_of(breaks, frame),
            # The other roster answers for the skill; here the work only takes time.
            skill=None if inside else str(skill),
            location=str(department),
        )
        kept = found[who]
        (kept.history if start < 0 else kept.elsewhere if inside else kept.upcoming).append(work)
    return found
