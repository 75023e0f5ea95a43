"""Work in any so many hours on end, minute by minute."""

import pytest

from solver.rules.rolling_hours import RollingHours
from solver.rules.rule import Scope
from solver.work import Assignment, Work
from tests.solver.rules.told import HOUR, shifts, short, told

DAY_OF_TEN = RollingHours(maximum=600, hours=24)


def work(start, end, **fields):
    return Assignment(employee="ann", start=start * HOUR, end=end * HOUR, **fields)


def test_a_window_begins_with_each_work():
    first, second = told(DAY_OF_TEN, [work(8, 14), work(20, 26), work(30, 40)])
    assert (first.short_by, second.short_by, first.unit) == (240, 360, "minutes")
    assert dict(first.facts) == {"maximum": 600, "actual": 840, "hours": 24}
    assert [span.start for span in second.spans] == [20 * HOUR, 30 * HOUR]


def test_a_window_counts_only_the_part_of_a_shift_that_lies_in_it():
    assert short(DAY_OF_TEN, [work(8, 14), work(28, 36)]) == []
    assert short(DAY_OF_TEN, [work(8, 15), work(28, 36)]) == [60]


def test_every_full_window_is_charged():
    assert short(RollingHours(maximum=600, hours=36), shifts(0, 1, 2)) == [360, 360]


def test_history_and_upcoming_work_fill_windows():
    history = (Work(start=-6 * HOUR, end=0),)
    assert short(DAY_OF_TEN, [work(8, 14)], history=history) == [120]
    upcoming = (Work(start=168 * HOUR, end=176 * HOUR),)
    assert short(DAY_OF_TEN, [work(160, 165)], upcoming=upcoming) == [180]


def test_what_the_past_has_filled_is_not_charged():
    history = (Work(start=-12 * HOUR, end=0),)
    assert short(DAY_OF_TEN, [], history=history) == []
    assert short(DAY_OF_TEN, [work(8, 10)], history=history) == [120]
    assert short(DAY_OF_TEN, [work(12, 14)], history=history) == []


def test_hours_are_elapsed_hours_when_the_clocks_change():
    # 08:00 to 14:00 and from 08:00 on the next day, which comes an hour earlier.
    lengths = (1440, 1380)
    next_day = Assignment(employee="ann", start=31 * HOUR, end=36 * HOUR)
    rule = RollingHours(maximum=360, hours=24)
    assert short(rule, [work(8, 14), next_day], lengths=lengths) == [60]


def test_tags_make_it_about_such_work():
    rule = RollingHours(maximum=400, hours=24, scope=Scope(tags=("duty",)))
    assert short(rule, [work(8, 14, tags=("duty",)), work(15, 20)]) == []
    assert short(rule, [work(8, 14, tags=("duty",)), work(15, 20, tags=("duty",))]) == [260]


@pytest.mark.parametrize("fields", [{"hours": 0}, {"maximum": -1, "hours": 2}, {"maximum": 120, "hours": 2}])
def test_windows_that_allow_nothing_or_anything_are_refused(fields):
    with pytest.raises(ValueError, match="hours"):
        RollingHours(**fields)
