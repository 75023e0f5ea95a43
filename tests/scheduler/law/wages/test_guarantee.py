"""Hours of a week that a contract guarantees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from scheduler.law.subject import LawSubject
from scheduler.law.wages.interpret import interpret
from scheduler.law.wages.work import LeaveTime
from tests.scheduler.law.wages.cases import LAWS, MONDAY, at, case, paid, terms, worked

LONDON = "Europe/London"
TWENTY_HOURS = terms("gb", guaranteed_weekly_minutes=1200)


def day(number, minutes=480):
    return worked(at(number, 8), minutes, zone=LONDON, breaks_known=False)


def guaranteed(spans, **more):
    lines = paid("gb", spans, contract=more.pop("contract", (TWENTY_HOURS,)), **more)
    return [line[1:] for line in lines if line[0] == "GUARANTEED_WEEK"]


def test_a_week_of_less_work_pays_what_is_missing_and_one_of_more_pays_nothing_besides():
    assert guaranteed([day(0), day(1)]) == [(240, "80.00")]
    assert guaranteed([day(0), day(1), day(2)]) == []
    assert guaranteed([]) == [(1200, "400.00")]


def test_paid_leave_counts_towards_the_guarantee_and_other_absence_lowers_it():
    leave = LeaveTime(day=MONDAY + timedelta(days=1), minutes=480)
    assert guaranteed([day(0)], leave=(leave,)) == [(240, "80.00")]
    sick = LawSubject(id="ann", absent_on=frozenset({MONDAY + timedelta(days=1)}))
    assert guaranteed([day(0)], subject=sick) == [(480, "160.00")]
    assert guaranteed([day(0)], unexcused_on=frozenset({MONDAY + timedelta(days=1)})) == []


def test_days_before_the_contract_take_their_part_away():
    late = replace(TWENTY_HOURS, valid_from=MONDAY + timedelta(days=5))
    assert guaranteed([], contract=(late,)) == [(342, "114.00")]


def test_a_raise_in_the_middle_of_the_week_leaves_the_guarantee_whole():
    thursday = MONDAY + timedelta(days=3)
    before = replace(TWENTY_HOURS, valid_until=thursday)
    after = replace(TWENTY_HOURS, valid_from=thursday, hourly=TWENTY_HOURS.hourly * 2, contract="d")
    assert guaranteed([], contract=(before, after)) == [(1200, "800.00")]


def test_it_is_due_on_the_last_day_of_the_week_however_a_period_is_cut():
    cut = case("gb", [day(0)], contract=(TWENTY_HOURS,), first=MONDAY, days=6)
    assert [one.code for one in interpret(cut, LAWS["gb"]).items if one.code == "GUARANTEED_WEEK"] == []
    rest = replace(cut, first=MONDAY + timedelta(days=6), end=MONDAY + timedelta(days=9))
    found = [one for one in interpret(rest, LAWS["gb"]).items if one.code == "GUARANTEED_WEEK"]
    assert [(one.minutes, one.day) for one in found] == [(720, date(2026, 5, 10))]
