"""Settlement periods and school terms of a location, which its law asks about."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.law_calendar import LawCalendarSaved, LawCalendarView
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.law_calendar import law_calendar, set_law_calendar
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/locations/{location_id}/law-calendar", tags=["locations"])

MayRead = Annotated[Access, Depends(allow(Permission.REFERENCE_READ))]
MayWrite = Annotated[Access, Depends(allow(Permission.REFERENCE_WRITE))]


@router.get("", summary="Show settlement periods and school terms")
def get_law_calendar(access: MayRead, session: ReadSession, location_id: UUID) -> LawCalendarView:
    """What is known of them; where nothing is, reports say so."""
    return LawCalendarView.of(law_calendar(session, find_location(session, location_id).id))


@router.put("", summary="Change settlement periods and school terms")
def put_law_calendar(
    access: MayWrite, session: WriteSession, location_id: UUID, body: LawCalendarSaved
) -> LawCalendarView:
    """Everything as said, in place of what was known before."""
    saved = set_law_calendar(session, location_id, body.calendar(), actor=access.actor)
    return LawCalendarView.of(saved)
