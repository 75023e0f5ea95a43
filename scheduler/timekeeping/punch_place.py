"""Where a punch came from, and whether that is the place of work: pure, in doubt in favour of the person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from uuid import UUID

from scheduler.organisation.models import PlaceMode
from scheduler.organisation.punch_places import PlaceRule
from scheduler.timekeeping.models import PlaceDecision

EARTH_METRES = 6_371_008.8
"""Mean radius of the Earth (IUGG)."""
COARSEST_METRES = 1000
"""A position known no better than this says nothing where only its accuracy could make it inside."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a device says it is: degrees, and metres within which it is sure to be (95 %)."""

    latitude: float
    longitude: float
    accuracy_metres: int


@dataclass(frozen=True, slots=True)
class Whence:
    """What is kept of where a punch came from; the fields mean what they mean in `Punch`."""

    latitude: float | None = None
    longitude: float | None = None
    accuracy_metres: int | None = None
    network: str | None = None
    place_decision: PlaceDecision | None = None
    place_distance_metres: int | None = None
    place_rule: dict[str, Any] | None = None
    clock_offset_seconds: int | None = None


NOT_ASKED = Whence()


def decide(
    rule: PlaceRule,
    *,
    position: Position | None,
    network: str | None,
    kiosk_id: UUID | None = None,
    clock_offset_seconds: int | None = None,
) -> Whence:
    """What is made of where a punch came from, and what is kept of it.

    Parameters
    ----------
    network
        Address from which it was sent; None if that says nothing of where it was made.
    kiosk_id
        The kiosk whose code was scanned a moment before.

    Notes
    -----
    Where the location does not ask, nothing is decided and nothing is kept. Inside is who scanned the code of
    a kiosk, sends from one of the networks, or whose position is within the radius, its accuracy taken off
    the distance. Outside is who is neither and could be told; else it is unknown.
    """
    if rule.mode is PlaceMode.OFF and kiosk_id is None:
        return Whence(clock_offset_seconds=clock_offset_seconds)
    distance = _distance(rule, position)
    decision, by = _decision(rule, position, distance, network, kiosk_id)
    kept = position if rule.asks_position else None
    return Whence(
        latitude=kept.latitude if kept else None,
        longitude=kept.longitude if kept else None,
        accuracy_metres=kept.accuracy_metres if kept else None,
        network=network if rule.mode is not PlaceMode.OFF else None,
        place_decision=decision,
        place_distance_metres=distance if kept else None,
        place_rule={
            "mode": rule.mode.value,
            "latitude": rule.latitude,
            "longitude": rule.longitude,
            "radius_metres": rule.radius_metres,
            "networks": list(rule.networks),
            "by": by,
            "kiosk_id": str(kiosk_id) if kiosk_id else None,
        },
        clock_offset_seconds=clock_offset_seconds,
    )


def metres_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on the sphere of two points given as (latitude, longitude) in degrees; haversine.

    Examples
    --------
    >>> round(metres_between((52.2297, 21.0122), (52.2297, 21.0122)))
    0
    >>> round(metres_between((0, 0), (0, 1)) / 1000, 1)
    111.2
    """
    (lat, lon), (to_lat, to_lon) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    across = math.sin((to_lat - lat) / 2) ** 2
    across += math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(min(1.0, math.sqrt(across)))


def is_within(address: str | None, networks: Sequence[str]) -> bool:
    """Whether an address belongs to one of some networks in CIDR notation.

    Examples
    --------
    >>> is_within("::ffff:203.0.113.7", ["203.0.113.0/24"]), is_within("198.51.100.1", ["203.0.113.0/24"])
    (True, False)
    """
    seen = _address(address)
    return seen is not None and any(seen in ip_network(network) for network in networks)


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        seen = ip_address(text or "")
    except ValueError:  # a name, or the path of a socket: it is in no network
        return None
    return seen.ipv4_mapped or seen if isinstance(seen, IPv6Address) else seen


def _distance(rule: PlaceRule, position: Position | None) -> int | None:
    if position is None or rule.latitude is None or rule.longitude is None:
        return None
    centre = (rule.latitude, rule.longitude)
    return math.floor(metres_between(centre, (position.latitude, position.longitude)))


def _decision(
    rule: PlaceRule,
    position: Position | None,
    distance: int | None,
    network: str | None,
    kiosk_id: UUID | None,
) -> tuple[PlaceDecision, str | None]:
    """What is decided, and by what."""
    if kiosk_id is not None:
        return PlaceDecision.INSIDE, "kiosk_code"
    if is_within(network, rule.networks):
        return PlaceDecision.INSIDE, "network"
    if rule.radius_metres is None:
        return (PlaceDecision.OUTSIDE, "network") if network else (PlaceDecision.UNKNOWN, None)
    if position is None or distance is None:
        return PlaceDecision.UNKNOWN, None
    if distance <= rule.radius_metres:
        return PlaceDecision.INSIDE, "position"
    if distance - position.accuracy_metres > rule.radius_metres:
        return PlaceDecision.OUTSIDE, "position"
    if position.accuracy_metres > COARSEST_METRES:
        return PlaceDecision.UNKNOWN, "position"
    return PlaceDecision.INSIDE, "position"
