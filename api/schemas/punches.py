"""Facts of the time clock."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Input, Instant, LongNote, Output, example
from scheduler.timekeeping.models import PlaceDecision, PunchKind
from scheduler.timekeeping.punch_place import Position

NewKind = Literal["in", "out", "break_start", "break_end", "transfer"]

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
    "job_role_id": EXAMPLE_ID,
    "latitude": 52.2297,
    "longitude": 21.0122,
    "accuracy_metres": 12,
    "network": "203.0.113.7",
    "place_decision": "outside",
    "place_distance_metres": 430,
    "place_rule": {
        "mode": "tell",
        "latitude": 52.2331,
        "longitude": 21.0122,
        "radius_metres": 150,
        "networks": ["198.51.100.0/24"],
        "by": "position",
    },
    "clock_offset_seconds": 0,
}

_JOB = "The job from now on, of `in` and `transfer`; null is the person's own."


class DevicePosition(Input):
    """Where a device says it is."""

    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees.")
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees.")
    accuracy_metres: float = Field(
        ge=0, le=50_000_000, allow_inf_nan=False, description="It is sure to be within so many metres."
    )

    model_config = ConfigDict(
        json_schema_extra=example(latitude=52.2297, longitude=21.0122, accuracy_metres=12)
    )

    def position(self) -> Position:
        """As the use case takes it."""
        return Position(self.latitude, self.longitude, math.ceil(self.accuracy_metres))


class ClockIn(Input):
    """A punch made now, or kept by a person's own phone while there was no network."""

    kind: NewKind
    location_id: UUID | None = Field(
        default=None, description="Where; else where the person is at work, else the own location."
    )
    job_role_id: UUID | None = Field(default=None, description=_JOB)
    position: DevicePosition | None = Field(
        default=None, description="Kept with the punch where the location asks for it, and nowhere else."
    )
    once: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,40}$")] | None = Field(
        default=None, description="Names the press of the button: sent twice it is one punch."
    )
    taken_at: Instant | None = Field(
        default=None,
        description="When the button was pressed, for a punch that was kept; at most 31 days ago.",
    )
    sent_at: Instant | None = Field(default=None, description="What the phone says the time is.")
    kiosk_proof: Annotated[str, StringConstraints(max_length=200)] = Field(
        default="", description="What the page got for the scanned code of a kiosk."
    )

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
    job_role_id: UUID | None = Field(default=None, description=_JOB)
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
    job_role_id: UUID | None = Field(description=_JOB)
    latitude: float | None
    longitude: float | None
    accuracy_metres: int | None
    network: str | None = Field(description="Address it was sent from, where the location asks.")
    place_decision: PlaceDecision | None = Field(description="Null where nobody asked.")
    place_distance_metres: int | None = Field(description="From the centre of the geofence.")
    place_rule: dict[str, Any] | None = Field(description="What the decision rests on, as it was then.")
    clock_offset_seconds: int | None = Field(
        description="How far the sender's clock was ahead of ours when it was sent; negative is behind."
    )

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PUNCH))
