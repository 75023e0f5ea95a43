from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.kernel.money import Rounding, major_units, minor_digits, round_cents, wage_cents


@pytest.mark.parametrize(
    ("amount", "half_up", "half_even"),
    [
        ("2.5", 3, 2),
        ("3.5", 4, 4),
        ("-2.5", -3, -2),
        ("2.4999", 2, 2),
        ("0.5", 1, 0),
        ("-0.5", -1, 0),
        ("7", 7, 7),
    ],
)
def test_each_mode_rounds_halves_its_own_way(amount, half_up, half_even):
    assert round_cents(Decimal(amount)) == half_up
    assert round_cents(Decimal(amount), Rounding.HALF_EVEN) == half_even


def test_half_a_cent_of_wage_is_a_cent():
    # 9 minutes at 31.10: 466.5.
    assert wage_cents(9, 3110) == 467


def test_a_wage_of_no_time_or_no_rate_is_nothing():
    assert wage_cents(0, 3140) == wage_cents(480, 0) == 0


@given(minutes=st.integers(-100_000, 100_000), rate=st.integers(0, 10_000_000))
def test_taking_time_back_takes_back_what_it_paid(minutes, rate):
    assert wage_cents(-minutes, rate) == -wage_cents(minutes, rate)


@given(hours=st.integers(0, 10_000), rate=st.integers(0, 10_000_000))
def test_whole_hours_are_paid_exactly(hours, rate):
    assert wage_cents(60 * hours, rate) == hours * rate


@pytest.mark.parametrize(("currency", "digits"), [("PLN", 2), ("PHP", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_each_currency_has_the_digits_of_iso_4217(currency, digits):
    assert minor_digits(currency) == digits


@given(st.integers(-(10**18), 10**18), st.sampled_from(["PLN", "JPY", "KWD"]))
def test_major_units_are_exact(cents, currency):
    assert major_units(cents, currency) * 10 ** minor_digits(currency) == cents
