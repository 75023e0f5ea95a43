"""What paid minutes cost, with overtime."""

import pytest

from solver.problem import Carried, CostTier, ProblemError
from solver.rules.labour_cost import LabourCost
from solver.rules.rule import Period
from tests.solver.rules.told import fixed, shifts, short, told

PAY = {"cost_per_minute": 2, "cost_tiers": (CostTier(600, 3), CostTier(1200, 5))}


def test_each_minute_costs_the_price_of_its_tier():
    assert short(LabourCost(), shifts(0), **PAY) == [960]
    (violation,) = told(LabourCost(), shifts(0, 1, 2), **PAY)
    assert violation.short_by == 600 * 2 + 600 * 3 + 240 * 5
    assert dict(violation.facts) == {"paid": 1440, "cost_per_minute": 2, "overtime": 600 + 3 * 240}


def test_tiers_begin_anew_in_each_window():
    weekly = LabourCost(period=Period(7))
    assert short(weekly, shifts(0, 8), count=14, **PAY) == [1920]
    assert short(LabourCost(), shifts(0, 8), count=14, **PAY) == [1920 + 360]


def test_minutes_before_the_horizon_use_up_the_cheap_tier_and_cost_nothing():
    week = LabourCost(period=Period(7, anchor="2026-11-20"))
    assert short(week, [], history=fixed(-1), **PAY) == []
    assert short(week, shifts(0), history=fixed(-1), **PAY) == [960 + 360]
    assert short(week, shifts(5), history=fixed(-1), **PAY) == [960]


def test_upcoming_work_uses_up_the_cheap_tier_too():
    week = LabourCost(period=Period(7, anchor="2026-11-27"))
    assert short(week, shifts(6), upcoming=fixed(7), **PAY) == [960 + 360]


def test_what_is_carried_stands_for_history():
    week = LabourCost(period=Period(7, anchor="2026-11-20"))
    carried = (Carried(ledger="labour_cost", amount=600),)
    assert short(week, shifts(0), history=fixed(-1), carried=carried, **PAY) == [1440]
    assert short(LabourCost(), shifts(0), carried=carried, **PAY) == [1440]


def test_days_of_no_window_cost_the_base_price():
    only_monday = LabourCost(period=Period(custom=(("2026-11-23", "2026-11-23"),)))
    assert short(only_monday, shifts(0, 1, 2), **PAY) == [3 * 960]


def test_overtime_is_charged_where_the_base_is_free():
    assert short(LabourCost(), shifts(0, 1), cost_tiers=(CostTier(600, 1),)) == [360]


def test_rolling_windows_are_refused():
    with pytest.raises(ValueError, match="paid in one window only"):
        LabourCost(period=Period(7, rolling=True))


@pytest.mark.parametrize(
    ("tiers", "path"),
    [
        ((CostTier(0, 3),), r"cost_tiers\[0\]\.after_minutes = 0: must be above 0"),
        ((CostTier(600, 3), CostTier(600, 4)), r"cost_tiers\[1\]\.after_minutes"),
        ((CostTier(600, 1_000_001),), r"cost_tiers\[0\]\.cost_per_minute = 1000001: must not be above"),
        ((CostTier(600, 1),), r"cost_tiers\[0\]\.cost_per_minute = 1: must not be below 2"),
    ],
)
def test_tiers_that_go_down_are_refused(tiers, path):
    with pytest.raises(ProblemError, match=path):
        short(LabourCost(), [], cost_per_minute=2, cost_tiers=tiers)
