"""Facts of the time clock."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Input, Instant, LongNote, Output, example
from scheduler.timekeeping.models import PunchKind

NewKind = Literal["in", "out", "break_start", "break_end"]

ExternalId = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$"),
]

_PUNCH: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "employee_id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "at": "2026-11-02T05:02:11Z",
    "kind": "in",
    "source": "api",
    "external_id": "gate-1/2026-11-02/000123",
    "recorded_at": "2026-11-02T05:02:12Z",
    "recorded_by": f"key:{EXAMPLE_ID}",
    "voids_id": EXAMPLE_ID,
    "reason": "null unless it is a correction",
}


class ClockIn(Input):
    """A punch made now."""

    kind: NewKind
    location_id: UUID | None = Field(default=None, description="Where; else the person's own location.")

    model_config = ConfigDict(json_schema_extra=example(kind="in"))


class DevicePunch(Input):
    """A punch as a time clock took it down."""

    employee_id: UUID
    location_id: UUID
    at: Instant
    kind: NewKind
    external_id: ExternalId = Field(description="Names this punch and no other; sent again, it is the same.")

    model_config = ConfigDict(
        json_schema_extra=example(
            employee_id=EXAMPLE_ID,
            location_id=EXAMPLE_ID,
            at="2026-11-02T06:02:11+01:00",
            kind="in",
            external_id="gate-1/2026-11-02/000123",
        )
    )


class PunchBatch(Input):
    """Punches of time clocks, in any order."""

    punches: Annotated[list[DevicePunch], Field(min_length=1, max_length=1000)]

    model_config = ConfigDict(
        json_schema_extra=example(
            punches=[
                {
                    "employee_id": EXAMPLE_ID,
                    "location_id": EXAMPLE_ID,
                    "at": "2026-11-02T06:02:11+01:00",
                    "kind": "in",
                    "external_id": "gate-1/2026-11-02/000123",
                }
            ]
        )
    )


class ForgottenPunch(Input):
    """A punch that somebody forgot."""

    at: Instant
    kind: NewKind
    location_id: UUID | None = Field(default=None, description="Where; else the person's own location.")
    reason: LongNote

    model_config = ConfigDict(
        json_schema_extra=example(at="2026-11-02T14:00:00+01:00", kind="out", reason="forgot to punch out")
    )


class PunchVoid(Input):
    """Why a punch is taken back."""

    reason: LongNote

    model_config = ConfigDict(json_schema_extra=example(reason="punched for a colleague"))


class PunchView(Output):
    """A fact of the time clock; it never changes and is corrected by adding facts."""

    id: UUID
    employee_id: UUID
    location_id: UUID
    at: datetime
    kind: PunchKind
    source: str
    external_id: str
    recorded_at: datetime
    recorded_by: str
    voids_id: UUID | None = Field(description="The punch it takes back.")
    reason: str | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PUNCH))
