"""Kinds of shifts the solver may create."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.shift_templates import ShiftTemplateSaved, ShiftTemplateView
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.rosters.models import ShiftTemplate
from scheduler.rosters.save_template import change_template, create_template

router = APIRouter(prefix="/v1", tags=["shift templates"])

MayWrite = Annotated[Access, Depends(allow(Permission.DEMAND_WRITE))]


@router.get("/locations/{location_id}/shift-templates", summary="List shift templates")
def get_shift_templates(
    access: Annotated[Access, Depends(allow(Permission.DEMAND_READ))],
    session: ReadSession,
    cursor: PageCursor,
    location_id: UUID,
) -> Page[ShiftTemplateView]:
    """The kinds of shifts of a location, oldest first; those without a weekday are retired."""
    of_location = select(ShiftTemplate).where(ShiftTemplate.location_id == location_id)
    return page_of(session, of_location, ShiftTemplate.id, cursor, ShiftTemplateView.model_validate)


@router.post("/locations/{location_id}/shift-templates", status_code=201, summary="Create a shift template")
def post_shift_template(
    access: MayWrite, session: WriteSession, location_id: UUID, body: ShiftTemplateSaved
) -> ShiftTemplateView:
    """A kind of shift that runs may make from now on. 409 `code_taken` if one there has the code."""
    made = create_template(session, location_id, body.facts(), actor=access.actor)
    return ShiftTemplateView.model_validate(made)


@router.put("/shift-templates/{template_id}", summary="Change or retire a shift template")
def put_shift_template(
    access: MayWrite, session: WriteSession, template_id: UUID, body: ShiftTemplateSaved
) -> ShiftTemplateView:
    """Everything as said, for runs to come; shifts made from it stay as they are. No weekday retires it."""
    changed = change_template(session, template_id, body.facts(), actor=access.actor)
    return ShiftTemplateView.model_validate(changed)
