"""The cost of coverage as people are added and taken away, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import gcd

from solver.problem import Coverage, Problem
from solver.rules.coverage import kinds_of
from solver.violation import Level
from solver.work import Work

Weights = dict[Level, int]
"""What a unit of each level counts, where one number has to stand for all."""


class CoverCost:
    """The people at work by skill and location, and what one more or one less of them costs.

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
    >>> seven_to_ten, eight_to_eleven = Work(start=420, end=600), Work(start=480, end=660)
    >>> cost.added(cost.place(seven_to_ten))
    -120
    >>> cost.count(cost.place(seven_to_ten), 1)
    >>> cost.moved(cost.place(seven_to_ten), cost.place(eight_to_eleven))
    -60
    """

    def __init__(self, problem: Problem, minutes: Iterable[int], weights: Weights) -> None:
        """Nobody works yet."""
        self._origin = problem.start
        times = {t - self._origin for c in problem.coverage for t in (c.start, c.end)}
        times |= {minute - self._origin for minute in minutes}
        self._step = gcd(*times) or 1
        self._cells = -(-(problem.end - self._origin) // self._step)
        by_kind: dict[tuple[str | None, str | None], list[Coverage]] = {}
        for cover in problem.coverage:
            by_kind.setdefault((cover.skill, cover.location), []).append(cover)
        self._curves = [
            (skill, location, self._curve(covers, len(problem.employees) + 1, weights))
            for (skill, location), covers in by_kind.items()
        ]
        self._of: dict[tuple[str | None, str | None], tuple[Curve, ...]] = {}

    def _curve(self, covers: Sequence[Coverage], people: int, weights: Weights) -> Curve:
        curve = Curve(self._cells, people)
        for cover in covers:
            costs = [_cost(cover, n, weights) * self._step for n in range(people + 2)]
            cells = range(
                (cover.start - self._origin) // self._step, (cover.end - self._origin) // self._step
            )
            curve.require(cells, [after - before for before, after in pairwise(costs)])
        return curve

    def place(self, work: Work) -> Place:
        """Where some work counts."""
        kind = (work.skill, work.location)
        if kind not in self._of:
            self._of[kind] = tuple(
                curve
                for skill, location, curve in self._curves
                if skill in (None, work.skill) and location in (None, work.location)
            )
        first = max(0, (work.start - self._origin) // self._step)
        last = max(first, min(self._cells, (work.end - self._origin) // self._step))
        return self._of[kind], first, last

    def count(self, place: Place, people: int) -> None:
        """Count so many people more (or, if negative, fewer) at a place."""
        curves, first, last = place
        for curve in curves:
            for cell in range(first, last):
                curve.now[cell] += people

    def added(self, place: Place) -> int:
        """What one more person there costs; negative where it saves."""
        curves, first, last = place
        return sum(curve.cost_of_one_more(first, last) for curve in curves)

    def removed(self, place: Place) -> int:
        """What one person less there costs."""
        curves, first, last = place
        return sum(curve.cost_of_one_less(first, last) for curve in curves)

    def moved(self, old: Place, new: Place) -> int:
        """What it costs if a person is at ``new`` and no longer at ``old``."""
        (curves, first, last), (others, start, end) = old, new
        if last <= start or end <= first:
            return self.removed(old) + self.added(new)
        total = 0
        for curve in curves:
            if curve not in others:
                total += curve.cost_of_one_less(first, last)
        for curve in others:
            if curve not in curves:
                total += curve.cost_of_one_more(start, end)
                continue
            if start < first:
                total += curve.cost_of_one_more(start, first)
            elif first < start:
                total += curve.cost_of_one_less(first, start)
            if last < end:
                total += curve.cost_of_one_more(last, end)
            elif end < last:
                total += curve.cost_of_one_less(end, last)
        return total


class Curve:
    """One skill and location: the people at work in each cell, and what one more of them would cost.

    Parameters
    ----------
    cells, people
        How many cells there are, and how many people there can be in one.
    """

    __slots__ = ("more", "now")

    def __init__(self, cells: int, people: int) -> None:
        """Nothing required and nobody there."""
        self.now = [0] * cells
        self.more = [[0] * (people + 1)] * cells

    def require(self, cells: range, more: Sequence[int]) -> None:
        """Add what one more person costs, by the number of people already there."""
        for cell in cells:
            self.more[cell] = [a + b for a, b in zip(self.more[cell], more, strict=True)]

    def cost_of_one_more(self, first: int, last: int) -> int:
        """The cost of one person more in some cells."""
        more, now = self.more, self.now
        total = 0
        for cell in range(first, last):
            total += more[cell][now[cell]]
        return total

    def cost_of_one_less(self, first: int, last: int) -> int:
        """The cost of one person less in some cells."""
        more, now = self.more, self.now
        total = 0
        for cell in range(first, last):
            total -= more[cell][now[cell] - 1]
        return total


Place = tuple[tuple[Curve, ...], int, int]
"""The curves some work counts for, its first cell and the cell after its last."""


def _cost(cover: Coverage, people: int, weights: Weights) -> int:
    return sum(weights[kind.level] * kind.price * kind.off(people) for kind in kinds_of(cover))
