"""Which shift of a new version continues which shift of an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import timedelta

from scheduler.rosters.models import Shift


def continue_lineages(earlier: Sequence[Shift], new: Iterable[Shift]) -> dict[int, Shift]:
    """Give new shifts the lineage of those they continue; gives the earlier ones by place of the new.

    Looked for in this order, each earlier shift once: the same person and work at the same time; the same
    person and work at an overlapping time, the longest overlap first; the same person at an overlapping time;
    the same work at the same time, whoever does it. Whatever continues nothing keeps its own new lineage.
    """
    left = dict(enumerate(new))
    free = {shift.lineage_id: shift for shift in earlier}
    found: dict[int, Shift] = {}

    def take(place: int, old: Shift) -> None:
        left.pop(place).lineage_id = old.lineage_id
        del free[old.lineage_id]
        found[place] = old

    _equal(left, free.values(), _person_work_time, take)
    _overlapping(left, free.values(), _person_work, take)
    _overlapping(left, free.values(), _person, take)
    _equal(left, free.values(), _work_time, take)
    return found


Key = Callable[[Shift], Hashable]
Take = Callable[[int, Shift], None]


def _person_work_time(shift: Shift) -> Hashable:
    return shift.employee_id, *_work_time(shift)


def _person_work(shift: Shift) -> Hashable:
    return (shift.employee_id, shift.department_id, shift.skill_id) if shift.employee_id else None


def _person(shift: Shift) -> Hashable:
    return shift.employee_id


def _work_time(shift: Shift) -> tuple[Hashable, ...]:
    return shift.department_id, shift.skill_id, shift.starts_at, shift.ends_at


def _equal(left: dict[int, Shift], free: Iterable[Shift], key: Key, take: Take) -> None:
    """Match shifts whose keys are equal."""
    candidates: dict[Hashable, list[Shift]] = defaultdict(list)
    for old in sorted(free, key=lambda shift: str(shift.lineage_id), reverse=True):
        candidates[key(old)].append(old)
    for place, shift in list(left.items()):
        if candidates[key(shift)]:
            take(place, candidates[key(shift)].pop())


def _overlapping(left: dict[int, Shift], free: Iterable[Shift], key: Key, take: Take) -> None:
    """Match shifts whose keys are equal (and not None) and whose times overlap, the longest overlap first."""
    candidates: dict[Hashable, list[Shift]] = defaultdict(list)
    for old in free:
        candidates[key(old)].append(old)
    pairs = [
        (-_overlap(shift, old), place, str(old.lineage_id), old)
        for place, shift in left.items()
        if key(shift) is not None
        for old in candidates[key(shift)]
        if _overlap(shift, old) > timedelta(0)
    ]
    taken = set()
    for _, place, lineage, old in sorted(pairs, key=lambda pair: pair[:3]):
        if place in left and lineage not in taken:
            taken.add(lineage)
            take(place, old)


def _overlap(one: Shift, other: Shift) -> timedelta:
    return min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)
