"""When somebody can work."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from scheduler.people.models import AvailabilityKind


class WeeklyWindow(Output):
    """A span that repeats every week."""

    id: UUID
    weekday: int = Field(description="0 = Monday.")
    start_minute: int = Field(description="Minutes on the wall clock after midnight.")
    end_minute: int = Field(description="Exclusive; above 1440 when it runs into the next day.")
    kind: AvailabilityKind

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID, weekday=0, start_minute=480, end_minute=960, kind="available"
        ),
    )


class DatedWindow(Output):
    """What holds on one date instead of the windows of its weekday."""

    id: UUID
    day: date
    start_minute: int
    end_minute: int
    kind: AvailabilityKind
    note: str | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID,
            day="2026-12-24",
            start_minute=0,
            end_minute=1440,
            kind="unavailable",
            note="Christmas Eve",
        ),
    )


class AvailabilityView(Output):
    """What somebody said; without any weekly `available` window, every time is possible."""

    weekly: list[WeeklyWindow] = Field(validation_alias="availability")
    exceptions: list[DatedWindow] = Field(validation_alias="availability_exceptions")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(weekly=[], exceptions=[]))
