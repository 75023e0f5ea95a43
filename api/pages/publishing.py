"""Reading what a publication would tell people, and publishing it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.edit_answer import who_changed
from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.schemas.base import Count
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.rosters.publish import preview, publish
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import published_version

router = APIRouter()

PublishAccess = Annotated[Access, Depends(allow(Permission.ROSTERS_PUBLISH))]


@router.get("/rosters/{roster_id}/publish")
def review_page(request: Request, access: PublishAccess, session: ReadSession, roster_id: UUID) -> Response:
    """What changes for whom, what is still open, and what the law says, before it is made known."""
    return _review(request, access, session, roster_id)


@router.post("/rosters/{roster_id}/publish")
def publish_roster(
    request: Request,
    access: PublishAccess,
    session: WriteSession,
    roster_id: UUID,
    revision: Annotated[Count, Form()],
) -> Response:
    """Make it known and show the week; if somebody changed it meanwhile, the review again as it is now."""
    try:
        with session.begin_nested():
            publish(session, roster_id, expected_revision=revision, actor=access.actor)
    except SchedulerError as error:
        if error.code != "roster_changed":
            raise
        session.expire_all()
        zone = find_roster(session, roster_id).location.zone
        return _review(request, access, session, roster_id, conflict=who_changed(error.facts, zone))
    roster = find_roster(session, roster_id)
    return RedirectResponse(week_address(roster.location_id, roster.starts_on, edited="published"), 303)


def _review(
    request: Request, access: Access, session: Session, roster_id: UUID, conflict: str = ""
) -> Response:
    roster, published = find_roster(session, roster_id), published_version(session, roster_id)
    found = preview(session, roster_id)
    return draw(
        request,
        "publish.html",
        access.principal,
        status=409 if conflict else 200,
        section="/rosters",
        conflict=conflict,
        roster=roster,
        location=roster.location,
        published=published,
        changes=found.changes,
        people=len({person for change in found.changes for person in change.people}),
        open_shifts=found.open,
        compliance=found.compliance,
        broken=[each["text"] for each in found.broken],
        late=found.late,
        back=week_address(roster.location_id, roster.starts_on),
    )
