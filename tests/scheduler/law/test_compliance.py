"""Rosters judged by the law: what is found, by how much, in which words."""

import json
from datetime import date

import pytest

from scheduler.law.compliance import check
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject, WorkingTimeSystem
from solver.rules.min_rest import MinRest
from solver.work import Assignment, Roster
from tests.scheduler.law.rosters import codes, daily, judged, world

LATE_THEN_EARLY = {
    "ann": [("2026-01-12T14:00", "2026-01-12T22:00"), ("2026-01-13T06:00", "2026-01-13T14:00")]
}


def subject(**facts):
    return LawSubject(id="ann", **{"born_on": date(1990, 1, 1), **facts})


def test_a_lawful_week_is_clean():
    report = judged({"ann": daily("2026-11-23", 5, "08:00", "16:00")}, "2026-11-23")
    assert report.clean
    assert report.findings == ()


def test_a_finding_names_the_person_the_times_the_article_and_what_would_do():
    rest, start = judged(LATE_THEN_EARLY, "2026-01-12").findings
    assert (rest.code, rest.employee, rest.short_by, rest.unit) == (
        "PL.DAILY_REST_11H",
        "ann",
        180,
        "minutes",
    )
    assert rest.citation == "Kodeks pracy, art. 132 par. 1"
    assert rest.sentence == (
        "ann has 8 h of uninterrupted rest in the 24 h from Mon 12 Jan 14:00; 11 h are due."
    )
    assert rest.remedy == "Give 180 more minutes between Mon 12 Jan 22:00 and Tue 13 Jan 06:00."
    assert rest.spans[0][0].isoformat() == "2026-01-12T13:00:00+00:00"
    assert (start.code, start.short_by) == ("PL.DOBA_DOUBLE_START", 480)
    assert start.remedy.startswith("Start no earlier than Tue 13 Jan 14:00")


def test_a_report_is_plain_json():
    report = judged(LATE_THEN_EARLY, "2026-01-12")
    data = json.loads(json.dumps(report.as_dict()))
    assert data["clean"] is False
    assert data["findings"][0]["code"] == "PL.DAILY_REST_11H"
    assert data["findings"][0]["status"] == "confirmed"
    assert data["packs"].keys() == {"pl"}


def test_a_roster_of_a_place_without_a_pack_is_neither_clean_nor_found_wanting():
    report = judged({"ann": daily("2026-11-23", 7, "06:00", "22:00")}, "2026-11-23", law="br")
    assert (report.checked, report.clean, report.findings) == (False, False, ())
    assert report.notes == (
        "No rule of law was compiled for this roster: it was not checked against the law of its place.",
    )


def test_notes_of_the_compiled_law_are_handed_on():
    problem, roster = world({"ann": []}, "2026-11-23")
    assert check(problem, roster, notes=["Something was assumed."]).notes == ("Something was assumed.",)


def test_rules_that_are_no_law_are_left_aside():
    problem, roster = world(LATE_THEN_EARLY, "2026-01-12", rules=(MinRest(minutes=900, name="ours"),))
    assert not check(problem, roster).checked


def test_a_roster_that_names_strangers_is_refused():
    problem, _ = world({"ann": []}, "2026-11-23")
    with pytest.raises(ValueError, match="not in the problem: zoe"):
        check(problem, Roster([Assignment(employee="zoe", start=0, end=60)]))


# --- rest and the 24 h of work ----------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "found"), [("07:00", []), ("06:59", ["EU.DAILY_REST_11H"])])
def test_eleven_hours_between_shifts_are_enough_and_a_minute_less_is_not(start, found):
    shifts = [("2026-11-23T12:00", "2026-11-23T20:00"), (f"2026-11-24T{start}", "2026-11-24T15:00")]
    assert codes({"ann": shifts}, "2026-11-23", law="eu") == found


