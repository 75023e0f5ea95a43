"""Full working time of a period (Kodeks pracy, art. 130)."""

from datetime import date

import pytest

from scheduler.kernel.errors import SchedulerError
from scheduler.law.library import layers_of
from scheduler.law.nominal_time import nominal_minutes


def hours(first, end, **how):
    return nominal_minutes(layers_of("pl"), date.fromisoformat(first), date.fromisoformat(end), **how) / 60


@pytest.mark.parametrize(
    ("first", "end", "expected"),
    [
        ("2026-01-01", "2026-02-01", 160),  # 1 and 6 January off
        ("2026-07-01", "2026-08-01", 184),
        ("2026-08-01", "2026-09-01", 160),  # the holiday is a Saturday and lowers it all the same
        ("2026-11-01", "2026-12-01", 160),  # 1 November is a Sunday and lowers nothing
        ("2026-12-01", "2027-01-01", 160),
        ("2024-12-01", "2025-01-01", 160),  # 24 December was a working day
        ("2025-12-01", "2026-01-01", 160),  # and is none from 2025: 23 weekdays less 3
        ("2024-02-01", "2024-03-01", 168),  # leap day
        ("2026-10-01", "2027-01-01", 496),
        ("2026-11-23", "2026-11-30", 40),
    ],
)
def test_full_working_time_is_weeks_and_weekdays_less_holidays(first, end, expected):
    assert hours(first, end) == expected


def test_absence_lowers_it_by_a_day_for_each_day_that_would_have_been_worked():
    fortnight = frozenset(date(2026, 11, day) for day in range(7, 21))  # 10 weekdays, one of them 11 November
    assert hours("2026-11-01", "2026-12-01", absent_on=fortnight) == 160 - 9 * 8


def test_it_is_never_negative():
    month = frozenset(date(2026, 11, day) for day in range(1, 31))
    assert hours("2026-11-01", "2026-12-01", absent_on=month) == 0


@pytest.mark.parametrize(
    ("place", "first"), [("eu", "2026-11-01"), ("br", "2026-11-01"), ("pl", "2012-11-01")]
)
def test_a_law_that_counts_none_is_named(place, first):
    with pytest.raises(SchedulerError, match=r"law_has_no_nominal_time.*2\d\d\d-11-01"):
        nominal_minutes(layers_of(place), date.fromisoformat(first), date(2026, 12, 1))
