"""One's own shifts, and the secret address that brings them into a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.page import draw
from api.pages.sheet_notices import my_sheet_notices
from api.permissions import Access, allow
from api.routes.feeds import feed_address
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import day_start, local_day, utc_now, week_start, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.rosters.feeds import active_feed, create_feed, revoke_feed
from scheduler.rosters.published_shifts import PublishedShift, published_shifts

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.SHIFTS_READ))]
MayFeed = Annotated[Access, Depends(allow(Permission.FEEDS_WRITE))]

WEEKS_AHEAD = 8


@dataclass(slots=True)
class ShiftDay:
    """The shifts of one day."""

    day: date
    shifts: list[PublishedShift] = field(default_factory=list)


@dataclass(slots=True)
class ShiftWeek:
    """The days with shifts of one week from Monday."""

    starts_on: date
    days: list[ShiftDay] = field(default_factory=list)

    @property
    def paid_minutes(self) -> int:
        """Paid minutes of what was not withdrawn."""
        return sum(each.paid_minutes for day in self.days for each in day.shifts if not each.withdrawn)


def by_week(shifts: Iterable[PublishedShift]) -> list[ShiftWeek]:
    """Shifts in order of time, grouped by the local day on which they start."""
    weeks: list[ShiftWeek] = []
    for shift in shifts:
        day = local_day(shift.starts_at, ZoneInfo(shift.location.zone))
        if not weeks or weeks[-1].starts_on != week_start(day):
            weeks.append(ShiftWeek(week_start(day)))
        if not weeks[-1].days or weeks[-1].days[-1].day != day:
            weeks[-1].days.append(ShiftDay(day))
        weeks[-1].days[-1].shifts.append(shift)
    return weeks


def own_employee(access: Access) -> UUID:
    """The person behind the account.

    Raises
    ------
    SchedulerError
        ``not_found`` for an account of nobody who works here.
    """
    employee_id = access.principal.employee_id
    if employee_id is None:
        raise SchedulerError("not_found", what="employee behind the account", id=access.principal.email)
    access.require(None, employee_id)
    return employee_id


@router.get("/my/shifts")
def my_shifts_page(request: Request, access: MayRead, session: ReadSession) -> Response:
    """What is published from this week on, and how to have it in a calendar."""
    return _page(request, access, session)


@router.post("/my/calendar")
def create_calendar(request: Request, access: MayFeed, session: WriteSession) -> Response:
    """A new secret address, shown this once."""
    token = create_feed(session, own_employee(access), actor=access.actor)
    address = feed_address(request.app.state.settings, token)
    return _page(request, access, session, address=address)


@router.post("/my/calendar/revoke")
def revoke_calendar(access: MayFeed, session: WriteSession) -> Response:
    """The address stops working."""
    revoke_feed(session, own_employee(access), actor=access.actor)
    return RedirectResponse("/my/shifts#calendar", 303)


def _page(request: Request, access: Access, session: Session, address: str = "") -> Response:
    employee_id = own_employee(access)
    zone = zone_named(find_location(session, find_employee(session, employee_id).location_id).zone)
    today = local_day(utc_now(), zone)
    monday = week_start(today)
    until = day_start(monday + timedelta(weeks=WEEKS_AHEAD), zone)
    shifts = published_shifts(session, employee_id, day_start(monday, zone), until)
    return draw(
        request,
        "my_shifts.html",
        access.principal,
        section="/my/shifts",
        notices=my_sheet_notices(session, employee_id),
        weeks=by_week(shifts),
        this_week=monday,
        today=today,
        zones=sorted({shift.location.zone for shift in shifts} or {zone.key}),
        weeks_ahead=WEEKS_AHEAD,
        feed=active_feed(session, employee_id),
        zone=zone.key,
        address=address,
        webcal="webcal:" + address.partition(":")[2] if address else "",
    )
