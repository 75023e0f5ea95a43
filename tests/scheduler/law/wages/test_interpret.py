"""What worked time is worth: rules of packs and agreements, stacked as declared, no cent lost."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.kernel.errors import SchedulerError
from scheduler.law.public_holidays import HolidayClass
from scheduler.law.subject import LawSubject
from scheduler.law.wages.interpret import interpret
from scheduler.law.wages.line import rounded
from scheduler.law.wages.work import Bonus, BonusKind, Employer, PlannedTime
from tests.scheduler.law.wages.cases import LAWS, MONDAY, ZONES, agreement, at, case, paid, terms, worked
from tests.scheduler.law.wages.test_segments import spans

WARSAW, ANGELES, YORK, LONDON = "Europe/Warsaw", "America/Los_Angeles", "America/New_York", "Europe/London"
OCTOBER = date(2026, 10, 19)


@settings(max_examples=60, deadline=None)
@given(work=spans(), law=st.sampled_from(sorted(ZONES)))
def test_worked_lines_hold_each_minute_once_and_lines_sum_to_what_is_due(work, law):
    wages = interpret(case(law, work, first=OCTOBER - timedelta(7), days=60), LAWS[law])
    for lines in (wages.by_day(), wages.by_week(), wages.together()):
        assert sum(one.minutes for one in lines if one.kind.is_worked) == sum(one.minutes for one in work)
        assert sum(one.exact for one in lines) == sum(one.amount for one in wages.items)
        assert all(abs(Fraction(one.amount) - one.exact) <= Fraction(1, 200) for one in lines)
        timed = [one for one in lines if one.minutes]
        assert all(one.exact == Fraction(one.minutes, 60) * one.rate * one.multiplier for one in timed)


@settings(max_examples=40, deadline=None)
@given(work=spans(), law=st.sampled_from(sorted(ZONES)), seed=st.integers(0, 9))
def test_the_order_in_which_work_is_told_does_not_matter(work, law, seed):
    shuffled = random.Random(seed).sample(work, len(work))
    one, other = (interpret(case(law, each, first=OCTOBER, days=30), LAWS[law]) for each in (work, shuffled))
    assert one.by_day() == other.by_day()


@settings(max_examples=30, deadline=None)
@given(work=spans(), law=st.sampled_from(sorted(ZONES)), at_day=st.integers(1, 27))
def test_a_whole_is_its_parts(work, law, at_day):
    whole = case(law, work, first=OCTOBER - timedelta(7), days=60)
    middle = whole.first + timedelta(days=at_day)
    parts = [replace(whole, end=middle), replace(whole, first=middle)]
    items = [item for part in parts for item in interpret(part, LAWS[law]).items]
    assert sorted(map(repr, items)) == sorted(map(repr, interpret(whole, LAWS[law]).items))


@settings(max_examples=30, deadline=None)
@given(work=spans())
def test_california_never_pays_less_than_federal_law(work):
    given_case = case("us-ca", [replace(one, breaks_known=False) for one in work], first=OCTOBER, days=30)
    state, federal = (
        sum(one.amount for one in interpret(given_case, LAWS[law]).items) for law in ("us-ca", "us")
    )
    assert state >= federal


@settings(max_examples=50, deadline=None)
@given(cents=st.fractions(min_value=-1000, max_value=1000))
def test_amounts_are_rounded_to_the_nearest_cent_and_halves_away_from_zero(cents):
    found = Fraction(rounded(cents, 2))
    assert abs(found - cents) <= Fraction(1, 200)
    if abs(found - cents) == Fraction(1, 200):
        assert abs(found) > abs(cents)


def test_the_same_hours_on_two_rates_pay_overtime_on_their_average():
    week = [worked(at(day, 8), 600, zone=YORK, rate=Fraction(18 if day else 28)) for day in range(5)]
    found = {one[0]: one for one in paid("us", week)}
    assert found["OT_PREMIUM_HALF"] == ("OT_PREMIUM_HALF", 600, "100.00")


def test_a_discretionary_bonus_is_paid_and_changes_no_overtime():
    week = [worked(at(day, 8), 600, zone=YORK) for day in range(5)]
    gift = Bonus(on=MONDAY, amount=Fraction(500), kind=BonusKind.DISCRETIONARY)
    assert ("OT_PREMIUM_HALF", 600, "100.00") in paid("us", week, bonuses=(gift,))


def test_a_salary_pays_the_agreed_week_and_overtime_is_on_its_hourly_part():
    week = [worked(at(day, 8), 540, zone=YORK) for day in range(5)]
    salary = terms("us", hourly=None, monthly=Fraction(52 * 40 * 30, 12))
    assert paid("us", week, contract=(salary,)) == [
        ("STRAIGHT", 300, "150.00"), ("SALARIED", 2400, "0.00"), ("OT_PREMIUM_HALF", 300, "75.00"),
    ]  # fmt: skip


def test_a_raise_at_midnight_splits_the_night():
    contracts = (
        terms("gb", valid_until=MONDAY + timedelta(1)),
        terms("gb", valid_from=MONDAY + timedelta(1), contract="d", hourly=Fraction(30)),
    )
    found = paid("gb", [worked(at(0, 22), 480, zone=LONDON)], contract=contracts)
    assert found == [("BASE", 120, "40.00"), ("BASE", 360, "180.00")]


SATURDAY_NIGHT = [worked(at(5, 22), 480, zone=LONDON)]
SHARES = (("night_share", "30 %"), ("saturday_share", "25 %"), ("sunday_share", "50 %"))


def test_company_premiums_are_added_up_where_that_is_declared():
    found = paid("gb", SATURDAY_NIGHT, under=agreement("gb", *SHARES))
    assert found == [
        ("BASE", 480, "160.00"), ("SATURDAY_SHARE", 120, "10.00"), ("NIGHT_SHARE", 420, "42.00"),
        ("SUNDAY_SHARE", 360, "60.00"),
    ]  # fmt: skip


def test_only_the_highest_premium_is_paid_where_that_is_declared():
    found = paid("gb", SATURDAY_NIGHT, under=agreement("gb", *SHARES, ("stacking", "highest")))
    assert found == [
        ("BASE", 480, "160.00"), ("SATURDAY_SHARE", 60, "5.00"), ("NIGHT_SHARE", 60, "6.00"),
        ("SUNDAY_SHARE", 360, "60.00"),
    ]  # fmt: skip


def test_premiums_are_multiplied_in_order_where_that_is_declared():
    found = paid("gb", SATURDAY_NIGHT, under=agreement("gb", *SHARES, ("stacking", "multiplicative")))
    assert ("SUNDAY_SHARE_NIGHT_SHARE", 360, "234.00") in found


def test_holidays_of_an_agreement_bear_its_supplement():
    holiday = {MONDAY: (HolidayClass.PUBLIC,)}
    law = agreement("gb", ("holiday_share", "100 %"))
    assert paid("gb", [worked(at(0, 9), 240, zone=LONDON)], under=law, holidays=holiday) == [
        ("BASE", 240, "80.00"), ("HOLIDAY_SHARE", 240, "80.00"),
    ]  # fmt: skip


def test_a_call_back_a_short_day_and_a_shift_are_worth_what_the_agreement_says():
    law = agreement(
        "gb", ("call_back_min", "3 h"), ("guaranteed_day", "4 h"), ("shift_allowance", "7.50 GBP")
    )
    called = [worked(at(0, 20), 60, zone=LONDON, called_back=True)]
    assert paid("gb", called, under=law) == [
        ("BASE", 60, "20.00"), ("CALL_BACK", 120, "40.00"), ("GUARANTEED_DAY", 180, "60.00"),
        ("SHIFT_ALLOWANCE", 0, "7.50"),
    ]  # fmt: skip


def test_part_timers_in_france_are_paid_more_for_additional_hours():
    week = [worked(at(day, 8), 360, zone="Europe/Paris") for day in range(5)]
    found = paid("fr", week, contract=(terms("fr", weekly_minutes=24 * 60),))
    assert found == [
        ("BASE", 1800, "600.00"), ("PART_TIME_PREMIUM_T1", 144, "4.80"),
        ("PART_TIME_PREMIUM_T2", 216, "18.00"),
    ]  # fmt: skip


def test_a_settlement_period_brings_its_average_only_when_it_is_over():
    month = [
        worked(datetime.fromisoformat(f"2026-06-{day:02}T08:00"), 480, zone=WARSAW) for day in range(1, 31)
    ]
    planned = tuple(PlannedTime(start=one.start, end=one.end, minutes=480) for one in month)
    june = date(2026, 6, 1)
    before = interpret(case("pl", month, first=june, days=29, planned=planned), LAWS["pl"])
    after = interpret(case("pl", month, first=june, days=30, planned=planned), LAWS["pl"])
    assert {one.code for one in before.items} == {"BASE"}
    (average,) = [one for one in after.items if one.code == "OT_WEEKLY_AVG_100"]
    assert (average.minutes, str(average.day)) == (30 * 480 - 168 * 60, "2026-06-30")


def test_the_wage_of_a_day_without_a_known_minimum_stops_the_computation():
    night = [worked(datetime.fromisoformat("2027-01-04T22:00"), 480, zone=WARSAW)]
    with pytest.raises(SchedulerError, match="pay_law_unknown"):
        paid("pl", night, first=date(2027, 1, 4))
    chosen = Employer(minimum_wage_month=Fraction(5000))
    codes = [one[0] for one in paid("pl", night, first=date(2027, 1, 4), employer=chosen)]
    assert codes == ["BASE", "NIGHT_SUPPLEMENT_20_OF_MIN"]


def test_punches_and_paragraph_stand_behind_each_line():
    week = [
        worked(at(day, 8), 600, zone=ANGELES, breaks=((240, 30),), refs=(f"in{day}", f"out{day}"))
        for day in range(2)
    ]
    wages = interpret(case("us-ca", week), LAWS["us-ca"])
    overtime = [one for one in wages.by_day() if one.code == "OT"]
    assert [one.refs for one in overtime] == [("in0", "out0"), ("in1", "out1")]
    assert {one.citation for one in overtime} == {"Cal. Lab. Code 510(a)"}
    assert overtime[0].rules[0].parameter.id == "us-ca.overtime.rate"


def test_a_night_worker_who_only_works_nights_gets_the_higher_share():
    night = [worked(at(0, 22), 480, zone="Europe/Berlin")]
    subject = LawSubject(id="ann", night_worker=True)
    assert ("NIGHT_COMPENSATION", 420, "35.00") in paid("de", night, subject=subject)
    assert ("NIGHT_COMPENSATION", 420, "42.00") in paid("de", night, subject=subject, permanent_nights=True)
    assert paid("de", night) == [("BASE", 480, "160.00")]


def test_a_minimum_wage_that_ended_is_not_replaced_by_that_of_a_layer_underneath():
    day = datetime.fromisoformat("2027-01-04T09:00")
    split = [worked(day, 240, zone=ANGELES), worked(day + timedelta(hours=6), 240, zone=ANGELES)]
    with pytest.raises(SchedulerError, match="pay_law_unknown"):
        paid("us-ca", split, first=date(2027, 1, 4))
    chosen = Employer(minimum_wage_hour=Fraction("17.30"))
    found = paid(
        "us-ca", split, first=date(2027, 1, 4), employer=chosen, contract=(terms(hourly=Fraction(18)),)
    )
    assert ("SPLIT_SHIFT_PREMIUM", 0, "11.70") in found
