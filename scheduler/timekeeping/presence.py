"""Whether people are at work now, where and in which job, as the latest punches say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.people.hold_employees import CHUNK
from scheduler.people.models import Employee
from scheduler.timekeeping.models import Punch, PunchKind
from scheduler.timekeeping.pairing import LONGEST_SPAN


class Whereabouts(StrEnum):
    """What somebody is doing, as far as the clock knows."""

    AWAY = "away"
    AT_WORK = "at_work"
    ON_BREAK = "on_break"


@dataclass(frozen=True, slots=True)
class Presence:
    """Where somebody is, and what can sensibly be punched next.

    Parameters
    ----------
    since
        Instant of the punch that says so; None for somebody who is away.
    came_at
        Instant of clocking in; None for somebody who is away.
    location_id
        Where; None for somebody who is away.
    job_role_id
        The job worked in; None is the person's own.
    """

    whereabouts: Whereabouts
    since: datetime | None = None
    came_at: datetime | None = None
    location_id: UUID | None = None
    job_role_id: UUID | None = None

    @property
    def next_kinds(self) -> tuple[PunchKind, ...]:
        """Punches that fit now, the likeliest first."""
        return NEXT[self.whereabouts]


NEXT = {
    Whereabouts.AWAY: (PunchKind.IN,),
    Whereabouts.AT_WORK: (PunchKind.OUT, PunchKind.BREAK_START, PunchKind.TRANSFER),
    Whereabouts.ON_BREAK: (PunchKind.BREAK_END,),
}
"""What fits when, the likeliest first."""


def presence(session: Session, employee_id: UUID, *, as_of: datetime) -> Presence:
    """Where somebody is at an instant; whoever clocked in longer ago than anybody works is away."""
    return _presences(session, [employee_id], as_of).get(employee_id, Presence(Whereabouts.AWAY))


def who_is_in(session: Session, location_id: UUID, *, as_of: datetime) -> list[tuple[Employee, Presence]]:
    """Everybody at work or on a break at a location at an instant, by name, wherever they belong."""
    recent = select(Punch.employee_id).where(
        Punch.location_id == location_id, Punch.at > as_of - LONGEST_SPAN, Punch.at <= as_of
    )
    found = _presences(session, list(session.scalars(recent.distinct())), as_of)
    here = {who: seen for who, seen in found.items() if seen.location_id == location_id}
    people = [session.get_one(Employee, who) for who in here]
    by_name = sorted(people, key=lambda one: (one.last_name, one.first_name, one.number))
    return [(person, here[person.id]) for person in by_name]


def _presences(session: Session, people: Sequence[UUID], as_of: datetime) -> dict[UUID, Presence]:
    mine: dict[UUID, list[Punch]] = defaultdict(list)
    for start in range(0, len(people), CHUNK):
        recent = select(Punch).where(
            Punch.employee_id.in_(people[start : start + CHUNK]),
            Punch.at > as_of - LONGEST_SPAN,
            Punch.at <= as_of,
        )
        for punch in session.scalars(recent.order_by(Punch.at, Punch.recorded_at, Punch.id)):
            mine[punch.employee_id].append(punch)
    return {who: _after(punches) for who, punches in mine.items()}


def _after(punches: Sequence[Punch]) -> Presence:
    """Where punches in order of time lead to."""
    voided = {punch.voids_id for punch in punches}
    here = Presence(Whereabouts.AWAY)
    for punch in punches:
        if punch.kind is PunchKind.VOID or punch.id in voided:
            continue
        if punch.kind is PunchKind.IN:
            here = Presence(Whereabouts.AT_WORK, punch.at, punch.at, punch.location_id, punch.job_role_id)
        elif punch.kind is PunchKind.OUT:
            here = Presence(Whereabouts.AWAY)
        elif here.came_at is None:
            continue
        elif punch.kind is PunchKind.TRANSFER:
            here = replace(here, since=punch.at, location_id=punch.location_id, job_role_id=punch.job_role_id)
        else:
            on_break = punch.kind is PunchKind.BREAK_START
            state = Whereabouts.ON_BREAK if on_break else Whereabouts.AT_WORK
            here = replace(here, whereabouts=state, since=punch.at)
    return here
