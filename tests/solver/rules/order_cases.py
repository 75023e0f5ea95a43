"""Rules about the order of work with parameters that bite in the small worlds."""

from typing import Any

from solver.rules.day_patterns import DayPatterns
from solver.rules.day_sequences import DaySequences
from solver.rules.day_shift_patterns import DayShiftPatterns
from solver.rules.forward_rotation import ForwardRotation
from solver.rules.max_rest import MaxRest
from solver.rules.near_days_off import DayOffRequest, NearDaysOff
from solver.rules.reduced_rest import ReducedRest
from solver.rules.rest_after_run import RestAfterRun
from solver.rules.rotation import Rotation, RotationMember
from solver.rules.rule import Period, Rule, Scope
from solver.rules.split_shifts import SplitShifts
from solver.rules.successions import Succession, Successions
from solver.rules.travel import Travel, TravelTime
from solver.rules.work_kind import DayKind, WorkKind

NIGHTS = Scope(tags=("night",))
EVERY_OTHER_DAY = Scope(days=("2026-11-22", "2026-11-24", "2026-11-26"))
NIGHT = WorkKind(tags=("night",))
DAYTIME = WorkKind(without_tags=("night",))
BY_NAME = WorkKind(shifts=("early", "late", "evening"))
MADE = WorkKind(templates=("flex",))
ON, OFF, ANY = DayKind(), DayKind(day="off"), DayKind(day="any")
AT_NIGHT, NO_NIGHT = DayKind(work=NIGHT), DayKind(day="off", work=NIGHT)

ORDER_CASES: dict[type[Rule], list[dict[str, Any]]] = {
    Successions: [
        {"table": (Succession(after=NIGHT, forbidden=DAYTIME),), "within_days": 2},
        {"table": (Succession(after=NIGHT, forbidden=DAYTIME), Succession(after=BY_NAME, forbidden=NIGHT))},
        {"table": (Succession(after=NIGHT, allowed=NIGHT),), "within_days": 3, "scope": EVERY_OTHER_DAY},
        {
            "table": (Succession(forbidden=MADE), Succession(allowed=NIGHT)),
            "within_days": 2,
            "next_worked": True,
        },
    ],
    ForwardRotation: [
        {"minimum": 0},
        {"minimum": -480, "maximum": 300, "within_days": 3},
        {"maximum": 60, "within_days": 2, "scope": NIGHTS},
    ],
    DayPatterns: [
        {"pattern": (AT_NIGHT, OFF), "maximum": 0},
        {"pattern": (ON, NO_NIGHT, ANY, DayKind(work=BY_NAME)), "minimum": 1, "maximum": 1},
        {"pattern": (OFF, ON), "minimum": 2, "scope": EVERY_OTHER_DAY},
    ],
    DaySequences: [
        {"after": (AT_NIGHT,), "then": (AT_NIGHT, OFF)},
        {"after": (ON, OFF), "then": (DayKind(work=DAYTIME), ANY, OFF), "then_from": 0},
        {"then": (ON, NO_NIGHT), "scope": EVERY_OTHER_DAY},
        {"after": (NO_NIGHT, ANY), "then": (ON,), "then_from": 3, "scope": EVERY_OTHER_DAY},
    ],
    Rotation: [
        {"cycle": (AT_NIGHT, OFF), "first_day": "2026-11-23", "members": (RotationMember(employee="ann"),)},
        {
            "cycle": (OFF, ON, ANY, NO_NIGHT),
            "first_day": "2026-12-01",
            "members": (RotationMember(employee="ann", offset_days=3),),
            "scope": EVERY_OTHER_DAY,
        },
    ],
    DayShiftPatterns: [
        {"pattern": (WorkKind(), NIGHT), "maximum": 0},
        {"pattern": (NIGHT, DAYTIME), "ordered": False, "minimum": 1},
        {"pattern": (BY_NAME, WorkKind(), NIGHT), "maximum": 0, "scope": Scope(weekdays=(0, 3))},
    ],
    SplitShifts: [
        {"minimum_gap": 100},
        {"maximum_gap": 200},
        {"maximum_spread": 800, "maximum_idle": 30},
        {"maximum_idle": 0, "minimum_gap": 70, "maximum_gap": 70, "scope": Scope(without_tags=("night",))},
    ],
    RestAfterRun: [
        {"days": 2, "minutes": 2000},
        {"days": 2, "minutes": 3000, "scope": NIGHTS},
        {"days": 1, "minutes": 900, "scope": NIGHTS},
    ],
    MaxRest: [
        {"minutes": 200, "time_off_minutes": 1200},
        {"minutes": 700, "time_off_minutes": None, "scope": NIGHTS},
    ],
    Travel: [
        {"minutes": 1600},
        {"minutes": 0, "table": (TravelTime("there", "here", 1560),)},
    ],
    ReducedRest: [
        {"minutes": 660, "maximum": 0, "period": Period(2, rolling=True)},
        {"minutes": 1300, "maximum": 1, "period": Period(3, anchor="2026-11-22"), "scope": NIGHTS},
        {"minutes": 700, "maximum": 9, "period": Period(4), "compensation_minutes": 1500},
        {"minutes": 700, "maximum": 1, "period": Period(3, rolling=True), "compensation_minutes": 1500},
    ],
    NearDaysOff: [
        {"before": 600, "shortest": 720},
        {"after": 400, "unpreferred": True, "unavailable": False, "shortest": 60, "scope": NIGHTS},
        {"before": 400, "after": 400, "requests": (DayOffRequest("ann", "2026-11-24", "2026-11-24"),)},
    ],
}
