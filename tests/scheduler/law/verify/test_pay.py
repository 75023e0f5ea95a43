"""Examples of kind pay: lines to the cent, from punches where there are any."""

from pathlib import Path

import pytest

from scheduler.law.verify.example import Example, NotAnswerable, read_examples
from scheduler.law.verify.outcome import Verdict, verify
from scheduler.law.verify.pay import pay_example

SHARED = Path(__file__).parents[5] / "shared" / "law" / "examples.json"
BESIDE = {
    one.id: one
    for one in (read_examples(SHARED.read_text(encoding="utf-8"), SHARED.name) if SHARED.exists() else ())
    if one.kind == "pay"
}


@pytest.mark.skipif(not BESIDE, reason=f"{SHARED.name} is not beside the repository")
@pytest.mark.parametrize("name", BESIDE or ["none"])
def test_a_shared_example_comes_out_to_the_cent(name):
    (outcome,) = verify([BESIDE[name]])
    assert outcome.verdict is Verdict.SAME, (outcome.why, outcome.got)


@pytest.mark.skipif(not BESIDE, reason=f"{SHARED.name} is not beside the repository")
def test_the_shared_examples_of_pay_are_all_there():
    assert len(BESIDE) >= 54


def computed(law, expected=None, **given):
    return pay_example(
        Example(
            id="X", jurisdiction=law, kind="pay", title="", given=given, expected=expected or {"lines": []}
        )
    )


def lines(law, **given):
    return [
        (one["code"], one["hours"], one["multiplier"], one["amount"])
        for one in computed(law, **given)["lines"]
    ]


def punch(start, end, *breaks, **more):
    return {"in": start, "out": end, "unpaid_breaks": [list(one) for one in breaks], **more}


MANILA = {"tz": "Asia/Manila", "daily_rate": "800.00", "hourly_rate": "100.00", "currency": "PHP"}


@pytest.mark.parametrize(
    ("holidays", "rest", "end", "found"),
    [
        ({}, [], "T17:00", [("ORD", "8.00", "1", "800.00")]),
        ({}, ["2026-06-16"], "T17:00", [("RD", "8.00", "1.3", "1040.00")]),
        ({"2026-06-16": "SD"}, [], "T19:00",
         [("SD", "8.00", "1.3", "1040.00"), ("SD_OT", "2.00", "1.69", "338.00")]),
        ({"2026-06-16": "RH"}, [], "T19:00",
         [("RH", "8.00", "2", "1600.00"), ("RH_OT", "2.00", "2.6", "520.00")]),
        ({"2026-06-16": "SWD"}, [], "T19:00",
         [("SWD", "8.00", "1", "800.00"), ("SWD_OT", "2.00", "1.25", "250.00")]),
        ({"2026-06-16": "DH"}, ["2026-06-16"], "T17:00", [("DHRD", "8.00", "3.9", "3120.00")]),
    ],
)  # fmt: skip
def test_the_table_of_the_philippines_holds_for_each_kind_of_day(holidays, rest, end, found):
    given = punch(
        "2026-06-16T08:00+08:00",
        f"2026-06-16{end}+08:00",
        ("2026-06-16T12:00+08:00", "2026-06-16T13:00+08:00"),
    )
    assert lines("PH", punches=[given], holidays=holidays, rest_days=rest, **MANILA) == found


def test_a_night_into_a_holiday_is_split_at_midnight_and_its_overtime_counted_from_the_start_of_the_shift():
    given = punch("2026-12-24T20:00+08:00", "2026-12-25T06:00+08:00")
    assert lines("PH", punches=[given], holidays={"2026-12-25": "RH"}, rest_days=[], **MANILA) == [
        ("ORD", "2.00", "1", "200.00"),
        ("ORD_ND", "2.00", "1.1", "220.00"),
        ("RH_ND", "4.00", "2.2", "880.00"),
        ("RH_OT_ND", "2.00", "2.86", "572.00"),
    ]


def test_two_regular_holidays_not_worked_pay_twice_and_a_special_day_with_allowance_once():
    asked = {"lines": [{"code": "SD_WITH_COLA"}]}
    given = {"daily_rate": "800.00", "cola_daily": "10.00", "hours": 8, "currency": "PHP"}
    assert computed("PH", asked, **given)["total"] == "1050.00"


