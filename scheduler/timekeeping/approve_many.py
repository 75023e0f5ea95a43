"""Approve many timesheets at once, and take that back: what cannot be done is left out and told why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.garbage import without_collecting
from scheduler.kernel.reason import checked_reason
from scheduler.organisation.actor_may import actor_may
from scheduler.organisation.locations import list_locations
from scheduler.organisation.permissions import Permission, Reach
from scheduler.people.hold_employees import CHUNK, hold_employees
from scheduler.timekeeping.approve import APPROVABLE, stand_for
from scheduler.timekeeping.approver import Approver, approver
from scheduler.timekeeping.disputes import open_disputes
from scheduler.timekeeping.exceptions import ExceptionCode, blocking
from scheduler.timekeeping.models import TimeLock, Timesheet
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.reopen import REOPENABLE, take_back
from scheduler.timekeeping.timesheets import exceptions_of

MOST = 2000
"""How many timesheets are approved at once."""


class Left(StrEnum):
    """Why a timesheet is not approved with the others."""

    NOT_FOUND = "not_found"
    """There is none with this id, or it is out of reach."""
    CHANGED = "changed"
    """Its hours or its state changed since it was looked at."""
    ALREADY = "already_approved"
    CLOSED = "closed"
    NOT_OVER = "period_not_over"
    NO_HOURS = "no_hours"
    """Nothing was worked; it needs no approval."""
    LOCKED = "period_locked"
    """Only payroll may, by now."""
    OWN = "own_timesheet"
    """The approver's own, or of whoever lent him the right."""
    UNCLEAR = "hours_unknown"
    DISPUTED = "disputed"
    CHANGED_AFTER_APPROVAL = "changed_after_approval"
    """A punch changed hours that had been approved; somebody has to look at them."""


NEEDS_A_PERSON = frozenset({Left.OWN, Left.UNCLEAR, Left.DISPUTED, Left.CHANGED_AFTER_APPROVAL})
"""Those that no pressing of a button together with others ever approves as they are."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A timesheet, and why it is left, if it is; ``approved_for`` as in `Approver.acts_for`."""

    sheet: Timesheet
    left: Left | None
    approved_for: str | None = None


@dataclass(frozen=True, slots=True)
class ManyApproved:
    """What came of it: the approved ones, and those that were left by id, in the order named."""

    approved: tuple[Timesheet, ...]
    left: tuple[tuple[UUID, Left], ...]


@dataclass(frozen=True, slots=True)
class Approvals:
    """What came of approving a week: the timesheets approved, and those that need a person."""

    approved: tuple[Timesheet, ...]
    needing_a_person: tuple[Timesheet, ...]


def consider(
    session: Session, sheets: Sequence[Timesheet], *, actor: str, seen: Mapping[UUID, int] | None = None
) -> list[Considered]:
    """Which of some timesheets an actor would approve now, in the same order; nothing is changed.

    Parameters
    ----------
    seen
        The revision of each that the decision rests on; one that is no longer at it is left.
    """
    who = approver(session, actor)
    disputed = open_disputes(session, [sheet.id for sheet in sheets])
    today = _today(session)
    locks = _locks(session, {sheet.location_id for sheet in sheets}, actor)
    found = []
    for sheet in sheets:
        if seen is not None and seen.get(sheet.id) != sheet.revision:
            found.append(Considered(sheet, Left.CHANGED))
        elif left := _by_itself(sheet, today[sheet.location_id]):
            found.append(Considered(sheet, left))
        elif any(_locks_it(lock, sheet) for lock in locks):
            found.append(Considered(sheet, Left.LOCKED))
        else:
            found.append(_by_person(sheet, who, is_disputed=sheet.id in disputed))
    return found


def _by_itself(sheet: Timesheet, today: date) -> Left | None:
    if sheet.state not in APPROVABLE:
        return Left.CLOSED if sheet.state.value == "closed" else Left.ALREADY
    unclear = blocking(exceptions_of(sheet))
    if not sheet.entries and not unclear:
        return Left.NO_HOURS
    if today < sheet.ends_on:
        return Left.NOT_OVER
    return Left.UNCLEAR if unclear else None


def _by_person(sheet: Timesheet, who: Approver, *, is_disputed: bool) -> Considered:
    try:
        approved_for = who.acts_for(sheet)
    except SchedulerError:
        return Considered(sheet, Left.OWN)
    if is_disputed:
        return Considered(sheet, Left.DISPUTED)
    if any(each.code is ExceptionCode.CHANGED_AFTER_APPROVAL for each in exceptions_of(sheet)):
        return Considered(sheet, Left.CHANGED_AFTER_APPROVAL)
    return Considered(sheet, None, approved_for)


