"""Runs of days worked, of days off and of weekends, in the horizon and over both its edges."""

import pytest

from solver.cpsat.model import Model
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.consecutive_weekends import ConsecutiveWeekends
from solver.rules.rule import Scope
from solver.spans import Span
from solver.work import Assignment
from tests.solver.rules.told import DAY, fixed, shifts, short, span, told
from tests.solver.worlds import problem_of

PAIR = ConsecutiveDays(minimum=2)
OFF = ConsecutiveDaysOff(minimum=2)
NIGHT = [Assignment(employee="ann", **span(1, 22, 30))]


def test_a_single_day_between_days_off_is_too_short_a_run():
    (violation,) = told(PAIR, shifts(2))
    assert (violation.short_by, dict(violation.facts)) == (
        1,
        {"minimum": 2, "actual": 1, "from": "2026-11-25"},
    )
    assert violation.shifts == ("by_hand@3360",)


def test_runs_at_the_edge_of_what_is_known_are_exempt_from_the_minimum():
    assert short(PAIR, shifts(0)) == []
    assert short(PAIR, shifts(6)) == []
    assert short(OFF, shifts(1, 2, 3, 4, 5)) == []


def test_runs_at_the_edge_of_the_horizon_are_judged_where_more_is_known():
    assert short(PAIR, shifts(0), history=fixed(-3)) == [1]
    assert short(PAIR, shifts(0), history=fixed(-1)) == []
    assert short(PAIR, shifts(6), upcoming=fixed(9)) == [1]
    assert short(PAIR, shifts(6), upcoming=fixed(7)) == []


def test_nobody_has_to_go_on_working_after_a_day_in_history():
    assert short(PAIR, [], history=fixed(-1)) == []


def test_days_off_begun_in_history_are_given_in_full():
    assert short(OFF, shifts(0), history=fixed(-2)) == [1]
    assert short(OFF, shifts(1), history=fixed(-2)) == []
    assert short(OFF, shifts(6), upcoming=fixed(8)) == [1]
    assert short(OFF, [], history=fixed(-4, -2)) == []


def test_a_single_day_off_is_too_short_a_run():
    (violation,) = told(ConsecutiveDaysOff(minimum=3), shifts(0, 2))
    assert (violation.short_by, dict(violation.facts)) == (
        2,
        {"minimum": 3, "actual": 1, "from": "2026-11-24"},
    )


def test_too_many_days_off_are_counted_in_the_horizon_and_what_is_known_around_it():
    four = ConsecutiveDaysOff(maximum=4)
    assert short(four, shifts(5)) == [1]
    assert short(four, shifts(4)) == []
    assert short(four, shifts(2), history=fixed(-4)) == [1]
    assert short(four, shifts(4), upcoming=fixed(8)) == []
    assert short(four, shifts(4), upcoming=fixed(10)) == [1]


def test_leave_makes_no_run_of_days_off_too_long():
    leave = (Span(0, 2 * DAY), Span(2 * DAY, 3 * DAY))
    assert short(ConsecutiveDaysOff(maximum=2), shifts(5), unavailable=leave) == []
    assert short(ConsecutiveDaysOff(maximum=1), shifts(5), unavailable=leave) == [1]
    part = (Span(60, 3 * DAY),)
    assert short(ConsecutiveDaysOff(maximum=2), shifts(1), unavailable=part) == [2]


def test_a_night_takes_the_next_day_off_away_where_touching_is_asked():
    assert short(ConsecutiveDaysOff(minimum=2), [*NIGHT, *shifts(4)]) == []
    assert short(ConsecutiveDaysOff(minimum=2, touching=True), [*NIGHT, *shifts(4)]) == [1]


def test_a_day_ends_at_midnight_of_the_clock_that_changes():
    autumn = (1440, 1500)
    until_midnight = [Assignment(employee="ann", start=DAY + 600, end=DAY + 1500)]
    rule = ConsecutiveDaysOff(maximum=4, touching=True)
    assert short(rule, until_midnight, lengths=autumn) == [1]
    assert short(rule, until_midnight) == []


def test_runs_of_nights_do_not_see_other_work():
    nights = ConsecutiveDays(minimum=2, maximum=3, scope=Scope(tags=("night",)))
    assert short(nights, shifts(1, tags=("night",)) + shifts(2)) == [1]
    assert short(nights, shifts(1, 2, tags=("night",)) + shifts(3, 4)) == []
    assert short(nights, shifts(1, 2, 3, 4, tags=("night",))) == [1]


def test_days_too_many_wholly_before_the_horizon_are_not_charged():
    assert short(ConsecutiveDays(maximum=2), [], history=fixed(-4, -3, -2)) == []
    assert short(ConsecutiveDays(maximum=2), shifts(0), history=fixed(-3, -2, -1)) == [1]


def test_weekends_in_a_row_are_counted_over_the_edges():
    two = ConsecutiveWeekends(maximum=2)
    assert short(two, shifts(5, 13), count=14) == []
    assert short(two, shifts(5, 13), count=14, history=fixed(-1)) == [1]
    assert short(two, shifts(5, 13), count=14, history=fixed(-8)) == []
    assert short(two, shifts(5, 13), count=14, upcoming=fixed(19)) == [1]
    (violation,) = told(ConsecutiveWeekends(maximum=1), shifts(5, 13), count=14)
    assert dict(violation.facts) == {"maximum": 1, "actual": 2, "from": "2026-11-28"}


def test_a_single_weekend_is_too_short_a_run_if_its_neighbours_are_known():
    pairs = ConsecutiveWeekends(minimum=2)
    assert short(pairs, shifts(12), count=21) == [1]
    assert short(pairs, shifts(5), count=21) == []
    assert short(pairs, shifts(5), count=21, history=fixed(-3)) == [1]


def test_a_weekend_that_history_alone_has_made_is_not_the_rosters():
    none = ConsecutiveWeekends(maximum=0, weekdays=(6, 0))
    pairs = ConsecutiveWeekends(minimum=2, weekdays=(6, 0))
    assert short(none, history=fixed(-1)) == []
    assert short(none, shifts(0)) == [1]
    assert short(none, upcoming=fixed(7)) == []
    assert short(pairs, history=fixed(-9, -1)) == []


def test_a_horizon_without_weekend_has_nothing_to_judge():
    assert short(ConsecutiveWeekends(maximum=0, minimum=None), shifts(0, 1), count=3, history=fixed(-1)) == []


def test_bounds_beyond_anything_known_are_posted_at_once():
    rule = ConsecutiveDays(minimum=9_000_000, maximum=10_000_000, level="soft")
    problem = problem_of(["ann"], kinds="D")
    assert len(Model.of(problem, [rule]).program.cp.proto.constraints) < 1000


@pytest.mark.parametrize("family", [ConsecutiveDays, ConsecutiveDaysOff, ConsecutiveWeekends])
def test_runs_without_bounds_are_refused(family):
    with pytest.raises(ValueError, match="give a minimum"):
        family()
