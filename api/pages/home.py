"""The start page of each role, and the overview of rosters."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw, navigation
from api.pages.sheet_notices import approver_notices
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.clock import utc_now, week_start
from scheduler.organisation.locations import list_locations
from scheduler.organisation.permissions import Permission, reach
from scheduler.rosters.overview import overview

router = APIRouter()

WEEKS_SHOWN = 4


FIRST_PAGES = (
    (Permission.ROSTERS_WRITE, "/rosters"),
    (Permission.PAY_CLOSE, "/pay-periods"),
    (Permission.PUNCHES_RECORD, "/my/shifts"),
)
"""Where people with this permission begin; the first that fits counts."""


@router.get("/")
def start_page(request: Request, access: Annotated[Access, Depends(allow(Permission.SELF))]) -> Response:
    """Lead to the page where the work of whoever it is begins."""
    open_to = [link.href for link in navigation(access.principal, request.url.path)]
    held = access.principal.permissions()
    wanted = [href for permission, href in FIRST_PAGES if permission in held and href in open_to]
    if not open_to:
        return draw(request, "no_access.html", access.principal)
    return RedirectResponse((wanted or open_to)[0], 303)


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
    kiosks = reach(access.principal, Permission.KIOSKS_WRITE)
    return draw(
        request,
        "rosters.html",
        access.principal,
        rows=rows,
        notices=approver_notices(session, reach(access.principal, Permission.TIMESHEETS_APPROVE)),
        weeks=weeks,
        this_week=this_week,
        kiosk_locations={each.id for each in locations if kiosks is not None and kiosks.covers(each.id)},
    )