@pytest.mark.parametrize(
    ("day", "start", "found"),
    [
        # the clocks go forward in the night to 29 March, back in the night to 25 October
        ("2026-03-28", "09:00", ["EU.DAILY_REST_11H"]),
        ("2026-03-28", "10:00", []),
        ("2026-03-21", "09:00", []),
        ("2026-10-24", "08:00", []),
        ("2026-10-24", "07:59", ["EU.DAILY_REST_11H"]),
        ("2026-10-17", "08:59", ["EU.DAILY_REST_11H"]),
    ],
)
def test_rest_is_elapsed_time_over_both_changes_of_the_clocks(day, start, found):
    following = date.fromisoformat(day).replace(day=date.fromisoformat(day).day + 1)
    shifts = [(f"{day}T14:00", f"{day}T22:00"), (f"{following}T{start}", f"{following}T16:00")]
    assert codes({"ann": shifts}, day, days=2, law="eu") == found


@pytest.mark.parametrize(
    ("end", "system", "found"),
    [
        ("19:00", "equivalent", ["PL.EQUIVALENT_DAY_12H"]),
        ("20:00", "equivalent", ["PL.DAILY_REST_11H", "PL.EQUIVALENT_DAY_12H"]),
        ("18:00", "equivalent", []),
        ("14:00", "basic", []),
        ("14:01", "basic", ["PL.NORM_DAY_8H"]),
    ],
)
def test_thirteen_hours_of_work_leave_the_rest_and_fourteen_do_not(end, system, found):
    shifts = {"ann": [("2026-11-23T06:00", f"2026-11-23T{end}")]}
    people = [subject(system=WorkingTimeSystem(system))]
    assert codes(shifts, "2026-11-23", people=people) == found


def test_the_day_of_work_begins_with_work_and_not_at_midnight():
    """A night belongs to the day of work that begins with it, on both its civil days."""
    nights = [("2026-11-23T22:00", "2026-11-24T06:00"), ("2026-11-24T22:00", "2026-11-25T06:00")]
    assert codes({"ann": nights}, "2026-11-23") == []
    earlier = [
        nights[0],
        ("2026-11-24T21:00", "2026-11-25T05:00"),
    ]  # rest is kept, the start is an hour too early
    assert codes({"ann": earlier}, "2026-11-23") == ["PL.DOBA_DOUBLE_START"]


def test_a_flexible_schedule_may_start_twice():
    shifts = {"ann": [("2026-11-23T10:00", "2026-11-23T18:00"), ("2026-11-24T08:00", "2026-11-24T16:00")]}
    assert codes(shifts, "2026-11-23") == ["PL.DOBA_DOUBLE_START"]
    flexible = [subject(grounds=frozenset({"flexible_schedule"}))]
    assert codes(shifts, "2026-11-23", people=flexible) == []


@pytest.mark.parametrize("first", ["2026-03-26", "2026-10-22", "2026-06-04"])
def test_the_same_hours_every_day_are_lawful_over_a_change_of_the_clocks(first):
    assert codes({"ann": daily(first, 5, "08:00", "16:00")}, first) == []


@pytest.mark.parametrize("first", ["2026-03-26", "2026-10-22", "2026-06-04"])
def test_nights_of_eight_hours_on_the_clock_are_lawful_on_the_night_the_clocks_change(first):
    assert codes({"ann": daily(first, 5, "22:00", "06:00")}, first) == []


def test_nine_hours_by_day_stay_nine_on_the_day_before_the_clocks_go_back():
    assert codes({"ann": [("2026-10-24T08:00", "2026-10-24T17:00")]}, "2026-10-19") == ["PL.NORM_DAY_8H"]


def test_rest_is_judged_over_the_start_of_the_roster():
    shifts = {"ann": [("2026-11-22T14:00", "2026-11-22T22:00"), ("2026-11-23T06:00", "2026-11-23T14:00")]}
    assert codes(shifts, "2026-11-23") == ["PL.DAILY_REST_11H", "PL.DOBA_DOUBLE_START"]
    assert codes(shifts, "2026-11-24") == []  # both lie before it: not this roster's


