"""Every rule about one person says in words, with figures, what stands against giving somebody a shift."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from scheduler.law.compliance import parameters
from scheduler.rosters.obstacles import KINDS, hardness, reasons_of
from scheduler.rosters.problem import PlannedProblem, problem_for
from solver.explain.who_could import who_could
from solver.problem import Pin, Published
from solver.rules.availability import Availability
from solver.rules.breaks import Breaks
from solver.rules.clock_ban import ClockBan
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.daily_rest import DailyRest
from solver.rules.days_off import DaysOff
from solver.rules.fairness import Fairness
from solver.rules.labour_cost import LabourCost
from solver.rules.locations import Locations
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.no_overlap import NoOverlap
from solver.rules.pins import Pins
from solver.rules.preferences import Preferences
from solver.rules.registry import FAMILIES
from solver.rules.rest_within import ClockSpan, RestWithin
from solver.rules.rule import Period, PersonalRule, Rule
from solver.rules.shift_count import ShiftCount
from solver.rules.shift_minutes import ShiftMinutes
from solver.rules.skills import Skills
from solver.rules.stability import Stability
from solver.rules.start_spacing import StartSpacing
from solver.rules.weekly_rest import WeeklyRest
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment, Roster, Work
from tests.scheduler.rosters.company import Company

HOUR, DAY = 60, 1440
MONDAY_TO_SUNDAY = ClockSpan(first="2026-11-23", last="2026-11-30")


def at(day: int, start: int, end: int) -> Span:
    """Local hours of a day of the week, 0 is Monday; Warsaw has no change of clocks in it."""
    return Span(day * DAY + start * HOUR, day * DAY + end * HOUR)


@dataclass(frozen=True)
class Case:
    """A hard rule, what somebody works, and what is said against Monday 8 to 16."""

    rule: Rule
    says: str
    works: tuple[Span, ...] = ()
    person: dict[str, Any] = field(default_factory=dict)
    pins: tuple[Span, ...] = ()
    told: tuple[Span, ...] = ()
    skill: str | None = None


EVERY_DAY = tuple(at(day, 8, 16) for day in range(1, 7))
TUESDAY_NIGHT = (at(1, 0, 6),)

CASES = (
    Case(Skills(), "has no valid skill Packing at that time", skill="packing"),
    Case(Locations(), "does not work in Inbound", person={"locations": ()}),
    Case(Availability(), "is not available for 2 h of it", person={"unavailable": (at(0, 14, 20),)}),
    Case(
        Breaks(from_minutes=360, minutes=30, source="art. 4"),
        "needs 30 min of break in it; it has 0 min (art. 4)",
    ),
    Case(ShiftMinutes(maximum=360), "would work 8 h in one shift; at most 6 h are allowed"),
    Case(ClockBan(start=15 * 60, end=30 * 60), "may not work from 15:00 to 06:00, 1 h of it"),
    Case(
        NoOverlap(),
        "already works at that time: Mon 23 Nov 12:00 to 20:00",
        works=(at(0, 12, 20),),
    ),
    Case(
        MinRest(minutes=660, source="company rule"),
        "would rest 8 h between two shifts; at least 11 h are due (company rule)",
        works=TUESDAY_NIGHT,
    ),
    Case(
        DailyRest(minutes=660),
        "would have 8 h of uninterrupted rest in 24 h; 11 h are due",
        works=TUESDAY_NIGHT,
    ),
    Case(
        StartSpacing(minutes=1440),
        "would start again 16 h after another start; 24 h are due",
        works=TUESDAY_NIGHT,
    ),
    Case(
        WeeklyRest(minutes=2100, period=Period(7)),
        "would have 16 h as the longest rest in Mon 23 Nov 00:00 to Mon 30 Nov 00:00; 35 h are due",
        works=EVERY_DAY,
    ),
    Case(
        RestWithin(minutes=2100, windows=(MONDAY_TO_SUNDAY,)),
        "would have 16 h as the longest rest in Mon 23 Nov 00:00 to Mon 30 Nov 00:00; 35 h are due",
        works=EVERY_DAY,
    ),
    Case(
        Minutes(maximum=600, period=Period(7)),
        "would work 16 h in the days from 23 Nov; at most 10 h are allowed",
        works=EVERY_DAY[:1],
    ),
    Case(
        ShiftCount(maximum=1, name="one_shift_a_day"),
        "already has a shift that day: Mon 23 Nov 18:00 to 20:00",
        works=(at(0, 18, 20),),
    ),
    Case(
        ShiftCount(maximum=6, period=Period(7)),
        "would have 7 shifts in the days from 23 Nov; at most 6 shifts are allowed",
        works=EVERY_DAY,
    ),
    Case(
        ContractRange(bound="maximum", source="contract"),
        "would work 16 h in these days; the contract allows 12 h",
        works=EVERY_DAY[:1],
        person={"maximum_minutes": 720, "minimum_minutes": None},
    ),
    Case(
        ConsecutiveDays(maximum=6, source="company rule"),
        "would work 7 days in a row; at most 6 days are allowed (company rule)",
        works=EVERY_DAY,
    ),
    Case(
        DaysOff(minimum=1),
        "would have 0 days off in the days from 23 Nov instead of 1 day",
        works=EVERY_DAY,
    ),
    Case(
        Preferences(level="hard"),
        "would rather not work for 2 h of it",
        person={"unpreferred": (at(0, 14, 20),)},
    ),
    Case(
        Fairness(level="hard"),
        "would be 8 h away from the fair share of 0 min",
        person={"target_minutes": 0, "balance_minutes": 0},
    ),
    Case(LabourCost(level="hard"), "would cost 480", person={"cost_per_minute": 1}, works=()),
    Case(Pins(), "is pinned not to work then", pins=(at(0, 8, 16),)),
    Case(
        Stability(level="hard", added_price=5),
        "was told something else: 1 change",
        works=EVERY_DAY[:1],
        told=EVERY_DAY[:1],
    ),
)
TOLD = {name for kind in KINDS for name in kind.rules}
PERSONAL = [family for family in FAMILIES if issubclass(family, PersonalRule) and family.id in TOLD]


def planned_for(session: Session, company: Company, case: Case) -> PlannedProblem:
    """A week of which only the case's rule and its Ann are left."""
    planned = problem_for(session, company.roster(session).id)
    ann = planned.problem.employee_by_id[str(company.people["Ann"].id)]
    told = tuple(Published(employee=ann.id, work=work_at(company, span)) for span in case.told)
    problem = replace(
        planned.problem, rules=(case.rule,), employees=(replace(ann, **case.person),), published=told
    )
    never = tuple(
        Pin(employee=ann.id, kind="forbidden", work=Work(start=span.start, end=span.end))
        for span in case.pins
    )
    return replace(planned, problem=problem, elsewhere=never)


