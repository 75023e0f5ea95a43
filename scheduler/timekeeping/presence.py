"""Whether somebody is at work now, as the latest punches say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

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
    """

    whereabouts: Whereabouts
    since: datetime | None = None
    came_at: datetime | None = None

    @property
    def next_kinds(self) -> tuple[PunchKind, ...]:
        """Punches that fit now, the likeliest first."""
        return _NEXT[self.whereabouts]


_NEXT = {
    Whereabouts.AWAY: (PunchKind.IN,),
    Whereabouts.AT_WORK: (PunchKind.OUT, PunchKind.BREAK_START),
    Whereabouts.ON_BREAK: (PunchKind.BREAK_END,),
}


def presence(session: Session, employee_id: UUID, *, as_of: datetime) -> Presence:
    """Where somebody is at an instant; whoever clocked in longer ago than anybody works is away."""
    recent = select(Punch).where(
        Punch.employee_id == employee_id, Punch.at > as_of - LONGEST_SPAN, Punch.at <= as_of
    )
    punches = list(session.scalars(recent.order_by(Punch.at, Punch.recorded_at, Punch.id)))
    voided = {punch.voids_id for punch in punches}
    here = Presence(Whereabouts.AWAY)
    for punch in punches:
        if punch.kind is PunchKind.VOID or punch.id in voided:
            continue
        if punch.kind is PunchKind.IN:
            here = Presence(Whereabouts.AT_WORK, punch.at, punch.at)
        elif punch.kind is PunchKind.OUT:
            here = Presence(Whereabouts.AWAY)
        elif here.came_at is not None:
            on_break = punch.kind is PunchKind.BREAK_START
            state = Whereabouts.ON_BREAK if on_break else Whereabouts.AT_WORK
            here = Presence(state, punch.at, here.came_at)
    return here
