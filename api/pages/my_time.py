"""One's own time clock."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.errors import explain
from api.network import network_of
from api.pages.clock_card import DONE, clock_card, what_was_decided
from api.pages.my_shifts import own_employee
from api.pages.page import draw
from api.pages.refusal import refusal_of
from api.pages.sheet_notices import my_sheet_notices
from api.pages.time_words import STATES
from api.pages.timesheet_view import time_week
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.kiosk_code import kiosk_of_code, proof_for
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import Kiosk
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.timekeeping.arrival import STARTS_JOB
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.phone_punch import PhonePunch, punch_on_phone

router = APIRouter()

MayPunch = Annotated[Access, Depends(allow(Permission.PUNCHES_RECORD))]

ASKS_POSITION = {"Permissions-Policy": "camera=(), microphone=(), geolocation=(self)"}
"""On this page alone a browser may be asked where it is."""


@router.get("/my/time")
def my_time_page(request: Request, access: MayPunch, session: ReadSession, done: str = "") -> Response:
    """Where the clock says one is, the buttons that fit, and the hours of the week so far."""
    said = DONE[PunchKind(done)] if done in [kind.value for kind in DONE] else ""
    decided = what_was_decided(session, own_employee(access)) if said else ""
    return _page(request, access, session, said=said, decided=decided)


@router.get("/my/time/at/{token}")
def scanned_page(request: Request, access: MayPunch, session: ReadSession, token: str) -> Response:
    """The same at a kiosk whose code was scanned just now; for some minutes that proves one was there."""
    try:
        kiosk = kiosk_of_code(session, token, now=utc_now())
    except SchedulerError as error:
        return _page(request, access, session, refused=error)
    return _page(request, access, session, kiosk=kiosk)


@router.post("/my/time/punches")
def post_punch(
    request: Request,
    access: MayPunch,
    session: WriteSession,
    kind: Annotated[PunchKind, Form()],
    once: Annotated[str, Form(min_length=1, max_length=40)],
    location_id: Annotated[UUID | None, Form()] = None,
    job_role_id: Annotated[UUID | None, Form()] = None,
    kiosk_proof: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """A punch made now, of a browser without scripts; the same button pressed twice is one punch."""
    employee_id = own_employee(access)
    starts = kind in STARTS_JOB
    sent = PhonePunch(
        kind=kind,
        once=once,
        location_id=location_id if starts else None,
        job_role_id=job_role_id if starts else None,
        network=network_of(request),
        kiosk_proof=kiosk_proof,
    )
    refused = refusal_of(session, lambda: punch_on_phone(session, employee_id, sent, actor=access.actor))
    # Of a form that was sent twice the first one counts.
    if refused is not None and refused.code != "punch_conflict":
        return _page(request, access, session, refused=refused)
    return RedirectResponse(f"/my/time?done={kind.value}", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    *,
    kiosk: Kiosk | None = None,
    refused: SchedulerError | None = None,
    **told: Any,
) -> Response:
    employee = find_employee(session, own_employee(access))
    location = find_location(session, employee.location_id)
    now = utc_now()
    today = local_day(now, zone_named(location.zone))
    week = time_week(session, employee, location.zone, today)
    proof = proof_for(kiosk, employee.id, now=now) if kiosk else ""
    card = clock_card(session, employee, now=now, kiosk=kiosk, kiosk_proof=proof)
    problem = explain(refused) if refused else None
    answer = draw(
        request,
        "my_time.html",
        access.principal,
        status=problem.status if problem else 200,
        section="/my/time",
        location=location,
        today=next(day for day in week.days if day.day == today),
        now=now,
        week=week,
        notices=my_sheet_notices(session, week.employee.id),
        card=card,
        problem=problem,
        state=STATES[week.state],
        **{"said": "", "decided": ""} | told,
    )
    answer.headers.update(ASKS_POSITION)
    return answer