WARSAW = {
    "tz": "Europe/Warsaw", "currency": "PLN", "monthly_salary": "8000.00", "month": "2026-01",
    "night_window": ["22:00", "06:00"], "settlement_period": "1 month",
}  # fmt: skip


def shift(start, end):
    return {"start": start, "end": end}


def test_daily_overtime_by_day_bears_half_and_that_of_a_sunday_without_a_shift_the_whole():
    day = punch("2026-01-14T08:00+01:00", "2026-01-14T18:00+01:00")
    planned = [shift("2026-01-14T08:00", "2026-01-14T16:00")]
    assert lines("PL", punches=[day], schedule=planned, **WARSAW) == [
        ("OT_SUPPLEMENT_50", "2.00", "0.5", "50.00"),
        ("NORMAL_FOR_OT", "2.00", "1", "100.00"),
    ]
    sunday = punch("2026-01-18T08:00+01:00", "2026-01-18T18:00+01:00")
    assert lines("PL", punches=[sunday], schedule=[], **WARSAW) == [
        ("OT_SUPPLEMENT_100", "2.00", "1", "100.00"),
        ("NORMAL_FOR_OT", "10.00", "1", "500.00"),
        ("OT_WEEKLY_AVG_100", "8.00", "1", "400.00"),
    ]


def test_a_longer_planned_day_bears_no_overtime_before_its_end():
    day = punch("2026-01-14T08:00+01:00", "2026-01-14T21:00+01:00")
    planned = [shift("2026-01-14T08:00", "2026-01-14T20:00")]
    assert lines("PL", punches=[day], schedule=planned, system="equivalent", **WARSAW) == [
        ("OT_SUPPLEMENT_50", "1.00", "0.5", "25.00"),
        ("NORMAL_FOR_OT", "1.00", "1", "50.00"),
    ]


def test_the_ninth_hour_of_the_autumn_night_is_overtime_and_all_nine_are_night():
    night = punch("2026-10-24T22:00+02:00", "2026-10-25T06:00+01:00")
    given = WARSAW | {"month": "2026-10", "minimum_wage": "4806.00"}
    found = lines("PL", punches=[night], schedule=[shift("2026-10-24T22:00", "2026-10-25T06:00")], **given)
    assert ("OT_SUPPLEMENT_100", "1.00", "1", "45.45") in found
    assert ("NIGHT_SUPPLEMENT_20_OF_MIN", "9.00", "1", "49.15") in found


def test_a_sunday_without_another_day_off_bears_its_supplement_once():
    sunday = punch("2026-01-18T08:00+01:00", "2026-01-18T16:00+01:00")
    found = lines("PL", punches=[sunday], schedule=[], day_off_given=False, **WARSAW)
    assert found == [
        ("SUNDAY_HOLIDAY_SUPPLEMENT_100", "8.00", "1", "400.00"),
        ("NORMAL_FOR_OT", "8.00", "1", "400.00"),
    ]


LOS_ANGELES = {"tz": "America/Los_Angeles", "workweek_start": "SUN 00:00", "rate": "20.00", "currency": "USD"}


def worked(day, start, end):
    return punch(
        f"2026-05-{day:02}T{start}-07:00", f"2026-05-{day:02}T{end}-07:00",
        (f"2026-05-{day:02}T10:00-07:00", f"2026-05-{day:02}T10:30-07:00"),
        (f"2026-05-{day:02}T15:00-07:00", f"2026-05-{day:02}T15:30-07:00"),
    )  # fmt: skip


def test_a_day_of_fourteen_hours_has_overtime_and_double_time():
    assert lines("US-CA", punches=[worked(4, "06:00", "21:00")], **LOS_ANGELES) == [
        ("REG", "8.00", "1", "160.00"),
        ("OT", "4.00", "1.5", "120.00"),
        ("DT", "2.00", "2", "80.00"),
    ]


def test_the_seventh_day_of_one_workweek_is_overtime_and_beyond_eight_hours_double_time():
    week = [worked(day, "09:00", "13:30") for day in range(3, 9)]
    last = worked(9, "06:00", "16:00")
    short = [one | {"unpaid_breaks": one["unpaid_breaks"][:1]} for one in week]
    assert lines("US-CA", punches=[*short, last], **LOS_ANGELES) == [
        ("REG", "24.00", "1", "480.00"),
        ("OT", "8.00", "1.5", "240.00"),
        ("DT", "1.00", "2", "40.00"),
    ]


