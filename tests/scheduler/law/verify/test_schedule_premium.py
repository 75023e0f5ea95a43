"""Examples of kind schedule_premium: how their facts are read."""

import pytest

from scheduler.law.verify.example import Example, NotAnswerable
from scheduler.law.verify.schedule_premium import schedule_premium_example


def told(jurisdiction, **given):
    return schedule_premium_example(
        Example(
            id="X", jurisdiction=jurisdiction, kind="schedule_premium", title="", given=given, expected={}
        )
    )


@pytest.mark.parametrize(
    ("jurisdiction", "given", "total"),
    [
        ("US-OR", {"notice_days": 5, "original": ["22:00", "06:00"], "new": ["23:00", "07:00"]}, "20.00"),
        ("US-OR", {"notice_days": 5, "original": ["09:00", "17:00"], "new": ["09:00", "15:00"]}, "20.00"),
        ("US-OR", {"notice_days": 5, "original": ["09:00", "17:00"], "new": ["09:00", "19:00"]}, "20.00"),
        ("US-OR", {"notice_days": 5, "original": ["09:00", "17:00"], "new": ["09:20", "17:20"]}, "0.00"),
        ("US-OR", {"notice_days": 3, "cancelled_hours": "7.5"}, "75.00"),
        ("US-OR", {"notice_days": 3, "cancelled_hours": 8, "employee_requested": True}, "0.00"),
        ("US-OR", {"notice_days": 3, "cancelled_hours": 8, "initiated_by": "employee"}, "0.00"),
        ("US-OR", {"notice_days": 3, "cancelled_hours": 8, "reason": "force_majeure"}, "0.00"),
        ("US-OR", {"notice_days": 10, "cancelled_hours": 8, "date": "2020-06-30"}, "0.00"),
        ("US-CHI", {"notice_hours": "23.5", "reduced_hours": 2}, "20.00"),
        ("US-SEA", {"hours_not_worked": 3}, "30.00"),
        ("US-LA", {"notice_days": 2, "added_minutes": 60}, "20.00"),
        ("US-NYC", {"notice_hours": 100, "change": "reduce_hours"}, "45.00"),
        ("US-NYC", {"notice_hours": 100, "change": "cancel", "sector": "retail"}, "0.00"),
    ],
)
def test_the_facts_of_an_example_are_read_as_a_change(jurisdiction, given, total):
    assert told(jurisdiction, rate="20.00", **given)["total"] == total


def test_a_short_rest_without_consent_is_forbidden_as_well():
    times = {"end": "2026-05-04T23:30", "next_start": "2026-05-05T08:00"}
    agreed = told("US-NYC", written_consent=True, **times)
    assert (agreed["total"], agreed["violations"]) == ("100.00", [])
    assert told("US-NYC", **times)["violations"] == ["US-NYC.CLOPENING_11H"]
    later = told("US-NYC", end="2026-05-04T21:00", next_start="2026-05-05T08:00")
    assert (later["total"], later["violations"]) == ("0.00", [])


def test_hours_inside_the_rest_are_paid_more():
    found = told(
        "US-OR", end="2026-05-04T22:00", next_start="2026-05-05T06:00", next_end="2026-05-05T14:00",
        rate="18.00", consent=True,
    )  # fmt: skip
    (line,) = found["lines"]
    assert (line["hours"], line["multiplier"], line["amount"]) == ("2.00", "0.5", "18.00")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"notice_hours": 1}, "no change that is known"),
        ({"cancelled_hours": 1}, "say how much notice was given"),
        ({"notice_hours": 1, "change": "dance"}, "no change is called 'dance'"),
        ({"notice_hours": "soon", "cancelled_hours": 1}, "'soon' is no figure"),
    ],
)
def test_facts_that_say_no_change_are_refused(given, message):
    with pytest.raises(NotAnswerable, match=message):
        told("US-NYC", **given)
