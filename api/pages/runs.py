"""Generating a roster: asking for it, watching it, stopping it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.errors import is_htmx
from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.jobs.runs import cancel, progress, run_of
from scheduler.organisation.permissions import Permission
from scheduler.rosters.request_run import request_run
from scheduler.rosters.rosters import find_roster

router = APIRouter()


@router.post("/rosters/{roster_id}/runs")
def start_run(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))],
    session: WriteSession,
    roster_id: UUID,
    seconds: Annotated[int, Form()] = 30,
) -> Response:
    """Ask for a roster and show the week, where its progress is."""
    request_run(session, roster_id, seconds=seconds, actor=access.actor)
    roster = find_roster(session, roster_id)
    return RedirectResponse(week_address(roster.location_id, roster.starts_on), 303)


@router.get("/runs/{run_id}/progress")
def run_progress(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    run_id: UUID,
) -> Response:
    """How far it is, asked for again every second; once it is over, the week is drawn anew."""
    state = progress(session, run_id)
    response = draw(request, "run_progress.html", access.principal, run=state)
    if state.finished and is_htmx(request):
        roster = find_roster(session, run_of(session, run_id).roster_id)
        query = {"edited": "generated"} if state.version_id else {}
        response.headers["HX-Redirect"] = week_address(roster.location_id, roster.starts_on, **query)
    return response


@router.post("/runs/{run_id}/cancel")
def cancel_run(
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))],
    session: WriteSession,
    run_id: UUID,
) -> Response:
    """Stop it and keep the best roster it has found so far."""
    cancel(session, run_id, actor=access.actor)
    roster = find_roster(session, run_of(session, run_id).roster_id)
    return RedirectResponse(week_address(roster.location_id, roster.starts_on), 303)
