"""Stretches of several days off in a window."""

import pytest

from solver.rules.days_off_blocks import DaysOffBlocks
from solver.rules.rule import Period
from solver.work import Assignment
from tests.solver.rules.told import fixed, shifts, short, span, told

WEEK = DaysOffBlocks(days=2)


def test_single_days_off_make_no_block():
    (violation,) = told(WEEK, shifts(0, 2, 4, 6))
    assert (violation.short_by, violation.unit) == (1, "blocks")
    assert dict(violation.facts) == {"required": 1, "actual": 0, "days": 2, "from": "2026-11-23"}
    assert short(WEEK, shifts(0, 1, 4, 5, 6)) == []


def test_four_days_in_a_row_are_two_blocks_of_two():
    two = DaysOffBlocks(minimum=2)
    assert short(two, shifts(0, 1, 6)) == []
    assert short(two, shifts(0, 1, 5, 6)) == [1]
    assert short(two, shifts(0, 3, 6)) == []


def test_a_window_that_began_in_history_counts_what_was_free_there():
    rolling = DaysOffBlocks(days=2, period=Period(5, rolling=True))
    assert short(rolling, shifts(0, 1, 2), count=3) == []
    assert short(rolling, shifts(0, 1, 2), count=3, history=fixed(-1)) == [1]


def test_what_the_past_leaves_no_room_for_is_not_asked():
    fortnight = DaysOffBlocks(minimum=3, period=Period(7, anchor="2026-11-19"))
    assert short(fortnight, [], count=3, history=fixed(-3, -1)) == []
    assert short(fortnight, shifts(1), count=3, history=fixed(-3, -1)) == [1]


def test_windows_that_end_in_what_is_not_known_are_not_judged():
    fortnight = DaysOffBlocks(period=Period(14))
    assert short(fortnight, shifts(0, 2, 4, 6)) == []
    busy = fixed(8, 10, 12, 13)
    assert short(fortnight, shifts(0, 2, 4, 6), upcoming=busy) == [1]


def test_a_night_breaks_into_the_block_where_touching_is_asked():
    works = [*shifts(0, 2, 6), Assignment(employee="ann", **span(3, 22, 30))]
    assert short(WEEK, works) == []
    assert short(DaysOffBlocks(touching=True), works) == [1]


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"minimum": 0}, "1 or more"), ({"days": 0}, "1 or more"), ({"minimum": 4}, "do not fit into 7 days")],
)
def test_blocks_that_make_no_sense_are_refused(fields, message):
    with pytest.raises(ValueError, match=message):
        DaysOffBlocks(**fields)
