"""Deciding on requests for leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.leave_words import KINDS
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, utc_now, week_start
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.people.models import Employee
from scheduler.rosters.models import CalendarEntry
from scheduler.rosters.published_shifts import published_on_leave
from scheduler.timeoff.balances import Outlook, outlook
from scheduler.timeoff.models import TimeOff, TimeOffState
from scheduler.timeoff.requests import approve_time_off, reject_time_off
from scheduler.timeoff.waiting import decided_requests, waiting_requests

router = APIRouter()

MayDecide = Annotated[Access, Depends(allow(Permission.TIME_OFF_DECIDE))]

STATES = {
    TimeOffState.REQUESTED: ("waiting", "warn"),
    TimeOffState.APPROVED: ("approved", "good"),
    TimeOffState.REJECTED: ("refused", "bad"),
    TimeOffState.CANCELLED: ("taken back", ""),
}
"""What states are called, and the tone they are drawn in."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One leave on the page.

    Parameters
    ----------
    away
        Names of colleagues who are away on one of its days.
    published
        What the person was told to work on its days.
    own
        Whether whoever looks at the page asked for it.
    ahead
        What it takes of the person's leave account; None where there is none.
    """

    leave: TimeOff
    employee: Employee
    location: Location
    away: tuple[str, ...] = ()
    published: tuple[CalendarEntry, ...] = ()
    own: bool = False
    ahead: Outlook | None = None

    @property
    def last_day(self) -> date:
        """The last day away."""
        return self.leave.ends_on - timedelta(days=1)

    @property
    def days(self) -> int:
        """How many civil days it lasts."""
        return (self.leave.ends_on - self.leave.starts_on).days

    @property
    def weeks(self) -> list[date]:
        """Mondays of the weeks of the location in which something is published on its days."""
        zone = ZoneInfo(self.location.zone)
        return sorted({week_start(local_day(entry.starts_at, zone)) for entry in self.published})


@router.get("/time-off")
def time_off_page(
    request: Request, access: MayDecide, session: ReadSession, decided: UUID | None = None
) -> Response:
    """What waits for a decision within reach, and below what was decided about days still to come."""
    return _page(request, access, session, decided=decided)


@router.post("/time-off/{time_off_id}/approve")
def approve(
    request: Request,
    access: MayDecide,
    session: WriteSession,
    time_off_id: UUID,
    beyond_balance: Annotated[bool, Form()] = False,
) -> Response:
    """The person is away then; what is published already is told, since nothing takes it back by itself.

    What the person's leave account does not cover is approved only where the form says so.
    """
    return _decide(
        request,
        access,
        session,
        time_off_id,
        lambda: approve_time_off(session, time_off_id, actor=access.actor, beyond_balance=beyond_balance),
    )


@router.post("/time-off/{time_off_id}/reject")
def reject(
    request: Request,
    access: MayDecide,
    session: WriteSession,
    time_off_id: UUID,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Refuse it, with the reason that the person is told."""
    return _decide(
        request,
        access,
        session,
        time_off_id,
        lambda: reject_time_off(session, time_off_id, reason=reason, actor=access.actor),
    )


def _decide(
    request: Request, access: Access, session: Session, time_off_id: UUID, change: Callable[[], object]
) -> Response:
    """Do it and show the page; what is refused is told on the page, which shows how things are now."""
    if error := refusal_of(session, change):
        return _page(request, access, session, refused=error)
    return RedirectResponse(f"/time-off?decided={time_off_id}", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    decided: UUID | None = None,
    refused: SchedulerError | None = None,
) -> Response:
    of: ColumnElement[bool] = access.reach.criterion(Employee.location_id, Employee.id)
    places = {location.id: location for location in list_locations(session)}
    done = [
        Shown(leave, person, places[person.location_id], published=_published(session, leave, decided))
        for leave, person in decided_requests(session, of, utc_now().date())
    ]
    waiting = [
        Shown(
            each.leave,
            each.employee,
            places[each.employee.location_id],
            away=tuple(colleague.name for colleague in each.away),
            published=tuple(published_on_leave(session, each.leave)),
            own=each.employee.id == access.principal.employee_id,
            ahead=outlook(session, each.employee, each.leave.kind, each.leave.starts_on, each.leave.ends_on),
        )
        for each in waiting_requests(session, of)
    ]
    return draw_after(
        request,
        "time_off.html",
        access.principal,
        refused,
        section="/time-off",
        waiting=waiting,
        done=done,
        just=next((each for each in done if each.leave.id == decided), None),
        kinds=KINDS,
        states=STATES,
    )


def _published(session: Session, leave: TimeOff, decided: UUID | None) -> tuple[CalendarEntry, ...]:
    """What is published on the days of the leave that was just approved."""
    if leave.id != decided or leave.state is not TimeOffState.APPROVED:
        return ()
    return tuple(published_on_leave(session, leave))
