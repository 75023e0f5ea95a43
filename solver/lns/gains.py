"""What one more person at some time would be worth, given who already works then."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from solver.problem import Coverage, Problem
from solver.rules.coverage import kinds_of
from solver.work import Work

MANDATORY_FACTOR = 1000
"""How much a unit of the mandatory level counts against one of the soft level, for choosing only."""


class Gains:
    """The cost that one more person saves at each minute, by skill and location.

    Parameters
    ----------
    problem
        Its coverage is what counts.
    works
        Work that is there already.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   coverage=(Coverage(id="am", start=480, end=720, target=1, surplus_price=2),))
    >>> gains = Gains(problem, [])
    >>> gains.of(Work(start=420, end=600))
    120
    >>> gains.add(Work(start=480, end=540))
    >>> gains.of(Work(start=480, end=600))
    -60
    """

    def __init__(self, problem: Problem, works: Iterable[Work]) -> None:
        """Cut time where requirements begin and end."""
        self._curves: dict[tuple[str | None, str | None], _Curve] = {}
        for cover in problem.coverage:
            key = (cover.skill, cover.location)
            self._curves.setdefault(key, _Curve()).require(cover)
        for work in works:
            self.add(work)

    def add(self, work: Work) -> None:
        """Count one more person."""
        for curve in self._matching(work.skill, work.location):
            curve.add(work.start, work.end)

    def of(self, work: Work) -> int:
        """What the work would save; negative where it would be too much."""
        return sum(curve.gain(work.start, work.end) for curve in self._matching(work.skill, work.location))

    def _matching(self, skill: str | None, location: str | None) -> list[_Curve]:
        return [
            curve
            for (wanted, where), curve in self._curves.items()
            if wanted in (None, skill) and where in (None, location)
        ]


class _Curve:
    """The requirements of one skill and location: pieces of time with a constant number of people."""

    def __init__(self) -> None:
        self._covers: list[Coverage] = []
        self._savings: list[list[int]] = []
        self._works: list[tuple[int, int]] = []
        self._times: list[int] = []
        self._sums: list[int] = []

    def require(self, cover: Coverage) -> None:
        self._covers.append(cover)
        self._savings.append([])

    def add(self, start: int, end: int) -> None:
        self._works.append((start, end))
        self._times = []

    def gain(self, start: int, end: int) -> int:
        if not self._times:
            self._build()
        return self._until(end) - self._until(start)

    def _until(self, minute: int) -> int:
        """The sum of savings before a minute."""
        place = bisect_right(self._times, minute) - 1
        if place < 0:
            return 0
        if place + 1 >= len(self._times):
            return self._sums[-1]
        low, high = self._times[place], self._times[place + 1]
        return self._sums[place] + (self._sums[place + 1] - self._sums[place]) * (minute - low) // (
            high - low
        )

    def _build(self) -> None:
        bounds = {t for c in self._covers for t in (c.start, c.end)} | {t for w in self._works for t in w}
        self._times = sorted(bounds)
        rates = [0] * len(self._times)
        people = self._people()
        for cover, savings in zip(self._covers, self._savings, strict=True):
            first, last = bisect_left(self._times, cover.start), bisect_left(self._times, cover.end)
            for place in range(first, last):
                while len(savings) <= people[place]:
                    savings.append(_saving(cover, len(savings)))
                rates[place] += savings[people[place]]
        self._sums = [0]
        for place in range(len(self._times) - 1):
            self._sums.append(self._sums[-1] + rates[place] * (self._times[place + 1] - self._times[place]))

    def _people(self) -> list[int]:
        changes = [0] * (len(self._times) + 1)
        for start, end in self._works:
            changes[bisect_left(self._times, start)] += 1
            changes[bisect_left(self._times, end)] -= 1
        people, now = [], 0
        for change in changes[:-1]:
            now += change
            people.append(now)
        return people


def _saving(cover: Coverage, people: int) -> int:
    """What one more person saves per minute."""
    return sum(
        (kind.off(people) - kind.off(people + 1))
        * kind.price
        * (MANDATORY_FACTOR if kind.level == "mandatory" else 1)
        for kind in kinds_of(cover)
    )
