"""Hours of the young while they go to school."""

from datetime import date

import pytest

from tests.scheduler.law.checks.work import codes, each_day, span

FIFTEEN, SIXTEEN = date(2011, 1, 1), date(2010, 1, 1)
WEEK = ("2026-10-05", "2026-10-12")
TUESDAY = "2026-10-06"


def evening(law, end, day=TUESDAY, start="16:00"):
    return [span(law, f"{day}T{start}", f"{day}T{end}")]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("19:00", []),
        ("19:30", ["US.MINOR14_15_EVENING_19", "US.MINOR14_15_SCHOOL_DAY_3H"]),
    ],
)
def test_a_day_of_school_has_three_hours_until_seven(end, expected):
    assert codes("us", evening("us", end), *WEEK, school=[TUESDAY], born_on=FIFTEEN) == expected


def test_the_sixteenth_birthday_ends_it_on_its_day():
    late = evening("us", "20:00", start="16:00")
    assert codes("us", late, *WEEK, school=[TUESDAY], born_on=date(2010, 10, 7)) != []
    assert codes("us", late, *WEEK, school=[TUESDAY], born_on=date(2010, 10, 6)) == []


def test_where_school_is_not_known_the_hours_of_its_days_are_not_judged():
    assert codes("us", evening("us", "19:00", start="12:00"), *WEEK, born_on=FIFTEEN) == []
    assert codes("us", evening("us", "19:00", start="12:00"), *WEEK, school=[TUESDAY], born_on=FIFTEEN) == [
        "US.MINOR14_15_SCHOOL_DAY_3H"
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-05-31", ["US.MINOR14_15_EVENING_19"]), ("2026-06-01", []), ("2026-09-07", []),
        ("2026-09-08", ["US.MINOR14_15_EVENING_19"]),
    ],
)  # fmt: skip
def test_the_evening_is_longer_from_june_to_labor_day(day, expected):
    assert codes("us", evening("us", "20:00", day), day, "2026-09-30", born_on=FIFTEEN) == expected


def test_the_morning_before_seven_belongs_to_the_evening_before():
    early = [span("us", f"{TUESDAY}T06:30", f"{TUESDAY}T09:00")]
    assert codes("us", early, *WEEK, born_on=FIFTEEN) == ["US.MINOR14_15_EVENING_19"]


@pytest.mark.parametrize(("last", "expected"), [("19:00", []), ("19:01", ["US.MINOR14_15_SCHOOL_WEEK_18H"])])
def test_a_week_with_school_has_eighteen_hours(last, expected):
    days = [f"2026-10-{day:02}" for day in (10, 11)]
    work = [
        *each_day("us", days, "10:00", "16:00"),
        span("us", "2026-10-07T13:00", f"2026-10-07T{last}"),
    ]
    found = codes("us", work, *WEEK, school=["2026-10-05"], born_on=FIFTEEN)
    assert [code for code in found if "WEEK" in code] == expected


def test_californians_of_sixteen_end_at_ten_before_a_day_of_school_only():
    late = evening("us-ca", "23:00", start="20:00")
    assert codes("us-ca", late, *WEEK, school=["2026-10-07"], born_on=SIXTEEN) == ["CA.MINOR16_17_EVENING_22"]
    assert codes("us-ca", late, *WEEK, school=["2026-10-05"], born_on=SIXTEEN) == []
