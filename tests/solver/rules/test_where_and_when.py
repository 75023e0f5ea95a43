"""Places, times in which somebody can work, and times that somebody likes."""

import pytest

from solver.rules.availability import Availability
from solver.rules.locations import Locations
from solver.rules.preferences import Preferences
from solver.rules.rule import Scope
from solver.spans import Span
from solver.work import Assignment
from tests.solver.rules.told import HOUR, shifts, short, told

EIGHT_TO_FOUR = shifts(0)


@pytest.mark.parametrize(
    ("locations", "place", "short_by"),
    [(None, "shop", []), (("shop",), "shop", []), (("depot",), "shop", [480]), ((), "shop", [480])],
)
def test_people_work_at_their_places_only(locations, place, short_by):
    assert short(Locations(), shifts(0, location=place), locations=locations) == short_by


def test_work_without_a_place_is_anywhere():
    assert short(Locations(), EIGHT_TO_FOUR, locations=()) == []


def test_a_violation_of_places_names_the_place():
    (violation,) = told(Locations(), shifts(0, location="shop"), locations=())
    assert violation.facts == {"location": "shop"}


@pytest.mark.parametrize(
    ("times", "short_by"),
    [
        ({"unavailable": (Span(0, 8 * HOUR), Span(16 * HOUR, 24 * HOUR))}, []),
        ({"unavailable": (Span(15 * HOUR, 17 * HOUR), Span(14 * HOUR, 15 * HOUR + 30))}, [120]),
        ({"available": (Span(8 * HOUR, 12 * HOUR), Span(12 * HOUR, 16 * HOUR))}, []),
        ({"available": (Span(9 * HOUR, 20 * HOUR),)}, [60]),
        ({"available": ()}, [480]),
        ({"available": (Span(8 * HOUR, 16 * HOUR),), "unavailable": (Span(10 * HOUR, 11 * HOUR),)}, [60]),
    ],
)
def test_short_by_are_the_minutes_that_are_not_available(times, short_by):
    assert short(Availability(), EIGHT_TO_FOUR, **times) == short_by


def test_a_night_needs_both_its_days():
    night = Assignment(employee="ann", start=22 * HOUR, end=30 * HOUR)
    assert short(Availability(), [night], unavailable=(Span(24 * HOUR, 48 * HOUR),)) == [6 * HOUR]


def test_disliked_minutes_cost_and_the_preferred_times_count_only_on_days_that_have_some():
    assert short(Preferences(), EIGHT_TO_FOUR, unpreferred=(Span(0, 9 * HOUR),)) == [60]
    likes = (Span(10 * HOUR, 16 * HOUR),)
    assert short(Preferences(), EIGHT_TO_FOUR, preferred=likes) == [120]
    assert short(Preferences(), shifts(1), preferred=likes) == []


def test_times_at_work_out_of_scope_may_be_disliked():
    tagged = Preferences(scope=Scope(tags=("late",)))
    assert short(tagged, EIGHT_TO_FOUR, unpreferred=(Span(0, 24 * HOUR),)) == []
    assert Preferences().level == "soft"
