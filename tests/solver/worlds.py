"""Small worlds for tests: problems of a few days, and rosters drawn as pictures."""

from datetime import UTC, date, datetime, timedelta

from solver.problem import Day, Employee, Problem, Shift, SkillHeld
from solver.work import Roster

MONDAY = date(2026, 11, 23)
SPANS = {"M": (6, 14), "E": (14, 22), "N": (22, 30), "D": (8, 16)}


def days(count=7, lengths=()):
    """Consecutive days from Monday 2026-11-23, 1440 minutes long unless told otherwise."""
    made, at = [], 0
    for place in range(count):
        minutes = lengths[place] if place < len(lengths) else 1440
        made.append(Day((MONDAY + timedelta(days=place)).isoformat(), at, at + minutes))
        at += minutes
    return tuple(made)


def problem_of(employees=("ann",), *, count=7, lengths=(), kinds="", **fields):
    """A problem whose shifts are the given kinds on each day: ``M0`` is the early shift of the first day."""
    made = days(count, lengths)
    people = tuple(
        who if isinstance(who, Employee) else Employee(id=who, skills=(SkillHeld("x"),)) for who in employees
    )
    shifts = tuple(
        Shift(
            id=f"{kind}{place}",
            start=day.start + SPANS[kind][0] * 60,
            end=day.start + SPANS[kind][1] * 60,
            tags=("night",) if kind == "N" else (),
            headcount=max(1, len(people)),
        )
        for place, day in enumerate(made)
        for kind in kinds
    )
    fields.setdefault("shifts", shifts)
    return Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=made, employees=people, **fields)


def roster_from_grid(problem, picture):
    """A roster drawn as one line per person: the name, then one letter per day, ``-`` for a day off."""
    rows = [line.split() for line in picture.strip().splitlines()]
    return Roster(
        problem.fill(who, f"{kind}{place}")
        for who, *kinds in rows
        for place, kind in enumerate(kinds)
        if kind != "-"
    )
