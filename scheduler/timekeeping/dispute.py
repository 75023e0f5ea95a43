"""Dispute hours, answer that, and settle it; every step stays on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.organisation.accounts import is_employee
from scheduler.people.hold_employees import hold_employees
from scheduler.timekeeping.approver import approver
from scheduler.timekeeping.day_changes import day_changes, days_of
from scheduler.timekeeping.derive import derive
from scheduler.timekeeping.disputes import find_dispute, is_open
from scheduler.timekeeping.models import Dispute, DisputeAct, DisputeEvent, Timesheet, TimesheetState
from scheduler.timekeeping.refresh import to_open
from scheduler.timekeeping.timesheets import contents, find_timesheet


@dataclass(frozen=True, slots=True)
class About:
    """What of a timesheet is disputed: a day, or the span of work of an entry; neither is the whole."""

    day: date | None = None
    entry_id: UUID | None = None


def raise_dispute(session: Session, timesheet_id: UUID, *, about: About, words: str, actor: str) -> Dispute:
    """Say that hours are wrong, in whatever state the timesheet is.

    A confirmation is taken back by it; an approval and a close stay, and somebody has to answer.

    Raises
    ------
    InvalidInput
        Without words, for a day outside the timesheet, or an entry that it does not have.
    SchedulerError
        ``timesheet_not_found``.
    """
    words = checked_reason(words)
    sheet = _held(session, timesheet_id)
    made = Dispute(
        timesheet_id=sheet.id,
        state_then=sheet.state,
        days_then=_days_now(session, sheet),
        **_span(sheet, about),
    )
    session.add(made)
    session.flush()
    if sheet.state is TimesheetState.SUBMITTED:
        to_open(sheet)
        sheet.revision += 1
    _add(session, made, DisputeAct.RAISED, words, actor)
    return find_dispute(session, made.id)


def _span(sheet: Timesheet, about: About) -> dict[str, Any]:
    if about.entry_id is not None:
        entry = next((each for each in sheet.entries if each.id == about.entry_id), None)
        if entry is None:
            hint = "an entry of this timesheet as it is now"
            raise InvalidInput(
                [FieldError("entry_id", str(about.entry_id), "the timesheet has none with this id", hint)]
            )
        return {"day": entry.day, "starts_at": entry.starts_at, "ends_at": entry.ends_at}
    if about.day is not None and not sheet.starts_on <= about.day < sheet.ends_on:
        hint = f"a day from {sheet.starts_on}, before {sheet.ends_on}"
        raise InvalidInput([FieldError("day", about.day.isoformat(), "it is not of this timesheet", hint)])
    return {"day": about.day}


def answer_dispute(session: Session, dispute_id: UUID, *, words: str, actor: str) -> Dispute:
    """Somebody who may approve answers; what changed in the hours since it was raised is kept with it.

    Raises
    ------
    InvalidInput
        Without words.
    SchedulerError
        ``not_found``, ``dispute_is_over``, ``own_timesheet``.
    """
    words = checked_reason(words)
    found, sheet = _open(session, dispute_id)
    approver(session, actor).acts_for(sheet)
    changes = day_changes(found.days_then, _days_now(session, sheet))
    _add(session, found, DisputeAct.ANSWERED, words, actor, changes=changes)
    return find_dispute(session, dispute_id)


def settle_dispute(
    session: Session, dispute_id: UUID, *, accept: bool, words: str = "", actor: str
) -> Dispute:
    """The employee accepts the answer, or takes the dispute back.

    Raises
    ------
    InvalidInput
        For more words than are kept.
    SchedulerError
        ``not_found``, ``dispute_is_over``; ``not_your_dispute`` for everybody else; ``dispute_unanswered``
        if there is no answer to accept.
    """
    words = checked_reason(words) if words.strip() else ""
    found, sheet = _open(session, dispute_id)
    if not is_employee(session, actor, sheet.employee_id):
        raise SchedulerError("not_your_dispute", dispute_id=str(dispute_id))
    if accept and found.events[-1].act is not DisputeAct.ANSWERED:
        raise SchedulerError("dispute_unanswered", dispute_id=str(dispute_id))
    _add(session, found, DisputeAct.ACCEPTED if accept else DisputeAct.WITHDRAWN, words, actor)
    return find_dispute(session, dispute_id)


def close_dispute(session: Session, dispute_id: UUID, *, reason: str, actor: str) -> Dispute:
    """Somebody who may approve decides it without the employee's consent; the reason stays with it.

    Raises
    ------
    InvalidInput
        Without a reason.
    SchedulerError
        ``not_found``, ``dispute_is_over``, ``own_timesheet``.
    """
    reason = checked_reason(reason)
    found, sheet = _open(session, dispute_id)
    approver(session, actor).acts_for(sheet)
    changes = day_changes(found.days_then, _days_now(session, sheet))
    _add(session, found, DisputeAct.CLOSED, reason, actor, changes=changes)
    return find_dispute(session, dispute_id)


def _open(session: Session, dispute_id: UUID) -> tuple[Dispute, Timesheet]:
    sheet = _held(session, find_dispute(session, dispute_id).timesheet_id)
    found = find_dispute(session, dispute_id)
    if not is_open(found):
        raise SchedulerError("dispute_is_over", dispute_id=str(dispute_id), ended=found.events[-1].act.value)
    return found, sheet


def _held(session: Session, timesheet_id: UUID) -> Timesheet:
    sheet = find_timesheet(session, timesheet_id)
    hold_employees(session, [sheet.employee_id])
    session.refresh(sheet)
    return sheet


def _days_now(session: Session, sheet: Timesheet) -> dict[str, Any]:
    """The work of the timesheet; of a closed one, which no punch changes, what its punches say by now."""
    if sheet.state is TimesheetState.CLOSED:
        return days_of(derive(session, sheet, as_of=utc_now()).worked)
    return days_of(contents(sheet).worked)


def _add(
    session: Session,
    dispute: Dispute,
    act: DisputeAct,
    words: str,
    actor: str,
    *,
    changes: list[dict[str, Any]] | None = None,
) -> None:
    number = dispute.events[-1].number + 1 if dispute.events else 1
    session.add(
        DisputeEvent(
            dispute_id=dispute.id,
            number=number,
            act=act,
            words=words,
            changes=changes or [],
            at=utc_now(),
            by=actor,
        )
    )
    said: Mapping[str, Any] = {"dispute_id": str(dispute.id), "reason": words, "days": changes or []}
    record(session, actor, f"dispute.{act.value}", "timesheet", dispute.timesheet_id, **said)
    session.flush()
