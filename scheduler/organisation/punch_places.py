"""Where the people of a location punch on their own phones: reading it, and saying it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from ipaddress import ip_network
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.organisation.models import PlaceMode, PunchPlace

SMALLEST_METRES = 20
LARGEST_METRES = 50_000
MOST_NETWORKS = 50


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """Where people of a location punch on their own phones; fields mean what they mean in `PunchPlace`."""

    mode: PlaceMode = PlaceMode.OFF
    latitude: float | None = None
    longitude: float | None = None
    radius_metres: int | None = None
    networks: Sequence[str] = ()

    @property
    def asks_position(self) -> bool:
        """Whether a phone is asked where it is."""
        return self.mode is not PlaceMode.OFF and self.latitude is not None

    def errors(self) -> list[FieldError]:
        """Everything that cannot be."""
        found = [*self._centre_errors()]
        if len(self.networks) > MOST_NETWORKS:
            hint = f"at most {MOST_NETWORKS} networks"
            found.append(FieldError("networks", str(len(self.networks)), "these are too many", hint))
        for place, network in enumerate(self.networks):
            try:
                ip_network(network)
            except ValueError as error:
                hint = "an address or a network, such as 203.0.113.7 or 203.0.113.0/24"
                found.append(FieldError(f"networks[{place}]", network, f"cannot be a network: {error}", hint))
        if self.mode is not PlaceMode.OFF and self.latitude is None and not self.networks:
            hint = "a centre with a radius, or networks; or the mode off"
            found.append(FieldError("mode", self.mode.value, "there is nothing to go by", hint))
        return found

    def _centre_errors(self) -> list[FieldError]:
        centre = {
            "latitude": (self.latitude, -90, 90, "degrees"),
            "longitude": (self.longitude, -180, 180, "degrees"),
            "radius_metres": (self.radius_metres, SMALLEST_METRES, LARGEST_METRES, "metres"),
        }
        given = [name for name, (value, *_) in centre.items() if value is not None]
        if 0 < len(given) < len(centre):
            missing = [name for name in centre if name not in given]
            hint = "latitude, longitude and radius_metres together, or none of them"
            return [FieldError(name, "", "is missing", hint) for name in missing]
        return [
            FieldError(name, str(value), "lies outside what can be", f"{low} to {high} {unit}")
            for name, (value, low, high, unit) in centre.items()
            if value is not None and not (math.isfinite(value) and low <= value <= high)
        ]


def place_of(session: Session, location_id: UUID) -> PunchPlace | None:
    """Where the people of a location punch; None where nobody said anything about it."""
    return session.scalar(select(PunchPlace).where(PunchPlace.location_id == location_id))


def rule_of(session: Session, location_id: UUID) -> PlaceRule:
    """What holds at a location now; `PlaceMode.OFF` where nobody said anything."""
    place = place_of(session, location_id)
    if place is None:
        return PlaceRule()
    return PlaceRule(place.mode, place.latitude, place.longitude, place.radius_metres, tuple(place.networks))


def save_place(session: Session, location_id: UUID, rule: PlaceRule, *, actor: str) -> PunchPlace:
    """From now on the people of the location punch where it says; earlier punches keep what was decided.

    Raises
    ------
    InvalidInput
        With everything that cannot be.
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    if errors := rule.errors():
        raise InvalidInput(errors)
    place = place_of(session, location_id)
    if place is None:
        place = PunchPlace(location_id=location_id)
        session.add(place)
    networks = [str(ip_network(network)) for network in rule.networks]
    said = asdict(rule) | {"networks": networks}
    for name, value in said.items():
        setattr(place, name, value)
    session.flush()
    record(session, actor, "punch_place.save", "location", location_id, **said | {"mode": rule.mode.value})
    return place
