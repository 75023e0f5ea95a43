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
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.rosters.compare import differences
from scheduler.rosters.compliance import compliance_of
from scheduler.rosters.judge import hard, judge, violation_json
from scheduler.rosters.late_notice import late_notice
from scheduler.rosters.problem import problem_for
from scheduler.rosters.publish import publish
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import published_version, shifts_of, working_draft

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
    revision: Annotated[int, Form()],
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
    roster = find_roster(session, roster_id)
    draft, published = working_draft(session, roster_id), published_version(session, roster_id)
    known = shifts_of(session, published.id) if published else []
    new = shifts_of(session, draft.id) if draft else known
    changes = differences(known, new)
    planned = problem_for(session, roster_id)
    compliance = compliance_of(planned, new)
    law = {finding.parameter for finding in compliance.findings}
    broken = [each for each in hard(judge(planned, new).violations) if each.name not in law]
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
        changes=changes,
        people=len({person for change in changes for person in change.people}),
        open_shifts=[shift for shift in new if shift.employee_id is None],
        compliance=compliance,
        broken=[violation_json(planned, each)["text"] for each in broken],
        late=late_notice(roster, changes, utc_now()),
        back=week_address(roster.location_id, roster.starts_on),
    )