def test_rest_is_judged_over_the_end_of_the_roster():
    shifts = {"ann": [("2026-11-29T14:00", "2026-11-29T22:00"), ("2026-11-30T06:00", "2026-11-30T14:00")]}
    assert codes(shifts, "2026-11-23") == ["PL.DAILY_REST_11H", "PL.DOBA_DOUBLE_START"]


# --- weekly rest and Sundays ------------------------------------------------------------------------------


def seven_days(off_from, until):
    """Eight days of work from 8 to 16, except that the middle ones leave a rest with the given ends."""
    worked = daily("2026-11-22", 8, "08:00", "16:00")
    return {"ann": [*worked[:3], ("2026-11-25T08:00", off_from), (until, "2026-11-27T16:00"), *worked[6:]]}


@pytest.mark.parametrize(
    ("until", "found"), [("2026-11-27T03:00", []), ("2026-11-27T02:00", ["PL.WEEKLY_REST_35H"])]
)
def test_a_week_holds_thirty_five_hours_of_rest(until, found):
    shifts = seven_days("2026-11-25T16:00", until)
    equivalent = [subject(system=WorkingTimeSystem.EQUIVALENT, grounds=frozenset({"flexible_schedule"}))]
    ignored = {"PL.DAILY_REST_11H", "PL.EQUIVALENT_DAY_12H"}
    assert [code for code in codes(shifts, "2026-11-22", people=equivalent) if code not in ignored] == found


def test_the_week_counts_from_the_start_of_the_settlement_period_and_not_from_monday():
    busy = {
        "ann": daily("2026-11-18", 8, "08:00", "16:00")
    }  # Wednesday to Wednesday: Sunday 22 begins a week
    assert codes(busy, "2026-11-16", days=14) == []
    anchored = Settlement(date(2026, 11, 4), 1)  # a Wednesday
    assert codes(busy, "2026-11-16", days=14, settlement=anchored) == ["PL.WEEKLY_REST_35H"]


def test_an_ordinary_weekend_is_a_weekly_rest_wherever_the_weeks_are_cut():
    weeks = daily("2026-11-16", 5, "08:00", "16:00") + daily("2026-11-23", 5, "08:00", "16:00")
    for day in range(1, 8):
        settlement = Settlement(date(2026, 11, day), 1)
        assert codes({"ann": weeks}, "2026-11-16", days=14, settlement=settlement) == []


def test_a_rest_belongs_to_the_week_in_which_it_begins_only():
    """Weeks begin on Sunday 15 and 22: a rest from Friday to Sunday, then work on eight days in a row."""
    worked = daily("2026-11-15", 6, "08:00", "16:00") + daily("2026-11-22", 8, "12:00", "20:00")
    found = judged({"ann": worked}, "2026-11-16", days=14).findings
    assert [one.code for one in found] == ["PL.WEEKLY_REST_35H"]
    assert found[0].spans[0][0].isoformat() == "2026-11-21T23:00:00+00:00"


def test_a_planned_change_of_shift_needs_twenty_four_hours_only():
    shifts = seven_days("2026-11-25T16:00", "2026-11-26T22:00")
    people = [subject(system=WorkingTimeSystem.EQUIVALENT, grounds=frozenset({"planned_shift_change"}))]
    assert "PL.WEEKLY_REST_35H" not in codes(shifts, "2026-11-22", people=people)


SUNDAYS = ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"]


def test_the_fourth_sunday_in_a_row_is_refused_and_the_third_is_not():
    worked = [(f"{day}T08:00", f"{day}T16:00") for day in SUNDAYS]
    found = judged({"ann": worked}, "2026-11-16").findings
    assert [one.code for one in found] == ["PL.FREE_SUNDAY_1_IN_4"]
    assert found[0].sentence == (
        "ann has none of these days free: Sun 1 Nov, Sun 8 Nov, Sun 15 Nov, Sun 22 Nov."
    )
    assert found[0].remedy == ("Leave one of them free, such as Sun 22 Nov 06:00 to Mon 23 Nov 06:00.")
    assert codes({"ann": worked[1:]}, "2026-11-16") == []


