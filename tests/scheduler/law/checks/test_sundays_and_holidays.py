"""Sundays, Saturdays and public holidays."""

from datetime import date, timedelta

import pytest

from scheduler.law.settlement import Settlement
from tests.scheduler.law.checks.work import codes, days_from, each_day, found, span

TEEN = date(2009, 6, 1)
BRANCH = frozenset({"sunday_branch"})
HOURS = ("08:00", "12:00")


def sundays(year, count):
    first = date(year, 1, 1)
    first += timedelta(days=(6 - first.weekday()) % 7)
    return [(first + timedelta(weeks=n)).isoformat() for n in range(count)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-05-02T19:00", "2026-05-03T00:00", []),
        ("2026-05-02T19:00", "2026-05-03T00:01", ["DE.SUNDAY_HOLIDAY_BAN"]),
        ("2026-05-01T08:00", "2026-05-01T12:00", ["DE.SUNDAY_HOLIDAY_BAN"]),  # 1 May, a Friday
        ("2026-05-04T00:00", "2026-05-04T05:00", []),
    ],
)
def test_germany_rests_on_sundays_and_holidays_from_midnight_to_midnight(start, end, expected):
    assert codes("de", [span("de", start, end)], "2026-05-01", "2026-05-08") == expected


def test_where_sundays_may_be_worked_they_are_not_forbidden():
    work = each_day("de", ["2026-05-03"], *HOURS)
    assert codes("de", work, "2026-05-01", "2026-05-08", grounds=BRANCH) == []


@pytest.mark.parametrize(("worked", "expected"), [(37, 0), (38, 1)])
def test_fifteen_sundays_of_a_year_with_fifty_two_stay_free(worked, expected):
    work = each_day("de", sundays(2026, worked), *HOURS)
    told = [one for one in found("de", work, "2026-01-01", "2027-01-01", grounds=BRANCH)
            if one.code == "DE.FREE_SUNDAYS_15"]  # fmt: skip
    assert [one.short_by for one in told] == [1] * expected


def test_a_year_with_fifty_three_sundays_has_one_more_to_work():
    work = each_day("de", sundays(2023, 38), *HOURS)
    assert "DE.FREE_SUNDAYS_15" not in codes("de", work, "2023-01-01", "2024-01-01", grounds=BRANCH)


def test_the_young_have_two_free_sundays_and_saturdays_a_month():
    weekends = [day for week in ("2026-05-02", "2026-05-09", "2026-05-16") for day in days_from(week, 2)]
    month = ("2026-05-01", "2026-06-01")
    told = found("de", each_day("de", weekends, *HOURS), *month, born_on=TEEN, grounds=BRANCH)
    assert [(one.code, str(one.severity)) for one in told] == []  # five of each: two are free
    more = each_day("de", [*weekends, *days_from("2026-05-23", 2)], *HOURS)
    told = found("de", more, *month, born_on=TEEN, grounds=BRANCH)
    assert {(one.code, str(one.severity)) for one in told} >= {
        ("DE.MINOR_FREE_SUNDAYS_2", "error"), ("DE.MINOR_FREE_SATURDAYS_2", "warning"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "end", "expected"),
    [
        ("2026-12-24", "14:00", []), ("2026-12-24", "14:01", ["DE.MINOR_HOLIDAY"]),
        ("2026-12-23", "18:00", []),
    ],
)  # fmt: skip
def test_the_young_are_free_on_christmas_eve_from_two_on(day, end, expected):
    work = [span("de", f"{day}T10:00", f"{day}T{end}", *([60] if end == "18:00" else []))]
    assert codes("de", work, "2026-12-21", "2026-12-28", born_on=TEEN) == expected


def without(days, off):
    return [day for day in days if day not in off]


def test_a_worked_sunday_is_made_up_for_within_two_weeks_in_germany():
    month = ("2026-05-03", "2026-05-24")
    busy = days_from("2026-05-03", 14)  # Sundays 3 and 10
    told = found("de", each_day("de", busy, *HOURS), *month, grounds=BRANCH)
    assert [(one.code, one.spans[0][0].day) for one in told if "COMP" in one.code] == [
        ("DE.SUNDAY_COMP_2W", 3)
    ]
    one_off = without(busy, ["2026-05-13"])
    told = codes("de", each_day("de", one_off, *HOURS), *month, grounds=BRANCH)
    assert "DE.SUNDAY_COMP_2W" not in told  # the second Sunday has days after the last work


def test_one_day_off_makes_up_for_one_sunday_only():
    busy = without(
        days_from("2026-05-03", 21), ["2026-05-13"]
    )  # three Sundays, windows to the 16th, 23rd, 30th
    late = each_day("de", [*busy, "2026-05-24", *days_from("2026-05-25", 5)], *HOURS)
    told = found("de", late, "2026-05-03", "2026-05-31", grounds=BRANCH)
    comp = [one.spans[0][0].day for one in told if one.code == "DE.SUNDAY_COMP_2W"]
    assert comp == [10]


def test_in_poland_the_day_off_is_within_six_days_on_either_side():
    busy = days_from("2026-05-11", 13)  # Monday 11 to Saturday 23 around Sunday 17
    month = ("2026-05-11", "2026-06-01")
    assert codes("pl", each_day("pl", busy, *HOURS), *month) == ["PL.SUNDAY_COMP_DAY_6D"]
    for off in ("2026-05-11", "2026-05-23"):
        assert codes("pl", each_day("pl", without(busy, [off]), *HOURS), *month) == []


def test_a_worked_holiday_is_made_up_for_in_the_settlement_period():
    november = days_from("2026-11-02", 29)
    without_sundays = [day for day in november if date.fromisoformat(day).weekday() != 6]
    month = ("2026-11-01", "2026-12-01")
    assert codes("pl", each_day("pl", without_sundays, *HOURS), *month) == ["PL.HOLIDAY_COMP_DAY"]
    quarter = Settlement(date(2026, 10, 1), 3)
    assert codes("pl", each_day("pl", without_sundays, *HOURS), *month, settlement=quarter) == []
