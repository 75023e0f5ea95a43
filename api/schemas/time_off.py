"""Leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Day, Input, LongNote, Output, example
from api.schemas.shifts import PUBLISHED_EXAMPLE, PublishedShiftView
from scheduler.rosters.models import CalendarEntry
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState

_TIME_OFF: dict[str, Any] = {
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
    reason: LongNote = Field(default="", description="Why it is rejected; needed for that.")
    beyond_balance: bool = Field(
        default=False, description="Approve it though the person's leave account does not cover it."
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"decision": "reject", "reason": "three colleagues are away that week"}]
        }
    )


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
    decision_reason: str | None = Field(default=None, description="Why it was rejected.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_TIME_OFF))


class TimeOffDecided(TimeOffView):
    """Leave that was decided, and what is published on its days."""

    published_shifts: list[PublishedShiftView] = Field(
        description="Shifts of an approved leave's days that the person was told to work: nothing takes them "
        "back by itself, so give them to somebody else and publish again."
    )

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(**_TIME_OFF, published_shifts=[PUBLISHED_EXAMPLE]),
    )

    @staticmethod
    def of(leave: TimeOff, published: Iterable[CalendarEntry]) -> TimeOffDecided:
        """A decided leave as the API shows it."""
        shifts = [PublishedShiftView.model_validate(entry) for entry in published]
        told = TimeOffView.model_validate(leave).model_dump()
        return TimeOffDecided(**told, published_shifts=shifts)
