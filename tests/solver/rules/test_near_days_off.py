"""Late and early shifts near days off."""

import pytest

from solver.problem import ProblemError
from solver.rules.near_days_off import DayOffRequest, NearDaysOff
from solver.rules.rule import Scope
from solver.spans import Span
from tests.solver.rules.weeks import costs, found, violations
from tests.solver.worlds import problem_of

DAY = 1440
WEDNESDAY = (Span(2 * DAY, 3 * DAY),)
EVE = NearDaysOff(before=600, scope=Scope(tags=("late", "night")))


@pytest.mark.parametrize(
    ("week", "short_by"),
    [("M M - M", []), ("E M - M", []), ("M E - M", [480]), ("M N - -", [120]), ("- - - E", [])],
)
def test_no_late_shift_is_on_the_eve_of_a_day_off(week, short_by):
    assert found(EVE, week, unavailable=WEDNESDAY) == short_by
    assert costs(EVE, week, unavailable=WEDNESDAY) == short_by


def test_a_day_off_can_have_free_time_after_it():
    assert found(NearDaysOff(after=480), "- - - M", unavailable=WEDNESDAY) == [120]
    assert found(NearDaysOff(after=360), "- - - M", unavailable=WEDNESDAY) == []


def test_leave_can_have_a_day_without_work_on_either_side():
    rule = NearDaysOff(before=DAY, after=DAY)
    assert found(rule, "M M - M M", unavailable=WEDNESDAY) == [480, 480]


def test_only_what_lasts_long_enough_is_a_day_off_and_what_touches_is_one():
    hours = (Span(2 * DAY, 2 * DAY + 600), Span(2 * DAY + 600, 3 * DAY))
    assert found(EVE, "- E - -", unavailable=hours) == [480]
    assert found(EVE, "- E - -", unavailable=hours[:1]) == []
    assert found(NearDaysOff(before=600, shortest=600), "- E - -", unavailable=hours[:1]) == [480]


def test_wishes_and_requests_are_days_off_where_they_are_meant():
    assert found(EVE, "- E - -", unpreferred=WEDNESDAY) == []
    wishes = NearDaysOff(before=600, unavailable=False, unpreferred=True)
    assert found(wishes, "- E - -", unpreferred=WEDNESDAY) == [480]
    asked = NearDaysOff(before=600, requests=(DayOffRequest("ann", "2026-11-25", "2026-11-26"),))
    assert found(asked, "- E - -") == [480]
    assert found(asked, "- E - - E") == [480]
    other = NearDaysOff(before=600, requests=(DayOffRequest("bo", "2026-11-25", "2026-11-25"),))
    assert found(other, "- E - -") == []


def test_two_days_off_in_a_row_are_not_near_each_other():
    two = (Span(2 * DAY, 3 * DAY), Span(3 * DAY, 4 * DAY))
    assert found(NearDaysOff(before=600, after=600, level="soft"), "- - E E -", unavailable=two) == []


def test_days_off_beyond_the_horizon_count():
    assert found(NearDaysOff(before=600), "- E", unavailable=WEDNESDAY) == [480]
    assert found(NearDaysOff(after=480), "M -", unavailable=(Span(-DAY, 0),)) == [120]


# After a day off at midnight 06:00 comes sooner where the clocks go forward, so more of a shift is too near.
@pytest.mark.parametrize(("length", "short_by"), [(1440, [120]), (1380, [180]), (1500, [60])])
def test_minutes_near_a_day_off_are_elapsed_minutes(length, short_by):
    rule = NearDaysOff(after=480, requests=(DayOffRequest("ann", "2026-11-23", "2026-11-23"),))
    assert found(rule, "- M -", lengths=(1440, length)) == short_by


def test_a_request_is_as_long_as_its_day():
    rule = NearDaysOff(after=480, requests=(DayOffRequest("ann", "2026-11-24", "2026-11-24"),))
    assert found(rule, "- - M", lengths=(1440, 1380)) == [120]


def test_a_violation_says_what_is_kept_free():
    (violation,) = violations(EVE, "- E - -", unavailable=WEDNESDAY)
    assert violation.facts == {"before": 600, "after": 0, "actual": 480}


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="before 0 and after 0"):
        NearDaysOff()
    with pytest.raises(ValueError, match="shortest is 0"):
        NearDaysOff(before=1, shortest=0)
    with pytest.raises(ValueError, match="no days off are meant"):
        NearDaysOff(before=1, unavailable=False)
    with pytest.raises(ValueError, match="last is 2026-11-23, before first 2026-11-24"):
        DayOffRequest("ann", "2026-11-24", "2026-11-23")
    with pytest.raises(ProblemError) as refusal:
        problem_of(["bo"], rules=(NearDaysOff(before=1, requests=(DayOffRequest("ann", "soon", "soon"),)),))
    assert [fault.path.rpartition(".")[2] for fault in refusal.value.errors] == ["employee", "first", "last"]
