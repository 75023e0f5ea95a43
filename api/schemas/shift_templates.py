"""Kinds of shifts the solver may create."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Code, Count, Input, Name, Output, example
from scheduler.rosters.save_template import TemplateFacts

_FACTS: dict[str, Any] = {
    "department_id": EXAMPLE_ID,
    "skill_id": EXAMPLE_ID,
    "code": "EARLY",
    "name": "Early shift",
    "weekdays": [0, 1, 2, 3, 4],
    "earliest_start_minute": 360,
    "latest_start_minute": 480,
    "start_step_minutes": 30,
    "shortest_minutes": 360,
    "longest_minutes": 480,
    "length_step_minutes": 60,
    "break_from_minutes": 360,
    "break_minutes": 30,
    "break_paid": False,
}


class ShiftTemplateSaved(Input):
    """Everything that is said of a kind of shift."""

    department_id: UUID
    skill_id: UUID
    code: Code = Field(description="Unique in its location.")
    name: Name
    weekdays: list[Count] = Field(
        max_length=7, description="On which it may start, 0 = Monday; none retires the template."
    )
    earliest_start_minute: Count = Field(description="Minutes on the wall clock after midnight.")
    latest_start_minute: Count
    start_step_minutes: Count = Field(description="Between possible starts.")
    shortest_minutes: Count = Field(description="From start to end, breaks included.")
    longest_minutes: Count
    length_step_minutes: Count = Field(description="Between possible lengths.")
    break_from_minutes: Count = Field(default=360, description="Shifts at least this long contain the break.")
    break_minutes: Count = 0
    break_paid: bool = False

    model_config = ConfigDict(json_schema_extra=example(**_FACTS))

    def facts(self) -> TemplateFacts:
        """As the use case takes them."""
        return TemplateFacts(**self.model_dump())


class ShiftTemplateView(Output):
    """A kind of shift: when it may start, how long it may be, what break it has."""

    id: UUID
    location_id: UUID
    department_id: UUID
    skill_id: UUID
    code: str
    name: str
    weekdays: list[int] = Field(description="0 = Monday; none for a retired template.")
    earliest_start_minute: int = Field(description="Minutes on the wall clock after midnight.")
    latest_start_minute: int
    start_step_minutes: int
    shortest_minutes: int = Field(description="From start to end, breaks included.")
    longest_minutes: int
    length_step_minutes: int
    break_from_minutes: int = Field(description="Shifts at least this long contain the break.")
    break_minutes: int
    break_paid: bool

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(id=EXAMPLE_ID, location_id=EXAMPLE_ID, **_FACTS),
    )
