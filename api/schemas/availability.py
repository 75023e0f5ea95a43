"""When somebody can work."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Day, Input, Note, Output, example
from scheduler.people.availability import Window
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


_WINDOW: dict[str, Any] = {"start_minute": 480, "end_minute": 960, "kind": "available"}


class NewWindow(Input):
    """Wall-clock minutes [start_minute, end_minute) after a midnight, and what holds in them."""

    start_minute: Count
    end_minute: Count = Field(description="Above 1440 when it runs into the next day.")
    kind: AvailabilityKind

    model_config = ConfigDict(json_schema_extra=example(**_WINDOW))

    def window(self) -> Window:
        """As the use cases take it."""
        return Window(self.start_minute, self.end_minute, self.kind)


class NewWeeklyWindow(NewWindow):
    """A window that repeats every week."""

    weekday: Count = Field(description="0 = Monday.")

    model_config = ConfigDict(json_schema_extra=example(weekday=0, **_WINDOW))


class NewDatedWindow(NewWindow):
    """A window of one date."""

    note: Note | None = None

    model_config = ConfigDict(json_schema_extra=example(**_WINDOW, note="exam in the morning"))


class WeeklySaved(Input):
    """Every window that repeats."""

    windows: Annotated[list[NewWeeklyWindow], Field(max_length=100)]

    model_config = ConfigDict(json_schema_extra=example(windows=[{"weekday": 0, **_WINDOW}]))


class DateSaved(Input):
    """Every window of one date; none makes the weekly ones hold again."""

    day: Day
    windows: Annotated[list[NewDatedWindow], Field(max_length=20)]

    model_config = ConfigDict(json_schema_extra=example(day="2026-12-24", windows=[_WINDOW]))
