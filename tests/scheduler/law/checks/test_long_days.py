"""Long days, the rest after them, and free days of a week."""

from datetime import date

import pytest

from tests.scheduler.law.checks.work import codes, days_from, each_day, span

TEEN = date(2009, 6, 1)


def two_parts(second_end):
    return [
        span("de", "2026-05-04T08:00", "2026-05-04T12:00"),
        span("de", "2026-05-04T14:00", f"2026-05-04T{second_end}"),
    ]


@pytest.mark.parametrize(("end", "expected"), [("18:00", []), ("18:01", ["DE.MINOR_SPAN_10H"])])
def test_a_split_day_of_the_young_lasts_ten_hours_from_first_to_last(end, expected):
    week = ("2026-05-04", "2026-05-11")
    assert codes("de", two_parts(end), *week, born_on=TEEN) == expected
    assert codes("de", two_parts(end), *week) == []


@pytest.mark.parametrize(("start", "expected"), [("07:30", []), ("07:29", ["DE.REST_AFTER_12H"])])
def test_eleven_hours_follow_on_more_than_twelve(start, expected):
    long = span("de", "2026-05-04T07:00", "2026-05-04T20:30", *(("2026-05-04T12:00", 45, False),),
                ("2026-05-04T17:00", 15, False))  # fmt: skip
    later = span("de", f"2026-05-05T{start}", "2026-05-05T12:00")
    assert codes("de", [long, later], "2026-05-04", "2026-05-11") == expected


def test_a_day_of_twelve_hours_asks_for_no_more_than_the_daily_rest():
    day = span("de", "2026-05-04T07:00", "2026-05-04T20:00", ("2026-05-04T12:00", 45, False),
               ("2026-05-04T17:00", 15, False))  # fmt: skip
    later = span("de", "2026-05-05T06:00", "2026-05-05T12:00")
    assert codes("de", [day, later], "2026-05-04", "2026-05-11") == []


@pytest.mark.parametrize(("days", "expected"), [(5, []), (6, ["EU.MINOR_FREE_DAYS_2"])])
def test_the_young_have_two_free_days_a_week(days, expected):
    work = each_day("eu", days_from("2026-05-04", days), "09:00", "13:00")
    assert codes("eu", work, "2026-05-04", "2026-05-11", born_on=TEEN) == expected


def test_the_age_on_the_last_day_of_the_week_decides():
    work = each_day("eu", days_from("2026-05-04", 6), "09:00", "13:00")
    assert codes("eu", work, "2026-05-04", "2026-05-11", born_on=date(2008, 5, 10)) == []
    assert codes("eu", work, "2026-05-04", "2026-05-11", born_on=date(2008, 5, 11)) != []


def test_in_france_the_two_free_days_follow_on_one_another():
    apart = ["2026-05-04", "2026-05-05", "2026-05-07", "2026-05-08", "2026-05-09"]
    week = ("2026-05-04", "2026-05-11")
    assert codes("fr", each_day("fr", apart, "09:00", "13:00"), *week, born_on=TEEN) == [
        "FR.MINOR_FREE_DAYS_2"
    ]
    together = each_day("fr", days_from("2026-05-04", 5), "09:00", "13:00")
    assert codes("fr", together, *week, born_on=TEEN) == []
