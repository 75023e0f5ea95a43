"""Where one more person would help in a week: when people are missing, and whom to hire or train."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BeforeValidator, Field
from starlette.responses import Response

from api.errors import is_htmx
from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.one_more_person import further_people, one_more_person
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version

router = APIRouter()

HOUR = 60

Hours = Annotated[float, Field(ge=1, le=168)]


def _none_if_empty(value: object) -> object:
    """A field of a form that was left empty was not filled in."""
    return None if value == "" else value


@router.get("/rosters/{roster_id}/one-more-person")
def one_more_person_page(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.ROSTERS_READ))],
    session: ReadSession,
    roster_id: UUID,
    hours: Annotated[Hours | None, BeforeValidator(_none_if_empty), Query()] = None,
    people: bool = False,
) -> Response:
    """When people are missing, at once; whom to hire or train if ``people`` asks, which takes some seconds.

    Parameters
    ----------
    hours
        Of a new person, most paid hours in the week.
    """
    roster = find_roster(session, roster_id)
    minutes = None if hours is None else round(hours * HOUR)
    found = (
        one_more_person(session, roster_id, contract_minutes=minutes)
        if people
        else further_people(session, roster_id)
    )
    return draw(
        request,
        "one_more_person_who.html" if is_htmx(request) else "one_more_person.html",
        access.principal,
        section="/rosters",
        roster=roster,
        location=roster.location,
        found=found,
        planned=current_version(session, roster_id) is not None,
        people=people,
        hours=hours,
        address=f"/rosters/{roster_id}/one-more-person",
        back=week_address(roster.location_id, roster.starts_on),
    )
