"""Places of work and their departments."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.locations import DepartmentView, LocationSaved, LocationView, NewDepartment
from api.transaction import ReadSession, WriteSession
from scheduler.law.agreements import layers_in
from scheduler.law.sectors import refuse_unknown_sector
from scheduler.organisation.locations import find_location, list_departments
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.organisation.save_location import change_location, create_department, create_location

router = APIRouter(prefix="/v1/locations", tags=["locations"])

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]


@router.get("", summary="List locations")
def get_locations(access: MayRead, session: ReadSession, cursor: PageCursor) -> Page[LocationView]:
    """Every location with its opening hours, oldest first."""
    return page_of(session, select(Location), Location.id, cursor, LocationView.model_validate)


@router.post("", status_code=201, summary="Create a location")
def post_location(access: MayWrite, session: WriteSession, body: LocationSaved) -> LocationView:
    """A new place of work. 409 `code_taken` if a location has the code."""
    refuse_unknown_sector(layers_in(session, body.jurisdiction), body.sector)
    return LocationView.model_validate(create_location(session, body.facts(), actor=access.actor))


@router.put("/{location_id}", summary="Change a location")
def put_location(
    access: MayWrite, session: WriteSession, location_id: UUID, body: LocationSaved
) -> LocationView:
    """Everything as said; what is stored as instants does not move along with a new zone."""
    refuse_unknown_sector(layers_in(session, body.jurisdiction), body.sector)
    changed = change_location(session, location_id, body.facts(), actor=access.actor)
    return LocationView.model_validate(changed)


@router.post("/{location_id}/departments", status_code=201, summary="Create a department")
def post_department(
    access: MayWrite, session: WriteSession, location_id: UUID, body: NewDepartment
) -> DepartmentView:
    """A new part of a location. 409 `code_taken` if a department there has the code."""
    made = create_department(session, location_id, code=body.code, name=body.name, actor=access.actor)
    return DepartmentView.model_validate(made)


@router.get("/{location_id}", summary="Show a location")
def get_location(access: MayRead, session: ReadSession, location_id: UUID) -> LocationView:
    """One location with its opening hours."""
    return LocationView.model_validate(find_location(session, location_id))


@router.get("/{location_id}/departments", summary="List departments")
def get_departments(access: MayRead, session: ReadSession, location_id: UUID) -> list[DepartmentView]:
    """The departments of a location, by code."""
    return [DepartmentView.model_validate(each) for each in list_departments(session, location_id)]