def test_a_night_that_ends_on_sunday_at_six_is_no_work_on_sunday():
    worked = [(f"{day}T08:00", f"{day}T16:00") for day in SUNDAYS[:3]]
    assert codes({"ann": [*worked, ("2026-11-21T22:00", "2026-11-22T06:00")]}, "2026-11-16") == []
    assert codes({"ann": [*worked, ("2026-11-21T23:00", "2026-11-22T07:00")]}, "2026-11-16") == [
        "PL.FREE_SUNDAY_1_IN_4"
    ]
    assert codes({"ann": [*worked, ("2026-11-23T05:00", "2026-11-23T13:00")]}, "2026-11-23") == [
        "PL.FREE_SUNDAY_1_IN_4"
    ]  # Monday before six is Sunday still


def test_the_weekend_system_has_no_free_sunday():
    worked = [(f"{day}T08:00", f"{day}T16:00") for day in SUNDAYS]
    assert codes({"ann": worked}, "2026-11-16", people=[subject(grounds=frozenset({"weekend_system"}))]) == []


# --- hours ------------------------------------------------------------------------------------------------


def test_the_hours_of_the_month_are_counted_with_the_work_before_the_roster():
    month = daily("2026-11-02", 5, "08:00", "16:00") + daily("2026-11-09", 5, "08:00", "16:00")
    month += daily("2026-11-16", 5, "08:00", "16:00") + daily("2026-11-23", 5, "08:00", "16:00")
    assert codes({"ann": month}, "2026-11-23") == []
    assert codes({"ann": [*month, ("2026-11-30T08:00", "2026-11-30T09:00")]}, "2026-11-30") == [
        "PL.DAYS_OFF", "PL.NORM_WEEK_40H",
    ]  # fmt: skip
    (days, hours) = judged({"ann": [*month, ("2026-11-30T08:00", "2026-11-30T09:00")]}, "2026-11-30").findings
    assert (days.short_by, days.unit, hours.short_by, hours.unit) == (1, "shifts", 60, "minutes")
    assert hours.sentence == "ann has 161 h in the period from 1 Nov; at most 160 h are allowed."


def test_hours_before_the_roster_that_are_too_many_already_are_not_charged_to_it():
    month = daily("2026-11-02", 21, "08:00", "16:00")
    assert "PL.NORM_WEEK_40H" not in codes({"ann": month}, "2026-11-30", days=7)


def test_an_average_of_forty_eight_hours_is_the_limit_under_the_floor():
    """Six days of eight hours in every week: 48 h on average, and not a minute more."""
    weeks = [
        span
        for week in range(17)
        for span in daily(f"{date.fromordinal(date(2026, 8, 3).toordinal() + 7 * week)}", 6, "08:00", "16:00")
    ]
    assert "EU.WEEK_AVG_48H" not in codes({"ann": weeks}, "2026-11-23", law="eu", breaks=False)
    more = [*weeks, ("2026-11-29T08:00", "2026-11-29T08:01")]
    assert "EU.WEEK_AVG_48H" in codes({"ann": more}, "2026-11-23", law="eu", breaks=False)


def test_hazardous_night_work_is_eight_hours_even_where_twelve_are_agreed():
    shifts = {"ann": [("2026-11-23T18:00", "2026-11-24T06:00")]}
    equivalent = WorkingTimeSystem.EQUIVALENT
    assert codes(shifts, "2026-11-23", people=[subject(system=equivalent)]) == []
    hazardous = [subject(system=equivalent, hazardous_night=True)]
    assert codes(shifts, "2026-11-23", people=hazardous) == ["PL.NIGHT_HAZARD_8H"]


# --- breaks -----------------------------------------------------------------------------------------------