@without_collecting()
def approve_all(session: Session, location_id: UUID, starts_on: date, *, actor: str) -> Approvals:
    """Approve every timesheet of a location that holds a day, has hours and nothing unclear.

    Left to a person are those with exceptions, those changed after an approval, those that are disputed, and
    the approver's own. A timesheet without hours needs no approval.

    Parameters
    ----------
    starts_on
        The day.
    """
    sheets = refresh_location(session, location_id, starts_on, actor=actor)
    considered = consider(session, sheets, actor=actor)
    left = tuple(each.sheet for each in considered if each.left in NEEDS_A_PERSON)
    return Approvals(_approve(session, considered, actor), left)


def approve_many(session: Session, seen: Mapping[UUID, int], *, within: Reach, actor: str) -> ManyApproved:
    """Approve what can be approved of some timesheets.

    Parameters
    ----------
    seen
        Revision of each timesheet, by id, that the decision rests on.
    within
        Where the actor may approve.

    Raises
    ------
    InvalidInput
        For none, or more than 2,000 of them.
    """
    sheets = hold_sheets(session, seen, within)
    considered = consider(session, list(sheets.values()), actor=actor, seen=seen)
    why = {each.sheet.id: each.left for each in considered}
    return ManyApproved(
        _approve(session, considered, actor),
        tuple((key, left) for key in seen if (left := why.get(key, Left.NOT_FOUND)) is not None),
    )


def _approve(session: Session, considered: Iterable[Considered], actor: str) -> tuple[Timesheet, ...]:
    """Those that are not left, approved."""
    done = [each for each in considered if each.left is None]
    for each in done:
        stand_for(session, each.sheet, actor, each.approved_for)
    session.flush()
    return tuple(each.sheet for each in done)


def reopen_many(
    session: Session, seen: Mapping[UUID, int], *, reason: str, within: Reach, actor: str
) -> ManyApproved:
    """Take back the approvals of some timesheets, with one reason; what changed or closed since is left.

    Raises
    ------
    InvalidInput
        Without a reason; for none, or more than 2,000 of them.
    """
    reason = checked_reason(reason)
    sheets = hold_sheets(session, seen, within)
    locks = _locks(session, {sheet.location_id for sheet in sheets.values()}, actor)
    done, left = [], []
    for key, revision in seen.items():
        sheet = sheets.get(key)
        if sheet is None:
            left.append((key, Left.NOT_FOUND))
        elif sheet.revision != revision or sheet.state not in REOPENABLE:
            left.append((key, Left.CLOSED if sheet.state.value == "closed" else Left.CHANGED))
        elif any(_locks_it(lock, sheet) for lock in locks):
            left.append((key, Left.LOCKED))
        else:
            take_back(session, sheet, reason=reason, actor=actor)
            done.append(sheet)
    session.flush()
    return ManyApproved(tuple(done), tuple(left))


def hold_sheets(session: Session, wanted: Collection[UUID], within: Reach) -> dict[UUID, Timesheet]:
    """Some timesheets as they are now, kept from other writers; unknown and unreachable ones are left out.

    Raises
    ------
    InvalidInput
        For none, or more than 2,000 of them.
    """
    if not 0 < len(wanted) <= MOST:
        hint = f"from 1 to {MOST}"
        raise InvalidInput(
            [FieldError("timesheets", str(len(wanted)), "so many cannot be done at once", hint)]
        )
    reachable = within.criterion(Timesheet.location_id)
    owners = [
        row
        for some in _chunks(list(wanted))
        for row in session.execute(
            select(Timesheet.id, Timesheet.employee_id).where(Timesheet.id.in_(some), reachable)
        )
    ]
    hold_employees(session, {employee_id for _, employee_id in owners})
    found: dict[UUID, Timesheet] = {}
    for some in _chunks([key for key, _ in owners]):
        query = select(Timesheet).where(Timesheet.id.in_(some)).execution_options(populate_existing=True)
        found.update(
            (each.id, each) for each in session.scalars(query.options(selectinload(Timesheet.entries)))
        )
    return {key: found[key] for key in wanted if key in found}


def _today(session: Session) -> dict[UUID, date]:
    now = utc_now()
    return {each.id: local_day(now, zone_named(each.zone)) for each in list_locations(session)}


def _locks(session: Session, locations: Collection[UUID], actor: str) -> Sequence[TimeLock]:
    """What locks time at some locations for an actor."""
    query = select(TimeLock).where(TimeLock.location_id.in_(locations), TimeLock.unlocked_at.is_(None))
    locks = session.scalars(query).all()
    held = {each for each in {lock.location_id for lock in locks} if _closes(session, actor, each)}
    return [lock for lock in locks if lock.location_id not in held]


def _closes(session: Session, actor: str, location_id: UUID) -> bool:
    return actor_may(session, actor, Permission.PAY_CLOSE, location_id)


def _locks_it(lock: TimeLock, sheet: Timesheet) -> bool:
    same = (lock.location_id, lock.pay_group_id) == (sheet.location_id, sheet.pay_group_id)
    return same and lock.starts_on <= sheet.starts_on < lock.ends_on


def _chunks(keys: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
