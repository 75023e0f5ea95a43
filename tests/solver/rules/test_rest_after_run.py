"""Rest after some days of a kind in a row."""

import pytest

from solver.rules.rest_after_run import RestAfterRun
from solver.rules.rule import Scope
from tests.solver.rules.weeks import costs, found, violations

NIGHTS = Scope(tags=("night",))
AFTER_THREE = RestAfterRun(days=3, minutes=46 * 60, scope=NIGHTS)


@pytest.mark.parametrize(
    ("week", "short_by"),
    [
        ("N N N - - M -", []),  # 06:00 to 06:00 two days later: 48 h
        ("N N N - E - -", [14 * 60]),
        ("N N N - M - -", [22 * 60]),
        ("N N - M - - -", []),
        ("N N N N - M -", [22 * 60]),  # the run ends with the fourth night
        ("N N N E - - -", [38 * 60]),
        ("N N - N - M -", []),
    ],
)
def test_three_nights_or_more_are_followed_by_46_hours(week, short_by):
    assert found(AFTER_THREE, week) == short_by
    assert costs(AFTER_THREE, week) == short_by


def test_runs_reach_over_both_ends_of_the_horizon():
    assert found(AFTER_THREE, "N - M - -", before="N N") == [22 * 60]
    assert found(AFTER_THREE, "- M - - -", before="N N N") == [22 * 60]
    assert found(AFTER_THREE, "- - - N N", after="N - M") == [22 * 60]
    assert found(AFTER_THREE, "- - N N N", after="- M") == [22 * 60]
    assert found(AFTER_THREE, "- - - - -", before="N N N M", after="N N N M") == []
    assert found(AFTER_THREE, "M - - - -", before="N N N E") == []  # the past rested too little


def test_a_night_that_changes_its_length_changes_the_rest():
    assert found(AFTER_THREE, "N N N - E - -", lengths=(1440, 1440, 1440, 1440, 1380)) == [15 * 60]


def test_without_tags_it_is_about_any_work():
    assert found(RestAfterRun(days=2, minutes=48 * 60), "M M - M M - - M") == [8 * 60]


def test_a_violation_says_when_the_run_began():
    (violation,) = violations(AFTER_THREE, "- N N N E - -")
    assert violation.facts == {"required": 2760, "actual": 480, "from": "2026-11-24"}


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="days is 0"):
        RestAfterRun(days=0)
    with pytest.raises(ValueError, match="minutes is 0"):
        RestAfterRun(minutes=0)
    with pytest.raises(ValueError, match=r"scope.days means nothing"):
        RestAfterRun(scope=Scope(days=("2026-11-23",)))
