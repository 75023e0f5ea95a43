"""What waits for a person in the time that was worked, and what was decided on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Input, Instant, LongNote, Output, example
from scheduler.timekeeping.exceptions import ExceptionCode, Owner, Resolution, Severity
from scheduler.timekeeping.models import ExceptionOutcome
from scheduler.timekeeping.proposed_fix import Grounds

_AT = "2026-11-02T05:02:11Z"
_ADDED = {"kind": "out", "at": "2026-11-02T13:00:00Z"}
_FIX: dict[str, Any] = {"grounds": "shift_end", "add": [_ADDED], "void": []}


class AddedPunch(Input):
    """A punch that is missing, at the location of the timesheet."""

    kind: Literal["in", "out", "break_start", "break_end"]
    at: Instant

    model_config = ConfigDict(json_schema_extra=example(**_ADDED))


class ExceptionAcceptance(Input):
    """An exception with known hours is as it should be."""

    code: ExceptionCode
    at: Instant = Field(description="`at` of the exception.")
    reason: LongNote

    model_config = ConfigDict(
        json_schema_extra=example(code="late_in", at=_AT, reason="the bus did not come")
    )


class ExceptionCorrection(ExceptionAcceptance):
    """Punches that put an exception right."""

    add: Annotated[list[AddedPunch], Field(default_factory=list, max_length=20)]
    void: Annotated[list[UUID], Field(default_factory=list, max_length=20)] = Field(
        description="Ids of punches to take back."
    )

    model_config = ConfigDict(
        json_schema_extra=example(
            code="missing_out", at=_AT, reason="forgot to clock out", add=[_ADDED], void=[]
        )
    )


class FixView(Output):
    """Punches that would put it right; nothing happens before a person sends them as a correction."""

    grounds: Grounds
    add: list[AddedPunch]
    void: list[UUID]

    model_config = ConfigDict(json_schema_extra=example(**_FIX))


class OpenExceptionView(Output):
    """Something odd in a timesheet that nobody stands for yet, and nobody has decided on."""

    id: UUID
    timesheet_id: UUID
    employee_id: UUID
    employee_name: str
    location_id: UUID
    day: date
    at: datetime
    code: ExceptionCode
    severity: Severity
    owner: Owner = Field(description="Who is to act.")
    resolution: Resolution = Field(description="What ends it.")
    facts: dict[str, Any]
    punch_ids: list[UUID] = Field(description="Punches that count for nothing because of it.")
    proposed_fix: FixView | None = Field(description="What the records offer; null where they say nothing.")

    model_config = ConfigDict(
        json_schema_extra=example(
            id=EXAMPLE_ID,
            timesheet_id=EXAMPLE_ID,
            employee_id=EXAMPLE_ID,
            employee_name="Ann Nowak",
            location_id=EXAMPLE_ID,
            day="2026-11-02",
            at=_AT,
            code="missing_out",
            severity="hours_unknown",
            owner="manager",
            resolution="correct",
            facts={"punches": [{"kind": "in", "at": _AT}]},
            punch_ids=[EXAMPLE_ID],
            proposed_fix=_FIX,
        )
    )


class ExceptionDecisionView(Output):
    """What somebody decided on an exception."""

    id: UUID
    timesheet_id: UUID
    code: ExceptionCode
    at: datetime
    outcome: ExceptionOutcome
    reason: str
    decided_at: datetime
    decided_by: str

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            id=EXAMPLE_ID,
            timesheet_id=EXAMPLE_ID,
            code="late_in",
            at=_AT,
            outcome="accepted",
            reason="the bus did not come",
            decided_at="2026-11-09T10:00:00Z",
            decided_by=f"user:{EXAMPLE_ID}",
        ),
    )
