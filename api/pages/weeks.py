"""The week of a location: the grid a manager works in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.errors import is_htmx
from api.pages.page import draw
from api.pages.week_view import coverage_view, short_by_day, week_view
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, week_start, zone_named
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location, list_departments
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission, reach
from scheduler.rosters.compliance import report
from scheduler.rosters.create import create_roster
from scheduler.rosters.models import Roster, Run
from scheduler.rosters.overview import week_state
from scheduler.rosters.request_run import ACTIVE
from scheduler.rosters.versions import published_version
from scheduler.rosters.week import Week, week_of

router = APIRouter()

WEEK = timedelta(days=7)


def week_address(location_id: UUID, starts_on: date, **query: str) -> str:
    """Where the page of a week is.

    Examples
    --------
    >>> week_address(UUID(int=1), date(2026, 11, 23), edited="x")
    '/locations/00000000-0000-0000-0000-000000000001/weeks/2026-11-23?edited=x'
    """
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/locations/{location_id}/weeks/{starts_on}" + (f"?{asked}" if asked else "")


@router.get("/locations/{location_id}/weeks/{monday}")
def week_page(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    location_id: UUID,
    monday: Day,
    department: str = "",
    day: date | None = None,
    need: str = "",
    edited: str = "",
) -> Response:
    """The grid with coverage beside it; before the week is opened, an invitation to plan it."""
    location = find_location(session, location_id)
    starts_on = week_start(monday)
    roster = session.scalar(
        select(Roster).where(Roster.location_id == location_id, Roster.starts_on == starts_on)
    )
    facts: dict[str, Any] = {
        "location": location,
        "starts_on": starts_on,
        "before": starts_on - WEEK,
        "after": starts_on + WEEK,
        "section": "/rosters",
        "can_write": _may(access, Permission.ROSTERS_WRITE, location),
    }
    if roster is None:
        state = week_state(session, location, starts_on)
        return draw(request, "week_unopened.html", access.principal, state=state, **facts)
    week = week_of(session, roster.id)
    chosen_day = day if day in week.days else _today_in(week)
    facts |= {"week": week, "day": chosen_day, "coverage": coverage_view(week, chosen_day, need or None)}
    if is_htmx(request):
        return draw(request, "week_coverage.html", access.principal, **facts)
    facts |= _grid(session, week, department) | {"edited": edited}
    can_publish = _may(access, Permission.ROSTERS_PUBLISH, location)
    return draw(request, "week.html", access.principal, can_publish=can_publish, **facts)


def _grid(session: Session, week: Week, department: str) -> dict[str, Any]:
    """What the whole page shows besides the coverage of one day."""
    departments = list_departments(session, week.location.id)
    chosen = next((each for each in departments if each.code == department), None)
    version = week.version
    return {
        "view": week_view(week, chosen),
        "departments": departments,
        "department": chosen,
        "today": local_day(utc_now(), zone_named(week.location.zone)),
        "short": short_by_day(week, chosen),
        "run": _latest_run(session, week.roster.id),
        "active": ACTIVE,
        "published": published_version(session, week.roster.id),
        "made_by": name_of(session, version.created_by) if version else "",
        "compliance": report(session, version.id) if version else None,
    }


@router.post("/locations/{location_id}/weeks/{monday}")
def open_week(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))],
    session: WriteSession,
    location_id: UUID,
    monday: Day,
) -> Response:
    """Open the week's roster and show it."""
    roster = create_roster(session, location_id, week_start(monday), actor=access.actor)
    return RedirectResponse(week_address(location_id, roster.starts_on), 303)


def _may(access: Access, permission: Permission, location: Location) -> bool:
    held = reach(access.principal, permission)
    return held is not None and held.covers(location.id)


def _today_in(week: Week) -> date:
    today = local_day(utc_now(), zone_named(week.location.zone))
    return today if today in week.days else week.days[0]


def _latest_run(session: Session, roster_id: UUID) -> Run | None:
    of_roster = select(Run).where(Run.roster_id == roster_id)
    return session.scalar(of_roster.order_by(Run.requested_at.desc()).limit(1))
