"""Examples of kind parameter."""

import pytest

from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.parameter import parameter_example


def computed(jurisdiction, given, expected):
    return parameter_example(
        Example(id="X", jurisdiction=jurisdiction, kind="parameter", title="", given=given, expected=expected)
    )


def test_full_time_and_night_supplement_of_months_with_the_facts_of_the_pack():
    """Figures of the calendar of 2026, and 20 % of 4806 by the hours of the month."""
    months = dict.fromkeys(["2026-01", "2026-07", "2026-10"])
    found = computed("PL", {}, {"nominal_hours": months, "night_supplement_per_hour_rounded": months})
    assert found == {
        "nominal_hours": {"2026-01": "160", "2026-07": "184", "2026-10": "176"},
        "night_supplement_per_hour_rounded": {"2026-01": "6.01", "2026-07": "5.22", "2026-10": "5.46"},
    }


def test_the_wage_and_the_holidays_of_an_example_come_before_those_of_the_pack():
    asked = {"2026-11": None}
    given = {"minimum_wage": "5000", "holidays": ["2026-11-10", "2026-11-11", "2026-11-15", "2027-01-01"]}
    found = computed("PL", given, {"nominal_hours": asked, "night_supplement_per_hour_rounded": asked})
    assert found["nominal_hours"] == {"2026-11": "152"}  # 168 h less two holidays; one is a Sunday
    assert found["night_supplement_per_hour_rounded"] == {"2026-11": "6.58"}  # 1000 / 152 = 6.5789


def test_the_wage_of_a_month_is_that_of_its_own_year():
    asked = {"2025-01": None}
    assert computed("PL", {}, {"night_supplement_per_hour_rounded": asked}) == {
        "night_supplement_per_hour_rounded": {"2025-01": "5.55"}  # 933.20 / 168
    }


@pytest.mark.parametrize(
    ("jurisdiction", "given", "value"),
    [
        ("US-CA", {"parameter": "us-ca.overtime.day", "date": "2026-01-01"}, "8 h"),
        ("US-CA", {"key": "ca.overtime.day", "date": "2026-01-01"}, "8 h"),
        ("US-CA", {"parameter": "overtime.rate", "date": "2026-01-01"}, "x 1.5"),
        ("US-LA", {"key": "la.notice_days", "date": "2023-04-01"}, "14 days"),
        ("US-OR", {"key": "or.notice_days", "date": "2020-06-30"}, "7 days"),
        ("US-OR", {"key": "or.notice_days", "date": "2020-07-01"}, "14 days"),
    ],
)
def test_a_named_value_is_that_of_the_day(jurisdiction, given, value):
    assert computed(jurisdiction, given, {})["value"] == value


def test_before_its_first_day_a_value_is_not_in_force():
    given = {"parameter": "us-or.notice_days", "date": "2018-06-30"}
    assert computed("US-OR", given, {}) == {"error": "NotInForce", "in_force_from": "2018-07-01"}


def test_what_is_no_month_is_refused():
    with pytest.raises(NotAnswerable, match="'2026-13' is no month; write 2026-01"):
        computed("PL", {}, {"nominal_hours": {"2026-13": 160}})
