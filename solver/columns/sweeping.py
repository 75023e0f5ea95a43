"""Better rosters of long horizons: everybody's stretches planned anew at once, cut elsewhere each time."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import numpy as np

from solver.columns.clock import Clock
from solver.columns.generation import EXACT, Generation
from solver.columns.improving import EFFORT, Improving
from solver.columns.labels import NEVER, Floats
from solver.columns.master import Column
from solver.columns.mixture import TINY, Mixture
from solver.columns.parts import Prices
from solver.columns.stretches import Mask, Stretches, between

LENGTH, SHORTEST, NUMBER = 28, 10, 4
"""Days of a stretch, about, and at least; and how many there are of each person at least."""

STARTS = (0.0, 0.5, 0.25, 0.75)
"""Where the first stretch ends, as a share of the length: elsewhere each time."""

LONGER = 1.5
"""Times as long are stretches once those of no start gain anything."""

LEFT = 2
"""Stretches of each person that are planned last, by the true rules about totals."""

SHARE = 0.03
"""The share of the stretches left that are fixed at a time."""

ROUNDS = 30
"""Rounds of pricing at most before stretches are fixed."""

LAST_ROUNDS = 6
"""The same for the rest by the true rules, which was mixed before by relaxed ones."""

DIVE_TIME = 0.2
"""The share of the time left that a dive may take."""

AGAIN = 0.7
"""The share of the time of the last sweep that has to be left for another."""


def can_sweep(generation: Generation) -> bool:
    """Whether the horizon is so long that it can be cut."""
    return generation.tables.problem.calendar.size >= NUMBER * SHORTEST


class Sweeping:
    """Improves a roster by planning all stretches anew.

    Parameters
    ----------
    generation, improving, clock, random
        As of the search.

    Attributes
    ----------
    prices
        What a person more in each row is worth, and what each person costs at that, by the last mix of
        stretches; None before the first.
    """

    def __init__(self, generation: Generation, improving: Improving, clock: Clock, random: Random) -> None:
        """Begin with what improving has."""
        self._generation = generation
        self._improving = improving
        self._clock = clock
        self._random = random
        self._days = generation.tables.problem.calendar.size
        self._length = min(float(LENGTH), self._days / NUMBER)
        self._turn = self._vain = 0
        self._took = 0.0
        self.prices: Prices | None = None

    def run(self) -> None:
        """Plan stretches and parts anew, whatever gains more in a second, until nothing gains anything."""
        while self._length < self._days and not self._generation.stopped():
            left = self._clock.left()
            if left is not None and left < AGAIN * self._took:
                break
            worth = self.sweep()
            if self.prices is not None and worth > 0:
                self._improving.improve(-np.inf, self.prices, worth)
        if self.prices is not None:
            self._improving.improve(-np.inf, self.prices)

    def sweep(self) -> float:
        """Plan everybody's stretches anew, cut elsewhere than the last time; what that gained in a second."""
        begun, before = self._clock.now(), self._improving.offered
        self._sweep(self._length, STARTS[self._turn] * self._length)
        self._took = self._clock.now() - begun
        gained = before - self._improving.offered
        self._vain = 0 if gained > TINY else self._vain + 1
        self._turn = (self._turn + 1) % len(STARTS)
        if self._vain == len(STARTS):
            self._length, self._vain = LONGER * self._length, 0
        return max(0.0, gained) / max(self._took, TINY)

    def _sweep(self, length: float, start: float) -> None:
        """Plan stretches of about some length anew, the first of which ends near a day."""
        generation, best = self._generation, self._improving.best
        days, slack = self._days, length / 4
        places = np.arange(start, days, length)
        places = places[(places > slack) & (places < days - slack)]
        worked = (sorted({int(generation.day[option]) for option in column.options}) for column in best)
        parts = [between(days, own, places.tolist(), slack) for own in worked]
        stretches = Stretches(generation, best, parts)
        mixture = Mixture(stretches, stretches.demand, stretches.people, stretches.columns, self._random)
        mixture.converge(EFFORT, ROUNDS)
        fixed = mixture.dive(EFFORT, SHARE, self._clock.used(DIVE_TIME), stretches.leaving(LEFT))
        if mixture.mix is None or fixed is None:
            return
        duals = mixture.mix.duals[: stretches.demand.own_rows]
        shares = {column.person: column.cost - float(duals[column.rows] @ column.counts) for column in best}
        self.prices = Prices(duals, shares)
        self._plan_rest(stretches, fixed, generation.demand.gains(duals))

    def _plan_rest(self, stretches: Stretches, fixed: Mapping[int, Column], gains: Floats) -> None:
        """Plan what is not fixed, as one stretch of each person, and take it all unless it costs more."""
        best, parts = self._rest(stretches, fixed, gains)
        relaxed = Stretches(self._generation, best, parts, relaxed=True)
        mixture = Mixture(relaxed, relaxed.demand, relaxed.people, relaxed.columns, self._random)
        mixture.converge(EFFORT)
        rest = Stretches(self._generation, best, parts)
        columns = rest.again(mixture.master.columns)
        mixture = Mixture(rest, rest.demand, rest.people, columns, self._random)
        mixture.converge(EFFORT, LAST_ROUNDS)
        found = mixture.dive(EFFORT, used=self._clock.used(DIVE_TIME))
        if found is not None:
            whole = enumerate(rest.whole(found))
            self._improving.take([self._generation.column(person, own) for person, own in whole])

    def _rest(
        self, stretches: Stretches, fixed: Mapping[int, Column], gains: Floats
    ) -> tuple[list[Column], list[list[Mask]]]:
        """Columns with what is fixed, and the other days of each; the best ones where there are no such."""
        generation, best = self._generation, self._improving.best
        free, stays = stretches.free(fixed), stretches.whole(fixed)
        kept = {person: generation.keep(person, ~free[person], stays[person]) for person in generation.people}
        columns: dict[int, Column] = {}
        for effort in range(1, EXACT + 1):
            missing = sorted(kept.keys() - columns.keys())
            found = generation.price(missing, gains, [NEVER] * len(missing), effort, 1, kept)
            columns |= {person: own[0] for person, (own, _, _) in zip(missing, found, strict=True) if own}
        everything = np.ones(self._days, np.bool_)
        return (
            [columns.get(person, best[person]) for person in generation.people],
            [[free[person] if person in columns else everything] for person in generation.people],
        )
