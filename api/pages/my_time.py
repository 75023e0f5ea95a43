"""One's own time clock."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from api.pages.my_shifts import own_employee
from api.pages.page import draw
from api.pages.time_words import STATES
from api.pages.timesheet_view import time_week
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, week_start, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.presence import presence
from scheduler.timekeeping.punch import record_punch

router = APIRouter()

MayPunch = Annotated[Access, Depends(allow(Permission.PUNCHES_RECORD))]

BUTTONS = {
    PunchKind.IN: "Clock in",
    PunchKind.OUT: "Clock out",
    PunchKind.BREAK_START: "Start break",
    PunchKind.BREAK_END: "End break",
}
DONE = {
    PunchKind.IN: "You are clocked in.",
    PunchKind.OUT: "You are clocked out.",
    PunchKind.BREAK_START: "Your break has begun.",
    PunchKind.BREAK_END: "Your break is over.",
}


@router.get("/my/time")
def my_time_page(request: Request, access: MayPunch, session: ReadSession, done: str = "") -> Response:
    """Where the clock says one is, the buttons that fit, and the hours of the week so far."""
    employee = find_employee(session, own_employee(access))
    location = find_location(session, employee.location_id)
    now = utc_now()
    today = local_day(now, zone_named(location.zone))
    week = time_week(session, employee, location.zone, week_start(today))
    here = presence(session, employee.id, as_of=now)
    return draw(
        request,
        "my_time.html",
        access.principal,
        location=location,
        today=next(day for day in week.days if day.day == today),
        now=now,
        week=week,
        here=here,
        buttons=[(kind.value, BUTTONS[kind]) for kind in here.next_kinds],
        once=new_id(),
        said=DONE.get(PunchKind(done), "") if done in [kind.value for kind in DONE] else "",
        state=STATES[week.state],
    )


@router.post("/my/time/punches")
def post_punch(
    access: MayPunch,
    session: WriteSession,
    kind: Annotated[PunchKind, Form()],
    once: Annotated[str, Form(min_length=1, max_length=40)],
) -> Response:
    """A punch made now, by the clock of the server; the same button pressed twice is one punch."""
    employee = find_employee(session, own_employee(access))
    try:
        with session.begin_nested():
            record_punch(
                session,
                employee_id=employee.id,
                location_id=employee.location_id,
                at=utc_now(),
                kind=kind,
                source="web",
                external_id=f"web:{employee.id}:{once}",
                actor=access.actor,
            )
    except SchedulerError as error:
        # The form was sent twice; the first one counts.
        if error.code != "punch_conflict":
            raise
    return RedirectResponse(f"/my/time?done={kind.value}", 303)
