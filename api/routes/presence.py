"""Who is in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.presence import PresenceView
from api.transaction import ReadSession
from scheduler.kernel.clock import utc_now
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.presence import who_is_in

router = APIRouter(prefix="/v1/locations", tags=["punches"])


@router.get("/{location_id}/presence", summary="Show who is in")
def get_presence(
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_READ))],
    session: ReadSession,
    location_id: UUID,
) -> list[PresenceView]:
    """Everybody at work or on a break at the location now, by name, with the job, wherever they belong."""
    return [
        PresenceView(
            employee_id=person.id,
            name=person.name,
            whereabouts=seen.whereabouts,
            since=seen.since,
            came_at=seen.came_at,
            location_id=seen.location_id,
            job_role_id=seen.job_role_id,
        )
        for person, seen in who_is_in(session, location_id, as_of=utc_now())
    ]
