"""Settlement periods and their weeks."""

from datetime import date

import pytest

from scheduler.law.settlement import Settlement


def spans(found):
    return [(str(first), str(end)) for first, end in found]


def test_a_roster_over_the_end_of_a_month_touches_two_periods():
    months = Settlement(date(2026, 1, 1))
    assert spans(months.periods(date(2026, 11, 30), date(2026, 12, 7))) == [
        ("2026-11-01", "2026-12-01"),
        ("2026-12-01", "2027-01-01"),
    ]


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 11, 14), ("2026-10-15", "2026-11-15")),
        (date(2026, 11, 15), ("2026-11-15", "2026-12-15")),
        (date(2024, 2, 29), ("2024-02-15", "2024-03-15")),
        (date(2025, 12, 31), ("2025-12-15", "2026-01-15")),
    ],
)
def test_periods_start_on_the_same_day_of_each_month_before_and_after_the_one_named(day, period):
    assert spans([Settlement(date(2026, 3, 15)).period_of(day)]) == [period]


def test_weeks_count_from_the_first_day_of_the_period_and_start_anew_with_the_next():
    weeks = Settlement(date(2026, 1, 1)).weeks(date(2026, 11, 23), date(2026, 12, 14))
    assert spans(weeks) == [
        ("2026-11-22", "2026-11-29"),
        ("2026-11-29", "2026-12-01"),
        ("2026-12-01", "2026-12-08"),
        ("2026-12-08", "2026-12-15"),
    ]


def test_a_period_of_a_february_without_leap_day_has_four_whole_weeks():
    weeks = Settlement(date(2026, 1, 1)).weeks(date(2026, 2, 1), date(2026, 3, 1))
    assert [(end - first).days for first, end in weeks] == [7, 7, 7, 7]


@pytest.mark.parametrize(
    "wrong", [{"starts_on": date(2026, 1, 31)}, {"starts_on": date(2026, 1, 1), "months": 0}]
)
def test_a_period_that_cannot_repeat_is_refused(wrong):
    with pytest.raises(ValueError, match="use"):
        Settlement(**wrong)
