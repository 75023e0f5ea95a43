"""Inside or outside follows from the rule, the position with its accuracy, the network or a kiosk's code."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.organisation.models import PlaceMode
from scheduler.organisation.punch_places import PlaceRule
from scheduler.timekeeping.models import PlaceDecision
from scheduler.timekeeping.punch_place import NOT_ASKED, Position, decide, metres_between

HALL = PlaceRule(PlaceMode.TELL, 52.2297, 21.0122, 100, ("203.0.113.0/24", "2001:db8::/32"))
FENCE = replace(HALL, networks=())
INSIDE, OUTSIDE, UNKNOWN = PlaceDecision.INSIDE, PlaceDecision.OUTSIDE, PlaceDecision.UNKNOWN


def north(metres: float, accuracy_metres: int = 5) -> Position:
    """A position so far north of the hall."""
    return Position(52.2297 + metres / 111_195, 21.0122, accuracy_metres)


@pytest.mark.parametrize(
    ("position", "decision"),
    [
        (north(0), INSIDE),
        (north(99), INSIDE),
        (north(104, accuracy_metres=5), INSIDE),
        (north(111, accuracy_metres=5), OUTSIDE),
        (north(600, accuracy_metres=500), INSIDE),
        (north(700, accuracy_metres=500), OUTSIDE),
        (north(5_000, accuracy_metres=20_000), UNKNOWN),
        (north(80_000, accuracy_metres=20_000), OUTSIDE),
        (north(50, accuracy_metres=20_000), INSIDE),
        (None, UNKNOWN),
    ],
)
def test_accuracy_counts_for_the_person_unless_it_says_nothing(
    position: Position | None, decision: PlaceDecision
):
    assert decide(FENCE, position=position, network="198.51.100.9").place_decision is decision


@pytest.mark.parametrize(
    ("network", "decision"),
    [
        ("203.0.113.77", INSIDE),
        ("::ffff:203.0.113.77", INSIDE),
        ("2001:db8::7", INSIDE),
        ("198.51.100.9", OUTSIDE),
        ("testclient", OUTSIDE),
        (None, UNKNOWN),
    ],
)
def test_where_only_networks_count_the_address_tells(network: str | None, decision: PlaceDecision):
    rule = replace(HALL, latitude=None, longitude=None, radius_metres=None)
    assert decide(rule, position=None, network=network).place_decision is decision


def test_the_network_makes_up_for_a_position_far_away_or_denied():
    for position in (north(9_000), None):
        found = decide(HALL, position=position, network="203.0.113.1")
        assert found.place_decision is INSIDE
        assert (found.place_rule or {})["by"] == "network"


def test_a_kiosks_code_is_proof_enough():
    kiosk = UUID(int=5)
    found = decide(HALL, position=None, network=None, kiosk_id=kiosk)
    assert found.place_decision is INSIDE
    assert (found.place_rule or {})["kiosk_id"] == str(kiosk)


def test_the_rule_is_kept_as_it_was_with_distance_and_position():
    found = decide(FENCE, position=north(250, 8), network="198.51.100.9", clock_offset_seconds=3)
    assert (found.latitude, found.longitude, found.accuracy_metres) == (north(250).latitude, 21.0122, 8)
    assert found.place_distance_metres == pytest.approx(250, abs=1)
    assert found.place_rule == {
        "mode": "tell", "latitude": 52.2297, "longitude": 21.0122, "radius_metres": 100, "networks": [],
        "by": "position", "kiosk_id": None,
    }  # fmt: skip
    assert (found.network, found.clock_offset_seconds) == ("198.51.100.9", 3)


def test_where_nobody_asks_nothing_is_kept():
    off = replace(HALL, mode=PlaceMode.OFF)
    assert decide(off, position=north(0), network="203.0.113.1") == NOT_ASKED


def test_a_position_is_not_kept_where_only_networks_count():
    rule = replace(HALL, latitude=None, longitude=None, radius_metres=None)
    found = decide(rule, position=north(0), network="203.0.113.1")
    assert (found.latitude, found.longitude, found.accuracy_metres) == (None, None, None)


DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(DEGREES, DEGREES)
def test_a_distance_is_the_same_there_and_back_and_at_most_half_around(
    one: tuple[float, float], other: tuple[float, float]
):
    assert metres_between(one, other) == pytest.approx(metres_between(other, one), abs=1e-3)
    assert 0 <= metres_between(one, other) <= 20_015_116


def test_distances_hold_over_the_date_line():
    assert metres_between((-17, 179.999), (-17, -179.999)) == pytest.approx(212.7, abs=0.5)
