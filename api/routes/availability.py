"""When somebody can work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.availability import AvailabilityView, DateSaved, WeeklySaved
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee
from scheduler.people.state_availability import state_availability_on, state_weekly_availability

router = APIRouter(prefix="/v1/employees/{employee_id}/availability", tags=["availability"])


MayWrite = Annotated[Access, Depends(allow(Permission.AVAILABILITY_WRITE))]


@router.get("", summary="Show availability")
def get_availability(
    access: Annotated[Access, Depends(allow(Permission.AVAILABILITY_READ))],
    session: ReadSession,
    employee_id: UUID,
) -> AvailabilityView:
    """The weekly windows and the dated exceptions."""
    return AvailabilityView.model_validate(find_employee(session, employee_id))


@router.put("/weekly", summary="Say when one can work every week")
def put_weekly_availability(
    access: MayWrite, session: WriteSession, employee_id: UUID, body: WeeklySaved
) -> AvailabilityView:
    """These windows and no others; no two may overlap, over midnight either."""
    windows = [(each.weekday, each.window()) for each in body.windows]
    said = state_weekly_availability(session, employee_id, windows, actor=access.actor)
    return AvailabilityView.model_validate(said)


@router.put("/exceptions", summary="Say when one can work on a date")
def put_dated_availability(
    access: MayWrite, session: WriteSession, employee_id: UUID, body: DateSaved
) -> AvailabilityView:
    """These windows hold on the date instead of the weekly ones; none makes the weekly ones hold again."""
    windows = [(each.window(), each.note) for each in body.windows]
    said = state_availability_on(session, employee_id, body.day, windows, actor=access.actor)
    return AvailabilityView.model_validate(said)
