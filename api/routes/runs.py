"""Searching for a roster: starting a run, following it, stopping it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import anyio
from anyio import to_thread
from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.runs import NewRun, RunProgressView, RunView
from api.transaction import ReadSession, WriteSession, database_of
from scheduler.db.session import Database
from scheduler.jobs.runs import cancel, progress, run_of
from scheduler.organisation.permissions import Permission
from scheduler.rosters.models import Run
from scheduler.rosters.request_run import request_run

router = APIRouter(prefix="/v1", tags=["runs"])

MayRead = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))]

LOOK_SECONDS = 0.5
"""How often a stream looks at the run."""


@router.post("/rosters/{roster_id}/runs", status_code=202, summary="Generate a roster")
def post_run(
    access: MayWrite,
    session: WriteSession,
    response: Response,
    roster_id: UUID,
    body: Annotated[NewRun, Body()],
) -> RunView:
    """Queues a search; `Location` is where to follow it. Its result is a new draft, never an overwrite.

    409 with what is missing and what would do if the week cannot be planned: no people, no contracts, no
    demand, no shift templates, contradictory pins, a run in progress, a week that is over.
    """
    run = request_run(session, roster_id, actor=access.actor, seconds=body.seconds, seed=body.seed)
    response.headers["Location"] = f"/v1/runs/{run.id}"
    return RunView.model_validate(run)


@router.get("/rosters/{roster_id}/runs", summary="List the runs of a roster")
def get_runs(access: MayRead, session: ReadSession, cursor: PageCursor, roster_id: UUID) -> Page[RunView]:
    """Every search for this roster, newest first."""
    runs = select(Run).where(Run.roster_id == roster_id)
    return page_of(session, runs, Run.id, cursor, RunView.model_validate, newest_first=True)


@router.get("/runs/{run_id}", summary="Show a run")
def get_run(access: MayRead, session: ReadSession, run_id: UUID) -> RunView:
    """What was asked, how far it is, what came of it."""
    return RunView.model_validate(run_of(session, run_id))


@router.get("/runs/{run_id}/progress", summary="Show the progress of a run")
def get_run_progress(access: MayRead, session: ReadSession, run_id: UUID) -> RunProgressView:
    """Where it stands now, and how many runs are before it in the queue."""
    return RunProgressView.model_validate(progress(session, run_id))


@router.get("/runs/{run_id}/events", summary="Follow a run", response_class=EventSourceResponse)
async def get_run_events(access: MayRead, request: Request, run_id: UUID) -> AsyncIterator[ServerSentEvent]:
    """A stream of server-sent events `progress`, one at once and one at each change, that ends with the run.

    The data of each is the same document as that of the progress of a run.
    """
    database = database_of(request)
    told: RunProgressView | None = None
    while told is None or not (told.finished or request.app.state.is_stopping()):
        now = await to_thread.run_sync(_look, database, access, run_id)
        if now != told:
            told = now
            yield ServerSentEvent(event="progress", data=told)
        if not told.finished:
            await anyio.sleep(LOOK_SECONDS)


def _look(database: Database, access: Access, run_id: UUID) -> RunProgressView:
    with database.read(access.principal.organisation_id) as session:
        return RunProgressView.model_validate(progress(session, run_id))


@router.post("/runs/{run_id}/cancellation", summary="Cancel a run")
def post_run_cancellation(access: MayWrite, session: WriteSession, run_id: UUID) -> RunView:
    """One that waits ends at once; one at work ends with the best roster it has found. 409 if it is over."""
    return RunView.model_validate(cancel(session, run_id, actor=access.actor))
