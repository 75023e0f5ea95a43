"""One shift: who has it, who could."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from api.schemas.rosters import SHIFT_EXAMPLE, ShiftView
from scheduler.rosters.why_open import WhyOpen

_PERSON: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "name": "Jan Kowalski",
    "able": False,
    "cost": 0,
    "reasons": ["would rest 9 h instead of 11 h (Kodeks pracy, art. 132 § 1)"],
    "obstacles": [],
}

PUBLISHED_EXAMPLE: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "lineage_id": EXAMPLE_ID,
    "roster_id": EXAMPLE_ID,
    "starts_at": "2026-11-02T05:00:00Z",
    "ends_at": "2026-11-02T13:00:00Z",
    "summary": "Picking",
    "place": "Warehouse Warsaw",
    "description": "06:00 to 14:00, 30 min break",
    "cancelled": False,
}


class CandidateView(Output):
    """One person for a shift."""

    employee_id: UUID
    name: str
    able: bool = Field(description="Giving the shift to this person breaks no hard rule.")
    cost: int = Field(description="What it adds to the soft cost.")
    reasons: list[str] = Field(description="What stands against it, a sentence each.")
    obstacles: list[dict[str, Any]]

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PERSON))


class WhyOpenView(Output):
    """A shift and everybody who might take it, the likeliest first."""

    shift: ShiftView
    summary: str
    people: list[CandidateView]

    model_config = ConfigDict(
        json_schema_extra=example(
            shift=SHIFT_EXAMPLE,
            summary="Nobody of 12 people can take it: 9 would rest too little.",
            people=[_PERSON],
        )
    )

    @staticmethod
    def of(answer: WhyOpen) -> WhyOpenView:
        """An explanation as the API shows it."""
        return WhyOpenView(
            shift=ShiftView.of(answer.shift),
            summary=answer.summary,
            people=[CandidateView.model_validate(person) for person in answer.people],
        )


class PublishedShiftView(Output):
    """A published shift as its person's calendar shows it."""

    id: UUID = Field(description="Stays for life; the UID of the event.")
    lineage_id: UUID
    roster_id: UUID
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    description: str
    cancelled: bool

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(**PUBLISHED_EXAMPLE),
    )
