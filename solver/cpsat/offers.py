"""Which given shifts are offered to whom, where there are too many pairs of them to look at all."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from solver.problem import Pin, Problem, Published, Shift
from solver.rules.locations import Locations
from solver.rules.skills import Skills

FEWEST = 50_000
"""Pairs of a person and a shift that can always be looked at."""

FEWEST_PEOPLE = 5
"""To whom a shift is offered."""

THINNED = 3
"""Where not all pairs can be looked at, so many times fewer are: time is left to choose among them."""


def offers(problem: Problem, most: int | None) -> Mapping[str, frozenset[str]] | None:
    """The given shifts offered to each person, a third of ``most`` pairs; None if ``most`` is enough for all.

    Each shift is offered to as many people as any other, drawn from those with its skills and location, and
    to whoever is pinned to it or was told to work it.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day, Employee
    >>> shifts = tuple(Shift(id=str(number), start=0, end=60) for number in range(1000))
    >>> people = tuple(Employee(id=str(number)) for number in range(100))
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=people, shifts=shifts)
    >>> offers(problem, 100_000) is None, sum(map(len, offers(problem, 60_000).values()))
    (True, 20000)
    """
    if most is None or len(problem.employees) * len(problem.shifts) <= max(most, FEWEST):
        return None
    each = max(FEWEST_PEOPLE, most // (THINNED * len(problem.shifts)))
    random = Random(1)
    able: dict[tuple[object, ...], list[str]] = {}
    found: dict[str, set[str]] = {employee.id: set() for employee in problem.employees}
    for shift in problem.shifts:
        kind = (shift.skill, shift.location, shift.requires)
        if kind not in able:
            able[kind] = _able(problem, shift)
        for who in random.sample(able[kind], min(each, len(able[kind]))):
            found[who].add(shift.id)
    fixed: tuple[Pin | Published, ...] = (*problem.pins, *problem.published)
    for told in fixed:
        if told.shift is not None:
            found[told.employee].add(told.shift)
    return {who: frozenset(shifts) for who, shifts in found.items()}


def _able(problem: Problem, shift: Shift) -> list[str]:
    """Who ever holds the skills of a shift and may work at its location."""
    return [
        employee.id
        for employee in problem.employees
        for work in [problem.fill(employee.id, shift.id)]
        if not any(rule.excludes(problem, employee, work) for rule in (Skills(), Locations()))
    ]
