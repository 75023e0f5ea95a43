"""What one more person would be worth to a week."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Output, example
from api.schemas.rosters import ScoreChangeView

_TIME: dict[str, Any] = {
    "starts_at": "2026-11-07T09:00:00Z",
    "ends_at": "2026-11-07T13:00:00Z",
    "skill_id": EXAMPLE_ID,
    "department_id": EXAMPLE_ID,
}
_FILLED: dict[str, Any] = {"skill_id": EXAMPLE_ID, "department_id": EXAMPLE_ID, "minutes": 240}
_STRETCH: dict[str, Any] = {
    "starts_at": "2026-11-07T09:00:00Z",
    "ends_at": "2026-11-07T13:00:00Z",
    "gains": [240, 120],
    "mandatory_minutes": 240,
    "sentence": "Sat 7 Nov 10:00 to 14:00: 2 more people there would fill 6 h of what is open now",
}
_CHANGE: dict[str, Any] = {
    "level": "mandatory",
    "rule": "coverage",
    "name": "below_minimum",
    "cost": -2400,
    "violations": -1,
}
_NEW_PERSON: dict[str, Any] = {
    "like_id": EXAMPLE_ID,
    "like": "Ann Nowak",
    "contract_minutes": 2400,
    "works": [_TIME],
    "filled": [_FILLED],
    "change": [_CHANGE],
    "proven": True,
    "sentence": "One more person with the contract and rules of Ann Nowak (up to 40 h) would fill 4 h of "
    "Picking in Inbound: Sat 7 Nov 10:00 to 14:00.",
}
_MISSING: dict[str, Any] = {
    "skill_id": EXAMPLE_ID,
    "skill": "Picking",
    "department_id": EXAMPLE_ID,
    "department": "Inbound",
    "minutes": 360,
    "mandatory_minutes": 240,
    "stretches": [_STRETCH],
    "change": [_CHANGE],
    "new_people": [_NEW_PERSON],
    "summary": "Picking in Inbound: 6 h open, in 1 stretch, 4 h of it mandatory",
    "sentences": [_STRETCH["sentence"], "At any other time one more person would fill nothing."],
}
_TRAINED_PERSON: dict[str, Any] = {
    "employee_id": EXAMPLE_ID,
    "name": "Bo Lis",
    "takes": [_TIME],
    "gives_up": [],
    "filled": [_FILLED],
    "change": [_CHANGE],
    "sentence": "Bo Lis would fill 4 h of Picking in Inbound more than without it: Sat 7 Nov 10:00 to 14:00",
}
_TRAINED: dict[str, Any] = {
    "skill_id": EXAMPLE_ID,
    "skill": "Picking",
    "lacking": 9,
    "tried": 8,
    "best": [_TRAINED_PERSON],
    "summary": "Training in Picking, tried for 8 of 9 without it:",
}


class WorkTimeView(Output):
    """A shift that somebody would have, [starts_at, ends_at)."""

    starts_at: datetime
    ends_at: datetime
    skill_id: UUID
    department_id: UUID

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_TIME))


class FilledWorkView(Output):
    """How much less of one skill in one department would be missing."""

    skill_id: UUID
    department_id: UUID
    minutes: int = Field(description="Person-minutes; negative where more would be missing than now.")

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_FILLED))


class StretchView(Output):
    """A time in which further people would fill something."""

    starts_at: datetime
    ends_at: datetime
    gains: list[int] = Field(
        description="Person-minutes that the first, the second, ... further person would fill; another one "
        "would fill nothing."
    )
    mandatory_minutes: int = Field(description="Of all of them, below the minimum or in open shifts.")
    sentence: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_STRETCH))


class NewPersonView(Output):
    """What one more person would fill, working as well as the rules allow."""

    like_id: UUID | None = Field(description="The colleague whose contract and rules the person has.")
    like: str | None
    contract_minutes: int | None = Field(description="Most paid minutes in the week.")
    works: list[WorkTimeView] = Field(description="What the person would work; empty where that is best.")
    filled: list[FilledWorkView]
    change: list[ScoreChangeView] = Field(description="What the score changes by, by rule.")
    proven: bool = Field(description="Whether no other work of this person is better for the roster.")
    sentence: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_NEW_PERSON))


class MissingWorkView(Output):
    """What is missing of one skill in one department, and what one more person would fill of it."""

    skill_id: UUID
    skill: str
    department_id: UUID
    department: str
    minutes: int = Field(description="Person-minutes missing.")
    mandatory_minutes: int
    stretches: list[StretchView] = Field(
        description="By time; at any other time one more person would fill nothing."
    )
    change: list[ScoreChangeView] = Field(
        description="What coverage and open shifts cost less if all of it is filled."
    )
    new_people: list[NewPersonView] = Field(
        description="One more person, then another one on top; empty where there was no time."
    )
    summary: str
    sentences: list[str]

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_MISSING))


class TrainedPersonView(Output):
    """What somebody would fill with one more skill, more than at best without it."""

    employee_id: UUID
    name: str
    takes: list[WorkTimeView]
    gives_up: list[WorkTimeView]
    filled: list[FilledWorkView]
    change: list[ScoreChangeView] = Field(description="What the score changes by, by rule.")
    sentence: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_TRAINED_PERSON))


class TrainedView(Output):
    """Whom to train in one skill, the best first."""

    skill_id: UUID
    skill: str
    lacking: int = Field(description="People without the skill who may work where it is missing.")
    tried: int = Field(description="Of how many of them it was worked out.")
    best: list[TrainedPersonView]
    summary: str

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_TRAINED))


class OneMorePersonView(Output):
    """What one more person would be worth to a week, while everybody else's shifts stay as they are."""

    missing: list[MissingWorkView] = Field(
        description="The most urgent first; empty where nothing is missing."
    )
    training: list[TrainedView]
    in_time: bool = Field(description="Whether there was time to work out all of it.")
    sentences: list[str] = Field(description="The whole answer in words.")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            missing=[_MISSING],
            training=[_TRAINED],
            in_time=True,
            sentences=["Where one more person would help", _MISSING["summary"], _STRETCH["sentence"]],
        ),
    )
