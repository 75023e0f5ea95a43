"""Tasks taken together: the problem in which a shift covers any of its tasks at once as one of them.

Where people can change between tasks, cover of all those tasks together is what shifts have to be found for;
who does what when is decided afterwards. The pooled problem is the real one as far as people and times go,
and nearly so in the price of coverage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from solver.problem import Coverage, Employee, Problem, Shift, ShiftTemplate, SkillHeld
from solver.rules.task_blocks import TaskBlocks
from solver.spans import merged
from solver.work import Assignment, Roster, Work

Demand = TypeVar("Demand", Work, Shift, Assignment)

NOBODY = Roster()


def pools_of(problem: Problem) -> Mapping[str, str]:
    """The pool of each skill that is a task: skills between which somebody may change are one pool.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   templates=(ShiftTemplate(id="day", tasks=("till", "floor")),))
    >>> pools_of(problem)["till"]
    'floor or till'
    """
    groups: list[set[str]] = []
    for template in problem.templates:
        tasks = set(template.tasks)
        touched = [group for group in groups if group & tasks]
        groups = [group for group in groups if not group & tasks]
        if tasks:
            groups.append(tasks.union(*touched))
    return {skill: " or ".join(sorted(group)) for group in groups for skill in group}


def pooled(problem: Problem) -> Problem:
    """The problem with each pool of tasks as one skill."""
    pools = pools_of(problem)
    return replace(
        problem,
        employees=tuple(_employee(employee, pools) for employee in problem.employees),
        shifts=tuple(_work(shift, pools) for shift in problem.shifts),
        templates=tuple(_template(template, pools) for template in problem.templates),
        coverage=tuple(_coverage(problem, pools)),
        rules=tuple(rule for rule in problem.rules if not isinstance(rule, TaskBlocks)),
        pins=tuple(replace(pin, work=pin.work and _work(pin.work, pools)) for pin in problem.pins),
        published=tuple(replace(one, work=one.work and _work(one.work, pools)) for one in problem.published),
    )


def pooled_roster(problem: Problem, roster: Roster) -> Roster:
    """A roster of the real problem as one of the pooled problem."""
    pools = pools_of(problem)
    return Roster(_work(work, pools) for work in roster)


def unpooled(problem: Problem, roster: Iterable[Assignment], known: Roster = NOBODY) -> Roster:
    """A roster of the pooled problem as one of the real problem; of tasks, the first throughout.

    Parameters
    ----------
    known
        A roster of the real problem; work that was placed by hand is as it is there.
    """
    return Roster(_real(problem, work, known) for work in roster)


def _real(problem: Problem, work: Assignment, known: Roster) -> Assignment:
    if work.shift is not None:
        return problem.fill(work.employee, work.shift)
    if work.template is not None:
        return problem.create(work.employee, work.template, work.start, work.minutes)
    for pin in problem.pins_of(work.employee):
        if pin.kind == "fixed" and pin.work is not None and pin.work.span == work.span:
            return problem.pinned(pin)
    for one in known.of(work.employee):
        if one.template is None and one.shift is None and one.span == work.span:
            return one
    raise ValueError(f"{work.label} of {work.employee} is no work of the problem")


def _employee(employee: Employee, pools: Mapping[str, str]) -> Employee:
    """Whoever holds a skill of a pool holds the pool."""
    spans = {
        pool: merged(span for skill, its in pools.items() if its == pool for span in employee.validity(skill))
        for pool in pools.values()
    }
    held = tuple(SkillHeld(pool, span.start, span.end) for pool, valid in spans.items() for span in valid)
    return replace(
        employee,
        skills=(*employee.skills, *held),
        history=tuple(_work(work, pools) for work in employee.history),
        upcoming=tuple(_work(work, pools) for work in employee.upcoming),
    )


def _work(work: Demand, pools: Mapping[str, str]) -> Demand:
    """It covers the pool, and still asks for its own skill."""
    if work.tasks:
        return replace(work, tasks=(), skill=pools.get(work.tasks[0].skill, work.tasks[0].skill))
    if work.skill is not None and work.skill in pools:
        return replace(work, skill=pools[work.skill], requires=((work.skill,), *work.requires))
    return work


def _template(template: ShiftTemplate, pools: Mapping[str, str]) -> ShiftTemplate:
    if template.tasks:
        return replace(template, tasks=(), skill=pools[template.tasks[0]])
    if template.skill is not None and template.skill in pools:
        requires = ((template.skill,), *template.requires)
        return replace(template, skill=pools[template.skill], requires=requires)
    return template


def _coverage(problem: Problem, pools: Mapping[str, str]) -> Iterator[Coverage]:
    """What all skills of a pool want together, piece by piece; all other coverage as it is."""
    by_pool: dict[tuple[str, str | None], list[Coverage]] = {}
    for cover in problem.coverage:
        if cover.skill is not None and cover.skill in pools:
            by_pool.setdefault((pools[cover.skill], cover.location), []).append(cover)
        else:
            yield cover
    for (pool, location), covers in by_pool.items():
        times = sorted({time for cover in covers for time in (cover.start, cover.end)})
        for start, end in pairwise(times):
            here = [cover for cover in covers if cover.start < end and start < cover.end]
            if here:
                together = _together(here, len(problem.employees))
                place = f"{pool} at {location or ''} from {start}"
                yield replace(together, id=place, start=start, end=end, skill=pool)


def _together(covers: Sequence[Coverage], people: int) -> Coverage:
    """Requirements of different skills as one: each further person goes where it costs least."""
    maxima = [cover.maximum for cover in covers if cover.maximum is not None]
    surplus = sorted(price for cover in covers for price in _surplus(cover, people))
    return Coverage(
        id="",
        start=covers[0].start,
        end=covers[0].end,
        location=covers[0].location,
        minimum=sum(cover.minimum for cover in covers),
        target=sum(cover.wanted for cover in covers),
        maximum=sum(maxima) if len(maxima) == len(covers) else None,
        missing_price=max(cover.missing_price for cover in covers),
        surplus_prices=tuple(surplus[: people + 1]),
    )


def _surplus(cover: Coverage, people: int) -> Iterable[int]:
    """The price of each person above the target."""
    prices = cover.surplus_prices or (cover.surplus_price,)
    return (*prices, *(prices[-1] for _ in range(people - len(prices))))
