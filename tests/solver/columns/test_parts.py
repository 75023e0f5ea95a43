"""Parts grow where they are quick or hopeless, and shrink where they are slow."""

from random import Random

import pytest

from solver.columns.parts import QUICK, SLOW, Reach, some_days


def test_a_part_grows_where_it_is_quick_or_hopeless_and_shrinks_where_it_is_slow():
    reach = Reach(8, 4, 12)
    reach.learn(QUICK / 2, 0.0, hopeful=True)
    assert reach.size == 10
    reach.learn(SLOW * 2, 0.0, hopeful=False)
    assert reach.size == 12
    reach.learn(QUICK / 2, 0.0, hopeful=True)
    assert reach.size == 12
    for _ in range(20):
        reach.learn(SLOW * 2, 0.0, hopeful=True)
    assert reach.size == 4


def test_what_a_kind_of_part_is_worth_follows_what_it_gained_lately():
    one, other = Reach(5, 1, 9), Reach(5, 1, 9)
    for _ in range(5):
        one.learn(1.0, 10.0, hopeful=True)
        other.learn(1.0, 1.0, hopeful=True)
    assert one.worth > other.worth > 0
    for _ in range(12):
        one.learn(1.0, 0.0, hopeful=True)
    assert one.worth < other.worth


@pytest.mark.parametrize("size", [1, 2, 5, 9])
def test_days_of_a_part_follow_each_other_and_each_day_has_its_turn(size):
    random, seen = Random(0), set()
    for _ in range(200):
        window = some_days(size, 9, random)
        days = [day for day, inside in enumerate(window) if inside]
        assert 1 <= len(days) <= size
        assert days == list(range(days[0], days[-1] + 1))
        seen.update(days)
    assert seen == set(range(9))
