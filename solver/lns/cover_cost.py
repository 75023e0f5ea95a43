"""The cost of coverage as people are added and taken away, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import gcd

from solver.problem import Coverage, Problem
from solver.rules.coverage import kinds_of
from solver.violation import Level
from solver.work import Work

Weights = dict[Level, int]
"""What a unit of each level counts, where one number has to stand for all."""

Cells = tuple[int, int]
"""First cell and the cell after the last."""

NOWHERE: Cells = (0, 0)


class CoverCost:
    """How the cost of coverage changes when work is moved, in microseconds.

    Time is cut into equal cells, fine enough that requirements and work begin and end between two of them.

    Parameters
    ----------
    problem
        Gives the requirements.
    minutes
        Every minute at which work can start or end.
    weights
        Of the levels.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   coverage=(Coverage(id="am", start=480, end=720, target=1, surplus_price=2),))
    >>> cost = CoverCost(problem, [420, 600], {"hard": 1, "mandatory": 1, "soft": 1})
    >>> work = Work(start=420, end=600)
    >>> cost.change(None, work)
    -120
    >>> cost.move(None, work)
    >>> cost.change(work, Work(start=480, end=660)), cost.change(None, work)
    (-60, 240)
    """

    def __init__(self, problem: Problem, minutes: Iterable[int], weights: Weights) -> None:
        """Nobody works yet."""
        self._origin = problem.start
        times = {t - self._origin for c in problem.coverage for t in (c.start, c.end)}
        times |= {minute - self._origin for minute in minutes}
        self._step = gcd(*times) or 1
        self._count = -(-(problem.end - self._origin) // self._step)
        by_kind: dict[tuple[str | None, str | None], list[Coverage]] = {}
        for cover in problem.coverage:
            by_kind.setdefault((cover.skill, cover.location), []).append(cover)
        self._kinds = list(by_kind)
        people = len(problem.employees) + 1
        self._curves = [
            _Curve(covers, self._origin, self._step, self._count, people, weights)
            for covers in by_kind.values()
        ]
        self._matching: dict[tuple[str | None, str | None], list[_Curve]] = {}

    def change(self, old: Work | None, new: Work | None) -> int:
        """What replacing ``old`` by ``new`` would add to the cost."""
        if old is not None and new is not None and (old.skill, old.location) == (new.skill, new.location):
            gone, come = self._cells(old), self._cells(new)
            return sum(curve.change(gone, come) for curve in self._curves_of(new))
        curves = {id(curve): curve for work in (old, new) if work for curve in self._curves_of(work)}
        return sum(
            curve.change(self._cells_in(curve, old), self._cells_in(curve, new)) for curve in curves.values()
        )

    def move(self, old: Work | None, new: Work | None) -> None:
        """Replace ``old`` by ``new``."""
        for work, people in ((old, -1), (new, 1)):
            if work is not None:
                for curve in self._curves_of(work):
                    curve.add(self._cells(work), people)

    def _cells(self, work: Work) -> Cells:
        first = max(0, (work.start - self._origin) // self._step)
        return first, max(first, min(self._count, (work.end - self._origin) // self._step))

    def _cells_in(self, curve: _Curve, work: Work | None) -> Cells:
        return self._cells(work) if work is not None and curve in self._curves_of(work) else NOWHERE

    def _curves_of(self, work: Work) -> list[_Curve]:
        key = (work.skill, work.location)
        if key not in self._matching:
            self._matching[key] = [
                curve
                for (skill, location), curve in zip(self._kinds, self._curves, strict=True)
                if skill in (None, work.skill) and location in (None, work.location)
            ]
        return self._matching[key]


class _Curve:
    """One skill and location: for each cell the people at work and what one more of them would cost."""

    def __init__(
        self, covers: list[Coverage], origin: int, step: int, count: int, people: int, weights: Weights
    ) -> None:
        self._now = [0] * count
        self._more = [[0] * (people + 1)] * count
        for cover in covers:
            costs = [_cost(cover, n, weights) * step for n in range(people + 2)]
            steps = [after - before for before, after in pairwise(costs)]
            for cell in range((cover.start - origin) // step, (cover.end - origin) // step):
                known = self._more[cell]
                self._more[cell] = [a + b for a, b in zip(known, steps, strict=True)]

    def add(self, cells: Cells, people: int) -> None:
        for cell in range(*cells):
            self._now[cell] += people

    def change(self, gone: Cells, come: Cells) -> int:
        """The cost of taking one person from ``gone`` and putting one at ``come``."""
        more, now = self._more, self._now
        total = 0
        for start, end in _without(come, gone):
            for cell in range(start, end):
                total += more[cell][now[cell]]
        for start, end in _without(gone, come):
            for cell in range(start, end):
                total -= more[cell][now[cell] - 1]
        return total


def _without(one: Cells, other: Cells) -> tuple[Cells, ...]:
    """The cells of one range that are not in another."""
    (start, end), (first, last) = one, other
    if last <= start or end <= first:
        return (one,)
    return (start, min(end, first)), (max(start, last), end)


def _cost(cover: Coverage, people: int, weights: Weights) -> int:
    return sum(weights[kind.level] * kind.price * kind.off(people) for kind in kinds_of(cover))
