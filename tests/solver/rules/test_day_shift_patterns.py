"""Several shifts on one day."""

import pytest

from solver.rules.day_shift_patterns import DayShiftPatterns
from solver.rules.rule import Scope
from solver.rules.work_kind import WorkKind
from tests.solver.rules.weeks import costs, found, violations

EARLY, LATE, NIGHT = (WorkKind(tags=(tag,)) for tag in ("early", "late", "night"))


def test_a_prohibited_pair_of_one_day_counts_each_day():
    rule = DayShiftPatterns(pattern=(EARLY, NIGHT), maximum=0)
    assert found(rule, "MN M N -") == [1]
    assert found(rule, "MEN - MN -") == [2]
    assert costs(rule, "MEN - MN -") == [2]
    assert found(rule, "M N - -") == []


def test_the_order_matters_unless_it_does_not():
    assert found(DayShiftPatterns(pattern=(LATE, EARLY), maximum=0), "ME -") == []
    assert found(DayShiftPatterns(pattern=(LATE, EARLY), ordered=False, maximum=0), "ME -") == [1]


def test_one_span_does_not_stand_for_two():
    rule = DayShiftPatterns(pattern=(EARLY, EARLY), ordered=False, maximum=0)
    assert found(rule, "ME -") == []


def test_a_wanted_pair_is_missed_on_the_days_that_lack_it():
    rule = DayShiftPatterns(pattern=(EARLY, LATE), minimum=2, scope=Scope(weekdays=(0, 2)))
    assert found(rule, "ME ME - ") == [1]
    assert found(rule, "ME - ME") == []


def test_history_is_another_days_matter():
    rule = DayShiftPatterns(pattern=(EARLY, LATE), maximum=0)
    assert found(rule, "- -", before="ME", after="ME") == []


def test_a_violation_says_how_often_and_from_when():
    (violation,) = violations(DayShiftPatterns(pattern=(EARLY, LATE), maximum=0), "- ME")
    assert violation.facts == {"maximum": 0, "actual": 1, "from": "2026-11-24"}


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="fewer than 2 kinds"):
        DayShiftPatterns(pattern=(EARLY,), maximum=0)
    with pytest.raises(ValueError, match="give a minimum"):
        DayShiftPatterns(pattern=(EARLY, LATE))
