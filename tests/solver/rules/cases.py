"""Every family of rules with parameters that bite in the small worlds."""

from typing import Any

from solver.rules.activation import Activation
from solver.rules.alternatives import Alternatives
from solver.rules.availability import Availability
from solver.rules.average_minutes import AverageMinutes
from solver.rules.break_distance import BreakDistance
from solver.rules.breaks import Breaks
from solver.rules.budget import Budget
from solver.rules.clock_ban import ClockBan
from solver.rules.complete_weekends import CompleteWeekends
from solver.rules.concurrent_people import ConcurrentPeople
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.consecutive_days_off import ConsecutiveDaysOff
from solver.rules.consecutive_shifts import ConsecutiveShifts
from solver.rules.consecutive_weekends import ConsecutiveWeekends
from solver.rules.contract_range import ContractRange
from solver.rules.coverage import CoverageCurves
from solver.rules.daily_rest import DailyRest
from solver.rules.days_off import DaysOff
from solver.rules.days_off_blocks import DaysOffBlocks
from solver.rules.days_worked import DaysWorked
from solver.rules.distinct_kinds import DistinctKinds
from solver.rules.employee_priority import EmployeePriority
from solver.rules.fair_share import FairShare
from solver.rules.fairness import Fairness
from solver.rules.group_count import GroupCount
from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.keep_apart import KeepApart
from solver.rules.labour_cost import LabourCost
from solver.rules.locations import Locations
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.no_overlap import NoOverlap
from solver.rules.pairing import Pairing
from solver.rules.pins import Pins
from solver.rules.preferences import Preferences
from solver.rules.preferred_skills import PreferredSkills
from solver.rules.rest_within import ClockSpan, RestWithin
from solver.rules.risk_factors import RiskFactors
from solver.rules.rolling_hours import RollingHours
from solver.rules.rule import HORIZON, Period, Rule, Scope
from solver.rules.same_shift import SameShift
from solver.rules.shift_count import ShiftCount
from solver.rules.shift_minutes import ShiftMinutes
from solver.rules.skills import Skills
from solver.rules.stability import AddedStep, Stability
from solver.rules.staff import Staff
from solver.rules.staff_preferences import StaffPreferences
from solver.rules.start_range import StartRange
from solver.rules.start_spacing import StartSpacing
from solver.rules.supervision import Supervision
from solver.rules.tag_preferences import TagPreferences
from solver.rules.task_blocks import TaskBlocks
from solver.rules.unbroken_work import UnbrokenWork
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest
from solver.rules.work_kind import WorkKind
from solver.spans import Span
from tests.solver.rules.order_cases import ORDER_CASES

NIGHTS = Scope(tags=("night",))
WEEKEND = Scope(days=("2026-11-22", "2026-11-24", "2026-11-26"))
TWO_DAYS = Period(2, rolling=True)
CHUNKS = Period(3, anchor="2026-11-22")

