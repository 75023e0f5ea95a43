"""Rests that may be shorter some times."""

import pytest

from solver.rules.reduced_rest import ReducedRest
from solver.rules.rule import Period, Scope
from tests.solver.rules.weeks import costs, found, violations

ONCE = ReducedRest(minutes=660, maximum=1)


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("E M E M - - -", [1]), ("E M - E - - -", []), ("E M E M E M -", [2]), ("M E N - - - -", [])],
)
def test_rests_may_be_reduced_so_often_in_a_week(week, short_by):
    assert found(ONCE, week) == short_by
    assert costs(ONCE, week) == short_by


def test_a_rest_counts_on_the_day_on_which_the_work_before_it_starts():
    each_day = ReducedRest(minutes=660, maximum=0, period=Period(2))
    assert found(each_day, "M E M -") == [1]
    assert violations(each_day, "M E M -")[0].facts == {
        "required": 660,
        "actual": 1,
        "maximum": 0,
        "from": "2026-11-23",
    }


def test_history_and_upcoming_work_use_up_what_there_is_but_are_not_charged():
    rolling = ReducedRest(minutes=660, maximum=1, period=Period(4, rolling=True))
    assert found(rolling, "E M - - - -", before="E M") == [1, 1]  # of the two windows with both rests
    assert found(rolling, "- - - - E M", after="E M") == [1, 1]
    assert found(rolling, "- - - - - -", before="E M E M", after="E M E M") == []
    assert found(rolling, "M - - - - -", before="E") == []
    assert found(ReducedRest(minutes=660, maximum=0), "M - - - - - -", before="E") == []  # began last week


def test_what_the_past_took_beyond_the_maximum_leaves_nothing():
    window = ReducedRest(minutes=660, maximum=0, period=Period(5, anchor="2026-11-20"))
    assert found(window, "- E", before="E M -") == []
    assert found(window, "E M", before="E M -") == [1]


def test_a_longer_rest_makes_up_for_a_reduced_one():
    rule = ReducedRest(minutes=660, maximum=9, compensation_minutes=720)
    assert found(rule, "E M M - - - -") == []
    assert found(rule, "- - - - - E M") == [1]  # 10 h are left of the last day
    assert found(rule, "M M M E M E M") == [] == found(rule, "- - - M M E M")
    assert found(ReducedRest(minutes=660, maximum=9, compensation_minutes=1500), "M M M M M E M") == [1]


def test_a_rest_into_upcoming_work_can_make_up_too():
    rule = ReducedRest(minutes=660, maximum=9, compensation_minutes=1440)
    assert found(rule, "- - - - - E M", after="- M") == []
    assert found(rule, "- - - - - E M", after="M") == [1]


def test_only_rests_after_work_in_scope_count():
    assert found(ReducedRest(minutes=660, maximum=0, scope=Scope(tags=("night",))), "E M - - - - -") == []


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="minutes is 0"):
        ReducedRest(minutes=0)
    with pytest.raises(ValueError, match="maximum is -1"):
        ReducedRest(maximum=-1)
    with pytest.raises(ValueError, match="compensation_minutes is 600; use 660"):
        ReducedRest(minutes=660, compensation_minutes=600)
