"""Which parts of a roster are planned anew: some people, or some days of everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from solver.columns.generation import Generation
from solver.columns.labels import Floats
from solver.columns.master import Column

FORGETTING = 0.3
"""How quickly a kind of part is judged anew."""

QUICK, SLOW = 0.4, 1.2
"""Seconds after which a part was so small that the next is larger, or so large that the next is smaller."""


FIRST_SHARE, MOST_SHARE, LARGER = 0.4, 0.9, 1.15
"""The share of all people in the first large part, about the most, and how much larger the next one is."""


@dataclass(frozen=True)
class Prices:
    """What a person more in each row is worth, and what each person adds to the cost at that."""

    duals: Floats
    shares: dict[int, float]

    def of(self, column: Column) -> float:
        """What a column costs more than the best one of the person would."""
        return column.cost - float(self.duals[column.rows] @ column.counts) - self.shares[column.person]


@dataclass
class Reach:
    """How much a kind of part holds: more where that is quick or there is nothing to gain, less where slow.

    Parameters
    ----------
    size, least, most
        How much now, and at least and at most.
    worth
        What is gained in a second, lately.
    """

    size: int
    least: int
    most: int
    worth: float = 0.0

    def learn(self, seconds: float, gained: float, *, hopeful: bool) -> None:
        """Set the size of the next part, and what such parts are worth."""
        self.worth += FORGETTING * (gained / max(seconds, 0.01) - self.worth)
        if not hopeful or seconds < QUICK:
            self.size = min(self.most, self.size + max(1, self.size // 4))
        elif seconds > SLOW:
            self.size = max(self.least, self.size - max(1, self.size // 8))


@dataclass
class Large:
    """Large parts, of a share of all people: the next one is larger where the last one has gained nothing.

    Parameters
    ----------
    cost
        What the best roster cost before the last one.
    took
        How long that took.
    share
        The share of all people in the next one.
    useless
        How many have gained nothing, with the small parts after them; one less before the first.
    """

    cost: float
    took: float
    share: float = FIRST_SHARE
    useless: int = -1

    def learn(self, cost: float) -> None:
        """Say what the best roster costs, before the next one."""
        gained = cost < self.cost
        self.useless = 0 if gained else self.useless + 1
        again = gained or not self.useless or self.share > MOST_SHARE
        self.share = FIRST_SHARE if again else self.share * LARGER
        self.cost = cost


def some_people(
    size: int,
    best: Sequence[Column],
    pool: Mapping[int, Mapping[Column, float]],
    prices: Prices,
    lost: Floats,
    random: Random,
) -> list[int]:
    """People to be planned anew: those whose rosters or rows cost more than their prices, and others.

    Parameters
    ----------
    size
        How many.
    best
        The roster.
    pool
        Columns of each person that are known.
    prices
        What a person in each row is worth, and each person costs.
    lost
        What each row costs more than at best at the prices; see `lost_in_rows`.
    random
        Who chooses.
    """
    reduced = np.array([max(0.0, prices.of(column)) for column in best])
    chosen: list[int] = []
    if random.random() * (reduced.sum() + lost.sum()) < lost.sum():
        row = random.choices(range(len(lost)), lost.tolist())[0]
        able = [p for p, own in pool.items() if any(row in column.rows for column in own)]
        chosen = random.sample(able, min(len(able), (size + 1) // 2))
    weights = reduced + reduced.mean() * 0.3 + 1e-3
    weights[chosen] = 0.0
    while len(chosen) < size:
        one = random.choices(range(len(weights)), weights.tolist())[0]
        chosen.append(one)
        weights[one] = 0.0
    return sorted(chosen)


def lost_in_rows(generation: Generation, best: Sequence[Column], duals: Floats) -> Floats:
    """What each row costs more than at best at the prices."""
    filled = generation.filled(best).astype(int)
    lost = np.zeros(len(filled))
    for row, (slopes, dual) in enumerate(zip(generation.demand.slopes, duals, strict=True)):
        terms = slopes + dual
        lost[row] = terms[: filled[row]].sum() - np.minimum(terms, 0.0).sum()
    return np.maximum(lost, 0.0)


def some_days(size: int, days: int, random: Random) -> NDArray[np.bool_]:
    """Some days in a row: for each of all days whether it is one; fewer at the edges.

    Examples
    --------
    >>> some_days(3, 7, Random(1)).tolist()
    [True, True, True, False, False, False, False]
    """
    window = np.zeros(days, np.bool_)
    first = random.randint((1 - size) // 2, days - (size + 1) // 2)
    window[max(0, first) : first + size] = True
    return window
