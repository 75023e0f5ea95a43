"""Choose what of the time worked at a location nobody remarks on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import TimeTolerances
from scheduler.timekeeping.attendance import USUAL, Tolerances
from scheduler.timekeeping.open_sheets import derive_open_anew
from scheduler.timekeeping.time_settings import tolerances_of

LONGEST_MINUTES = 1440
LOOKS_BACK = timedelta(days=31)
"""Remarks on open time that is older stay as they are until somebody opens it."""


def tolerances_at(session: Session, location_id: UUID) -> Tolerances:
    """Those of a location, or the usual ones.

    Raises
    ------
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    row = _row(session, location_id)
    return tolerances_of(row) if row else USUAL


def set_tolerances(session: Session, location_id: UUID, new: Tolerances, *, actor: str) -> Tolerances:
    """The tolerances as said; remarks on open timesheets follow them at once.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``location_not_found``.
    """
    before = tolerances_at(session, location_id)
    if errors := _errors(new):
        raise InvalidInput(errors)
    row = _row(session, location_id)
    if row is None:
        session.add(TimeTolerances(location_id=location_id, **asdict(new)))
    else:
        for name, value in asdict(new).items():
            setattr(row, name, value)
    session.flush()
    facts = {"before": asdict(before), "after": asdict(new)}
    record(session, actor, "location.time_tolerances", "location", location_id, **facts)
    derive_open_anew(session, location_id, utc_now().date() - LOOKS_BACK, actor=actor)
    return new


def _row(session: Session, location_id: UUID) -> TimeTolerances | None:
    return session.scalars(
        select(TimeTolerances).where(TimeTolerances.location_id == location_id)
    ).one_or_none()


def _errors(new: Tolerances) -> list[FieldError]:
    found = [
        FieldError(name, str(value), "cannot be", f"0 to {LONGEST_MINUTES} minutes")
        for name, value in asdict(new).items()
        if not 0 <= value <= LONGEST_MINUTES
    ]
    if not found and new.no_show_minutes < new.not_here_minutes:
        hint = f"{new.not_here_minutes} or more: first somebody is not here yet, then it is a no-show"
        found.append(FieldError("no_show_minutes", str(new.no_show_minutes), "comes too early", hint))
    return found
