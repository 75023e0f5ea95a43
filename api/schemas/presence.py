"""Who is in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.timekeeping.presence import Whereabouts

_SEEN: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "name": "Ann Nowak",
    "whereabouts": "at_work",
    "since": "2026-11-02T09:00:00Z",
    "came_at": "2026-11-02T07:00:00Z",
    "location_id": EXAMPLE_ID,
    "job_role_id": EXAMPLE_ID,
}


class PresenceView(Output):
    """Somebody who is at work or on a break, as the clock knows."""

    employee_id: UUID
    name: str
    whereabouts: Whereabouts
    since: datetime | None = Field(description="Of the last change: coming, a break, another job or place.")
    came_at: datetime | None
    location_id: UUID | None
    job_role_id: UUID | None = Field(description="Null is the person's own job.")

    model_config = ConfigDict(json_schema_extra=example(**_SEEN))
