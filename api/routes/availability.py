"""When somebody can work."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.availability import AvailabilityView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.people.employees import find_employee

router = APIRouter(prefix="/v1/employees/{employee_id}/availability", tags=["availability"])


@router.get("", summary="Show availability")
def get_availability(
    access: Annotated[Access, Depends(allow(Permission.AVAILABILITY_READ))],
    session: ReadSession,
    employee_id: UUID,
) -> AvailabilityView:
    """The weekly windows and the dated exceptions. They are changed by importing a file of them."""
    return AvailabilityView.model_validate(find_employee(session, employee_id))