def work_at(company: Company, span: Span, skill: str | None = None) -> Work:
    kind = company.packing if skill == "packing" else company.picking
    return Work(start=span.start, end=span.end, skill=str(kind.id), location=str(company.inbound.id))


def against(planned: PlannedProblem, company: Company, case: Case) -> Sequence[str]:
    ann = str(company.people["Ann"].id)
    own = [work_at(company, span) for span in case.works]
    roster = Roster(
        Assignment(employee=ann, start=w.start, end=w.end, skill=w.skill, location=w.location) for w in own
    )
    work = work_at(company, at(0, 8, 16), case.skill)
    (candidate,) = who_could(planned.judged, roster, work)
    return reasons_of(planned, work, candidate.obstacles)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule.id}-{case.rule.name}")
def test_each_family_says_what_stands_against_it_with_figures(
    lite: Session, lite_company: Company, case: Case
):
    planned = planned_for(lite, lite_company, case)
    assert case.says in against(planned, lite_company, case)


def test_every_family_with_words_of_ours_has_a_case():
    assert {type(case.rule) for case in CASES} == set(PERSONAL)


def test_every_other_family_is_another_reason_in_the_words_of_the_solver(
    lite: Session, lite_company: Company
):
    planned = problem_for(lite, lite_company.roster(lite).id)
    breach = Violation(
        rule="moon_phases",
        level="hard",
        short_by=1,
        unit="days",
        cost=1,
        facts={"actual": 3, "maximum": 2},
    )

    assert hardness("moon_phases", "") == len(KINDS) - 1
    assert reasons_of(planned, work_at(lite_company, at(0, 8, 16)), [breach]) == (
        "moon phases: 3 days, at most 2 days",
    )


def test_each_family_is_of_one_kind_only():
    names = [name for kind in KINDS for name in kind.rules]
    assert len(names) == len(set(names))
    assert {family.id for family in PERSONAL} == set(names) - {"one_shift_a_day"}


def test_a_minimum_that_is_missed_says_what_is_due(lite: Session, lite_company: Company):
    case = Case(
        ConsecutiveDays(minimum=2),
        "would have 1 day in the days from 23 Nov; at least 2 days are due",
        person={"history": (Work(start=-3 * DAY, end=-3 * DAY + 480),)},
    )
    assert against(planned_for(lite, lite_company, case), lite_company, case) == (case.says,)


def test_every_rule_of_the_pack_is_said_without_the_name(lite: Session, lite_company: Company):
    planned = problem_for(lite, lite_company.roster(lite).id)
    ann = planned.problem.employee_by_id[str(lite_company.people["Ann"].id)]
    known = parameters()
    rest = [rule for rule in planned.problem.rules if rule.name in known and rule.id == "daily_rest"]
    case = Case(rest[0], "", works=TUESDAY_NIGHT)
    (reason,) = against(planned_for(lite, lite_company, case), lite_company, case)
    assert reason == (
        "would have 8 h of uninterrupted rest in the 24 h from Mon 23 Nov 08:00; 11 h are due "
        "(Kodeks pracy, art. 132 par. 1)"
    )
    assert ann.name not in reason
