"""How often days in a row look like a pattern."""

import pytest

from solver.rules.day_patterns import DayPatterns
from solver.rules.rule import Scope
from solver.rules.work_kind import DayKind, WorkKind
from tests.solver.rules.weeks import costs, found, violations

ON, OFF, ANY = DayKind(), DayKind(day="off"), DayKind(day="any")
NIGHT, NO_NIGHT = (DayKind(day=day, work=WorkKind(tags=("night",))) for day in ("on", "off"))


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("N - N - -", [1]), ("N - N - N", [2]), ("N - - N -", []), ("N E N - -", []), ("- N - M N", [])],
)
def test_a_prohibited_pattern_counts_each_time_it_occurs(week, short_by):
    single_day_off = DayPatterns(pattern=(NIGHT, OFF, NIGHT), maximum=0)
    assert found(single_day_off, week) == short_by
    assert costs(single_day_off, week) == short_by


def test_the_days_around_the_horizon_belong_to_a_pattern():
    rule = DayPatterns(pattern=(NIGHT, OFF, NIGHT), maximum=0)
    assert found(rule, "- N - -", before="N") == [1]
    assert found(rule, "N - - -", before="N -") == [1]
    assert found(rule, "- - N -", after="N") == [1]
    assert found(rule, "- - - -", before="N - N", after="N - N") == []


def test_nothing_is_said_of_days_after_the_horizon_of_which_nothing_is_known():
    two_off = DayPatterns(pattern=(NIGHT, OFF), maximum=0)
    assert found(two_off, "- - N") == []
    assert found(two_off, "- - N", after="- M") == [1]


def test_a_required_pattern_occurs_so_often_and_may_begin_on_some_days_only():
    weekend = DayPatterns(pattern=(OFF, OFF), minimum=1, scope=Scope(weekdays=(5,)))
    assert found(weekend, "M M M M M - -") == []
    assert found(weekend, "- - M M M M -") == [1]
    twice = DayPatterns(pattern=(ON, ANY, ON), minimum=2, maximum=3)
    assert found(twice, "M M M - - - -") == [1]
    assert found(twice, "M M M M M M M") == [2]


def test_off_can_mean_without_such_work():
    rule = DayPatterns(pattern=(NIGHT, NO_NIGHT), maximum=0)
    assert found(rule, "N M -") == found(rule, "N - -") == [1]
    assert found(rule, "N MN -") == [1]  # the second night is the one that ends


def test_a_violation_says_how_often_and_from_when():
    (violation,) = violations(DayPatterns(pattern=(NIGHT, OFF), maximum=0), "- N - -")
    assert violation.facts == {"maximum": 0, "actual": 1, "from": "2026-11-24"}
    assert violation.unit == "patterns"


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="pattern asks for nothing"):
        DayPatterns(pattern=(ANY,), maximum=0)
    with pytest.raises(ValueError, match="give a minimum"):
        DayPatterns(pattern=(ON,))
