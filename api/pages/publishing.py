"""Reading what a publication would tell people, and publishing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from pydantic import StringConstraints
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.edit_answer import who_changed
from api.pages.page import draw
from api.pages.roster_cost import priced
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.schemas.base import Count, LongNote
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.permissions import Permission
from scheduler.rosters.change_prices import ChangeKey, Why
from scheduler.rosters.models import ChangeCause
from scheduler.rosters.premiums import totals
from scheduler.rosters.publish import preview, publish
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.versions import current_version, published_version

router = APIRouter()

_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
ChangeName = Annotated[str, StringConstraints(pattern=f"^{_ID} {_ID}$")]
"""Employee and lineage of a change, as the form names it."""

CAUSES = {
    ChangeCause.EMPLOYER: "our own need",
    ChangeCause.EMPLOYEE_REQUEST: "they asked for it",
    ChangeCause.SWAP: "a swap",
    ChangeCause.EMERGENCY: "an emergency",
}
"""Causes of a change in the manager's words."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the form says of why the roster changes.

    Parameters
    ----------
    asked
        Whether the form asked for a reason at all: a first publication needs none.
    """

    reason: str
    causes: Mapping[ChangeKey, ChangeCause]
    consented: frozenset[ChangeKey]
    asked: bool


def sent_grounds(
    changed: Annotated[Sequence[ChangeName], Form()] = (),
    cause: Annotated[Sequence[ChangeCause], Form()] = (),
    consented: Annotated[Sequence[ChangeName], Form()] = (),
    reason: Annotated[LongNote | None, Form()] = None,
) -> Grounds:
    """Cause and consent of each change, named by employee and lineage; the causes are in the same order."""
    return Grounds(
        reason or "",
        {_key(name): why for name, why in zip(changed, cause, strict=False)},
        frozenset(map(_key, consented)),
        asked=bool(changed),
    )


def _key(name: str) -> ChangeKey:
    employee_id, _, lineage_id = name.partition(" ")
    return UUID(employee_id), UUID(lineage_id)


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
    grounds: Annotated[Grounds, Depends(sent_grounds)],
    do: Annotated[str, Form()] = "publish",
) -> Response:
    """Make it known and show the week; if somebody changed it meanwhile, the review again as it is now.

    With ``do=price`` only the price of the changes is worked out again.
    """
    if do == "price":
        return _review(request, access, session, roster_id, grounds=grounds)
    try:
        with session.begin_nested():
            why = Why(grounds.reason, grounds.causes, grounds.consented) if grounds.asked else None
            publish(session, roster_id, expected_revision=revision, actor=access.actor, why=why)
    except InvalidInput as error:
        session.expire_all()
        return _review(request, access, session, roster_id, grounds=grounds, errors=error.errors)
    except SchedulerError as error:
        if error.code != "roster_changed":
            raise
        session.expire_all()
        zone = find_roster(session, roster_id).location.zone
        return _review(request, access, session, roster_id, conflict=who_changed(error.facts, zone))
    roster = find_roster(session, roster_id)
    return RedirectResponse(week_address(roster.location_id, roster.starts_on, edited="published"), 303)


def _review(
    request: Request,
    access: Access,
    session: Session,
    roster_id: UUID,
    *,
    conflict: str = "",
    grounds: Grounds | None = None,
    errors: Sequence[FieldError] = (),
) -> Response:
    said = grounds or Grounds("", {}, frozenset(), asked=False)
    roster, published = find_roster(session, roster_id), published_version(session, roster_id)
    found = preview(session, roster_id, causes=said.causes, consented=said.consented)
    return draw(
        request,
        "publish.html",
        access.principal,
        status=409 if conflict else 422 if errors else 200,
        section="/rosters",
        conflict=conflict,
        roster=roster,
        location=roster.location,
        published=published,
        cost=priced(session, current_version(session, roster_id))[0],
        changes=found.changes,
        people=len({person for change in found.changes for person in change.people}),
        open_shifts=found.open,
        compliance=found.compliance,
        blocked=found.blocked,
        forbidden=found.forbidden,
        doubtful=[each for each in found.compliance.findings if each not in found.forbidden],
        broken=[each["text"] for each in found.broken],
        late=found.late,
        priced=found.priced,
        rests=found.rests,
        change_totals=totals(each.premium for each in found.priced),
        rest_totals=totals(found.rests.premiums),
        causes=CAUSES,
        reason=said.reason,
        errors=errors,
        back=week_address(roster.location_id, roster.starts_on),
    )
