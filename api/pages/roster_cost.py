"""What a roster costs before it is worked: in sum, by day, by pay code."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.errors import explain
from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.pay.roster_cost import RosterCost, roster_cost
from scheduler.people.models import Employee
from scheduler.rosters.models import RosterVersion
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version

router = APIRouter()

MayPublish = Annotated[Access, Depends(allow(Permission.ROSTERS_PUBLISH))]


@router.get("/rosters/{roster_id}/cost")
def roster_cost_page(request: Request, access: MayPublish, session: ReadSession, roster_id: UUID) -> Response:
    """The latest version, published or not, priced as worked time is."""
    roster = find_roster(session, roster_id)
    version = current_version(session, roster_id)
    cost, problem = priced(session, version)
    missing = cost.days_without_contract if cost else {}
    people = [session.get(Employee, who) for who in missing]
    return draw(
        request,
        "roster_cost.html",
        access.principal,
        section="/rosters",
        roster=roster,
        location=roster.location,
        version=version,
        cost=cost,
        problem=problem,
        missing=[(person.name, missing[person.id]) for person in people if person],
        back=week_address(roster.location_id, roster.starts_on),
    )


def priced(session: Session, version: RosterVersion | None) -> tuple[RosterCost | None, str]:
    """The cost of a version, or the reason why it cannot be told."""
    if version is None:
        return None, "Nothing is planned yet."
    try:
        return roster_cost(session, version), ""
    except SchedulerError as error:
        return None, explain(error).detail
