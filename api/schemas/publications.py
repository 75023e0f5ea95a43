"""Making a roster known."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Input, Output, example


class NewPublication(Input):
    """The draft to publish, as it was seen."""

    expected_revision: Count = Field(description="`revision` of the roster as you saw it; else 409.")

    model_config = ConfigDict(json_schema_extra=example(expected_revision=4))


class PublicationView(Output):
    """A version was made known; it never changes again."""

    id: UUID
    roster_id: UUID
    version_id: UUID
    published_at: datetime
    published_by: str
    changes: dict[str, Any] = Field(description="Difference to the publication before, by kind of change.")
    overridden: list[dict[str, Any]] = Field(description="What it was published with: open shifts and gaps.")
    notes: list[dict[str, Any]] = Field(description="Remarks, such as changes inside the notice period.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID,
            roster_id=EXAMPLE_ID,
            version_id=EXAMPLE_ID,
            published_at="2026-10-21T09:00:00Z",
            published_by=f"user:{EXAMPLE_ID}",
            changes={"zone": "Europe/Warsaw", "added": [], "removed": []},
            overridden=[],
            notes=[],
        ),
    )
