"""Kiosks and time clocks of a location, PINs, and where people punch on their own phones."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Input, Output, example
from scheduler.organisation.models import PlaceMode
from scheduler.organisation.punch_places import PlaceRule

DeviceName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$"),
]

_KIOSK: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "location_id": EXAMPLE_ID,
    "name": "Main gate",
    "created_at": "2026-11-02T08:00:00Z",
    "revoked_at": "2026-12-01T08:00:00Z",
}
_DEVICE: dict[str, Any] = {
    **_KIOSK,
    "name": "Terminal hall 2",
    "prefix": "mkc_Qx8sK3f",
    "last_seen_at": "2026-11-02T08:05:00Z",
    "clock_offset_seconds": -3,
}
_PLACE: dict[str, Any] = {
    "mode": "tell",
    "latitude": 52.2297,
    "longitude": 21.0122,
    "radius_metres": 150,
    "networks": ["203.0.113.0/24"],
}


class NewDevice(Input):
    """A kiosk or time clock to make."""

    name: DeviceName = Field(description="Where it stands, or which one it is.")

    model_config = ConfigDict(json_schema_extra=example(name="Main gate"))


class KioskView(Output):
    """A kiosk, without its secret address."""

    id: UUID
    location_id: UUID
    name: str
    created_at: datetime
    revoked_at: datetime | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_KIOSK))


class KioskMade(Output):
    """A kiosk just made."""

    kiosk: KioskView
    address: str = Field(description="Secret, shown this once; open it on the tablet.")

    model_config = ConfigDict(
        json_schema_extra=example(kiosk=_KIOSK, address="https://makina.example.com/kiosk/Qx8sK3fL")
    )


class DeviceView(Output):
    """A time clock, without its key."""

    id: UUID
    location_id: UUID
    name: str
    prefix: str = Field(description="How the key starts, to tell keys apart.")
    created_at: datetime
    last_seen_at: datetime | None = Field(description="When it last sent punches.")
    clock_offset_seconds: int | None = Field(description="How far its clock was ahead of ours then.")
    revoked_at: datetime | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_DEVICE))


class DeviceMade(Output):
    """A time clock just made."""

    device: DeviceView
    key: str = Field(description="Shown this once; it sends `Authorization: Bearer ...`.")

    model_config = ConfigDict(json_schema_extra=example(device=_DEVICE, key="mkc_Qx8sK3fL..."))


class PinMade(Output):
    """A PIN drawn by lot."""

    pin: str = Field(description="Shown this once.")

    model_config = ConfigDict(json_schema_extra=example(pin="258046"))


class PunchPlaceSaved(Input):
    """Where the people of a location punch on their own phones."""

    mode: PlaceMode = Field(
        description="`off` asks nobody; `tell` records all and keeps what was decided; `refuse` takes only "
        "punches from inside."
    )
    latitude: float | None = Field(default=None, allow_inf_nan=False, description="Of the centre, degrees.")
    longitude: float | None = Field(default=None, allow_inf_nan=False)
    radius_metres: int | None = Field(default=None, description="20 to 50000.")
    networks: list[Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]] = Field(
        default=[], max_length=50, description="In CIDR notation; whoever sends from one of them is inside."
    )

    model_config = ConfigDict(json_schema_extra=example(**_PLACE))

    def rule(self) -> PlaceRule:
        """As the use case takes it."""
        return PlaceRule(self.mode, self.latitude, self.longitude, self.radius_metres, tuple(self.networks))


class PunchPlaceView(Output):
    """Where the people of a location punch on their own phones."""

    mode: PlaceMode
    latitude: float | None
    longitude: float | None
    radius_metres: int | None
    networks: list[str]

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_PLACE))
