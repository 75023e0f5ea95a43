"""The timesheets of a location's week: who is done, who needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.formats import short_day
from api.pages.page import draw
from api.pages.sheet_notices import approver_notices
from api.pages.time_words import STATES, exception_words
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, zone_named
from scheduler.organisation.locations import find_location, list_locations
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import employees_at
from scheduler.people.models import Employee
from scheduler.people.pay_group_members import pay_days_of_location
from scheduler.timekeeping.approve import APPROVABLE
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.disputes import open_disputes
from scheduler.timekeeping.exceptions import TimeException, blocking
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.timesheets import exceptions_of, timesheets_of_location

router = APIRouter()
DAY = timedelta(days=1)

MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One person's time in the list; ``sheet`` is None before anything was punched."""

    employee: Employee
    sheet: Timesheet | None
    zone: str
    disputed: bool = False

    @property
    def state(self) -> TimesheetState:
        """State of the sheet; open before there is one."""
        return self.sheet.state if self.sheet else TimesheetState.OPEN

    @property
    def worked_minutes(self) -> int:
        """Minutes of all entries."""
        return sum(entry.worked_minutes for entry in self.sheet.entries) if self.sheet else 0

    @property
    def unclear(self) -> list[str]:
        """What leaves hours unknown, in words."""
        found = blocking(exceptions_of(self.sheet)) if self.sheet else []
        return [self._words(each) for each in found]

    @property
    def remarks(self) -> list[str]:
        """What only asks for a look, in words."""
        found = exceptions_of(self.sheet) if self.sheet else []
        return [self._words(each) for each in found if not each.blocking]

    def _words(self, found: TimeException) -> str:
        return f"{short_day(found.day)}: {exception_words(found, self.zone)}"

    @property
    def ready(self) -> bool:
        """Whether it has hours that wait for an approval, and nothing unclear or disputed."""
        waits = self.state in APPROVABLE and self.worked_minutes > 0
        return waits and not self.unclear and not self.disputed


@router.get("/timesheets")
def timesheets_start(request: Request, access: MayApprove, session: ReadSession) -> Response:
    """Lead to the present week of the first location within reach."""
    within = [each for each in list_locations(session) if access.reach.covers(each.id)]
    if not within:
        return draw(request, "no_locations.html", access.principal)
    today = local_day(utc_now(), zone_named(within[0].zone))
    return RedirectResponse(_address(within[0].id, today), 303)


@router.get("/locations/{location_id}/timesheets/{monday}")
def timesheets_page(
    request: Request,
    access: MayApprove,
    session: ReadSession,
    location_id: UUID,
    monday: Day,
    approved: int | None = None,
    refreshed: bool = False,
) -> Response:
    """Everybody employed there: what needs a person first, then by name.

    The timesheets are those that hold a day; people in other pay groups have other days around it.
    """
    location = find_location(session, location_id)
    first, end = pay_days_of_location(session, location_id, monday)
    rows = sheet_rows(session, location, first, end)
    return draw(
        request,
        "timesheets.html",
        access.principal,
        section="/timesheets",
        location=location,
        locations=[each for each in list_locations(session) if access.reach.covers(each.id)],
        starts_on=first,
        before=first - DAY,
        after=end,
        last_day=end - DAY,
        notices=approver_notices(session, access.reach),
        rows=rows,
        states=STATES,
        approved=approved,
        refreshed=refreshed,
        ready=sum(row.ready for row in rows),
        address=_address(location_id, first),
    )


@router.post("/locations/{location_id}/timesheets/{monday}/refresh")
def refresh_timesheets(access: MayApprove, session: WriteSession, location_id: UUID, monday: Day) -> Response:
    """Derive everybody's timesheet anew from punches and published shifts."""
    refresh_location(session, location_id, monday, actor=access.actor)
    return RedirectResponse(_address(location_id, monday, said="refreshed=true"), 303)


@router.post("/locations/{location_id}/timesheets/{monday}/approve")
def approve_timesheets(access: MayApprove, session: WriteSession, location_id: UUID, monday: Day) -> Response:
    """Approve all that have hours and nothing unclear."""
    done = approve_all(session, location_id, monday, actor=access.actor)
    said = f"approved={len(done.approved)}"
    return RedirectResponse(_address(location_id, monday, said=said), 303)


def sheet_rows(session: Session, location: Location, first: date, end: date) -> list[SheetRow]:
    """A row for everybody employed at a location on days ``[first, end)``, with the sheet of ``first``."""
    sheets = {sheet.employee_id: sheet for sheet in timesheets_of_location(session, location.id, first)}
    people = {person.id: person for person in employees_at(session, location.id, first, end)}
    for employee_id in sheets.keys() - people.keys():
        people[employee_id] = session.get_one(Employee, employee_id)
    disputes = open_disputes(session, [sheet.id for sheet in sheets.values()])
    rows = [
        SheetRow(person, sheet, location.zone, sheet is not None and sheet.id in disputes)
        for person, sheet in ((person, sheets.get(person.id)) for person in people.values())
    ]
    return sorted(
        rows,
        key=lambda row: (
            not row.unclear and not row.disputed,
            row.employee.last_name,
            row.employee.first_name,
        ),
    )


def _address(location_id: UUID, monday: date, said: str = "") -> str:
    return f"/locations/{location_id}/timesheets/{monday}" + (f"?{said}" if said else "")
