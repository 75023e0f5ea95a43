"""Places of work and their departments."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.locations import DepartmentView, LocationView
from api.transaction import ReadSession
from scheduler.organisation.locations import find_location, list_departments
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/locations", tags=["locations"])

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]


@router.get("", summary="List locations")
def get_locations(access: MayRead, session: ReadSession, cursor: PageCursor) -> Page[LocationView]:
    """Every location with its opening hours, oldest first."""
    return page_of(session, select(Location), Location.id, cursor, LocationView.model_validate)


@router.get("/{location_id}", summary="Show a location")
def get_location(access: MayRead, session: ReadSession, location_id: UUID) -> LocationView:
    """One location with its opening hours."""
    return LocationView.model_validate(find_location(session, location_id))


@router.get("/{location_id}/departments", summary="List departments")
def get_departments(access: MayRead, session: ReadSession, location_id: UUID) -> list[DepartmentView]:
    """The departments of a location, by code."""
    return [DepartmentView.model_validate(each) for each in list_departments(session, location_id)]