CASES: dict[type[Rule], list[dict[str, Any]]] = {
    Skills: [{}, {"scope": WEEKEND}],
    Locations: [{}],
    Availability: [{}, {"scope": NIGHTS}],
    Breaks: [{"from_minutes": 300, "minutes": 30}, {"from_minutes": 240, "minutes": 15, "paid_only": True}],
    BreakDistance: [
        {"from_start": 90},
        {"before_end": 90, "between": 75},
        {"from_start": 70, "between": 100, "scope": NIGHTS},
    ],
    UnbrokenWork: [{"maximum": 120}, {"maximum": 200, "shortest_break": 30}, {"maximum": 210}],
    TaskBlocks: [
        {"shortest": 120},
        {"longest": 90, "skills": ("y",)},
        {"shortest": 90, "longest": 150, "scope": NIGHTS},
    ],
    ShiftMinutes: [{"maximum": 480}, {"maximum": 239}],
    ClockBan: [{"start": 1320, "end": 1800}],
    NoOverlap: [{}],
    MinRest: [
        {"minutes": 660},
        {"minutes": 840, "scope": NIGHTS},
        {"minutes": 120},
        {"minutes": 840, "following": WorkKind(without_tags=("night",)), "scope": NIGHTS},
        {"minutes": 1500, "between_days": True},
    ],
    StartSpacing: [{"minutes": 1440}],
    StartRange: [
        {"maximum": 0},
        {"maximum": 120, "period": TWO_DAYS},
        {"maximum": 400, "period": CHUNKS, "scope": NIGHTS},
        {"maximum": 600, "period": Period(4), "scope": Scope(without_tags=("night",))},
    ],
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
    RollingHours: [
        {"maximum": 600, "hours": 24},
        {"maximum": 900, "hours": 40, "scope": NIGHTS},
        {"maximum": 1000, "hours": 60},
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
    AverageMinutes: [
        {"maximum": 1500, "minimum": 1000, "period": HORIZON},
        {"maximum": 300, "period": Period(months=1), "count": "paid", "ledger": "none", "pro_rata": True},
        {"minimum": 1200, "maximum": 1400, "period": CHUNKS, "pro_rata": True},
        {"minimum": 1700, "period": Period(5, rolling=True), "scope": NIGHTS},
    ],
    ConsecutiveShifts: [{"maximum": 2}, {"maximum": 1, "scope": NIGHTS}, {"maximum": 4}],
    DaysOff: [
        {"minimum": 1, "period": TWO_DAYS},
        {"minimum": 2, "period": CHUNKS, "touching": True},
        {"minimum": 1, "period": Period(4), "scope": WEEKEND},
    ],
    ConsecutiveDaysOff: [
        {"minimum": 2},
        {"maximum": 1},
        {"minimum": 2, "maximum": 2, "touching": True},
        {"minimum": 4},
    ],
    DaysOffBlocks: [
        {"period": Period(4)},
        {"minimum": 2, "days": 1, "period": CHUNKS, "touching": True},
        {"minimum": 2, "period": Period(5, rolling=True)},
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
    ConsecutiveWeekends: [
        {"maximum": 0, "weekdays": (1, 2), "scope": NIGHTS},
        {"maximum": 0, "weekdays": (6, 0)},
        {"maximum": 1, "weekdays": (3, 4)},
        {"minimum": 2, "weekdays": (2, 3)},
        {"minimum": 2, "weekdays": (2, 3), "touching": True, "scope": NIGHTS},
    ],
    DistinctKinds: [
        {"of": "skills", "maximum": 1, "period": TWO_DAYS},
        {"of": "locations", "maximum": 1, "minimum": 1, "period": Period(4)},
        {"of": "tags", "among": ("night", "early"), "maximum": 0, "period": CHUNKS},
    ],
    Preferences: [{}, {"scope": NIGHTS}],
    Fairness: [{"step_minutes": 100, "steps": 3}],
    LabourCost: [
        {},
        {"scope": NIGHTS, "period": Period(2)},
        {"period": CHUNKS, "ledger": "none"},
    ],
    FairShare: [
        {"ledger": "nights", "steps": 2},
        {"of": "minutes", "by": "target", "tolerance": 60, "step": 120},
        {"of": "weekends", "weekdays": (6, 0), "ledger": "nights", "step": 2},
        {"of": "days", "by": "target", "scope": Scope(employees=("ann", "cy"))},
    ],
    Pins: [{}],
    Stability: [
        {},
        {"added_price": 4},
        {"altered_percent": 40, "added_price": 2, "added_steps": (AddedStep(before=3000, price=9),)},
    ],
    RiskFactors: [{}, {"scope": NIGHTS}],
    TagPreferences: [{}, {"scope": NIGHTS}],
    StaffPreferences: [{}, {"scope": Scope(employees=("ann",))}],
    PreferredSkills: [{}],
    EmployeePriority: [{}, {"scope": Scope(tags=("lifting",))}],
    Activation: [
        {},
        {"period": Period(1), "scope": Scope(employees=("ann", "cy"))},
        {"period": TWO_DAYS, "scope": Scope(tags=("lifting", "night"))},
    ],
    Pairing: [
        {"scope": Scope(employees=("ann",)), "partners": ("bo", "cy")},
        {"scope": Scope(employees=("ann", "cy")), "partners": ("ann", "cy"), "same_location": True},
        {"scope": Scope(employees=("ann",), tags=("night", "lifting")), "partners": ("cy",)},
    ],
    KeepApart: [
        {"scope": Scope(employees=("ann", "cy"))},
        {"scope": Scope(employees=("ann", "cy"), tags=("night", "lifting")), "same_location": True},
    ],
    SameShift: [
        {"scope": Scope(employees=("ann",)), "partners": ("cy",)},
        {"scope": Scope(employees=("ann", "cy"), tags=("lifting", "night")), "partners": ("ann", "cy")},
        {"scope": Scope(employees=("ann", "cy")), "partners": ("cy", "ann"), "apart": True},
    ],
    Supervision: [
        {"juniors": Staff(holds="junior"), "seniors": Staff(holds="senior")},
        {"juniors": Staff(), "seniors": Staff(employees=("ann", "cy")), "minimum": 2},
        {"juniors": Staff(), "seniors": Staff(lacks="till"), "per": 2},
        {"juniors": Staff(tags=("lifting",)), "seniors": Staff(location="here", holds="till"), "per": 1},
        {"scope": NIGHTS, "seniors": Staff(holds="junior", tags=("night",))},
    ],
    ConcurrentPeople: [
        {"maximum": 1},
        {"minimum": 1, "maximum": 2, "scope": Scope(tags=("night", "lifting"))},
        {"maximum": 0, "staff": Staff(holds="senior")},
        {"minimum": 1, "maximum": 1, "spans": (Span(300, 840), Span(600, 900), Span(1300, 1500))},
        {"minimum": 1, "staff": Staff(skill="till"), "spans": (Span(2600, 2900),)},
    ],
    GroupCount: [
        {"maximum": 2},
        {"minimum": 1, "maximum": 1, "scope": Scope(tags=("lifting",))},
        {"maximum": 2, "period": HORIZON},
        {"minimum": 1, "scope": Scope(weekdays=(0, 2))},
        {"maximum": 3, "minimum": 2, "period": TWO_DAYS, "count": "shifts"},
        {"maximum": 1, "count": "shifts", "location": "here", "period": CHUNKS},
    ],
    Budget: [
        {"maximum": 2000},
        {"minimum": 700, "maximum": 1600, "period": Period(1)},
        {"maximum": 800, "count": "paid", "location": "here", "period": TWO_DAYS},
        {"minimum": 500, "count": "present", "skill": "till", "period": Period(2)},
        {"minimum": 1400, "maximum": 2600, "overtime": Period(1)},
        {"maximum": 1900, "overtime": CHUNKS, "period": CHUNKS},
        {"maximum": 700, "count": "worked", "scope": Scope(tags=("lifting",))},
    ],
    Headcount: [{}],
    Alternatives: [{}],
    OpenShifts: [{}],
    CoverageCurves: [{}],
    **ORDER_CASES,
}
"""Parameters by family; each is tried at every level the family allows."""
