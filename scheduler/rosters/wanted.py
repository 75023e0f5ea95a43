"""How many people a roster wants when, as the solver's coverage, and what share of that work is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from scheduler.demand.models import CoverageRequirement
from scheduler.rosters.prices import MISSING, SURPLUS
from scheduler.rosters.timeframe import Timeframe
from solver.problem import Coverage, Employee, ShiftTemplate
from solver.spans import Span, gaps

Work = tuple[str, str]
"""Ids of a department and a skill, as text."""


def coverage_of(
    requirements: Iterable[CoverageRequirement], templates: Iterable[ShiftTemplate], frame: Timeframe
) -> tuple[Coverage, ...]:
    """The requirements, cut to the days of the roster, and for the rest of the time that nobody is wanted.

    Without the second part a shift would cost nothing where there is no requirement, and hours nobody asked
    for would be planned to even things out.
    """
    wanted = [_coverage(need, frame) for need in requirements]
    asked: dict[Work, list[Span]] = defaultdict(list)
    for template in templates:
        asked[template.location or "", template.skill or ""] = []
    for cover in wanted:
        asked[cover.location or "", cover.skill or ""].append(Span(cover.start, cover.end))
    return (*wanted, *(cover for work, spans in asked.items() for cover in _nobody(work, spans, frame)))


def with_fair_targets(employees: Sequence[Employee], coverage: Iterable[Coverage]) -> tuple[Employee, ...]:
    """The people, with their agreed hours scaled down where there is less work than all of them add up to.

    Notes
    -----
    Everybody's target is multiplied by (wanted person-minutes) / (agreed minutes of all), at most 1: with
    half the work, half the agreed hours are everybody's fair share. A week without requirements is planned
    by hand, towards the agreed hours.
    """
    wanted = sum(cover.wanted * (cover.end - cover.start) for cover in coverage)
    agreed = sum(person.target_minutes or 0 for person in employees)
    if not wanted or agreed <= wanted:
        return tuple(employees)
    return tuple(
        person
        if person.target_minutes is None
        else replace(person, target_minutes=person.target_minutes * wanted // agreed)
        for person in employees
    )


def _coverage(need: CoverageRequirement, frame: Timeframe) -> Coverage:
    return Coverage(
        id=str(need.id),
        start=max(0, frame.minute(need.starts_at)),
        end=min(frame.end_minute, frame.minute(need.ends_at)),
        skill=str(need.skill_id),
        location=str(need.department_id),
        minimum=need.minimum,
        target=need.target,
        maximum=need.maximum,
        missing_price=MISSING,
        surplus_price=SURPLUS,
    )


def _nobody(work: Work, asked: Sequence[Span], frame: Timeframe) -> Iterator[Coverage]:
    department, skill = work
    for free in gaps(0, frame.end_minute, asked):
        yield Coverage(
            id=f"nobody:{department}:{skill}:{free.start}",
            start=free.start,
            end=free.end,
            skill=skill,
            location=department,
            surplus_price=SURPLUS,
        )
