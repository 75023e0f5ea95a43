"""How much one person works: minutes, shifts, days off, the contract's range, the fair share."""

import pytest

from solver.rules.contract_range import ContractRange
from solver.rules.days_off import DaysOff
from solver.rules.fairness import Fairness
from solver.rules.minutes import Minutes
from solver.rules.rule import HORIZON, Period, Scope
from solver.rules.shift_count import ShiftCount
from solver.work import Assignment, Break
from tests.solver.rules.told import HOUR, fixed, shifts, short, told


@pytest.mark.parametrize(("count", "short_by"), [("paid", []), ("worked", [15]), ("present", [30])])
def test_minutes_are_paid_or_worked_or_present(count, short_by):
    breaks = (Break(15), Break(15, paid=True))
    limit = {"paid": 465, "worked": 435, "present": 450}[count]
    assert short(Minutes(maximum=limit, count=count), shifts(0, breaks=breaks)) == short_by


def test_minutes_of_the_past_count_in_the_window_and_are_not_charged():
    rolling = Minutes(maximum=960, period=Period(3, rolling=True))
    assert short(rolling, shifts(0), count=1, history=fixed(-2, -1)) == [480]
    assert short(rolling, [], count=1, history=fixed(-2, -1, -1)) == []


def test_one_shift_a_day_and_a_split_day_has_two():
    split = [Assignment(employee="ann", start=h * HOUR, end=(h + 3) * HOUR) for h in (8, 14)]
    assert short(ShiftCount(maximum=1), [*split, *shifts(1)]) == [1]


def test_a_minimum_of_shifts_is_asked_only_where_the_window_is_known_to_its_end():
    weekly = ShiftCount(minimum=2, period=Period(7), scope=Scope(tags=("night",)))
    assert short(weekly, shifts(0, 1), count=7) == [2]
    assert short(weekly, shifts(0, tags=("night",)), count=7) == [1]
    assert short(weekly, [], count=6) == []


@pytest.mark.parametrize(("bound", "short_by"), [("both", [480]), ("minimum", []), ("maximum", [480])])
def test_the_contract_range_is_the_employees_own(bound, short_by):
    own = {"minimum_minutes": 480, "maximum_minutes": 960}
    assert short(ContractRange(bound=bound), shifts(0, 1, 2), **own) == short_by
    assert short(ContractRange(bound=bound), [], **own) == ([] if bound == "maximum" else [480])
    assert short(ContractRange(bound=bound), shifts(0, 1, 2)) == []


def test_a_night_leaves_the_next_day_off_unless_touching_counts():
    night = [Assignment(employee="ann", start=22 * HOUR, end=30 * HOUR)]
    assert short(DaysOff(minimum=6), night) == []
    assert short(DaysOff(minimum=6, touching=True), night) == [1]


@pytest.mark.parametrize(
    ("target", "balance", "short_by", "cost"),
    [(480, 0, [], []), (960, 0, [480], [720]), (480, 60, [60], [60]), (None, 999, [], [])],
)
def test_the_farther_from_the_fair_share_the_dearer_each_minute(target, balance, short_by, cost):
    rule = Fairness(step_minutes=240, steps=2)
    found = told(rule, shifts(0), target_minutes=target, balance_minutes=balance)
    assert [violation.short_by for violation in found] == short_by
    assert [violation.cost for violation in found] == cost


def test_amounts_out_of_order_are_refused():
    with pytest.raises(ValueError, match="minimum 3 is above maximum 2"):
        ShiftCount(minimum=3, maximum=2)
    with pytest.raises(ValueError, match="give a minimum"):
        Minutes(period=HORIZON)
