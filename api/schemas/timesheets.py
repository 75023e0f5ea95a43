"""What people worked, and who stands for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, LongNote, Output, example
from scheduler.timekeeping.models import TimesheetState

_ENTRY: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "job_role_id": EXAMPLE_ID,
    "day": "2026-11-02",
    "starts_at": "2026-11-02T05:02:00Z",
    "ends_at": "2026-11-02T13:01:00Z",
    "breaks": [["2026-11-02T09:00:00Z", "2026-11-02T09:30:00Z"]],
    "break_minutes": 30,
    "worked_minutes": 449,
    "punch_ids": [EXAMPLE_ID],
    "exact": None,
}
_TIMESHEET: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "employee_id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "starts_on": "2026-11-02",
    "ends_on": "2026-11-09",
    "state": "approved",
    "submitted_at": "2026-11-09T08:00:00Z",
    "approved_at": "2026-11-09T10:00:00Z",
    "approved_by": f"user:{EXAMPLE_ID}",
    "approved_for": None,
    "revision": 3,
    "exceptions": [],
    "changed_after_close": False,
    "entries": [_ENTRY],
}


class SeenTimesheet(Input):
    """The timesheet as it was seen."""

    expected_revision: Count = Field(description="`revision` of the timesheet as you saw it; else 409.")

    model_config = ConfigDict(json_schema_extra=example(expected_revision=3))


class Reopening(SeenTimesheet):
    """Why a submission or an approval is taken back."""

    reason: LongNote

    model_config = ConfigDict(
        json_schema_extra=example(expected_revision=3, reason="Friday's night shift is missing")
    )


class TimesheetWeek(Input):
    """A week of timesheets."""

    starts_on: Day = Field(description="Any day of the week.")

    model_config = ConfigDict(json_schema_extra=example(starts_on="2026-11-02"))


_EXACT: dict[str, Any] = {
    "starts_at": "2026-11-02T04:58:00Z",
    "ends_at": "2026-11-02T13:03:00Z",
    "breaks": [["2026-11-02T09:02:00Z", "2026-11-02T09:31:00Z"]],
}


class ExactTimeView(Output):
    """What was punched, where the time that counts was rounded."""

    starts_at: datetime
    ends_at: datetime
    breaks: list[tuple[datetime, datetime]]

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_EXACT))


class TimeEntryView(Output):
    """A span of worked time, paired from punches."""

    id: UUID
    location_id: UUID = Field(description="Where it was worked.")
    job_role_id: UUID | None = Field(description="The job it was worked in; null is the person's own.")
    day: date = Field(
        description="The civil day it counts for: the one it started on, or by the location's rule."
    )
    starts_at: datetime
    ends_at: datetime
    breaks: list[tuple[datetime, datetime]]
    break_minutes: int = Field(description="Unpaid break inside the span.")
    worked_minutes: int
    punch_ids: list[UUID]
    exact: ExactTimeView | None = Field(
        default=None, description="As punched; null where nothing was rounded."
    )

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_ENTRY))


class TimesheetView(Output):
    """What one person worked on the days [starts_on, ends_on)."""

    id: UUID
    employee_id: UUID
    location_id: UUID
    starts_on: date
    ends_on: date
    state: TimesheetState
    submitted_at: datetime | None
    approved_at: datetime | None
    approved_by: str | None
    approved_for: str | None = Field(
        default=None, description="Who lent the right to approve, where it was lent."
    )
    revision: int = Field(description="Send it as `expected_revision` with the next action.")
    exceptions: list[dict[str, Any]] = Field(description="What a person must look at.")
    changed_after_close: bool = Field(description="Time became known after the close; settle a correction.")
    entries: list[TimeEntryView]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(**_TIMESHEET),
    )


class ApprovalsView(Output):
    """What came of approving a week."""

    approved: list[TimesheetView]
    needing_a_person: list[TimesheetView] = Field(description="Unclear hours, or the approver's own.")

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra=example(approved=[], needing_a_person=[])
    )
