"""Who is in at a location."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy import select
from starlette.responses import Response

from api.pages.page import draw
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.clock import utc_now
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.models import JobRole
from scheduler.timekeeping.presence import Whereabouts, who_is_in

router = APIRouter()

STATES = {Whereabouts.AT_WORK: ("at work", "good"), Whereabouts.ON_BREAK: ("on a break", "warn")}
"""Words and colour of each."""


@router.get("/locations/{location_id}/presence")
def presence_page(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_READ))],
    session: ReadSession,
    location_id: UUID,
) -> Response:
    """Everybody at work or on a break there now, in which job and since when."""
    now = utc_now()
    names = {key: name for key, name in session.execute(select(JobRole.id, JobRole.name))}  # noqa: C416 - mypy takes dict() of rows for pairs of anything
    rows = [
        (person, seen, _job(names, seen.job_role_id or person.job_role_id), STATES[seen.whereabouts])
        for person, seen in who_is_in(session, location_id, as_of=now)
    ]
    return draw(
        request,
        "presence.html",
        access.principal,
        section="/rosters",
        location=find_location(session, location_id),
        rows=rows,
        now=now,
    )


def _job(names: Mapping[UUID, str], job_role_id: UUID | None) -> str:
    return names.get(job_role_id, "") if job_role_id is not None else ""
