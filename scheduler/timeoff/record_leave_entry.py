"""Enter something into a leave account that no rule gives: an opening balance, a grant, an adjustment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.reason import checked_reason
from scheduler.organisation.accounts import is_employee
from scheduler.people.hold_employees import hold_employee
from scheduler.timeoff.amounts import HOUR_MINUTES, HUNDREDTHS, LARGEST, in_words
from scheduler.timeoff.leave_policies import policy_needed
from scheduler.timeoff.models import LeaveEntry, LeaveEntryKind, LeaveKind, LeaveUnit

BY_HAND = (
    LeaveEntryKind.OPENING,
    LeaveEntryKind.GRANT,
    LeaveEntryKind.ADJUSTMENT,
    LeaveEntryKind.PAID_OUT,
)
"""What people enter; the rest is worked out."""


def record_leave_entry(
    session: Session,
    employee_id: UUID,
    *,
    leave_kind: LeaveKind,
    entry: LeaveEntryKind,
    day: date,
    amount: int,
    reason: str,
    actor: str,
) -> LeaveEntry:
    """Add an entry to somebody's account; it is never changed, and taken back by an adjustment.

    Parameters
    ----------
    day
        At whose beginning it counts; what there was before the day of an opening balance counts no more.
    amount
        In steps of the account's unit; negative for what leaves it.

    Raises
    ------
    InvalidInput
        If there is no reason, the amount is 0 or of the wrong sign, or the day is before the account begins.
    SchedulerError
        ``employee_not_found``; ``leave_policy_missing`` where nobody said how leave of the kind is counted;
        ``own_leave_account`` if the account is the actor's own; ``leave_opened_already`` if there is an
        opening balance of that day.
    """
    reason = checked_reason(reason)
    employee = hold_employee(session, employee_id)
    if is_employee(session, actor, employee_id):
        raise SchedulerError("own_leave_account", employee=employee.number)
    policies = policy_needed(session, employee.location_id, leave_kind)
    unit, begins = policies[0].unit, max(policies[0].starts_on, employee.hired_on)
    if error := _wrong(entry, day, amount, unit, begins):
        raise InvalidInput([error])
    source = f"opening:{day}" if entry is LeaveEntryKind.OPENING else None
    if source and _is_opened(session, employee_id, leave_kind, source):
        raise SchedulerError("leave_opened_already", employee=employee.number, day=day.isoformat())
    kept = LeaveEntry(
        employee_id=employee_id,
        leave_kind=leave_kind,
        day=day,
        entry=entry,
        unit=unit,
        amount=amount,
        reason=reason,
        source=source,
        recorded_at=utc_now(),
        recorded_by=actor,
    )
    session.add(kept)
    session.flush()
    record(
        session, actor, "leave_account.enter", "employee", employee_id, employee=employee.number,
        kind=leave_kind.value, entry=entry.value, day=day.isoformat(), amount=in_words(amount, unit),
        entry_id=str(kept.id), reason=reason,
    )  # fmt: skip
    return kept


def _is_opened(session: Session, employee_id: UUID, kind: LeaveKind, source: str) -> bool:
    query = select(LeaveEntry.id).where(
        LeaveEntry.employee_id == employee_id, LeaveEntry.leave_kind == kind, LeaveEntry.source == source
    )
    return session.scalar(query) is not None


def _wrong(entry: LeaveEntryKind, day: date, amount: int, unit: LeaveUnit, begins: date) -> FieldError | None:
    told = in_words(amount, unit)
    most = int(LARGEST) * (HUNDREDTHS if unit is LeaveUnit.DAYS else HOUR_MINUTES)
    if entry not in BY_HAND:
        return FieldError("entry", entry.value, "is worked out, not entered", ", ".join(BY_HAND))
    if day < begins:
        return FieldError("day", str(day), "is before the account begins", f"{begins} or later")
    if amount == 0 and entry is not LeaveEntryKind.OPENING:
        return FieldError("amount", told, "changes nothing", "more or less than 0")
    if entry is LeaveEntryKind.GRANT and amount < 0:
        return FieldError("amount", told, "takes something away", "an adjustment takes away")
    if entry is LeaveEntryKind.PAID_OUT and amount > 0:
        return FieldError("amount", told, "adds something", "below 0: what is paid out leaves the account")
    if abs(amount) > most:
        return FieldError("amount", told, "is too much", f"at most {in_words(most, unit)}")
    return None
