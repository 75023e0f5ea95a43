"""Reading what a publication would tell people, and publishing it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compare import differences
from scheduler.rosters.compliance import report
from scheduler.rosters.publish import publish
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import published_version, shifts_of, working_draft

router = APIRouter()

PublishAccess = Annotated[Access, Depends(allow(Permission.ROSTERS_PUBLISH))]


@router.get("/rosters/{roster_id}/publish")
def review_page(request: Request, access: PublishAccess, session: ReadSession, roster_id: UUID) -> Response:
    """What changes for whom, what is still open, and what the law says, before it is made known."""
    roster = find_roster(session, roster_id)
    draft, published = working_draft(session, roster_id), published_version(session, roster_id)
    known = shifts_of(session, published.id) if published else []
    new = shifts_of(session, draft.id) if draft else known
    changes = differences(known, new)
    return draw(
        request,
        "publish.html",
        access.principal,
        roster=roster,
        location=roster.location,
        draft=draft,
        published=published,
        changes=changes,
        people=len({person for change in changes for person in change.people}),
        open_shifts=[shift for shift in new if shift.employee_id is None],
        compliance=report(session, draft.id) if draft else None,
        back=week_address(roster.location_id, roster.starts_on),
    )


@router.post("/rosters/{roster_id}/publish")
def publish_roster(
    access: PublishAccess,
    session: WriteSession,
    roster_id: UUID,
    revision: Annotated[int, Form()],
) -> Response:
    """Make it known and show the week."""
    publish(session, roster_id, expected_revision=revision, actor=access.actor)
    roster = find_roster(session, roster_id)
    return RedirectResponse(week_address(roster.location_id, roster.starts_on, edited="published"), 303)
