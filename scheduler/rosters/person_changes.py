"""What a new publication changes for each person, as laws about late changes look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_day, minutes_between
from scheduler.law.schedule_premium import ScheduleChange
from scheduler.rosters.compare import Change, ShiftFacts


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Work of one person that is new, lost, or other than they knew; at least one side is there.

    Parameters
    ----------
    day
        Civil day of the shift as it was known; of a new one its own.
    before, after
        The shift as the person knew it, and as it is now.
    """

    employee_id: UUID
    employee: str
    day: date
    before: ShiftFacts | None
    after: ShiftFacts | None

    @property
    def known(self) -> ShiftFacts:
        """The side that names the change: the shift as it was known, a new one as it is."""
        side = self.before or self.after
        if side is None:
            raise ValueError("a change has a side")
        return side

    @property
    def key(self) -> tuple[UUID, UUID]:
        """Person and lineage: one change each in a publication."""
        return self.employee_id, self.known.lineage_id

    @property
    def starts_at(self) -> datetime:
        """Start of the shift, before or after the change, whichever is earlier."""
        return min(side.starts_at for side in (self.before, self.after) if side)

    def notice_minutes(self, told_at: datetime) -> int:
        """From telling to the start of the shift; >= 0."""
        return max(0, minutes_between(told_at, self.starts_at))

    def as_law(self, told_at: datetime, *, exempt: bool) -> ScheduleChange:
        """The change as the law of late changes takes it, with paid minutes as work."""
        before = self.before.paid_minutes if self.before else 0
        after = self.after.paid_minutes if self.after else 0
        moved = 0
        if self.before and self.after:
            ends = (self.before.starts_at, self.after.starts_at), (self.before.ends_at, self.after.ends_at)
            moved = max(abs(minutes_between(*pair)) for pair in ends)
        return ScheduleChange(
            notice_minutes=self.notice_minutes(told_at),
            added_minutes=max(0, after - before),
            lost_minutes=max(0, before - after),
            moved_minutes=moved,
            exempt=exempt,
        )


def person_changes(changes: Iterable[Change], zone: ZoneInfo) -> list[PersonChange]:
    """Each change of each person, by start and name.

    A shift that somebody loses and another they get on the same civil day are one change of theirs: the work
    of that day is moved. Work that stays with a person at the same time for the same pay is no change of
    their schedule.
    """
    found: list[PersonChange] = []
    lost: dict[tuple[UUID, date], list[ShiftFacts]] = defaultdict(list)
    got: dict[tuple[UUID, date], list[ShiftFacts]] = defaultdict(list)
    for change in changes:
        before, after = change.before, change.after
        if before and after and before.employee_id and before.employee_id == after.employee_id:
            found += _changed(before.employee_id, before, after, zone)
            continue
        for side, sides in ((before, lost), (after, got)):
            if side and side.employee_id:
                sides[side.employee_id, local_day(side.starts_at, zone)].append(side)
    for key in lost.keys() | got.keys():
        while lost[key] or got[key]:
            taken = lost[key].pop(0) if lost[key] else None
            given = got[key].pop(0) if got[key] else None
            found += _changed(key[0], taken, given, zone)
    return sorted(found, key=lambda one: (one.known.starts_at, one.employee, str(one.key)))


def _changed(
    employee_id: UUID, before: ShiftFacts | None, after: ShiftFacts | None, zone: ZoneInfo
) -> Iterable[PersonChange]:
    if before and after and _schedule(before) == _schedule(after):
        return
    known = before or after
    if known is not None:
        yield PersonChange(employee_id, known.employee or "", local_day(known.starts_at, zone), before, after)


def _schedule(side: ShiftFacts) -> tuple[datetime, datetime, int]:
    return side.starts_at, side.ends_at, side.paid_minutes
