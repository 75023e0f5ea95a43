"""Every family of rules with parameters that bite in the small worlds."""

from typing import Any

from solver.rules.availability import Availability
from solver.rules.breaks import Breaks
from solver.rules.clock_ban import ClockBan
from solver.rules.complete_weekends import CompleteWeekends
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.coverage import CoverageCurves
from solver.rules.daily_rest import DailyRest
from solver.rules.days_off import DaysOff
from solver.rules.days_worked import DaysWorked
from solver.rules.distinct_kinds import DistinctKinds
from solver.rules.fairness import Fairness
from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.labour_cost import LabourCost
from solver.rules.locations import Locations
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.no_overlap import NoOverlap
from solver.rules.pins import Pins
from solver.rules.preferences import Preferences
from solver.rules.rest_within import ClockSpan, RestWithin
from solver.rules.rule import HORIZON, Period, Rule, Scope
from solver.rules.shift_count import ShiftCount
from solver.rules.shift_minutes import ShiftMinutes
from solver.rules.skills import Skills
from solver.rules.stability import AddedStep, Stability
from solver.rules.start_spacing import StartSpacing
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest

NIGHTS = Scope(tags=("night",))
WEEKEND = Scope(days=("2026-11-22", "2026-11-24", "2026-11-26"))
TWO_DAYS = Period(2, rolling=True)
CHUNKS = Period(3, anchor="2026-11-22")

CASES: dict[type[Rule], list[dict[str, Any]]] = {
    Skills: [{}, {"scope": WEEKEND}],
    Locations: [{}],
    Availability: [{}, {"scope": NIGHTS}],
    Breaks: [{"from_minutes": 300, "minutes": 30}, {"from_minutes": 240, "minutes": 15, "paid_only": True}],
    ShiftMinutes: [{"maximum": 480}, {"maximum": 239}],
    ClockBan: [{"start": 1320, "end": 1800}],
    NoOverlap: [{}],
    MinRest: [{"minutes": 660}, {"minutes": 840, "scope": NIGHTS}, {"minutes": 120}],
    StartSpacing: [{"minutes": 1440}],
    DailyRest: [{"minutes": 660}, {"minutes": 1020}],
    WeeklyRest: [
        {"minutes": 2100, "period": Period(4)},
        {"minutes": 1300, "period": TWO_DAYS},
        {"minutes": 2500, "period": CHUNKS},
    ],
    RestWithin: [
        {
            "minutes": 1300,
            "windows": (
                ClockSpan(first="2026-11-22", last="2026-11-25", start=1200, end=0),
                ClockSpan(first="2026-11-26", last="2026-11-26", start=0, end=1440),
            ),
        }
    ],
    Minutes: [
        {"maximum": 400},
        {"maximum": 600, "minimum": 200, "period": TWO_DAYS, "count": "worked"},
        {"maximum": 900, "minimum": 500, "period": CHUNKS, "count": "present"},
        {"maximum": 1000, "minimum": 700, "period": HORIZON, "scope": NIGHTS},
    ],
    ShiftCount: [
        {"maximum": 1},
        {"maximum": 1, "minimum": 1, "period": TWO_DAYS, "scope": NIGHTS},
        {"minimum": 2, "period": CHUNKS},
    ],
    ContractRange: [{}, {"bound": "minimum"}, {"bound": "maximum"}],
    ConsecutiveDays: [
        {"maximum": 2},
        {"minimum": 2},
        {"maximum": 2, "minimum": 2, "scope": NIGHTS},
        {"minimum": 3},
    ],
    DaysOff: [
        {"minimum": 1, "period": TWO_DAYS},
        {"minimum": 2, "period": CHUNKS, "touching": True},
        {"minimum": 1, "period": Period(4), "scope": WEEKEND},
    ],
    DaysWorked: [
        {"maximum": 1, "period": TWO_DAYS},
        {"maximum": 2, "minimum": 1, "period": CHUNKS, "scope": NIGHTS},
        {"maximum": 2, "minimum": 2, "period": Period(4), "scope": Scope(weekdays=(0, 1, 3))},
    ],
    Weekends: [
        {"maximum": 0, "weekdays": (0, 1), "scope": NIGHTS},
        {"maximum": 1, "period": Period(14, rolling=True), "weekdays": (3, 4)},
        {"maximum": 1, "minimum": 1, "period": Period(7), "weekdays": (1, 2), "touching": True},
        {"minimum": 1, "weekdays": (6, 0)},
    ],
    CompleteWeekends: [
        {"weekdays": (0, 1)},
        {"weekdays": (3, 4)},
        {"weekdays": (6, 0, 1), "scope": NIGHTS},
    ],
    DistinctKinds: [
        {"of": "skills", "maximum": 1, "period": TWO_DAYS},
        {"of": "locations", "maximum": 1, "minimum": 1, "period": Period(4)},
        {"of": "tags", "among": ("night", "early"), "maximum": 0, "period": CHUNKS},
    ],
    Preferences: [{}, {"scope": NIGHTS}],
    Fairness: [{"step_minutes": 100, "steps": 3}],
    LabourCost: [{}, {"scope": NIGHTS}],
    Pins: [{}],
    Stability: [
        {},
        {"added_price": 4},
        {"altered_percent": 40, "added_price": 2, "added_steps": (AddedStep(before=3000, price=9),)},
    ],
    Headcount: [{}],
    OpenShifts: [{}],
    CoverageCurves: [{}],
}
"""Parameters by family; each is tried at every level the family allows."""
