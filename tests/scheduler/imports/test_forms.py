"""What each form of value takes, and what it answers to anything else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.imports import forms
from scheduler.imports.forms import Form, Reading, Unreadable
from scheduler.people.models import ContractKind

MONDAY = date(2026, 11, 23)


def refused(form: Form, value: str, week: date | None = None) -> tuple[str, str]:
    with pytest.raises(Unreadable) as refusal:
        form.read(value, week)
    return refusal.value.problem, refusal.value.hint


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("31.02.2026", "an ISO date such as 2026-11-23"),
        ("2026-02-31", "2026-02 has the days 01 to 28"),
        ("2027-02-29", "2027-02 has the days 01 to 28"),
        ("2026-13-01", "months are 01 to 12, not 13"),
        ("03/04/2026", "write 2026-03-04 or 2026-04-03"),
        ("23.11.2026", "write 2026-11-23"),
        ("11/23/2026", "write 2026-11-23"),
        ("2026/11/23", "write 2026-11-23"),
        ("23.11.26", "write 2026-11-23"),
        ("2026-11-23 06:30", "an ISO date such as 2026-11-23"),
        ("0206-11-23", "a date from 1900-01-01 to 2199-12-31"),
        ("yesterday", "an ISO date such as 2026-11-23"),
        ("46349", "an ISO date such as 2026-11-23"),
    ],
)
def test_only_iso_dates_that_exist_are_dates_and_others_are_told_what_to_write(value, hint):
    assert refused(forms.DATE, value)[1] == hint


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_iso_date_is_read(day):
    assert forms.DATE.read(day.isoformat(), None) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_in_another_notation_is_always_told_its_iso_form(day):
    for text in (f"{day.day}.{day.month}.{day.year}", f"{day.month}/{day.day}/{day.year}"):
        assert day.isoformat() in refused(forms.DATE, text)[1]


@pytest.mark.parametrize(
    ("value", "offsets"),
    [
        ("mon", [0]),
        ("Sunday", [6]),
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("fri-mon", [0, 4, 5, 6]),
        ("sat, sun", [5, 6]),
        ("tue thu", [1, 3]),
        ("mon – wed; sat", [0, 1, 2, 5]),
        ("daily", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_weekdays_are_days_of_the_given_week(value, offsets):
    assert forms.WEEKDAYS.read(value, None) == tuple(offsets)
    assert forms.DAYS.read(value, MONDAY) == tuple(MONDAY + timedelta(days=offset) for offset in offsets)


@pytest.mark.parametrize("value", ["mo", "t", "mon-", "-fri", "monday-friyay", "weekdays", "Mo-Fr"])
def test_what_is_no_weekday_is_told_the_names(value):
    assert "mon, tue, wed" in refused(forms.WEEKDAYS, value)[1]


def test_a_weekday_without_a_week_is_told_of_the_option():
    problem, hint = refused(forms.DAYS, "mon")
    assert problem == "names a weekday, and no week was given"
    assert "--week" in hint


def test_one_day_is_not_several():
    assert forms.DAY.read("wed", MONDAY) == date(2026, 11, 25)
    assert refused(forms.DAY, "mon-wed", MONDAY)[0] == "names several days"


@pytest.mark.parametrize(
    ("value", "minute"), [("00:00", 0), ("6:30", 390), ("24:00", 1440), ("06:30:00", 390)]
)
def test_a_time_of_day_is_minutes_after_midnight(value, minute):
    assert forms.CLOCK.read(value, None) == minute


@pytest.mark.parametrize("value", ["24:01", "6", "06:60", "6.30", "6:30 PM", "-01:00", "06:30:15", ""])
def test_what_is_no_time_of_day_is_told_the_form(value):
    assert refused(forms.CLOCK, value) == ("is no time of day", "00:00 to 24:00, such as 06:30")


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        ("06:30", Reading(23400, None)),
        ("06:30:15", Reading(23415, None)),
        ("25:10", Reading(90600, None)),
        ("02:30+01:00", Reading(9000, 60)),
        ("02:30-08:30", Reading(9000, -510)),
        ("02:30Z", Reading(9000, 0)),
    ],
)
def test_a_clock_reading_may_have_seconds_an_offset_and_go_past_midnight(value, reading):
    assert forms.READING.read(value, None) == reading


@pytest.mark.parametrize("value", ["48:00", "06:60", "06:30:60", "02:30+1", "noon"])
def test_what_is_no_clock_reading_is_refused(value):
    assert refused(forms.READING, value)[0] == "is no time on the clock"


@pytest.mark.parametrize(
    ("value", "amount"), [("31.40", "31.40"), ("31,4", "31.4"), ("0", "0"), ("31", "31")]
)
def test_money_has_at_most_two_decimals_with_point_or_comma(value, amount):
    assert forms.MONEY.read(value, None) == Decimal(amount)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("-1.00", "is negative"),
        ("31.405", "is not a number with at most two decimals"),
        ("1,234", "is not a number with at most two decimals"),
        ("31.40 PLN", "is not a number with at most two decimals"),
        ("1e3", "is not a number with at most two decimals"),
        ("1000000", "is implausibly high"),
    ],
)
def test_what_is_no_amount_is_refused(value, problem):
    assert refused(forms.MONEY, value)[0] == problem


@pytest.mark.parametrize(("value", "minutes"), [("37.5", 2250), ("40", 2400), ("7,75", 465), ("0.2", 12)])
def test_hours_are_whole_minutes(value, minutes):
    assert forms.HOURS.read(value, None) == minutes


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("0.33", "is no whole number of minutes"),
        ("168.5", "is more than the hours of a week"),
        ("-8", "is negative"),
        ("8:00", "is not a number with at most two decimals"),
    ],
)
def test_what_is_no_number_of_hours_is_refused(value, problem):
    assert refused(forms.HOURS, value)[0] == problem


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "1e99", "many", "1,5"])
def test_what_is_no_quantity_is_refused(value):
    refused(forms.QUANTITY, value)


def test_numbers_of_people_are_whole_and_not_negative():
    assert forms.PEOPLE.read("0", None) == 0
    assert refused(forms.PEOPLE, "-1")[0] == "is negative"
    assert refused(forms.PEOPLE, "2.5")[0] == "is not a whole number"
    assert refused(forms.PEOPLE, "10001")[0] == "is not within 0 to 10000"


@pytest.mark.parametrize(
    ("form", "value", "hint"),
    [
        (forms.ZONE, "Europe/Warsow", "did you mean 'Europe/Warsaw'?"),
        (forms.ZONE, "at home", "an IANA name such as Europe/Warsaw or Asia/Manila"),
        (forms.CURRENCY, "ZL", "an ISO 4217 code such as PLN, PHP or USD"),
        (forms.CURRENCY, "pln", "an ISO 4217 code such as PLN, PHP or USD"),
        (forms.choice(ContractKind), "permanant", "did you mean 'permanent'?"),
        (forms.choice(ContractKind), "x", "one of permanent, part_time, student, seasonal"),
        (forms.YES_NO, "maybe", "yes or no"),
        (forms.EMAIL, "ann(at)example.com", "such as ann.nowak@example.com"),
        (forms.CODE, "x" * 41, "at most 40 characters"),
        (forms.NAME, "two\nlines", "plain text on one line"),
    ],
)
def test_what_does_not_fit_is_told_what_would(form, value, hint):
    assert refused(form, value)[1] == hint


def test_a_jurisdiction_is_a_lower_case_code_with_its_region():
    assert [forms.JURISDICTION.read(value, None) for value in ("pl", "us-ca", "us-ny-nyc")]
    for value in ("PL", "poland", "us_ca", "us-", "pl-" + "x" * 20):
        refused(forms.JURISDICTION, value)


def test_values_of_a_list_may_be_written_in_capitals():
    assert forms.choice(ContractKind).read("Part_Time", None) is ContractKind.PART_TIME
    assert forms.YES_NO.read("YES", None) is True
