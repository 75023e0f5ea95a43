"""Punches as time clocks send them, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from api.schemas.base import Code, FieldProblem, Input, Instant, Output, example
from api.schemas.punches import ExternalId, NewKind
from scheduler.timekeeping.clock_batch import Outcome

_SENT: dict[str, Any] = {
    "employee_number": "1042",
    "at": "2026-11-02T06:02:11+01:00",
    "kind": "in",
    "external_id": "gate-1/2026-11-02/000123",
}


class ClockPunchSent(Input):
    """A punch as a time clock took it down."""

    employee_id: UUID | None = None
    employee_number: Code | None = None
    location_id: UUID | None = None
    at: Instant
    kind: NewKind
    job_role_id: UUID | None = None
    external_id: ExternalId

    model_config = ConfigDict(json_schema_extra=example(**_SENT))

    @model_validator(mode="after")
    def _one_person(self) -> ClockPunchSent:
        if (self.employee_id is None) == (self.employee_number is None):
            hint = "employee_id or employee_number, one of them"
            raise PydanticCustomError("one_person", "It has to name one person", {"hint": hint})
        return self


_PUNCH = {
    "type": "object",
    "description": "`at` (with offset), `kind` (in, out, break_start, break_end, transfer), `external_id` "
    "(names this punch for ever), `employee_id` or `employee_number`; `job_role_id` of an `in` or "
    "`transfer`; `location_id`, which a time clock leaves out.",
    "examples": [_SENT],
}


class ClockBatch(Input):
    """Punches of time clocks, in any order, each judged by itself."""

    punches: Annotated[list[Annotated[Any, WithJsonSchema(_PUNCH)]], Field(min_length=1, max_length=1000)]
    sent_at: Instant | None = Field(default=None, description="What the time clock says the time is.")

    model_config = ConfigDict(json_schema_extra=example(punches=[_SENT], sent_at="2026-11-02T06:05:00+01:00"))


_REFUSED: dict[str, Any] = {
    "index": 0,
    "external_id": "gate-1/2026-11-02/000123",
    "outcome": "refused",
    "code": "invalid_input",
    "detail": "Some values cannot be accepted",
    "errors": [
        {
            "field": "employee_number",
            "value": "1042",
            "problem": "nobody has this number",
            "hint": "the number of an employee",
        }
    ],
}


class PunchAnswer(Output):
    """What became of one punch."""

    index: int = Field(description="Its place in the request, from 0.")
    external_id: str | None = Field(default=None, description="As it was sent, where it could be read.")
    outcome: Outcome
    punch_id: UUID | None = Field(
        default=None, description="Of the punch on record; null for one that was refused."
    )
    code: str | None = Field(default=None, description="Why it was refused, as problem documents call it.")
    detail: str | None = None
    errors: list[FieldProblem] = Field(description="Every value that was not accepted, with what would do.")

    model_config = ConfigDict(json_schema_extra=example(**_REFUSED))


class BatchAnswer(Output):
    """What became of each punch, in the order they were sent."""

    received_at: datetime = Field(description="Our time.")
    clock_offset_seconds: int | None = Field(
        description="How far the sender's clock is ahead of ours; negative is behind; null if it did not say."
    )
    clock_warning: str | None = Field(description="Said when the clocks differ by more than a minute.")
    accepted: int
    duplicates: int
    refused: int
    results: list[PunchAnswer]

    model_config = ConfigDict(
        json_schema_extra=example(
            received_at="2026-11-02T05:03:10Z",
            clock_offset_seconds=110,
            clock_warning="This clock is 110 seconds ahead of ours: set it by a time server.",
            accepted=0,
            duplicates=0,
            refused=1,
            results=[_REFUSED],
        )
    )
