"""Stand-ins: lend one's right to approve, see who approves in whose name, take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.routes.approval_delegations import seen_by
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.accounts import find_account
from scheduler.organisation.delegations import delegate, delegations, withdraw
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import ApprovalDelegation, Location
from scheduler.organisation.permissions import Permission

router = APIRouter()

MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A lent right on the page; ``stands`` is how it stands today, in words, with a colour."""

    id: UUID
    giver: str
    receiver: str
    place: str
    first: date
    last: date
    reason: str
    stands: tuple[str, str]
    can_end: bool


@router.get("/timesheets/stand-ins")
def stand_ins_page(request: Request, access: MayApprove, session: ReadSession) -> Response:
    """Who approves in whose name, and the form for one's own stand-in."""
    return _page(request, access, session)


@router.post("/timesheets/stand-ins")
def lend_on_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    first_day: Annotated[Day, Form()],
    last_day: Annotated[Day, Form()],
    place: Annotated[tuple[UUID, ...], Form()] = (),
    email: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Lend one's right from the first to the last day, both included."""
    sent = {"email": email, "reason": reason, "first_day": str(first_day), "last_day": str(last_day)}
    return _change(
        request,
        access,
        session,
        lambda: delegate(
            session,
            location_ids=set(place),
            receiver_email=email,
            starts_on=first_day,
            ends_on=last_day + DAY,
            reason=reason,
            actor=access.actor,
        ),
        sent,
    )


@router.post("/timesheets/stand-ins/{delegation_id}/withdraw")
def withdraw_stand_in(
    request: Request, access: MayApprove, session: WriteSession, delegation_id: UUID
) -> Response:
    """The right is taken back, or given back."""
    return _change(request, access, session, lambda: withdraw(session, delegation_id, actor=access.actor), {})


def _change(
    request: Request,
    access: Access,
    session: Session,
    change: Callable[[], object],
    sent: Mapping[str, str],
) -> Response:
    if error := refusal_of(session, change):
        return _page(request, access, session, refused=error, sent=sent)
    return RedirectResponse("/timesheets/stand-ins?done=1", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    refused: SchedulerError | None = None,
    sent: Mapping[str, str] | None = None,
) -> Response:
    own = seen_by(access)
    places = {each.id: each for each in list_locations(session)}
    rows = [
        _row(session, each, places[each.location_id])
        for each in delegations(session, access.principal.account_id, own)
    ]
    return draw_after(
        request,
        "stand_ins.html",
        access.principal,
        refused,
        section="/timesheets",
        rows=rows,
        places=[each for each in places.values() if own.covers(each.id)],
        sent=sent or {},
        done="done" in request.query_params,
    )


def _row(session: Session, lent: ApprovalDelegation, place: Location) -> StandIn:
    today = local_day(utc_now(), zone_named(place.zone))
    if lent.withdrawn_at is not None:
        stands = ("taken back", "")
    elif today >= lent.ends_on:
        stands = ("over", "")
    else:
        stands = ("holds", "good") if today >= lent.starts_on else ("to come", "warn")
    return StandIn(
        id=lent.id,
        giver=find_account(session, lent.giver_id).name,
        receiver=find_account(session, lent.receiver_id).name,
        place=place.name,
        first=lent.starts_on,
        last=lent.ends_on - DAY,
        reason=lent.reason,
        stands=stands,
        can_end=stands[0] in ("holds", "to come"),
    )
