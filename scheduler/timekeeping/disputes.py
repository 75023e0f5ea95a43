"""Disputes of timesheets, looked up."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased, selectinload

from scheduler.kernel.errors import SchedulerError
from scheduler.timekeeping.models import Dispute, DisputeAct, DisputeEvent, Timesheet

ENDS = (DisputeAct.ACCEPTED, DisputeAct.WITHDRAWN, DisputeAct.CLOSED)
"""After any of these a dispute is over."""


def find_dispute(session: Session, dispute_id: UUID) -> Dispute:
    """A dispute with its events.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    loaded = select(Dispute).where(Dispute.id == dispute_id).options(selectinload(Dispute.events))
    found = session.scalars(loaded.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise SchedulerError("not_found", what="dispute", id=str(dispute_id))
    return found


def disputes_of(session: Session, timesheet_id: UUID) -> Sequence[Dispute]:
    """The disputes of a timesheet with their events, oldest first."""
    query = select(Dispute).where(Dispute.timesheet_id == timesheet_id).order_by(Dispute.id)
    loaded = query.options(selectinload(Dispute.events)).execution_options(populate_existing=True)
    return session.scalars(loaded).all()


def is_open(dispute: Dispute) -> bool:
    """Whether nobody ended it yet; an answer alone does not."""
    return dispute.events[-1].act not in ENDS


def waits_for_answer(dispute: Dispute) -> bool:
    """Whether it is open and nobody answered it yet."""
    return dispute.events[-1].act is DisputeAct.RAISED


def unended() -> ColumnElement[bool]:
    """The condition that a `Dispute` is open."""
    end = aliased(DisputeEvent)
    return ~exists(select(end.id).where(end.dispute_id == Dispute.id, end.act.in_(ENDS)))


def open_disputes(session: Session, timesheet_ids: Sequence[UUID]) -> dict[UUID, list[Dispute]]:
    """The open disputes of some timesheets, oldest first; timesheets without any are left out."""
    found: dict[UUID, list[Dispute]] = {}
    for start in range(0, len(timesheet_ids), 500):
        some = timesheet_ids[start : start + 500]
        query = select(Dispute).where(Dispute.timesheet_id.in_(some), unended()).order_by(Dispute.id)
        loaded = query.options(selectinload(Dispute.events)).execution_options(populate_existing=True)
        for each in session.scalars(loaded):
            found.setdefault(each.timesheet_id, []).append(each)
    return found


def count_open_disputes(session: Session, within: ColumnElement[bool]) -> int:
    """How many open disputes there are of timesheets that fulfil a condition."""
    query = select(func.count(Dispute.id)).join(Timesheet, Timesheet.id == Dispute.timesheet_id)
    return session.scalar(query.where(within, unended())) or 0
