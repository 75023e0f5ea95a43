"""Leave."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Day, Input, LongNote, Output
from scheduler.timeoff.models import LeaveKind, TimeOffState


class NewTimeOff(Input):
    """A request for leave over the days [starts_on, ends_on)."""

    starts_on: Day
    ends_on: Day = Field(description="First day back.")
    kind: LeaveKind
    note: LongNote | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "starts_on": "2026-12-21",
                    "ends_on": "2026-12-28",
                    "kind": "annual",
                    "note": "visiting family",
                }
            ]
        }
    )


class Decision(StrEnum):
    """What can be decided."""

    APPROVE = "approve"
    REJECT = "reject"


class TimeOffDecision(Input):
    """The answer to a request."""

    decision: Decision

    model_config = ConfigDict(json_schema_extra={"examples": [{"decision": "approve"}]})


class TimeOffView(Output):
    """Leave, and where the request stands."""

    id: UUID
    employee_id: UUID
    starts_on: date
    ends_on: date
    kind: LeaveKind
    state: TimeOffState
    note: str | None
    requested_at: datetime
    decided_at: datetime | None
    decided_by: UUID | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": EXAMPLE_ID,
                    "employee_id": EXAMPLE_ID,
                    "starts_on": "2026-12-21",
                    "ends_on": "2026-12-28",
                    "kind": "annual",
                    "state": "approved",
                    "note": "visiting family",
                    "requested_at": "2026-11-02T08:00:00Z",
                    "decided_at": "2026-11-03T08:00:00Z",
                    "decided_by": EXAMPLE_ID,
                }
            ]
        },
    )
