"""How much leave a year gives."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.timeoff.entitlement import Employment, entitlement
from scheduler.timeoff.models import LeaveRounding, LeaveUnit, PartYear
from tests.scheduler.timeoff.leave_world import LONG_AGO, Agreed, employment, policy

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def test_a_whole_year_of_full_time_gives_all():
    assert entitlement(policy(), employment(), *YEAR) == (2600, "26 days a year")


@pytest.mark.parametrize(
    ("rule", "amount", "words"),
    [
        (PartYear.DAYS, 1304, "183 of 365 days"),
        (PartYear.STARTED_MONTHS, 1300, "6 of 12 months begun"),
        (PartYear.FULL_MONTHS, 1083, "5 of 12 full months"),
    ],
)
def test_whoever_starts_within_the_year_gets_a_part(rule: PartYear, amount: int, words: str):
    given = entitlement(policy(part_year=rule), employment(date(2026, 7, 2)), *YEAR)
    assert given == (amount, f"26 days a year, {words}")


@pytest.mark.parametrize(
    ("rounding", "amount"),
    [(LeaveRounding.UP, 1600), (LeaveRounding.HALF_UP, 1500), (LeaveRounding.EXACT, 1517)],
)
def test_parts_of_days_are_rounded_as_the_policy_says(rounding: LeaveRounding, amount: int):
    rules = policy(part_year=PartYear.STARTED_MONTHS, rounding=rounding)
    assert entitlement(rules, employment(date(2026, 6, 30)), *YEAR)[0] == amount


def test_half_time_in_minutes_gets_half():
    rules = policy(unit=LeaveUnit.MINUTES, yearly_amount=9600, full_time_weekly_minutes=2400)
    given = entitlement(rules, employment(weekly_minutes=1200), *YEAR)
    assert given == (4800, "160 h a year, 20 of 40 h a week")


def test_a_change_of_hours_within_the_year_counts_by_days():
    rules = policy(unit=LeaveUnit.MINUTES, yearly_amount=9600, full_time_weekly_minutes=2400)
    contracts = [Agreed(LONG_AGO, date(2026, 3, 15), 2400), Agreed(date(2026, 3, 15), None, 1200)]
    given, _words = entitlement(rules, Employment(LONG_AGO, None, contracts), *YEAR)
    assert given == round(9600 * (73 + 292 / 2) / 365) == 5760


def test_more_than_full_time_gives_no_more_and_no_contract_gives_nothing():
    rules = policy(unit=LeaveUnit.MINUTES, yearly_amount=9600, full_time_weekly_minutes=2400)
    assert entitlement(rules, employment(weekly_minutes=2880), *YEAR)[0] == 9600
    given, words = entitlement(rules, Employment(LONG_AGO, None, []), *YEAR)
    assert (given, words) == (0, "160 h a year, no contract")


@pytest.mark.parametrize(("hired_on", "amount"), [(date(2016, 12, 31), 2600), (date(2017, 1, 1), 2000)])
def test_long_service_counts_from_the_leave_year_in_which_it_is_reached(hired_on: date, amount: int):
    rules = policy(yearly_amount=2000, long_service_years=10, long_service_amount=2600)
    assert entitlement(rules, employment(hired_on), *YEAR)[0] == amount


def test_whoever_is_not_employed_in_the_year_gets_nothing():
    assert entitlement(policy(), employment(left_on=date(2026, 1, 1)), *YEAR)[0] == 0
    assert entitlement(policy(), employment(date(2027, 1, 1)), *YEAR)[0] == 0


def test_whoever_was_hired_on_a_leap_day_reaches_long_service_by_then():
    rules = policy(yearly_amount=2000, long_service_years=10, long_service_amount=2600)
    assert entitlement(rules, employment(date(2016, 2, 29)), *YEAR)[0] == 2600