def test_a_shift_across_midnight_is_two_workdays():
    night = punch(
        "2026-05-04T19:00-07:00",
        "2026-05-05T05:00-07:00",
        ("2026-05-04T23:30-07:00", "2026-05-05T00:30-07:00"),
    )
    assert lines("US-CA", punches=[night], **LOS_ANGELES)[0] == ("REG", "9.00", "1", "180.00")


@pytest.mark.parametrize(
    ("breaks", "premium"),
    [
        ([("2026-05-04T11:00-07:00", "2026-05-04T11:30-07:00")], False),
        ([("2026-05-04T12:00-07:00", "2026-05-04T12:30-07:00")], True),
        ([("2026-05-04T11:00-07:00", "2026-05-04T11:29-07:00")], True),
        ([], True),
    ],
)
def test_a_meal_that_is_late_short_or_missing_costs_one_hour(breaks, premium):
    given = punch("2026-05-04T06:30-07:00", "2026-05-04T14:30-07:00", *breaks)
    codes = [one[0] for one in lines("US-CA", punches=[given], **LOS_ANGELES)]
    assert ("MEAL_PREMIUM" in codes) is premium


def test_a_meal_waiver_allows_six_hours():
    given = punch("2026-05-04T08:00-07:00", "2026-05-04T14:00-07:00")
    assert [one[0] for one in lines("US-CA", punches=[given], meal_waived=True, **LOS_ANGELES)] == ["REG"]


def test_who_is_sent_home_after_two_of_eight_hours_is_paid_half():
    given = {"scheduled_hours": 8, "worked_hours": "2", "rate": "20.00", "currency": "USD"}
    assert computed("US-CA", **given)["total"] == "80.00"


@pytest.mark.parametrize(("absent", "total"), [(False, "160.00"), (True, "0.00")])
def test_a_german_holiday_is_paid_unless_somebody_was_absent_beside_it(absent, total):
    given = {"planned_hours": 8, "rate": "20.00", "unexcused_absence_adjacent": absent, "currency": "EUR"}
    assert computed("DE", **given)["total"] == total


def test_two_hours_of_night_are_no_night_work_in_germany():
    given = punch("2026-05-05T17:00+02:00", "2026-05-06T01:00+02:00")
    told = {"tz": "Europe/Berlin", "rate": "20.00", "currency": "EUR", "night_worker": "rotating"}
    assert lines("DE", punches=[given], **told) == [("BASE", "8.00", "1", "160.00")]


def test_paid_leave_counts_to_the_french_week_since_the_ruling():
    days = {"2026-05-18": "8.5", "2026-05-19": "8.5", "2026-05-20": "8.5"}
    assert lines("FR", hours_by_day=days, leave="14", rate="15.00", currency="EUR") == [
        ("BASE", "25.50", "1", "382.50"),
        ("PAID_LEAVE", "14.00", "1", "210.00"),
        ("OT_PREMIUM_T1", "4.50", "0.25", "16.88"),
    ]


def test_a_bonus_of_two_weeks_adds_half_of_its_hourly_part_to_each_week_of_overtime():
    punches = [
        punch(f"2026-05-{day:02}T08:00-04:00", f"2026-05-{day:02}T18:00-04:00", rate="10.00")
        for day in (4, 5, 6, 7, 8, 11, 12, 13, 14)
    ]
    bonus = {"weeks": ["2026-05-03", "2026-05-10"], "amount": "100.00"}
    told = {"tz": "America/New_York", "workweek_start": "SUN 00:00", "currency": "USD"}
    found = computed("US", punches=punches, bonuses=[bonus], **told)
    assert found["weeks"]["2026-05-03"]["regular_rate"] == "11.0000"
    assert found["total"] == "1055.00"


def test_facts_that_make_no_sense_are_left_unanswered():
    with pytest.raises(NotAnswerable, match="no day is called"):
        computed("PH", holidays={"2026-06-16": "XX"}, hours="8", **MANILA)
    with pytest.raises(NotAnswerable, match="cannot be read"):
        computed("PH", punches=[{"in": "yesterday", "out": "today"}], **MANILA)
