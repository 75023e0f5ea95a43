"""Rules that read the clock, on the days on which it changes."""

import pytest

from solver.problem import Employee
from solver.rules.clock_ban import ClockBan
from solver.rules.rest_within import ClockSpan, RestWithin
from solver.rules.shift_minutes import ShiftMinutes
from solver.rules.start_spacing import StartSpacing
from solver.work import Assignment, Break, Roster, Work
from tests.solver.worlds import problem_of

SPRING, AUTUMN = (1440, 1380), (1440, 1500)  # the clocks change in the night to the second day, 2026-11-24


def found(rule, works, lengths=(), **employee):
    problem = problem_of([Employee(id="ann", **employee)], lengths=lengths)
    roster = Roster(Assignment(employee="ann", start=start, end=end) for start, end in works)
    return [violation.short_by for violation in rule.check(problem, roster)]


@pytest.mark.parametrize(
    ("lengths", "second", "short_by"),
    [
        ((), 480 + 1440, []),
        ((), 480 + 1439, [1]),
        (SPRING, 480 + 1380, []),  # 08:00 on the next day, 23 h later
        (SPRING, 480 + 1379, [1]),
        (AUTUMN, 480 + 1440, []),  # 07:00 on the next day, 24 h later
        (AUTUMN, 480 + 1439, [1]),
    ],
)
def test_work_starts_a_day_after_it_started_or_at_the_same_time_on_the_clock(lengths, second, short_by):
    assert found(StartSpacing(), [(480, 600), (second, second + 60)], lengths) == short_by


def test_starts_are_spaced_over_both_ends_of_the_horizon():
    assert found(StartSpacing(), [(60, 120)], history=(Work(start=-600, end=-300),)) == [780]
    end = 7 * 1440
    assert found(StartSpacing(), [(end - 600, end - 300)], upcoming=(Work(start=end, end=end + 60),)) == [840]
    assert found(StartSpacing(), [], history=(Work(start=-600, end=-300), Work(start=-200, end=-100))) == []


@pytest.mark.parametrize(
    ("lengths", "end", "short_by"),
    [
        ((), 1320 + 480, []),
        ((), 1320 + 481, [1]),
        (AUTUMN, 1320 + 540, []),
        (AUTUMN, 1320 + 541, [1]),
        (SPRING, 1320 + 480, []),
    ],
)
def test_a_night_counts_as_the_clock_shows_it_where_an_hour_is_repeated(lengths, end, short_by):
    assert found(ShiftMinutes(maximum=480), [(1320, end)], lengths) == short_by


def test_a_day_before_the_clocks_go_back_gets_no_longer():
    assert found(ShiftMinutes(maximum=480), [(480, 480 + 540)], AUTUMN) == [60]


def test_unpaid_breaks_do_not_count_as_length():
    problem = problem_of(["ann"])
    work = Assignment(employee="ann", start=480, end=990, breaks=(Break(30),))
    assert ShiftMinutes(maximum=480).check(problem, Roster([work])) == []


@pytest.mark.parametrize(
    ("lengths", "span", "short_by"),
    [
        ((), (1200, 1320), []),
        ((), (1200, 1321), [1]),
        ((), (1440 + 360, 1440 + 480), []),
        ((), (1440 + 359, 1440 + 480), [1]),
        (SPRING, (1440 + 300, 1440 + 480), []),  # 06:00 comes an hour earlier
        (AUTUMN, (1440 + 420, 1440 + 480), []),  # and an hour later
        (AUTUMN, (1440 + 419, 1440 + 480), [1]),
        ((), (60, 120), [60]),  # the night before the horizon goes on inside it
        ((), (1200, 1440 + 480), [480]),
    ],
)
def test_banned_hours_are_read_off_the_clock(lengths, span, short_by):
    assert found(ClockBan(start=1320, end=1800), [span], lengths) == short_by


def test_hours_that_are_none_are_refused():
    with pytest.raises(ValueError, match="start 1500 and end 1600 are no hours of a day"):
        ClockBan(start=1500, end=1600)


DAY = ClockSpan(first="2026-11-24", last="2026-11-25")


@pytest.mark.parametrize(("lengths", "minutes"), [((), 1440), (SPRING, 1380), (AUTUMN, 1500)])
def test_a_whole_day_of_rest_is_as_long_as_the_day(lengths, minutes):
    rule = RestWithin(windows=(DAY,))
    assert found(rule, [(0, 1440), (1440 + minutes, 1440 + minutes + 60)], lengths) == []
    assert found(rule, [(0, 1440), (1440 + minutes - 1, 1440 + minutes + 60)], lengths) == [1]


def test_a_rest_that_the_past_makes_impossible_is_as_long_as_it_can_be():
    window = ClockSpan(first="2026-11-22", last="2026-11-24")
    rule = RestWithin(windows=(window,), minutes=2000)
    history = (Work(start=-600, end=120),)
    assert found(rule, [], history=history) == []  # 1320 minutes is the most there is
    assert found(rule, [(1000, 1100)], history=history) == [440]


def test_one_window_of_several_is_enough():
    first = ClockSpan(first="2026-11-23", last="2026-11-24")
    rule = RestWithin(windows=(first, DAY))
    assert found(rule, [(480, 600)]) == []
    assert found(rule, [(480, 600), (1440 + 480, 1440 + 600)]) == [600]


def test_without_windows_no_rest_is_asked():
    assert found(RestWithin(), [(0, 1440)]) == []
