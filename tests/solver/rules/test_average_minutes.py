"""Working time per week over a reference period that is longer than the horizon."""

from dataclasses import replace

import pytest

from solver.problem import Carried, ProblemError
from solver.rules.average_minutes import AverageMinutes
from solver.rules.rule import Period
from solver.work import Assignment, Break
from tests.solver.rules.told import fixed, shifts, short, told

MONTH = Period(months=1)  # November, of which 22 days lie before the horizon
CARRIED = (Carried(ledger="average_minutes", amount=22 * 480, days=22),)


def test_a_week_that_is_a_period_of_its_own():
    forty = AverageMinutes(maximum=2400, period=Period(7))
    assert short(forty, shifts(0, 1, 2, 3, 4)) == []
    assert short(forty, shifts(0, 1, 2, 3, 4, 5)) == [480]


def test_what_was_worked_before_is_made_up_for_later_in_the_period():
    # November has 30 days: 30 / 7 weeks of 48 hours are 12342 minutes.
    forty_eight = AverageMinutes(maximum=2880, period=MONTH)
    assert short(forty_eight, shifts(0, 1, 2), count=8, carried=CARRIED) == []
    (violation,) = told(forty_eight, shifts(0, 1, 2, 3), count=8, carried=CARRIED)
    assert violation.short_by == 22 * 480 + 4 * 480 - 12342
    assert dict(violation.facts) == {"actual": 2912, "from": "2026-11-01", "maximum": 2880, "days": 30}


def test_leave_is_neutral():
    forty_eight = AverageMinutes(maximum=2880, period=MONTH)
    days = ("2026-11-28", "2026-11-29", "2026-11-30")
    (violation,) = told(forty_eight, shifts(0, 1), count=8, carried=CARRIED, neutral_days=days)
    assert (violation.short_by, violation.facts["days"]) == (24 * 480 - 27 * 2880 // 7, 27)


def test_leave_before_the_horizon_shortens_the_period_where_history_is_counted():
    five = AverageMinutes(maximum=2100, period=Period(7, anchor="2026-11-18"))
    history = fixed(-5, -4)
    assert short(five, shifts(0, 1), history=history) == []
    assert short(five, shifts(0), history=history, neutral_days=("2026-11-20", "2026-11-21")) == []
    assert short(five, shifts(0, 1), history=history, neutral_days=("2026-11-20", "2026-11-21")) == [420]


def test_what_is_carried_stands_for_history():
    rule = AverageMinutes(maximum=2880, period=MONTH)
    assert short(rule, shifts(0, 1, 2), count=8, carried=CARRIED, history=fixed(-3, -2, -1)) == []
    assert short(rule, shifts(0, 1, 2, 3), count=8, history=fixed(*range(-22, 0))) == [26 * 480 - 12342]


def test_a_period_that_begins_in_the_horizon_carries_nothing():
    rule = AverageMinutes(maximum=700, period=Period(7))
    carried = (Carried(ledger="average_minutes", amount=9999, days=7),)
    assert short(rule, shifts(0), carried=carried) == []


def test_the_horizon_as_period_is_what_is_carried_and_the_horizon():
    rule = AverageMinutes(maximum=700, period=Period(None))
    carried = (Carried(ledger="average_minutes", amount=1400, days=7),)
    assert short(rule, shifts(0), carried=carried) == [480]
    assert short(rule, shifts(0)) == []


def test_pro_rata_keeps_the_average_at_the_end_of_every_horizon():
    year = Period(months=12)
    lenient = AverageMinutes(maximum=2400, period=year)
    strict = AverageMinutes(maximum=2400, period=year, pro_rata=True)
    carried = (Carried(ledger="average_minutes", amount=0, days=0),)
    six_days = shifts(0, 1, 2, 3, 4, 5)
    assert short(lenient, six_days, carried=carried) == []
    assert short(strict, six_days, carried=carried) == [480]


def test_a_minimum_is_asked_for_where_the_period_ends_or_pro_rata():
    carried = (Carried(ledger="average_minutes", amount=22 * 300, days=22),)
    rule = AverageMinutes(minimum=2100, period=MONTH)
    assert short(rule, shifts(0), count=7, carried=carried) == []
    assert short(rule, shifts(0), count=8, carried=carried) == [30 * 300 - 22 * 300 - 480]
    strict = AverageMinutes(minimum=2100, period=MONTH, pro_rata=True)
    assert short(strict, shifts(0), count=7, carried=carried) == [7 * 300 - 480]


def test_breaks_are_not_worked():
    works = [Assignment(employee="ann", start=480, end=990, breaks=(Break(30, paid=True),))]
    rule = AverageMinutes(maximum=480, period=Period(7))
    assert short(rule, works) == []
    assert short(replace(rule, count="paid"), works) == [30]


def test_clocks_that_change_change_the_minutes_not_the_days():
    works = [Assignment(employee="ann", start=1440, end=1440 + 1380)]
    rule = AverageMinutes(maximum=1380, period=Period(7))
    assert short(rule, works, lengths=(1440, 1380)) == []


@pytest.mark.parametrize("fields", [{}, {"maximum": 1, "ledger": ""}])
def test_what_makes_no_sense_is_refused(fields):
    with pytest.raises(ValueError, match=r"give a minimum|ledger is empty"):
        AverageMinutes(**fields)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"carried": (Carried(ledger="", amount=1),)}, r"carried\[0\]\.ledger"),
        (
            {"carried": (Carried(ledger="a", amount=1), Carried(ledger="a", amount=2))},
            r"carried\[1\]\.ledger",
        ),
        ({"carried": (Carried(ledger="a", amount=1, days=-1),)}, r"carried\[0\]\.days"),
        ({"carried": (Carried(ledger="a", amount=1, days=3661),)}, r"carried\[0\]\.days"),
        ({"neutral_days": ("23 November",)}, r"neutral_days\[0\]"),
    ],
)
def test_entries_that_make_no_sense_are_refused(fields, path):
    with pytest.raises(ProblemError, match=path):
        short(AverageMinutes(maximum=1), [], **fields)
