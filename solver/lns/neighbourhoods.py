"""Which part of a roster to decide anew: a few people, or everybody's times on a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from solver.cpsat.draft import Draft
from solver.cpsat.part import Part
from solver.problem import Problem
from solver.work import Roster

Neighbourhood = Callable[[Draft, Roster, Random], Part]
"""Draws a part of a roster."""

SIZE = 2500
"""About how many variables a part has: the exact model then takes well under a second."""


def some_people(draft: Draft, roster: Roster, random: Random) -> Part:
    """All work of a few people who can stand in for each other."""
    people = list(draft.persons.values())
    first = random.choice(people)
    names = {slot.name for slot in first.slots}
    akin = [p for p in people if p is not first and names.intersection(slot.name for slot in p.slots)]
    random.shuffle(akin)
    chosen, size = [first], first.size
    for person in akin:
        if size + person.size > SIZE:
            break
        chosen.append(person)
        size += person.size
    return Part(employees=frozenset(person.employee.id for person in chosen))


def times_of_a_day(draft: Draft, roster: Roster, random: Random) -> Part:
    """Starts and ends of everybody's work on one day, each by at most an hour."""
    return Part(days=frozenset([_day(draft.problem, random)]), near_minutes=60)


def times_of_some(draft: Draft, roster: Roster, random: Random) -> Part:
    """Starts and ends of all work of several people, each by at most one and a half hours."""
    people = sorted(draft.persons)
    return Part(employees=frozenset(random.sample(people, min(8, len(people)))), near_minutes=90)


def some_people_for_days(draft: Draft, roster: Roster, random: Random) -> Part:
    """All work of several people on three days in a row."""
    day = _day(draft.problem, random)
    part = some_people(draft, roster, random)
    akin = some_people(draft, roster, random)
    return Part(
        employees=frozenset({*(part.employees or ()), *(akin.employees or ())}), days=range(day, day + 3)
    )


def _day(problem: Problem, random: Random) -> int:
    return random.randrange(len(problem.days))


NEIGHBOURHOODS: Sequence[Neighbourhood] = (some_people, times_of_a_day, times_of_some, some_people_for_days)
