"""How many different shift types, places or skills there are in somebody's week."""

import pytest

from solver.rules.distinct_kinds import DistinctKinds
from solver.rules.rule import Period
from tests.solver.rules.told import fixed, shifts, short, told

EARLY, LATE, NIGHT = (shifts(day, tags=(tag,)) for day, tag in enumerate(("early", "late", "night")))


def test_each_shift_type_counts_once():
    two = DistinctKinds(maximum=2)
    assert short(two, [*EARLY, *LATE, *shifts(5, tags=("early",))]) == []
    (violation,) = told(two, [*EARLY, *LATE, *NIGHT])
    assert (violation.short_by, violation.unit, violation.facts["actual"]) == (1, "kinds", 3)
    assert short(DistinctKinds(minimum=3), [*EARLY, *LATE]) == [1]


def test_tags_that_are_no_shift_types_are_left_out():
    types = DistinctKinds(maximum=1, among=("early", "late", "night"))
    assert short(types, shifts(0, 1, tags=("early", "training"))) == []
    assert short(types, [*EARLY, *shifts(1, tags=("late", "training"))]) == [1]


def test_places_and_skills_are_counted_too():
    works = [
        *shifts(0, location="north", skill="till"),
        *shifts(1, location="south", skill="till"),
        *shifts(2),
    ]
    assert short(DistinctKinds(of="locations", maximum=1), works) == [1]
    assert short(DistinctKinds(of="skills", maximum=1), works) == []


def test_places_of_last_week_count_in_a_window_that_began_there():
    rule = DistinctKinds(of="locations", maximum=1, period=Period(7, rolling=True))
    assert short(rule, shifts(0, location="north"), history=fixed(-6, location="south")) == [1]
    assert short(rule, shifts(1, location="north"), history=fixed(-6, location="south")) == []


@pytest.mark.parametrize("fields", [{"among": (), "maximum": 1}, {"among": ("early",), "minimum": 2}])
def test_too_little_to_count_is_refused(fields):
    with pytest.raises(ValueError, match="fewer kinds"):
        DistinctKinds(**fields)
