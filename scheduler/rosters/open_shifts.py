"""Shifts that would have to be worked where the people do not suffice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from solver.problem import Problem, ShiftTemplate
from solver.result import OpenShift
from solver.work import Work

DAY = 1440


def open_works(problem: Problem, missing: Iterable[OpenShift]) -> list[Work]:
    """Work in the shapes of the problem's templates that covers the missing people, by start.

    Parameters
    ----------
    missing
        Spans in which people of a skill and location are missing; those of given shifts are left out, because
        such a shift is open as it is.

    Notes
    -----
    Greedy: again and again the shape that covers most missing minutes and wastes fewest. Where no template
    fits, the missing span itself. Work in the shape of a template names the template in its tags.
    """
    gaps: dict[tuple[str | None, str | None], list[OpenShift]] = defaultdict(list)
    for gap in missing:
        if gap.shift is None:
            gaps[gap.skill, gap.location].append(gap)
    found = [
        work for (skill, location), spans in gaps.items() for work in _fill(problem, skill, location, spans)
    ]
    return sorted(found, key=lambda work: (work.start, work.end, work.location or "", work.skill or ""))


def template_named(work: Work) -> str | None:
    """The template whose shape `open_works` gave to work, or None."""
    return work.tags[0] if work.tags else None


def _fill(
    problem: Problem, skill: str | None, location: str | None, spans: Sequence[OpenShift]
) -> Iterator[Work]:
    start = min(span.start for span in spans)
    people = [0] * (max(span.end for span in spans) - start)
    for span in spans:
        for minute in range(span.start - start, span.end - start):
            people[minute] += span.people
    shapes = [
        shape
        for template in problem.templates
        if template.skill == skill and template.location == location
        for shape in _shapes(problem, template)
    ]
    while any(people):
        work = _best(shapes, people, start) or _bare(people, start, skill, location)
        for minute in range(max(0, work.start - start), min(len(people), work.end - start)):
            people[minute] = max(0, people[minute] - 1)
        yield work


def _shapes(problem: Problem, template: ShiftTemplate) -> Iterator[Work]:
    """Every shift the template allows, in order of start and then length."""
    for day in problem.days:
        if template.days is not None and day.on not in template.days:
            continue
        walls = range(template.earliest_start, template.latest_start + 1, template.start_step)
        for start in template.starts or [day.minute(wall) for wall in walls]:
            if not day.start <= start < day.end:
                continue
            for minutes in template.lengths():
                yield Work(
                    start=start,
                    end=start + minutes,
                    breaks=template.breaks_of(minutes),
                    skill=template.skill,
                    location=template.location,
                    tags=(template.id,),
                )


def _best(shapes: Iterable[Work], people: Sequence[int], offset: int) -> Work | None:
    """The shape with most missing minutes less wasted ones; None if none covers anything."""
    short = list(accumulate((1 if count else 0 for count in people), initial=0))

    def worth(work: Work) -> tuple[int, int, int]:
        first = min(max(0, work.start - offset), len(people))
        last = min(max(0, work.end - offset), len(people))
        covered = short[last] - short[first]
        return (2 * covered - work.minutes, covered, -work.start) if covered else (-DAY * 7, 0, 0)

    best = max(shapes, key=worth, default=None)
    return best if best is not None and worth(best)[1] else None


def _bare(people: Sequence[int], offset: int, skill: str | None, location: str | None) -> Work:
    """The first span in which somebody is missing, at most a day long."""
    first = next(minute for minute, count in enumerate(people) if count)
    last = first
    while last < len(people) and people[last] and last - first < DAY:
        last += 1
    return Work(start=offset + first, end=offset + last, skill=skill, location=location)
