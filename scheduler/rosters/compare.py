"""What changed from one version of a roster to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from scheduler.rosters.models import Shift


class ChangeKind(StrEnum):
    """What happened to a shift; each changed shift has one kind, the first that fits."""

    ADDED = "added"
    REMOVED = "removed"
    REASSIGNED = "reassigned"
    """Given to somebody else, filled or left open; it may have moved as well."""
    MOVED = "moved"
    """Other times for the same person."""
    ALTERED = "altered"
    """Other work, breaks or paid minutes at the same time for the same person."""


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """A shift in words, as it was in one version."""

    lineage_id: UUID
    department: str
    skill: str
    employee_id: UUID | None
    employee: str | None
    starts_at: datetime
    ends_at: datetime
    paid_minutes: int
    breaks: tuple[tuple[str | None, int, bool], ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values: ids and instants as text."""
        return {
            "lineage_id": str(self.lineage_id),
            "department": self.department,
            "skill": self.skill,
            "employee_id": str(self.employee_id) if self.employee_id else None,
            "employee": self.employee,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "paid_minutes": self.paid_minutes,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One shift before and after; None where it was not there."""

    kind: ChangeKind
    before: ShiftFacts | None
    after: ShiftFacts | None

    @property
    def people(self) -> set[UUID]:
        """Everybody whose work the change touches."""
        return {side.employee_id for side in (self.before, self.after) if side and side.employee_id}

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "before": self.before.as_json() if self.before else None,
            "after": self.after.as_json() if self.after else None,
        }


def differences(old: Iterable[Shift], new: Iterable[Shift]) -> list[Change]:
    """Every shift that is not the same in both, matched by lineage, by start.

    Parameters
    ----------
    old, new
        The shifts of two versions, with department, skill and employee at hand (see `versions.shifts_of`).
    """
    before = {shift.lineage_id: facts_of(shift) for shift in old}
    after = {shift.lineage_id: facts_of(shift) for shift in new}
    changes = [
        Change(kind, before.get(lineage), after.get(lineage))
        for lineage in before.keys() | after.keys()
        if (kind := _kind(before.get(lineage), after.get(lineage)))
    ]
    return sorted(changes, key=_place)


def as_json(changes: Iterable[Change]) -> dict[str, Any]:
    """The changes as plain values, listed by kind; every kind is there."""
    listed = list(changes)
    return {kind.value: [change.as_json() for change in listed if change.kind == kind] for kind in ChangeKind}


def facts_of(shift: Shift) -> ShiftFacts:
    """A shift in words."""
    return ShiftFacts(
        lineage_id=shift.lineage_id,
        department=shift.department.name,
        skill=shift.skill.name,
        employee_id=shift.employee_id,
        employee=shift.employee.name if shift.employee else None,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        paid_minutes=shift.paid_minutes,
        breaks=tuple((pause.get("starts_at"), pause["minutes"], pause["paid"]) for pause in shift.breaks),
    )


def _kind(before: ShiftFacts | None, after: ShiftFacts | None) -> ChangeKind | None:
    if before == after:
        return None
    if before is None:
        return ChangeKind.ADDED
    if after is None:
        return ChangeKind.REMOVED
    if before.employee_id != after.employee_id:
        return ChangeKind.REASSIGNED
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        return ChangeKind.MOVED
    return ChangeKind.ALTERED


def _place(change: Change) -> tuple[datetime, str]:
    side = change.after or change.before
    if side is None:
        raise ValueError("a change has a side")
    return side.starts_at, str(side.lineage_id)
