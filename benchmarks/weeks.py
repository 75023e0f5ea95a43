"""Weeks of a shop that benchmarks plan: people, templates, coverage every 15 minutes."""

import random
from datetime import UTC, date, datetime, timedelta

from solver.problem import (
    BreakPolicy,
    Coverage,
    Day,
    Employee,
    Pin,
    Problem,
    Published,
    ShiftTemplate,
    SkillHeld,
)
from solver.rules.breaks import Breaks
from solver.rules.consecutive_days import ConsecutiveDays
from solver.rules.contract_range import ContractRange
from solver.rules.daily_rest import DailyRest
from solver.rules.days_off import DaysOff
from solver.rules.fairness import Fairness
from solver.rules.min_rest import MinRest
from solver.rules.minutes import Minutes
from solver.rules.preferences import Preferences
from solver.rules.rule import Period
from solver.rules.shift_count import ShiftCount
from solver.rules.weekly_rest import WeeklyRest
from solver.spans import Span, overlap_minutes
from solver.work import Break, Work

MONDAY = date(2026, 11, 23)
SKILLS = ("till", "floor", "stock")
OPENS, CLOSES = 6 * 60, 22 * 60


def make_problem(people=50, seed=1, start_step=30, tightness=1.1):
    """A shop open from 6 to 22 with a noon and an evening peak, people with contracts of 20 to 40 hours."""
    rng = random.Random(seed)
    days = tuple(Day((MONDAY + timedelta(days=d)).isoformat(), d * 1440, (d + 1) * 1440) for d in range(7))
    employees = tuple(_employee(place, rng) for place in range(people))
    templates = tuple(
        ShiftTemplate(
            id=f"{skill}_shift",
            earliest_start=OPENS,
            latest_start=CLOSES - 240,
            start_step=start_step,
            latest_end=CLOSES,
            shortest=240,
            longest=600,
            length_step=30,
            breaks=(BreakPolicy(361, 30),),
            skill=skill,
        )
        for skill in SKILLS
    )
    hours = sum(e.target_minutes for e in employees) / 60 * tightness
    published = tuple(
        Published(
            employee=e.id,
            work=Work(start=480, end=960, skill=e.skills[0].skill),
            price=240,
        )
        for e in employees[:5]
    )
    return Problem(
        origin=datetime(2026, 11, 22, 23, tzinfo=UTC),
        zone="Europe/Warsaw",
        days=days,
        employees=employees,
        templates=templates,
        coverage=tuple(_coverage(days, hours, rng)),
        published=published,
        pins=(_pin(employees),),
        rules=(
            MinRest(minutes=660),
            DailyRest(minutes=660),
            WeeklyRest(minutes=2100),
            Minutes(maximum=600, period=Period(1)),
            Minutes(maximum=2880, period=Period(7, rolling=True)),
            ShiftCount(maximum=1),
            ConsecutiveDays(maximum=6),
            DaysOff(minimum=2, period=Period(7)),
            Breaks(from_minutes=361, minutes=30),
            ContractRange(bound="maximum"),
            ContractRange(bound="minimum", level="soft", weight=2),
            Preferences(),
            Fairness(step_minutes=240, steps=3),
        ),
    )


def _pin(employees):
    """One shift the manager has already decided: the first person who is free works Wednesday 10 to 18."""
    span = Span(2 * 1440 + 600, 2 * 1440 + 1080)
    free = next(e for e in employees if not overlap_minutes(span.start, span.end, e.unavailable))
    work = Work(start=span.start, end=span.end, breaks=(Break(30),), skill=free.skills[0].skill)
    return Pin(employee=free.id, work=work)


def _employee(place, rng):
    contract = rng.choice((20, 20, 30, 40, 40, 40)) * 60
    skills = rng.sample(SKILLS, rng.choice((1, 1, 2)))
    unavailable, preferred, unpreferred = [], [], []
    for day in range(7):
        roll = rng.random()
        if roll < 0.08:
            unavailable.append(Span(day * 1440, (day + 1) * 1440))
        elif roll < 0.16:
            unavailable.append(Span(day * 1440, day * 1440 + 12 * 60))
        elif roll < 0.24:
            unpreferred.append(Span(day * 1440 + 17 * 60, day * 1440 + 24 * 60))
        elif roll < 0.30:
            preferred.append(Span(day * 1440 + 6 * 60, day * 1440 + 15 * 60))
    history = tuple(
        Work(start=-day * 1440 + 720, end=-day * 1440 + 1260, breaks=())
        for day in range(1, rng.randrange(1, 5))
    )
    return Employee(
        id=f"e{place:02}",
        skills=tuple(SkillHeld(skill) for skill in skills),
        unavailable=tuple(unavailable),
        preferred=tuple(preferred),
        unpreferred=tuple(unpreferred),
        minimum_minutes=contract - 240,
        maximum_minutes=contract + 240,
        target_minutes=contract,
        balance_minutes=rng.choice((-120, 0, 0, 120)),
        history=history,
    )


def _coverage(days, hours, rng):
    """Targets every 15 minutes that add up to the hours of the contracts, minimums of 60 percent of them."""
    shape = [_wave(minute) for minute in range(OPENS, CLOSES, 15)]
    share = {"till": 0.45, "floor": 0.35, "stock": 0.2}
    for place, day in enumerate(days):
        busy = (0.9, 0.85, 0.9, 1.0, 1.2, 1.35, 0.8)[place]
        for skill in SKILLS:
            people = hours * share[skill] * busy / 7 / (sum(shape) / 4) * rng.uniform(0.9, 1.1)
            for step, level in enumerate(shape):
                target = max(1, round(people * level))
                start = day.start + OPENS + step * 15
                yield Coverage(
                    id=f"{skill}_{start}",
                    start=start,
                    end=start + 15,
                    skill=skill,
                    minimum=max(1, int(target * 0.6)),
                    target=target,
                    missing_price=3,
                    surplus_price=1,
                )


def _wave(minute):
    hour = minute / 60
    return 0.5 + max(0.0, 1 - abs(hour - 12) / 4) + 0.8 * max(0.0, 1 - abs(hour - 18) / 3)


def greedy_roster(problem):
    """A plausible roster in seconds: the first one a search begins with."""
    from solver.cpsat.draft import Draft
    from solver.lns.greedy import greedy

    return greedy(Draft(problem, problem.all_rules))
