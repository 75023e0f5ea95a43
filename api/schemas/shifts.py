"""One shift: who has it, who could."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from api.schemas.rosters import SCORE_CHANGE_EXAMPLE, SHIFT_EXAMPLE, ScoreChangeView, ShiftView
from scheduler.rosters.what_would_do import WhatWouldDo
from scheduler.rosters.why_not import WhyNot
from scheduler.rosters.why_open import WhyOpen
from solver.explain.why_not import Verdict

_PERSON: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "name": "Jan Kowalski",
    "able": False,
    "cost": 0,
    "reasons": ["would rest 9 h instead of 11 h (Kodeks pracy, art. 132 § 1)"],
    "obstacles": [],
    "change": [SCORE_CHANGE_EXAMPLE],
    "worth": "preferences 480 better",
    "instead": "Mon 2 Nov 14:00 to 22:00, Picking in Inbound",
}
_RELAXATION: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "name": "Jan Kowalski",
    "steps": ["42 h instead of 40 h by contract"],
    "price": 120,
    "change": [SCORE_CHANGE_EXAMPLE],
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
    change: list[ScoreChangeView] = Field(description="What the score changes by, by rule.")
    worth: str = Field(description="The same in words.")
    instead: str | None = Field(
        description="The shift this person could give up so that nothing stands against this one any more."
    )

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


class WhyNotView(Output):
    """What giving a shift to somebody would do."""

    verdict: Verdict = Field(
        description="`has` it already; rules are `against` it; else what the roster would be."
    )
    sentence: str
    person: CandidateView | None = Field(description="Null for whoever has it already.")
    taken_from: UUID | None = Field(description="Who would have to leave it.")

    model_config = ConfigDict(
        json_schema_extra=example(
            verdict="against",
            sentence="Jan Kowalski cannot take Mon 2 Nov 06:00 to 14:00, Picking in Inbound: would rest 9 h.",
            person=_PERSON,
            taken_from=EXAMPLE_ID,
        )
    )

    @staticmethod
    def of(answer: WhyNot) -> WhyNotView:
        """An explanation as the API shows it."""
        return WhyNotView(
            verdict=answer.verdict,
            sentence=answer.sentence,
            person=None if answer.person is None else CandidateView.model_validate(answer.person),
            taken_from=answer.taken_from,
        )


class RelaxationView(Output):
    """One way to fill a shift: what would have to change about one person."""

    employee_id: UUID
    name: str
    steps: list[str] = Field(description="What would have to change, a phrase each; all are needed.")
    price: int = Field(description="To compare ways by: as many minutes of work beyond what is agreed.")
    change: list[ScoreChangeView] = Field(description="What the score changes by then, by rule.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_RELAXATION))


class WhatWouldDoView(Output):
    """What would have to give so that a shift is filled, the cheapest ways first."""

    shift: ShiftView
    sentences: list[str] = Field(description="The ways in words, people for whom the same would do together.")
    ways: list[RelaxationView]

    model_config = ConfigDict(
        json_schema_extra=example(
            shift=SHIFT_EXAMPLE,
            sentences=["Jan Kowalski: 42 h instead of 40 h by contract"],
            ways=[_RELAXATION],
        )
    )

    @staticmethod
    def of(answer: WhatWouldDo) -> WhatWouldDoView:
        """An explanation as the API shows it."""
        return WhatWouldDoView(
            shift=ShiftView.of(answer.shift),
            sentences=list(answer.sentences),
            ways=[RelaxationView.model_validate(way) for way in answer.ways],
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
