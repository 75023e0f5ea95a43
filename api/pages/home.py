"""The start page of each role, and the overview of rosters."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw, navigation
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.clock import utc_now, week_start
from scheduler.organisation.locations import list_locations
from scheduler.organisation.permissions import Permission
from scheduler.rosters.overview import overview

router = APIRouter()

WEEKS_SHOWN = 4


@router.get("/")
def start_page(request: Request, access: Annotated[Access, Depends(allow(Permission.SELF))]) -> Response:
    """Lead to the first page in the navigation of whoever it is."""
    first = next(navigation(access.principal, request.url.path), None)
    if first is None:
        return draw(request, "no_access.html", access.principal)
    return RedirectResponse(first.href, 303)


@router.get("/rosters")
def rosters_page(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
) -> Response:
    """Locations by weeks, the week before this one included."""
    this_week = week_start(utc_now().date())
    weeks = [this_week + timedelta(days=7 * n) for n in range(-1, WEEKS_SHOWN)]
    locations = [each for each in list_locations(session) if access.reach.covers(each.id)]
    rows = overview(session, locations, weeks)
    return draw(request, "rosters.html", access.principal, rows=rows, weeks=weeks, this_week=this_week)
