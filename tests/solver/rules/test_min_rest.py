"""Rest between spans, for some work or between days only."""

import pytest

from solver.cpsat.draft import Draft
from solver.problem import Employee
from solver.rules.min_rest import MinRest
from solver.rules.rule import Scope
from solver.rules.work_kind import WorkKind
from tests.solver.rules.weeks import costs, found, violations
from tests.solver.worlds import problem_of

EARLY = WorkKind(tags=("early",))


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("E M - -", [180]), ("M M E -", []), ("E D E -", [60]), ("N N - -", []), ("ME - -", [660])],
)
def test_eleven_hours_lie_between_two_spans(week, short_by):
    assert found(MinRest(minutes=660), week) == short_by
    assert costs(MinRest(minutes=660), week) == short_by


def test_rest_can_depend_on_the_work_before_and_after_it():
    night_to_early = MinRest(minutes=2000, following=EARLY, scope=Scope(tags=("night",)))
    assert found(night_to_early, "N - M -") == [2000 - 1440]
    assert found(night_to_early, "N - D -") == []
    assert found(night_to_early, "N E M -") == [560]  # what lies between does not matter
    assert found(night_to_early, "E - M -") == []


def test_rest_between_days_lets_a_day_be_split():
    between_days = MinRest(minutes=660, between_days=True)
    assert found(between_days, "ME - -") == []
    assert found(between_days, "ME M -") == [180]
    assert found(between_days, "- M -", before="ME") == []
    assert found(between_days, "M - -", before="ME") == [180]


def test_both_ends_of_the_horizon_count_and_the_past_alone_does_not():
    assert found(MinRest(minutes=660), "M - -", before="E") == [180]
    assert found(MinRest(minutes=660), "- - E", after="M") == [180]
    assert found(MinRest(minutes=660), "- - -", before="E M", after="E M") == []


def test_the_night_in_which_the_clocks_change_is_a_shorter_or_longer_rest():
    assert found(MinRest(minutes=660), "E D -", lengths=(1440, 1380)) == [120]
    assert found(MinRest(minutes=660), "E D -", lengths=(1440, 1500)) == []


def test_a_violation_says_what_is_required():
    (violation,) = violations(MinRest(minutes=660), "E M -")
    assert violation.facts == {"required": 660, "actual": 480}


@pytest.mark.parametrize(
    ("rule", "minutes"),
    [
        (MinRest(minutes=660), 660),
        (MinRest(minutes=660, level="soft"), 0),
        (MinRest(minutes=660, following=EARLY), 0),
        (MinRest(minutes=660, between_days=True), 0),
        (MinRest(minutes=660, scope=Scope(without_tags=("on_call",))), 0),
    ],
)
def test_other_rules_rely_only_on_a_rest_that_follows_all_work(rule, minutes):
    draft = Draft(problem_of([Employee(id="ann")], kinds="M"), [rule])
    assert draft.rest_after_all(draft.persons["ann"]) == minutes
