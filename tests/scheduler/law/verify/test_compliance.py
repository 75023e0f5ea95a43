"""Examples of kind compliance: what is read of a case, and what it breaks."""

import json
from pathlib import Path

import pytest

from scheduler.law.verify.compliance import compliance_example
from scheduler.law.verify.example import Example, NotAnswerable, read_examples
from scheduler.law.verify.outcome import Verdict, verify

SHARED = Path(__file__).parents[5] / "shared" / "law" / "examples.json"


def computed(jurisdiction, **given):
    return compliance_example(
        Example(
            id="X", jurisdiction=jurisdiction, kind="compliance", title="", given=given,
            expected={"violations": []},
        )
    )  # fmt: skip


def codes(jurisdiction, **given):
    return computed(jurisdiction, **given)["violations"]


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED.name} is not beside the repository")
def test_the_shared_examples_of_compliance_come_out_as_they_say():
    every = read_examples(SHARED.read_text(encoding="utf-8"), SHARED.name)
    outcomes = verify(one for one in every if one.kind == "compliance")
    assert len(outcomes) >= 16
    assert [one.example.id for one in outcomes if one.verdict != Verdict.SAME] == []


@pytest.mark.parametrize(
    ("law", "given", "found"),
    [
        ("DE", {"work_minutes": 570, "break_minutes": 45}, []),
        ("DE", {"work_minutes": 615, "break_minutes": 45}, ["DE.DAILY_10H"]),
        ("DE", {"work_minutes": 365, "break_minutes": 30}, []),
        ("DE", {"rest_hours": "10"}, ["DE.DAILY_REST_11H"]),
        ("DE", {"rest_hours": "10", "sector": "hospital"}, []),
        ("DE", {"sundays_in_year": 52, "worked_sundays": 37}, []),
        ("DE", {"worked_sunday": "2026-05-03", "comp_day": "2026-05-16"}, []),
        ("DE", {"worked_sunday": "2026-05-03", "comp_day": "2026-05-18"}, ["DE.SUNDAY_COMP_2W"]),
        ("DE", {"weekly_hours": [48] * 24}, []),
        ("DE", {"weekly_hours": [48] * 23 + [49]}, ["DE.AVG_8H_24_WEEKS"]),
        ("DE", {"weekly_hours": [60] * 12}, []),
        ("EU", {"longest_rest_hours": "35"}, []),
        ("EU", {"average_hours": "48.5"}, ["EU.WEEK_AVG_48H"]),
        ("FR", {"daily_hours": "10.5", "agreement": "day of 12 h"}, []),
        ("FR", {"daily_hours": "10"}, []),
        ("FR", {"weekly_hours": "49"}, ["FR.WEEKLY_48H"]),
        ("FR", {"weekly_hours": [45] * 12}, ["FR.AVG_44H_12_WEEKS"]),
        ("FR", {"amplitude_hours": "13.5"}, ["FR.DAILY_REST_11H"]),
        ("FR", {"days_worked_in_week": 7}, ["FR.6_DAYS"]),
        ("GB", {"average_hours": "49", "opted_out": True}, []),
        ("GB", {"night_average_hours": "8.5", "night_worker": True}, ["GB.NIGHT_AVG_8H"]),
        ("PH", {"consecutive_days": 6}, []),
        ("PL", {"worked_sundays": ["2026-01-04", "2026-01-11", "2026-01-25", "2026-02-01"]}, []),
        ("PL", {"overtime_hours_ytd": "150"}, []),
        ("PL", {"overtime_hours_ytd": "200", "agreed_limit_hours": "260"}, []),
        ("PL", {"longest_rest_hours": "30"}, ["PL.WEEKLY_REST_35H"]),
        ("PL", {"longest_rest_hours": "23", "reason": "planned_shift_change"}, ["PL.WEEKLY_REST_35H"]),
        ("PL", {"schedule_start": "2026-11-30", "published_on": "2026-11-24"}, ["PL.SCHEDULE_NOTICE_7D"]),
        ("PL", {"schedule_start": "2026-11-30", "published_on": "2026-11-23"}, []),
        ("US-LA", {"end": "2026-05-04T23:00", "next_start": "2026-05-05T08:59"}, ["US-LA.REST_10H"]),
        ("US-LA", {"end": "2026-03-07T22:00", "next_start": "2026-03-08T09:00"}, []),
        ("US-LA", {"end": "2026-03-07T23:00", "next_start": "2026-03-08T09:00"}, ["US-LA.REST_10H"]),
        ("FR", {"daily_work_hours": "6", "break_minutes": 10}, ["FR.BREAK_20"]),
        ("US-OR", {"schedule_start": "2020-06-29", "notice_days": 10}, []),
        ("US-NYC", {"sector": "retail", "notice_hours": 48}, ["US-NYC.RETAIL_NOTICE_72H"]),
        ("US-CA", {"week_start": "MON", "rest_days": ["2026-05-04", "2026-05-17"]}, []),
        ("US-CA", {"days_worked_in_week": 7}, ["CA.DAY_OF_REST"]),
    ],
)
def test_a_figure_is_held_against_the_value_of_its_day(law, given, found):
    assert codes(law, **given) == found


