"""Windows in which a person needs a rest, as pricing watches them along the days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from solver.columns.labels import FAR, rests_at_last
from solver.lns.kernel import Ints, Longs

REST_BITS = 30
"""Windows of rest that can be watched at a time."""


@dataclass(frozen=True)
class Rests:
    """How the rests of one person are watched.

    Parameters
    ----------
    rows, windows
        The fields of a walk.
    constant
        What windows charge that no work of the person can touch.
    free, rested
        The state before the first day: since when there is no work, and bits of windows that had their rest.
    exact
        Whether all are watched.
    """

    rows: list[list[int]]
    windows: list[tuple[int, ...]]
    constant: float
    free: int
    rested: int
    exact: bool


def rests_of(
    rests: Iterable[tuple[int, Longs]],
    past: Longs,
    later: Longs,
    starts: tuple[Ints, Longs],
    days: int,
) -> Rests:
    """How the rests of one person are watched.

    Parameters
    ----------
    rests
        For each its weight, and (start, end, minutes) of the windows of which one needs a rest.
    past, later
        (start, end) of each span of history and of upcoming work, by start.
    starts
        Day and start of each option.
    days
        The number of days.
    """
    day, start = starts
    free = int(max((until for _, until in past.tolist()), default=-FAR))
    rows: list[list[int]] = []
    windows: list[tuple[int, ...]] = []
    busy: list[int] = []
    constant, rested, exact = 0.0, 0, True
    for weight, own in rests:
        opens = int(day[start > own[:, 0].min()].min(initial=days))
        closes = int(day[start < own[:, 1].max()].max(initial=-1))
        had = _rests_before(own, past)
        if closes < opens:
            if not (had or rests_at_last(own, later, 0, len(own), free)):
                constant += weight
            continue
        bit = next((at for at, until in enumerate(busy) if until + 1 < opens), len(busy))
        if bit >= REST_BITS:
            exact = False
            continue
        busy[bit : bit + 1] = [closes]
        if opens == 0 and had:
            rested |= 1 << bit
        rows.append([weight, len(windows), opens, closes, bit, int(had)])
        windows += [tuple(window) for window in own.tolist()]
    ending = [[0, len(windows), 0, 0, 0, 0]] if rows else []
    return Rests([*rows, *ending], windows, constant, free, rested, exact)


def _rests_before(windows: Longs, past: Longs) -> bool:
    """Whether one of some windows has its rest before the end of history."""
    for since, until, minutes in windows.tolist():
        free = since
        for begin, end in past.tolist():
            if min(begin, until) - free >= minutes:
                return True
            free = max(free, end)
    return False
