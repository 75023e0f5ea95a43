"""One's own leave: asking for it, what was decided, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.leave_words import KINDS, LINES
from api.pages.my_shifts import own_employee
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.pages.time_off import STATES
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.timeoff.balances import balances, outlook
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from scheduler.timeoff.requests import (
    LONGEST,
    STANDING,
    cancel_time_off,
    request_time_off,
    time_off_between,
)

router = APIRouter()

MayAsk = Annotated[Access, Depends(allow(Permission.TIME_OFF_REQUEST))]

RECENT = timedelta(days=60)
"""Leave that ended longer ago is not listed."""
DAY = timedelta(days=1)


@router.get("/my/time-off")
def my_time_off_page(request: Request, access: MayAsk, session: ReadSession, done: str = "") -> Response:
    """What one asked for, with the answers, and the form to ask for more."""
    return _page(request, access, session, done=done)


@router.get("/my/time-off/outlook")
def look_ahead(
    request: Request,
    access: MayAsk,
    session: ReadSession,
    first_day: Day,
    last_day: Day,
    kind: LeaveKind,
    note: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """What a leave would take, before one asks for it; the form stays as it was filled in."""
    sent = {"first_day": str(first_day), "last_day": str(last_day), "kind": kind.value, "note": note}
    found: list[str] = []

    def look() -> None:
        _refuse_backwards(first_day, last_day)
        if last_day - first_day >= LONGEST:
            error = FieldError("last_day", str(last_day), "makes the leave longer than three years", "less")
            raise InvalidInput([error])
        person = find_employee(session, own_employee(access))
        ahead = outlook(session, person, kind, first_day, last_day + DAY)
        found.append(ahead.sentence if ahead else "No account limits this kind of leave.")

    refused = refusal_of(session, look)
    return _page(request, access, session, sent=sent, refused=refused, ahead=found[0] if found else "")


@router.post("/my/time-off")
def ask(
    request: Request,
    access: MayAsk,
    session: WriteSession,
    first_day: Annotated[Day, Form()],
    last_day: Annotated[Day, Form()],
    kind: Annotated[LeaveKind, Form()],
    note: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Ask for leave from the first day to the last, both included."""

    def change() -> None:
        _refuse_backwards(first_day, last_day)
        request_time_off(
            session,
            own_employee(access),
            starts_on=first_day,
            ends_on=last_day + DAY,
            kind=kind,
            note=note.strip() or None,
            actor=access.actor,
        )

    sent = {"first_day": str(first_day), "last_day": str(last_day), "kind": kind.value, "note": note}
    return _change(request, access, session, change, "asked", sent)


@router.post("/my/time-off/{time_off_id}/cancel")
def take_back(request: Request, access: MayAsk, session: WriteSession, time_off_id: UUID) -> Response:
    """Take back what one asked for, decided or not."""

    def change() -> None:
        leave = session.get(TimeOff, time_off_id)
        if leave is None or leave.employee_id != own_employee(access):
            raise SchedulerError("time_off_not_found", time_off_id=str(time_off_id))
        cancel_time_off(session, time_off_id, actor=access.actor)

    return _change(request, access, session, change, "cancelled", {})


def _refuse_backwards(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        error = FieldError("last_day", str(last_day), "is before the first day", f"{first_day} or later")
        raise InvalidInput([error])


def _change(
    request: Request,
    access: Access,
    session: Session,
    change: Callable[[], None],
    done: str,
    sent: dict[str, str],
) -> Response:
    """Do it and show the page; what is refused is told on the page, with the form as it was sent."""
    if error := refusal_of(session, change):
        return _page(request, access, session, sent=sent, refused=error)
    return RedirectResponse(f"/my/time-off?done={done}", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    done: str = "",
    sent: dict[str, str] | None = None,
    refused: SchedulerError | None = None,
    ahead: str = "",
) -> Response:
    since = utc_now().date() - RECENT
    person = find_employee(session, own_employee(access))
    today = local_day(utc_now(), zone_named(find_location(session, person.location_id).zone))
    own = time_off_between(session, [own_employee(access)], since, date.max, tuple(TimeOffState))
    return draw_after(
        request,
        "my_time_off.html",
        access.principal,
        refused,
        section="/my/time-off",
        requests=[(leave, leave.ends_on - DAY, leave.state in STANDING) for leave in own],
        accounts=balances(session, [person], today),
        ahead=ahead,
        kinds=KINDS,
        lines=LINES,
        states=STATES,
        sent=sent or {},
        done=done,
    )
