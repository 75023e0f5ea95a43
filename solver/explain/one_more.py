"""What one more person is worth: where further people would fill something, whom to hire, whom to train."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from solver.explain.best_week import BestWeek, Deadline
from solver.explain.hiring import Hire, Staffed, hires
from solver.explain.judged import Judged, score_change
from solver.explain.missing import Kind, Missing, Step, filling
from solver.explain.training import SkillTraining, trainings
from solver.problem import Problem
from solver.score import Part
from solver.work import Roster

SECONDS = 6.0
"""Hiring and training are worked out for so long, unless told otherwise."""
HIRES = 2
"""Newcomers for each kind of work, one after the other."""
TRIED = 8
"""People for each skill whose training is tried."""
TOLD = 3
"""Of them so many are told of."""
LONGEST = 1440
"""A longer stretch is cut at midnights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A time without a pause in which further people would fill something.

    Parameters
    ----------
    start, end
        Minutes from the origin, half-open.
    steps
        How many are missing when.
    """

    start: int
    end: int
    steps: tuple[Step, ...]

    @property
    def people(self) -> int:
        """So many further people still gain; one more than that fills nothing."""
        return max(step.people for step in self.steps)

    @property
    def minutes(self) -> int:
        """Person-minutes that all of them together fill."""
        return sum(step.minutes for step in self.steps)

    @property
    def mandatory_minutes(self) -> int:
        """Of them those of mandatory places and below minimums."""
        return sum(step.mandatory * (step.end - step.start) for step in self.steps)

    @property
    def gains(self) -> tuple[int, ...]:
        """Person-minutes that the first, the second, ... of them fills; they never rise."""
        return tuple(
            sum(step.end - step.start for step in self.steps if step.people > place)
            for place in range(self.people)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePeople:
    """What further people for one kind of work would fill, while everybody else's work stays as it is.

    Parameters
    ----------
    skill, location
        The kind of work.
    minutes, mandatory_minutes
        Person-minutes missing, and those of them in mandatory places and below minimums.
    stretches
        When they are missing, by time; at any other time one more person would fill nothing.
    change
        What coverage and open shifts cost less, by rule, if all of it is filled by people who are there only
        as long as they are missing.
    hires
        What one newcomer after the other would fill, if there was time to work it out.
    """

    skill: str | None
    location: str | None
    minutes: int
    mandatory_minutes: int
    stretches: tuple[Stretch, ...]
    change: tuple[Part, ...]
    hires: tuple[Hire, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of work."""
        return Kind(self.skill, self.location)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneMore:
    """What one more person would be worth to a roster.

    Parameters
    ----------
    asked
        Whether any work is asked for at all.
    missing
        The kinds of work of which something is missing, most mandatory minutes first, then most minutes.
    enough
        Other kinds of work that are asked for: one more person would fill nothing of them.
    training
        Whom to train, by skill of which something is missing.
    in_time
        Whether there was time for all of it.
    """

    asked: bool
    missing: tuple[MorePeople, ...] = ()
    enough: tuple[Kind, ...] = ()
    training: tuple[SkillTraining, ...] = ()
    in_time: bool = True


def further_people(problem: Problem, roster: Roster) -> OneMore:
    """When and where further people would fill something; who they could be is not asked.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Coverage, Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   coverage=(Coverage(id="am", start=480, end=600, target=2),
    ...                             Coverage(id="pm", start=600, end=720, target=1)))
    >>> (more,) = further_people(problem, Roster()).missing
    >>> [(each.start, each.end, each.people, each.gains) for each in more.stretches]
    [(480, 720, 2, (240, 120))]
    """
    return _further_people(Staffed.of(problem, roster))


def one_more_person(
    problem: Problem,
    roster: Roster,
    *,
    contract_minutes: int | None = None,
    seconds: float | None = SECONDS,
    most_hires: int = HIRES,
    most_tried: int = TRIED,
    most_told: int = TOLD,
) -> OneMore:
    """What one more person would be worth, hired or trained, while everybody else's work stays as it is.

    Every figure is the difference between two rosters that were judged as a whole.

    Parameters
    ----------
    contract_minutes
        Of a newcomer, most paid minutes in the horizon; None takes the contract of a typical colleague.
    seconds
        How long to work out hiring and training; None for as long as it takes.
    most_hires
        Newcomers for each kind of work.
    most_tried, most_told
        People whose training in each skill is tried, and those that are told of.
    """
    deadline = Deadline(seconds)
    now = Staffed.of(problem, roster)
    more = _further_people(now)
    missing: list[MorePeople] = []
    in_time = True
    for each in more.missing:
        found = list(hires(now, each.kind, deadline, most=most_hires, contract_minutes=contract_minutes))
        in_time = in_time and bool(found) and all(hire.proven for hire, _ in found)
        missing.append(replace(each, hires=tuple(hire for hire, _ in found)))
    without: dict[str, BestWeek] = {}
    training = tuple(
        trainings(now, skill, deadline, without, most=most_tried, told=most_told)
        for skill in dict.fromkeys(each.skill for each in missing)
        if skill is not None
    )
    in_time = in_time and all(each.tried == min(each.lacking, most_tried) for each in training)
    return replace(more, missing=tuple(missing), training=training, in_time=in_time)


def _further_people(now: Staffed) -> OneMore:
    judged = Judged(now.problem, now.roster)
    found = [
        MorePeople(
            skill=kind.skill,
            location=kind.location,
            minutes=missing.minutes,
            mandatory_minutes=missing.mandatory_minutes,
            stretches=tuple(_stretches(now.problem, missing)),
            change=score_change(judged.change_of_times(filling(now.problem, kind, missing))),
        )
        for kind, missing in now.missing.items()
        if missing.steps
    ]
    found.sort(key=lambda each: (-each.mandatory_minutes, -each.minutes))
    return OneMore(
        asked=bool(now.missing),
        missing=tuple(found),
        enough=tuple(kind for kind, missing in now.missing.items() if not missing.steps),
    )


def _stretches(problem: Problem, missing: Missing) -> Iterator[Stretch]:
    """Steps that follow each other at once; a long stretch is cut where days begin."""
    run: list[Step] = []
    for step in missing.steps:
        if run and run[-1].end != step.start:
            yield from _cut(problem, run)
            run = []
        run.append(step)
    if run:
        yield from _cut(problem, run)


def _cut(problem: Problem, run: Sequence[Step]) -> Iterator[Stretch]:
    start, end = run[0].start, run[-1].end
    midnights = [day.start for day in problem.days if start < day.start < end]
    times = [start, *midnights, end] if end - start > LONGEST else [start, end]
    for first, last in pairwise(times):
        steps = tuple(
            replace(step, start=max(first, step.start), end=min(last, step.end))
            for step in run
            if step.start < last and first < step.end
        )
        yield Stretch(start=first, end=last, steps=steps)
