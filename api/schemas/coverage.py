"""How many people are needed when."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Input, Instant, Output, example
from scheduler.demand.coverage import Requirement

_NEED: dict[str, Any] = {
    "department_id": EXAMPLE_ID,
    "skill_id": EXAMPLE_ID,
    "starts_at": "2026-11-02T08:00:00+01:00",
    "ends_at": "2026-11-02T08:15:00+01:00",
    "minimum": 2,
    "target": 3,
    "maximum": 5,
}


class CoverageView(Output):
    """People with a skill needed by a department over [starts_at, ends_at)."""

    id: UUID
    department_id: UUID
    skill_id: UUID
    starts_at: datetime
    ends_at: datetime
    minimum: int
    target: int
    maximum: int | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(id=EXAMPLE_ID, **_NEED))


class NewRequirement(Input):
    """People with a skill needed by a department over [starts_at, ends_at)."""

    department_id: UUID
    skill_id: UUID
    starts_at: Instant
    ends_at: Instant
    minimum: Count
    target: Count
    maximum: Count | None = None

    model_config = ConfigDict(json_schema_extra=example(**_NEED))

    def requirement(self) -> Requirement:
        """As the use case takes it."""
        return Requirement(**self.model_dump())


class CoverageSpan(Input):
    """Everything that is needed in [starts_at, ends_at)."""

    starts_at: Instant
    ends_at: Instant
    requirements: Annotated[list[NewRequirement], Field(max_length=20_000)]

    model_config = ConfigDict(
        json_schema_extra=example(
            starts_at="2026-11-02T00:00:00+01:00",
            ends_at="2026-11-03T00:00:00+01:00",
            requirements=[_NEED],
        )
    )
