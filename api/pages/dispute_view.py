"""Disputes of a timesheet shaped for drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from api.pages.formats import short_day, stamp_span
from api.pages.timesheet_history import changed_days
from scheduler.organisation.actors import name_of
from scheduler.timekeeping.disputes import disputes_of, is_open
from scheduler.timekeeping.models import Dispute, DisputeAct, DisputeEvent, Timesheet

ACTS: Mapping[DisputeAct, str] = {
    DisputeAct.RAISED: "disputed",
    DisputeAct.ANSWERED: "answered",
    DisputeAct.ACCEPTED: "accepted the answer",
    DisputeAct.WITHDRAWN: "took it back",
    DisputeAct.CLOSED: "closed it",
}
STANDS: Mapping[DisputeAct, tuple[str, str]] = {
    DisputeAct.RAISED: ("waits for an answer", "warn"),
    DisputeAct.ANSWERED: ("answered", "warn"),
    DisputeAct.ACCEPTED: ("settled", "good"),
    DisputeAct.WITHDRAWN: ("taken back", ""),
    DisputeAct.CLOSED: ("closed", ""),
}
"""Words and colour of how a dispute stands after each act."""


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step of a dispute in words."""

    at: datetime
    who: str
    what: str
    words: str
    days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToldDispute:
    """A dispute on the page."""

    id: UUID
    about: str
    stands: tuple[str, str]
    is_open: bool
    is_answered: bool
    steps: tuple[ToldStep, ...]


def told_disputes(session: Session, sheet: Timesheet, zone: str) -> list[ToldDispute]:
    """The disputes of a timesheet, oldest first."""
    return [_told(session, each, zone) for each in disputes_of(session, sheet.id)]


def _told(session: Session, dispute: Dispute, zone: str) -> ToldDispute:
    latest = dispute.events[-1].act
    return ToldDispute(
        id=dispute.id,
        about=_about(dispute, zone),
        stands=STANDS[latest],
        is_open=is_open(dispute),
        is_answered=latest is DisputeAct.ANSWERED,
        steps=tuple(_step(session, each, zone) for each in dispute.events),
    )


def _about(dispute: Dispute, zone: str) -> str:
    if dispute.starts_at is not None and dispute.ends_at is not None:
        return stamp_span(dispute.starts_at, dispute.ends_at, zone)
    return "the whole timesheet" if dispute.day is None else short_day(dispute.day)


def _step(session: Session, event: DisputeEvent, zone: str) -> ToldStep:
    days = changed_days(event.changes, zone)
    return ToldStep(event.at, name_of(session, event.by), ACTS[event.act], event.words, days)
