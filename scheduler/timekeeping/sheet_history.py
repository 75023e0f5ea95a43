"""Who did what with a timesheet, and what became other since its person confirmed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.organisation.actors import name_of
from scheduler.timekeeping.models import Timesheet, TimesheetState

CONFIRMED, REOPENED = "timesheet.submit", "timesheet.reopen"


@dataclass(frozen=True, slots=True)
class SheetEvent:
    """Something that was done with a timesheet.

    Parameters
    ----------
    what
        The verb of the audit record, such as ``timesheet.approve``, or ``timesheet.lapse`` where punches
        made other hours and so took a confirmation or an approval back.
    by, for_whom
        Names of people; ``for_whom`` is whoever lent the right to approve.
    days
        The days that became other, as `scheduler.timekeeping.day_changes` writes them.
    """

    what: str
    at: datetime
    by: str
    for_whom: str | None
    reason: str | None
    days: Sequence[Mapping[str, Any]]
    worked_minutes: int | None


def sheet_history(session: Session, timesheet_id: UUID) -> list[SheetEvent]:
    """What was done with a timesheet, its disputes, exceptions and reminders, oldest first."""
    query = select(AuditEntry).where(AuditEntry.subject == "timesheet", AuditEntry.subject_id == timesheet_id)
    entries = session.scalars(query.order_by(AuditEntry.id)).all()
    names: dict[str, str] = {}
    for each in entries:
        for actor in (each.actor, each.facts.get("approved_for")):
            if actor and actor not in names:
                names[actor] = name_of(session, actor)
    return [_event(each, names) for each in entries]


def _event(entry: AuditEntry, names: Mapping[str, str]) -> SheetEvent:
    facts = entry.facts
    minutes = facts.get("worked_minutes")
    return SheetEvent(
        what="timesheet.lapse" if _lapsed(entry) else entry.action,
        at=entry.at,
        by=names[entry.actor],
        for_whom=names.get(facts.get("approved_for") or ""),
        reason=None if _lapsed(entry) else facts.get("reason") or None,
        days=facts.get("days") or (),
        worked_minutes=minutes if isinstance(minutes, int) else None,
    )


def _lapsed(entry: AuditEntry) -> bool:
    """Whether punches, and not a person, made it open again."""
    return entry.action == REOPENED and isinstance(entry.facts.get("worked_minutes"), list)


@dataclass(frozen=True, slots=True)
class Lapse:
    """A timesheet that somebody stood for is open again, and its person has not confirmed it since.

    Parameters
    ----------
    state
        What it was before.
    reason
        Why somebody opened it again; None where punches made other hours.
    """

    at: datetime
    state: str
    reason: str | None
    days: Sequence[Mapping[str, Any]]


def lapses(session: Session, sheets: Sequence[Timesheet]) -> dict[UUID, Lapse]:
    """What made timesheets open again since they were last confirmed; the others are left out."""
    waiting = [sheet.id for sheet in sheets if sheet.state is TimesheetState.OPEN]
    found: dict[UUID, Lapse] = {}
    for start in range(0, len(waiting), 500):
        query = select(AuditEntry).where(
            AuditEntry.subject == "timesheet",
            AuditEntry.subject_id.in_(waiting[start : start + 500]),
            AuditEntry.action.in_((CONFIRMED, REOPENED)),
        )
        for each in session.scalars(query.order_by(AuditEntry.id)):
            assert each.subject_id is not None  # noqa: S101 - the query names it
            if each.action == CONFIRMED:
                found.pop(each.subject_id, None)
            else:
                found[each.subject_id] = _lapse(each)
    return found


def _lapse(entry: AuditEntry) -> Lapse:
    reason = None if _lapsed(entry) else entry.facts.get("reason")
    return Lapse(entry.at, str(entry.facts.get("state", "")), reason, entry.facts.get("days") or ())