def test_days_of_rest_count_by_the_week_that_begins_where_the_employer_says():
    """Off on Sunday 3 and Saturday 16: both weeks from Sunday have a day off, that from Monday 4 has none."""
    off = ["2026-05-03", "2026-05-16"]
    assert codes("US-CA", week_start="SUN", rest_days=off) == []
    assert codes("US-CA", week_start="MON", rest_days=off) == ["CA.DAY_OF_REST"]
    assert codes("US-CA", week_start="WED", rest_days=off) == ["CA.DAY_OF_REST"]


@pytest.mark.parametrize(
    ("born_on", "found"), [("2010-10-06", []), ("2010-10-07", ["US.MINOR14_15_EVENING_19"])]
)
def test_a_birthday_in_the_week_changes_the_rules_on_its_day(born_on, found):
    given = {"born_on": born_on, "date": "2026-10-06", "shift": ["16:00", "19:30"]}
    assert codes("US", **given) == found


def test_the_average_is_told_with_what_follows_from_it():
    told = computed("GB", A=700, B=120, C=17, opted_out=False)
    assert (told["average"], told["violation"]) == ("48.2353", True)
    assert computed("GB", A=700, B=120, C=17, opted_out=True)["violation"] is False


@pytest.mark.parametrize(
    ("day", "rate", "covered"),
    [("2025-07-01", "32.60", True), ("2025-07-01", "32.61", False), ("2025-06-30", "32.00", False)],
)
def test_the_threshold_of_the_day_decides_who_is_covered(day, rate, covered):
    assert computed("US-CHI", date=day, hourly_rate=rate)["covered"] is covered


def test_punches_are_worked_time_and_shifts_a_schedule():
    times = [["2026-11-23T08:00", "2026-11-23T18:00"]]
    assert codes("PL", shifts=times) == ["PL.NORM_DAY_8H"]
    assert codes("PL", punches=times) == []


def test_an_opt_out_with_dates_holds_on_its_days():
    shifts = [[f"2026-05-{day:02}T08:00", f"2026-05-{day:02}T18:20"] for day in range(4, 9)]
    withdrawn = {"given_on": "2026-01-01", "withdrawn_on": "2026-05-01"}
    case = {"shifts": shifts, "weeks_before": 16}
    assert codes("GB", **case) == ["GB.WEEK_AVG_48H"]
    assert codes("GB", **case, opt_out={"given_on": "2026-01-01"}) == []
    assert codes("GB", **case, opt_out=withdrawn) == ["GB.WEEK_AVG_48H"]


@pytest.mark.parametrize("given", [{}, {"colour": "red"}, {"longest_rest_hours": "30", "reason": "rain"}])
def test_a_case_that_nothing_speaks_of_is_not_answered(given):
    with pytest.raises(NotAnswerable):
        computed("PL", **given)


@pytest.mark.parametrize(
    "given",
    [
        {"A": 1, "B": 2, "C": 0}, {"system": "odd", "work_minutes": 60}, {"shifts": [["2026-05-04T08:00"]]},
        {"worked_sundays": ["soon"]}, {"work_minutes": "long"}, {"tz": "Mars/Base", "work_minutes": 60},
        {"consents": [{"given_on": "2026-01-01"}], "work_minutes": 60}, {"shift": {"start": "08:00"}},
    ],
)  # fmt: skip
def test_facts_that_make_no_sense_are_not_answered_and_stop_nothing_else(given):
    with pytest.raises(NotAnswerable):
        computed("GB", **given)


def test_the_order_of_violations_does_not_matter():
    case = {"age": 15, "school_day": True, "date": "2026-10-06", "shift": ["16:00", "19:30"]}
    both = ["US.MINOR14_15_EVENING_19", "US.MINOR14_15_SCHOOL_DAY_3H"]
    same = {"jurisdiction": "US", "kind": "compliance", "input": case}
    orders = (both, both[::-1], both[:1])
    text = json.dumps([{"id": str(n), **same, "expected": {"violations": o}} for n, o in enumerate(orders)])
    assert [one.verdict for one in verify(read_examples(text, "x.json"))] == [
        Verdict.SAME, Verdict.SAME, Verdict.DIFFERS,
    ]  # fmt: skip
