"""Kinds of shifts the solver may create."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.shift_templates import ShiftTemplateView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.models import ShiftTemplate

router = APIRouter(prefix="/v1/locations/{location_id}/shift-templates", tags=["shift templates"])


@router.get("", summary="List shift templates")
def get_shift_templates(
    access: Annotated[Access, Depends(allow(Permission.DEMAND_READ))],
    session: ReadSession,
    cursor: PageCursor,
    location_id: UUID,
) -> Page[ShiftTemplateView]:
    """The kinds of shifts of a location, oldest first. They are changed by importing a file of them."""
    of_location = select(ShiftTemplate).where(ShiftTemplate.location_id == location_id)
    return page_of(session, of_location, ShiftTemplate.id, cursor, ShiftTemplateView.model_validate)
