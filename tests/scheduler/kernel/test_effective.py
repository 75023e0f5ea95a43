from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernel.effective import holds_on, in_force, in_force_between, overlapping

JANUARY, MARCH, JUNE = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)


@dataclass(frozen=True)
class Terms:
    valid_from: date
    valid_until: date | None


def test_a_value_holds_from_its_first_day_to_before_its_end():
    spring = Terms(MARCH, JUNE)
    days = [MARCH - timedelta(days=1), MARCH, JUNE - timedelta(days=1), JUNE]
    assert [holds_on(spring, day) for day in days] == [False, True, True, False]


def test_a_value_without_end_holds_for_ever():
    assert holds_on(Terms(MARCH, None), date.max)


def test_the_value_in_force_is_found_or_there_is_none():
    values = [Terms(JANUARY, MARCH), Terms(JUNE, None)]
    assert in_force(values, JANUARY) is values[0]
    assert in_force(values, MARCH) is None
    assert in_force(values, JUNE) is values[1]


def test_two_values_in_force_are_an_error():
    with pytest.raises(ValueError, match="2 values are in force on 2026-03-01"):
        in_force([Terms(JANUARY, None), Terms(MARCH, None)], MARCH)


def test_values_that_touch_do_not_overlap():
    assert overlapping([Terms(MARCH, JUNE), Terms(JANUARY, MARCH), Terms(JUNE, None)]) is None


spans = st.builds(
    lambda start, length: Terms(start, start + length if length else None),
    st.dates(JANUARY, JANUARY + timedelta(days=60)),
    st.none() | st.integers(1, 40).map(lambda days: timedelta(days=days)),
)


@given(st.lists(spans, max_size=5))
def test_values_overlap_just_when_some_day_has_two(values):
    days = [JANUARY + timedelta(days=number) for number in range(110)]
    doubled = any(sum(holds_on(value, day) for value in values) > 1 for day in days)
    assert (overlapping(values) is not None) is doubled


@given(st.lists(spans, max_size=5), st.integers(0, 60), st.integers(1, 20))
def test_a_value_is_in_force_between_two_days_just_when_it_holds_on_one_of_them(values, start, length):
    first = JANUARY + timedelta(days=start)
    days = [first + timedelta(days=number) for number in range(length)]
    holding = [value for value in values if any(holds_on(value, day) for day in days)]
    assert in_force_between(values, first, first + timedelta(days=length)) == holding