def test_a_shift_without_its_break_is_found_once_with_what_is_missing():
    (found,) = judged(
        {"ann": [("2026-11-23T08:00", "2026-11-23T18:00")]}, "2026-11-23", breaks=False,
        people=[subject(system=WorkingTimeSystem.EQUIVALENT)],
    ).findings  # fmt: skip
    assert (found.code, found.short_by) == ("PL.BREAK", 30)
    assert found.remedy == "Put 30 more minutes of paid break into it."


@pytest.mark.parametrize(("first", "short"), [("2023-04-25", 15), ("2023-04-26", 30)])
def test_the_longer_break_is_due_from_the_day_of_the_amendment(first, short):
    shifts = {"ann": [(f"{first}T08:00", f"{first}T18:00")]}
    people = [subject(system=WorkingTimeSystem.EQUIVALENT)]
    (found,) = judged(shifts, "2023-04-24", breaks=False, people=people).findings
    assert (found.code, found.short_by) == ("PL.BREAK", short)


# --- the young --------------------------------------------------------------------------------------------


def test_the_night_is_forbidden_until_the_eighteenth_birthday_and_allowed_from_then_on():
    evenings = {"ann": daily("2026-11-23", 5, "18:00", "23:00")}
    report = judged(evenings, "2026-11-23", people=[subject(born_on=date(2008, 11, 25))])
    assert [(one.code, one.spans[0][0].day) for one in report.findings] == [
        ("PL.MINOR_NIGHT", 23), ("PL.MINOR_NIGHT", 24),
    ]  # fmt: skip
    assert report.findings[0].sentence == (
        "ann works 1 h of 22:00-06:00, when work is forbidden: Mon 23 Nov 18:00 to Mon 23 Nov 23:00."
    )


def test_the_day_is_six_hours_until_the_sixteenth_birthday_and_eight_from_then_on():
    days = {"ann": daily("2026-11-23", 5, "08:00", "15:00")}
    report = judged(days, "2026-11-23", people=[subject(born_on=date(2010, 11, 26))])
    assert [(one.code, one.short_by, one.spans[0][0].day) for one in report.findings] == [
        ("PL.MINOR_DAY_6H", 60, day) for day in (23, 24, 25)
    ]


@pytest.mark.parametrize(
    ("born_on", "found"), [(date(2009, 6, 1), ["PL.MINOR_NIGHT_BREAK_14H"]), (date(1990, 6, 1), [])]
)
def test_the_young_rest_fourteen_hours_around_the_night(born_on, found):
    shifts = {"ann": [("2026-11-23T14:00", "2026-11-23T19:00"), ("2026-11-24T08:00", "2026-11-24T13:00")]}
    people = [subject(born_on=born_on, grounds=frozenset({"flexible_schedule"}))]
    assert codes(shifts, "2026-11-23", people=people) == found


@pytest.mark.parametrize(
    ("saturday_end", "monday_start", "found"),
    [
        ("12:00", "12:00", []),  # 48 h that hold the Sunday
        ("14:00", "13:00", ["PL.MINOR_WEEKLY_REST_48H"]),  # 47 h
    ],
)
def test_the_young_rest_forty_eight_hours_around_sunday(saturday_end, monday_start, found):
    shifts = {
        "ann": [
            ("2026-11-21T08:00", f"2026-11-21T{saturday_end}"),
            (f"2026-11-23T{monday_start}", "2026-11-23T16:00"),
        ]
    }
    assert codes(shifts, "2026-11-16", days=14, people=[subject(born_on=date(2009, 6, 1))]) == found


def test_forty_eight_hours_in_the_middle_of_the_week_do_not_replace_the_sunday():
    worked = daily("2026-11-16", 3, "08:00", "14:00") + daily("2026-11-21", 3, "08:00", "14:00")
    people = [subject(born_on=date(2009, 6, 1))]
    assert codes({"ann": worked}, "2026-11-16", days=14, people=people) == ["PL.MINOR_WEEKLY_REST_48H"]
