"""Making a roster known."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Count, Input, LongNote, Output, example
from scheduler.rosters.change_prices import Why
from scheduler.rosters.models import ChangeCause


class ChangeGrounds(Input):
    """Why one person's published shift changes."""

    employee_id: UUID
    lineage_id: UUID = Field(description="Of the shift, as the price of the changes lists it.")
    cause: ChangeCause = Field(
        default=ChangeCause.EMPLOYER, description="Only what the employer needs costs a premium."
    )
    consented: bool = Field(default=False, description="The person agreed to it.")

    model_config = ConfigDict(
        json_schema_extra=example(employee_id=EXAMPLE_ID, lineage_id=EXAMPLE_ID, cause="swap", consented=True)
    )


class NewPublication(Input):
    """The draft to publish, as it was seen."""

    expected_revision: Count = Field(description="`revision` of the roster as you saw it; else 409.")
    reason: LongNote | None = Field(
        default=None, description="Needed where somebody's published work changes; kept with each change."
    )
    changes: list[ChangeGrounds] = Field(
        default=[], max_length=5000, description="Causes other than the employer's need, and consents."
    )

    model_config = ConfigDict(
        json_schema_extra=example(expected_revision=4, reason="the delivery was called off", changes=[])
    )

    def why(self) -> Why | None:
        """As the use case takes it."""
        if self.reason is None:
            return None
        return Why(
            self.reason,
            {(each.employee_id, each.lineage_id): each.cause for each in self.changes},
            frozenset((each.employee_id, each.lineage_id) for each in self.changes if each.consented),
        )


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
