"""What is missing in a roster when, by kind of work: how many further people would fill something."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from solver.problem import Coverage, Problem, Shift
from solver.rules.coverage import fixed_work
from solver.rules.headcount import filled_places, wanted_shifts
from solver.supply import Supply
from solver.work import Assignment, Roster


@dataclass(frozen=True, slots=True)
class Kind:
    """Work of one skill in one location; None where it does not matter which."""

    skill: str | None = None
    location: str | None = None

    def is_counted_by(self, cover: Coverage) -> bool:
        """Whether a requirement counts everybody who does this work."""
        return cover.skill in (None, self.skill) and cover.location in (None, self.location)

    @property
    def order(self) -> tuple[str, str]:
        """For sorting."""
        return self.skill or "", self.location or ""


@dataclass(frozen=True, slots=True)
class Step:
    """A span in which as many people are missing throughout.

    Parameters
    ----------
    start, end
        Minutes from the origin, half-open.
    people
        So many further people would still gain: one more fills places nobody has or people below the target.
    mandatory
        So many of them would fill mandatory places or people below the minimum.
    """

    start: int
    end: int
    people: int
    mandatory: int = 0

    @property
    def minutes(self) -> int:
        """Person-minutes."""
        return self.people * (self.end - self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What is missing of one kind of work.

    Parameters
    ----------
    steps
        By time; at any other time one more person would fill nothing.
    places
        Given shifts with open places, each once for each of them: people would take these whole.
    besides
        What is missing of the requirements when the places are filled.
    """

    steps: tuple[Step, ...] = ()
    places: tuple[Shift, ...] = ()
    besides: tuple[Step, ...] = ()

    @property
    def minutes(self) -> int:
        """Person-minutes in all."""
        return sum(step.minutes for step in self.steps)

    @property
    def mandatory_minutes(self) -> int:
        """Of them those of mandatory places and below minimums."""
        return sum(step.mandatory * (step.end - step.start) for step in self.steps)


def missing_work(problem: Problem, roster: Roster) -> Mapping[Kind, Missing]:
    """By kind of work that is asked for at all, what is missing of it.

    A kind is what a coverage requirement or a given shift asks for. Whoever does the work of a kind also
    counts for requirements that do not mind the skill or the location, so these are looked at too: the people
    missing at a time are those that the requirement with the most missing lacks. What is missing of different
    kinds may therefore be the same.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   coverage=(Coverage(id="am", start=480, end=720, skill="till", minimum=1, target=2),
    ...                             Coverage(id="pm", start=720, end=900, skill="till", target=1)))
    >>> for kind, missing in missing_work(problem, Roster()).items():
    ...     print(kind.skill, [(step.start, step.end, step.people, step.mandatory) for step in missing.steps])
    till [(480, 720, 2, 1), (720, 900, 1, 0)]
    """
    filled = filled_places(roster)
    places: dict[Kind, list[Shift]] = {}
    for shift in wanted_shifts(problem, filled):
        open_places = max(0, shift.headcount - filled[shift.id])
        places.setdefault(Kind(shift.skill, shift.location), []).extend([shift] * open_places)
    covers = [cover for cover in problem.coverage if cover.wanted and cover.missing_price]
    kinds = {*places, *(Kind(shift.skill, shift.location) for shift in problem.shifts)}
    kinds |= {Kind(cover.skill, cover.location) for cover in covers}
    now = Supply(chain(roster, fixed_work(problem)))
    found = {}
    for kind in sorted(kinds, key=lambda kind: kind.order):
        taken = tuple(places.get(kind, ()))
        fills = [problem.fill("", shift.id) for shift in taken]
        supply = Supply(chain(roster, fixed_work(problem), fills)) if fills else now
        counting = [cover for cover in covers if kind.is_counted_by(cover)]
        lacks = list(_lacks(counting, supply))
        found[kind] = Missing(steps=_steps(taken, lacks), places=taken, besides=_steps((), lacks))
    return found


def _lacks(covers: Iterable[Coverage], supply: Supply) -> Iterator[Step]:
    for cover in covers:
        for start, end, people in supply.steps(cover.skill, cover.location, cover.start, cover.end):
            if people < cover.wanted:
                yield Step(start, end, cover.wanted - people, max(0, cover.minimum - people))


def _steps(places: Sequence[Shift], lacks: Sequence[Step]) -> tuple[Step, ...]:
    """Open places add up; of requirements at the same time the one with the most missing counts."""
    spans = [(each.start, each.end) for each in places] + [(each.start, each.end) for each in lacks]
    times = sorted({time for span in spans for time in span})
    people, mandatory = [0] * len(times), [0] * len(times)
    for lack in lacks:
        for at in _between(times, lack.start, lack.end):
            people[at] = max(people[at], lack.people)
            mandatory[at] = max(mandatory[at], lack.mandatory)
    for place in places:
        for at in _between(times, place.start, place.end):
            people[at] += 1
            mandatory[at] += place.mandatory
    found: list[Step] = []
    for at, end in enumerate(times[1:]):
        step = Step(times[at], end, people[at], mandatory[at])
        last = found[-1] if found else None
        if last and last.end == step.start and (last.people, last.mandatory) == (step.people, step.mandatory):
            step = Step(found.pop().start, end, step.people, step.mandatory)
        if step.people:
            found.append(step)
    return tuple(found)


def _between(times: Sequence[int], start: int, end: int) -> range:
    return range(bisect_right(times, start) - 1, bisect_right(times, end) - 1)


def filling(problem: Problem, kind: Kind, missing: Missing) -> list[Assignment]:
    """The work, of nobody, of as many further people as would still gain: it fills all that is missing.

    Open places are taken whole; besides, people are there exactly while they are missing.
    """
    fills = [problem.fill("", place.id) for place in missing.places]
    works = [
        Assignment(employee="", start=step.start, end=step.end, skill=kind.skill, location=kind.location)
        for step in missing.besides
        for _ in range(step.people)
    ]
    return [*fills, *works]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How much less of one kind of work is missing after a change.

    Parameters
    ----------
    skill, location
        The kind.
    minutes
        Person-minutes; negative where more is missing than before.
    """

    skill: str | None
    location: str | None
    minutes: int

    @property
    def kind(self) -> Kind:
        """The kind of work."""
        return Kind(self.skill, self.location)


def filled_by(before: Mapping[Kind, Missing], after: Mapping[Kind, Missing]) -> tuple[Filled, ...]:
    """What a change fills and what it opens, kinds of work of which as much is missing as before left out."""
    change = {kind: before[kind].minutes - after[kind].minutes for kind in before}
    return tuple(
        Filled(skill=kind.skill, location=kind.location, minutes=minutes)
        for kind, minutes in change.items()
        if minutes
    )
