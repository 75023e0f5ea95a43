"""How many people work at each minute, by skill and location."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from solver.work import Work

Key = tuple[str | None, str | None]


class Supply:
    """The number of people at work as a step function, for any skill and location asked for.

    Parameters
    ----------
    works
        All work that counts.

    Examples
    --------
    >>> supply = Supply([Work(start=0, end=10, skill="till"), Work(start=5, end=20, skill="till")])
    >>> list(supply.steps("till", None, 0, 15))
    [(0, 5, 1), (5, 10, 2), (10, 15, 1)]
    >>> list(supply.steps("floor", None, 0, 15))
    [(0, 15, 0)]

    Whoever is on a placed break is not at work.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        """Sort the work by what it covers; steps are computed when asked for."""
        self._spans: dict[Key, list[tuple[int, int]]] = {}
        for work in works:
            for start, end, skill in work.pieces:
                self._spans.setdefault((skill, work.location), []).append((start, end))
        self._steps: dict[Key, tuple[list[int], list[int]]] = {}

    def steps(
        self, skill: str | None, location: str | None, start: int, end: int
    ) -> Iterator[tuple[int, int, int]]:
        """The pieces of ``[start, end)`` with a constant number of people: (start, end, people)."""
        times, counts = self._of((skill, location))
        place = bisect_right(times, start) - 1
        at = start
        while at < end:
            until = times[place + 1] if place + 1 < len(times) else end
            until = min(until, end)
            yield at, until, counts[place] if place >= 0 else 0
            at = until
            place += 1

    def _of(self, key: Key) -> tuple[list[int], list[int]]:
        if key not in self._steps:
            self._steps[key] = self._build(*key)
        return self._steps[key]

    def _build(self, skill: str | None, location: str | None) -> tuple[list[int], list[int]]:
        changes: dict[int, int] = {}
        for (does, where), spans in self._spans.items():
            if (skill is None or does == skill) and (location is None or where == location):
                for start, end in spans:
                    changes[start] = changes.get(start, 0) + 1
                    changes[end] = changes.get(end, 0) - 1
        times = sorted(time for time, change in changes.items() if change)
        counts: list[int] = []
        people = 0
        for time in times:
            people += changes[time]
            counts.append(people)
        return times, counts
