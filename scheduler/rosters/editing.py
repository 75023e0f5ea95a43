"""What every hand edit of a draft has in common: revision, rules, the way back, the audit record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import local_day, utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.people.models import Employee
from scheduler.rosters.judge import hard, judged, score_json, violation_json
from scheduler.rosters.models import Roster, RosterVersion, Shift
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.revision import advance
from scheduler.rosters.shift_breaks import breaks_by_law
from scheduler.rosters.versions import add_draft, copy_of, published_version, shifts_of, working_draft
from solver.explain.who_could import worsened
from solver.problem import BreakPolicy
from solver.score import Part, difference


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A breach of hard rules is taken into the draft for a reason; it cannot be published."""

    reason: str

    def __post_init__(self) -> None:
        checked_reason(self.reason)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is being edited, with everything an edit may look at."""

    session: Session
    roster: Roster
    version: RosterVersion
    planned: PlannedProblem

    def shift(self, lineage_id: UUID) -> Shift:
        """The shift of that lineage in the draft.

        Raises
        ------
        SchedulerError
            ``shift_not_found``.
        """
        shift = find_shift(self.session, self.version, lineage_id)
        if shift is None:
            raise SchedulerError("shift_not_found", roster=str(self.roster.id), lineage_id=str(lineage_id))
        return shift

    def breaks_by_law(self, starts_at: datetime, employee: Employee | None) -> tuple[BreakPolicy, ...]:
        """The least breaks of a shift that somebody, or nobody yet, starts then."""
        day = local_day(starts_at, ZoneInfo(self.roster.location.zone))
        born_on = employee.born_on if employee else None
        return breaks_by_law(self.planned.layers, day, sector=self.roster.location.sector, born_on=born_on)


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit did.

    Parameters
    ----------
    version
        The draft as it is now; a new one if the last version was published.
    shift
        The shift as it is now; None if it was removed.
    revision
        The roster's revision from now on.
    score_change
        What got dearer (positive) or cheaper, per rule.
    accepted
        Hard violations that are new and were accepted, as plain values.
    """

    version: RosterVersion
    shift: Shift | None
    revision: int
    score_change: tuple[Part, ...]
    accepted: tuple[dict[str, Any], ...] = ()


Before = dict[str, Any] | None
"""A shift as it was (see `state_of`); None if it is new."""

Change = Callable[[Draft], tuple[Before, Shift | None]]
"""Changes one shift; gives how it was and the shift, None if it is gone."""


def edit_draft(
    session: Session,
    roster_id: UUID,
    change: Change,
    *,
    action: str,
    expected_revision: int,
    actor: str,
    accept: Acceptance | None,
) -> Edited:
    """Change one shift of the working draft, if the rules allow it.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, ``roster_changed``, and ``breaks_hard_rules`` with the new violations.
    """
    roster = advance(session, roster_id, expected_revision)
    version = draft_of(session, roster, actor=actor)
    planned = problem_for(session, roster_id)
    shifts = shifts_of(session, version.id)
    before = judged(planned, shifts)
    was, shift = change(Draft(session, roster, version, planned))
    session.flush()
    others = [each for each in shifts if was is None or str(each.lineage_id) != was["lineage_id"]]
    after = before.with_shifts([*others, shift] if shift is not None else others).evaluation
    told = hard(before.evaluation.violations)
    broken = [violation_json(planned, v) for v in worsened(told, hard(after.violations))]
    if broken and accept is None:
        raise SchedulerError("breaks_hard_rules", roster=str(roster_id), violations=broken)
    entry = {
        "action": action,
        "by": actor,
        "at": utc_now().isoformat(),
        "before": was,
        "after": state_of(shift) if shift is not None else None,
        "accepted": broken,
        "reason": accept.reason if accept and broken else None,
    }
    version.edits = [*version.edits, entry]
    version.score = score_json(after.score)
    session.flush()
    record(session, actor, f"roster.{action}", "roster", roster_id, version=version.number, edit=entry)
    return Edited(
        version, shift, roster.revision, difference(after.score, before.evaluation.score), tuple(broken)
    )


def draft_of(session: Session, roster: Roster, *, actor: str) -> RosterVersion:
    """The working draft; a new one with the published shifts (or none) if there is no draft."""
    draft = working_draft(session, roster.id)
    if draft is not None:
        return draft
    published = published_version(session, roster.id)
    shifts = [copy_of(shift) for shift in shifts_of(session, published.id)] if published else []
    return add_draft(session, roster.id, actor=actor, based_on=published, shifts=shifts)


def find_shift(session: Session, version: RosterVersion, lineage_id: UUID) -> Shift | None:
    """The shift of a lineage in a version, or None."""
    return session.scalar(select(Shift).where(Shift.version_id == version.id, Shift.lineage_id == lineage_id))


def state_of(shift: Shift) -> dict[str, Any]:
    """Everything about a shift as plain values, enough to put it back."""
    return {
        "lineage_id": str(shift.lineage_id),
        "department_id": str(shift.department_id),
        "skill_id": str(shift.skill_id),
        "template_id": str(shift.template_id) if shift.template_id else None,
        "employee_id": str(shift.employee_id) if shift.employee_id else None,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
        "breaks": shift.breaks,
        "paid_minutes": shift.paid_minutes,
        "pinned": shift.pinned,
        "note": shift.note,
    }


def put_back(shift: Shift, state: dict[str, Any]) -> None:
    """Make a shift what `state_of` said of it."""
    for name in ("lineage_id", "department_id", "skill_id", "template_id", "employee_id"):
        setattr(shift, name, UUID(state[name]) if state[name] else None)
    for name in ("starts_at", "ends_at"):
        setattr(shift, name, datetime.fromisoformat(state[name]))
    for name in ("breaks", "paid_minutes", "pinned", "note"):
        setattr(shift, name, state[name])
