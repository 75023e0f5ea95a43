"""The course of a search, short enough to be kept and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

LONGEST = 240


def thinned(points: Sequence[Any]) -> list[Any]:
    """The points, every second one left out while there are too many; the first and the last stay.

    Examples
    --------
    >>> thinned([1, 2, 3])
    [1, 2, 3]
    >>> long = thinned(range(1000))
    >>> len(long) <= LONGEST, long[0], long[-1]
    (True, 0, 999)
    """
    kept = list(points)
    while len(kept) > LONGEST:
        last = kept[-1]
        kept = kept[:-1:2]
        kept.append(last)
    return kept
