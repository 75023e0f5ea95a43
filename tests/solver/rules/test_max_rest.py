"""The longest time until the next work."""

import pytest

from solver.rules.max_rest import MaxRest
from solver.rules.rule import Scope
from tests.solver.rules.weeks import costs, found, violations

SIXTEEN_HOURS = MaxRest(minutes=960, time_off_minutes=1920)


@pytest.mark.parametrize(
    ("week", "short_by"),
    [
        ("M M M - -", []),
        ("M E - - -", [480]),
        ("M - M - -", []),  # 40 h are time off
        ("M N - - -", []),  # 32 h are time off too
        ("E E - - -", []),
    ],
)
def test_the_next_work_starts_soon_or_after_time_off(week, short_by):
    assert found(SIXTEEN_HOURS, week) == short_by
    assert costs(SIXTEEN_HOURS, week) == [1] * len(short_by)


def test_without_time_off_every_rest_counts_but_the_last():
    assert found(MaxRest(minutes=1440, time_off_minutes=None), "M - M - - M -") == [960, 2400]


def test_both_ends_of_the_horizon_count_and_the_past_alone_does_not():
    assert found(SIXTEEN_HOURS, "E - -", before="M") == [480]
    assert found(SIXTEEN_HOURS, "- - M", after="E") == [480]
    assert found(SIXTEEN_HOURS, "- - -", before="M E", after="M E") == []


def test_the_scope_names_the_work_that_is_followed():
    assert found(MaxRest(minutes=960, scope=Scope(tags=("late",))), "M E - - -") == []


def test_an_hour_that_the_clocks_skip_is_no_rest():
    rule = MaxRest(minutes=960)
    assert found(rule, "M E -", lengths=(1440, 1380)) == [420]


def test_a_violation_says_how_long_the_rest_is():
    (violation,) = violations(SIXTEEN_HOURS, "M E -")
    assert violation.facts == {"maximum": 960, "actual": 1440}


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="minutes is -1"):
        MaxRest(minutes=-1)
    with pytest.raises(ValueError, match="time_off_minutes is 960; use more than the 960"):
        MaxRest(minutes=960, time_off_minutes=960)
