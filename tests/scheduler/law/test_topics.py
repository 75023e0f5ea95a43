"""Which of two values is the better for the worker."""

import pytest

from scheduler.law.amounts import Factor, Flag, Money, Sentence, Share
from scheduler.law.topics import TOPICS, favours
from scheduler.law.values import Breaks, ClockWindow, Count, Duration, OneIn


@pytest.mark.parametrize(
    ("topic", "better", "worse"),
    [
        ("daily_rest", Duration(661), Duration(660)),
        ("day_max", Duration(479), Duration(480)),
        ("schedule_notice", Count(8, "days"), Count(1, "weeks")),
        ("reference_months", Count(1, "months"), Count(5, "weeks")),
        ("sunday_free", OneIn(3), OneIn(4)),
        ("night_worker_share", OneIn(5), OneIn(4)),
        ("night_window", ClockWindow.parse("22:00-06:00"), ClockWindow.parse("00:00-05:00")),
        ("break", Breaks.parse("15 min from 6 h"), Breaks.parse("15 min over 6 h")),
        ("leave_year", Count(21, "working days"), Count(4, "weeks")),
        ("minimum_wage_hour", Money.parse("31.40 PLN"), Money.parse("30.50 PLN")),
        ("overtime_factor", Factor.parse("x 1.5"), Factor.parse("x 1.25")),
        ("night_share", Share.parse("25 %"), Share.parse("20 %")),
        ("rest_as_worked", Flag(True), Flag(False)),
    ],
)
def test_the_better_value_favours_the_worker_and_the_worse_one_does_not(topic, better, worse):
    assert favours(TOPICS[topic], better, worse)
    assert favours(TOPICS[topic], better, better)
    assert not favours(TOPICS[topic], worse, better)


def test_breaks_can_each_be_better_for_some_shifts():
    early, long = Breaks.parse("15 min over 4 h"), Breaks.parse("30 min over 6 h")
    assert not favours(TOPICS["break"], early, long)
    assert not favours(TOPICS["break"], long, early)


def test_twenty_days_of_a_five_day_week_are_four_weeks():
    days, weeks = Count(20, "working days"), Count(4, "weeks")
    assert favours(TOPICS["leave_year"], days, weeks)
    assert favours(TOPICS["leave_year"], weeks, days)


def test_money_of_two_currencies_is_better_neither_way():
    zloty, dollars = Money.parse("31 PLN"), Money.parse("7 USD")
    assert not favours(TOPICS["minimum_wage_hour"], zloty, dollars)
    assert not favours(TOPICS["minimum_wage_hour"], dollars, zloty)


def test_what_has_no_size_cannot_be_ranked():
    with pytest.raises(TypeError, match="cannot be ranked"):
        favours(TOPICS["daily_rest"], Sentence("Rest."), Duration(660))


def test_windows_that_only_overlap_cover_neither_way():
    one, other = ClockWindow.parse("22:00-06:00"), ClockWindow.parse("23:00-07:00")
    assert not favours(TOPICS["night_ban"], one, other)
    assert not favours(TOPICS["night_ban"], other, one)
