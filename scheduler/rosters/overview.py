"""How far the coming weeks of each location are planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.demand.models import CoverageRequirement
from scheduler.kernel.clock import day_start, zone_named
from scheduler.organisation.models import Location
from scheduler.rosters.models import Roster, RosterVersion, Run, RunState, Shift, VersionState

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekState:
    """One week of one location at a glance.

    Parameters
    ----------
    draft_number, published_number
        Numbers of the newest draft and of the published version; None where there is none.
    shifts, unassigned
        Shifts of the version a manager works on, and how many of them nobody has.
    has_demand
        Whether anybody is needed at all.
    running
        Whether a run is waiting or at work.
    """

    location: Location
    starts_on: date
    draft_number: int | None
    published_number: int | None
    shifts: int
    unassigned: int
    has_demand: bool
    running: bool


def overview(session: Session, locations: Sequence[Location], weeks: Sequence[date]) -> list[list[WeekState]]:
    """For each location a row with the state of each week, in the order given.

    Parameters
    ----------
    weeks
        First days of weeks.
    """
    return [[week_state(session, location, week) for week in weeks] for location in locations]


def week_state(session: Session, location: Location, starts_on: date) -> WeekState:
    """The state of the week from ``starts_on`` at one location."""
    roster = session.scalar(
        select(Roster).where(Roster.location_id == location.id, Roster.starts_on == starts_on)
    )
    numbers = _newest(session, roster.id) if roster else {}
    working = numbers.get(VersionState.DRAFT) or numbers.get(VersionState.PUBLISHED)
    shifts, assigned = _count(session, working[1]) if working else (0, 0)
    draft, published = numbers.get(VersionState.DRAFT), numbers.get(VersionState.PUBLISHED)
    return WeekState(
        location=location,
        starts_on=starts_on,
        draft_number=draft[0] if draft else None,
        published_number=published[0] if published else None,
        shifts=shifts,
        unassigned=shifts - assigned,
        has_demand=_has_demand(session, location, starts_on),
        running=roster is not None and _is_running(session, roster.id),
    )


def _newest(session: Session, roster_id: UUID) -> dict[VersionState, tuple[int, UUID]]:
    """Number and id of the newest version in each state."""
    rows = session.execute(
        select(RosterVersion.state, RosterVersion.number, RosterVersion.id)
        .where(RosterVersion.roster_id == roster_id)
        .order_by(RosterVersion.number)
    )
    return {state: (number, version_id) for state, number, version_id in rows}


def _count(session: Session, version_id: UUID) -> tuple[int, int]:
    shifts, assigned = session.execute(
        select(func.count(Shift.id), func.count(Shift.employee_id)).where(Shift.version_id == version_id)
    ).one()
    return shifts, assigned


def _has_demand(session: Session, location: Location, starts_on: date) -> bool:
    zone = zone_named(location.zone)
    needed = select(CoverageRequirement.id).where(
        CoverageRequirement.location_id == location.id,
        CoverageRequirement.starts_at < day_start(starts_on + WEEK, zone),
        CoverageRequirement.ends_at > day_start(starts_on, zone),
    )
    return session.scalar(needed.limit(1)) is not None


def _is_running(session: Session, roster_id: UUID) -> bool:
    at_work = select(Run.id).where(
        Run.roster_id == roster_id, Run.state.in_([RunState.QUEUED, RunState.RUNNING, RunState.CANCELLING])
    )
    return session.scalar(at_work.limit(1)) is not None
