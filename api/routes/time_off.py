"""Leave: asking, deciding, taking back."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Day, Page
from api.schemas.time_off import Decision, NewTimeOff, TimeOffDecided, TimeOffDecision, TimeOffView
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.models import Employee
from scheduler.rosters.published_shifts import published_on_leave
from scheduler.timeoff.models import TimeOff, TimeOffState
from scheduler.timeoff.requests import approve_time_off, cancel_time_off, reject_time_off, request_time_off

router = APIRouter(prefix="/v1", tags=["time off"])


@router.get("/time-off", summary="List time off")
def get_time_off(
    access: Annotated[Access, Depends(allow(Permission.TIME_OFF_READ))],
    session: ReadSession,
    cursor: PageCursor,
    employee_id: Annotated[UUID | None, Query(description="Of this person only.")] = None,
    location_id: Annotated[UUID | None, Query(description="Of people of this location only.")] = None,
    state: Annotated[TimeOffState | None, Query(description="In this state only.")] = None,
    first_day: Annotated[Day | None, Query(description="With a day from this one on only.")] = None,
) -> Page[TimeOffView]:
    """The requests within reach, oldest first."""
    requests = (
        select(TimeOff)
        .join(Employee, Employee.id == TimeOff.employee_id)
        .where(access.reach.criterion(Employee.location_id, Employee.id))
    )
    if employee_id is not None:
        requests = requests.where(TimeOff.employee_id == employee_id)
    if location_id is not None:
        requests = requests.where(Employee.location_id == location_id)
    if state is not None:
        requests = requests.where(TimeOff.state == state)
    if first_day is not None:
        requests = requests.where(TimeOff.ends_on > first_day)
    return page_of(session, requests, TimeOff.id, cursor, TimeOffView.model_validate)


@router.post("/employees/{employee_id}/time-off", status_code=201, summary="Ask for time off")
def post_time_off(
    access: Annotated[Access, Depends(allow(Permission.TIME_OFF_REQUEST))],
    session: WriteSession,
    employee_id: UUID,
    body: NewTimeOff,
) -> TimeOffView:
    """409 if a requested or approved leave of the person has one of the days."""
    leave = request_time_off(session, employee_id, **body.model_dump(), actor=access.actor)
    return TimeOffView.model_validate(leave)


@router.post("/time-off/{time_off_id}/decision", summary="Approve or reject time off")
def post_time_off_decision(
    access: Annotated[Access, Depends(allow(Permission.TIME_OFF_DECIDE))],
    session: WriteSession,
    time_off_id: UUID,
    body: TimeOffDecision,
) -> TimeOffDecided:
    """An approved leave keeps the person off every roster made from now on. 409 if it was decided before.

    `published_shifts` says what the person was told to work on these days; it stays published until somebody
    changes it. 403 `own_time_off`: nobody approves his own leave. 409 `leave_beyond_balance` where the
    person's leave account does not cover it, unless `beyond_balance` says to grant it all the same.
    """
    if body.decision is Decision.REJECT:
        rejected = reject_time_off(session, time_off_id, reason=body.reason, actor=access.actor)
        return TimeOffDecided.of(rejected, ())
    leave = approve_time_off(session, time_off_id, actor=access.actor, beyond_balance=body.beyond_balance)
    return TimeOffDecided.of(leave, published_on_leave(session, leave))


@router.post("/time-off/{time_off_id}/cancellation", summary="Take back time off")
def post_time_off_cancellation(
    access: Annotated[Access, Depends(allow(Permission.TIME_OFF_REQUEST))],
    session: WriteSession,
    time_off_id: UUID,
) -> TimeOffView:
    """Takes back a request or an approved leave."""
    return TimeOffView.model_validate(cancel_time_off(session, time_off_id, actor=access.actor))
