"""All families of rules by their id, and the rules of a problem."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

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
from solver.rules.day_patterns import DayPatterns
from solver.rules.day_sequences import DaySequences
from solver.rules.day_shift_patterns import DayShiftPatterns
from solver.rules.days_off import DaysOff
from solver.rules.days_off_blocks import DaysOffBlocks
from solver.rules.days_worked import DaysWorked
from solver.rules.distinct_kinds import DistinctKinds
from solver.rules.employee_priority import EmployeePriority
from solver.rules.fair_share import FairShare
from solver.rules.fairness import Fairness
from solver.rules.forward_rotation import ForwardRotation
from solver.rules.group_count import GroupCount
from solver.rules.headcount import Headcount, OpenShifts
from solver.rules.keep_apart import KeepApart
from solver.rules.labour_cost import LabourCost
from solver.rules.locations import Locations
from solver.rules.max_rest import MaxRest
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.near_days_off import NearDaysOff
from solver.rules.no_overlap import NoOverlap
from solver.rules.pairing import Pairing
from solver.rules.pins import Pins
from solver.rules.preferences import Preferences
from solver.rules.preferred_skills import PreferredSkills
from solver.rules.reduced_rest import ReducedRest
from solver.rules.rest_after_run import RestAfterRun
from solver.rules.rest_within import RestWithin
from solver.rules.risk_factors import RiskFactors
from solver.rules.rolling_hours import RollingHours
from solver.rules.rotation import Rotation
from solver.rules.rule import Rule
from solver.rules.same_shift import SameShift
from solver.rules.shift_count import ShiftCount
from solver.rules.shift_minutes import ShiftMinutes
from solver.rules.skills import Skills
from solver.rules.split_shifts import SplitShifts
from solver.rules.stability import Stability
from solver.rules.staff_preferences import StaffPreferences
from solver.rules.start_range import StartRange
from solver.rules.start_spacing import StartSpacing
from solver.rules.successions import Successions
from solver.rules.supervision import Supervision
from solver.rules.tag_preferences import TagPreferences
from solver.rules.task_blocks import TaskBlocks
from solver.rules.travel import Travel
from solver.rules.unbroken_work import UnbrokenWork
from solver.rules.weekends import Weekends
from solver.rules.weekly_rest import WeeklyRest

if TYPE_CHECKING:
    from solver.problem import Problem

FAMILIES: tuple[type[Rule], ...] = (
    Skills,
    RiskFactors,
    Locations,
    Availability,
    Breaks,
    BreakDistance,
    UnbrokenWork,
    TaskBlocks,
    ShiftMinutes,
    ClockBan,
    NearDaysOff,
    NoOverlap,
    MinRest,
    MaxRest,
    RestAfterRun,
    ReducedRest,
    Travel,
    SplitShifts,
    DailyRest,
    StartSpacing,
    StartRange,
    ForwardRotation,
    Successions,
    DayShiftPatterns,
    DayPatterns,
    DaySequences,
    Rotation,
    WeeklyRest,
    RestWithin,
    Minutes,
    RollingHours,
    ShiftCount,
    ContractRange,
    AverageMinutes,
    ConsecutiveDays,
    ConsecutiveShifts,
    DaysOff,
    ConsecutiveDaysOff,
    DaysOffBlocks,
    DaysWorked,
    Weekends,
    CompleteWeekends,
    ConsecutiveWeekends,
    DistinctKinds,
    Preferences,
    TagPreferences,
    StaffPreferences,
    PreferredSkills,
    EmployeePriority,
    Activation,
    Fairness,
    FairShare,
    LabourCost,
    Pins,
    Stability,
    Pairing,
    KeepApart,
    SameShift,
    Supervision,
    ConcurrentPeople,
    GroupCount,
    Budget,
    Headcount,
    Alternatives,
    OpenShifts,
    CoverageCurves,
)
"""Every family, in the order in which violations are listed."""

BY_ID: Mapping[str, type[Rule]] = {family.id: family for family in FAMILIES}

ALWAYS: tuple[type[Rule], ...] = (
    Skills,
    RiskFactors,
    Locations,
    Availability,
    NoOverlap,
    Pins,
    Stability,
    Headcount,
    Alternatives,
    OpenShifts,
    CoverageCurves,
)
"""Families that hold with their defaults wherever a problem does not list a rule of the same id."""


def rules_of(problem: Problem) -> tuple[Rule, ...]:
    """The rules a problem lists and the ones that always hold, by family.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, Problem
    >>> bare = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),))
    >>> [rule.id for rule in rules_of(bare)][:4]
    ['skills', 'risk_factors', 'locations', 'availability']
    """
    listed = {rule.id for rule in problem.rules}
    implied = [family() for family in ALWAYS if family.id not in listed]
    order = [family.id for family in FAMILIES]
    return tuple(sorted((*implied, *problem.rules), key=lambda rule: order.index(rule.id)))
