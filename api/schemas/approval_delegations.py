"""Lent rights to approve."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Day, Email, Input, LongNote, Output, example


class NewDelegation(Input):
    """Who is to approve in one's name, where, and on which days."""

    location_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    receiver_email: Email = Field(description="Address the stand-in signs in with.")
    starts_on: Day
    ends_on: Day = Field(description="First day without the right; it ends by itself.")
    reason: LongNote

    model_config = ConfigDict(
        json_schema_extra=example(
            location_ids=[EXAMPLE_ID],
            receiver_email="tom@example.com",
            starts_on="2026-12-21",
            ends_on="2027-01-04",
            reason="on leave over Christmas",
        )
    )


class DelegationView(Output):
    """A right to approve at a location that was lent, for the days [starts_on, ends_on)."""

    id: UUID
    giver_id: UUID
    receiver_id: UUID
    location_id: UUID
    starts_on: date
    ends_on: date
    reason: str
    given_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID,
            giver_id=EXAMPLE_ID,
            receiver_id=EXAMPLE_ID,
            location_id=EXAMPLE_ID,
            starts_on="2026-12-21",
            ends_on="2027-01-04",
            reason="on leave over Christmas",
            given_at="2026-12-18T10:00:00Z",
            withdrawn_at=None,
            withdrawn_by=None,
        ),
    )
