"""A roster made of columns, and how it is made better part by part."""

from __future__ import annotations

from os import cpu_count
from random import Random

import numpy as np
from numpy.typing import NDArray

from solver.columns.clock import Clock
from solver.columns.combining import combine
from solver.columns.demand import Demand
from solver.columns.generation import EXACT, Generation
from solver.columns.labels import NEVER
from solver.columns.master import Column
from solver.columns.mixture import TINY, Mixture
from solver.columns.parts import Large, Prices, Reach, lost_in_rows, some_days, some_people
from solver.lns.kernel import HARD
from solver.standing import Incumbent

EFFORT = EXACT - 1
"""Effort of pricing for parts."""

POOL, PART_POOL, LEAST_POOL = 40, 500, 6
"""Columns of each person that a part begins with at most, of all together, and of each at least."""

LAST_FIXED = 8
"""People who were fixed last in a dive and are planned together once more."""

FARTHER = 3.0
"""How many times as far from the bound as the best a dive of many people may end, to go on from that."""

LAST_DIVE = 1.5
"""How many times as long as a dive of everybody takes has to be left for another one."""

IN_VAIN, LEAST_IN_VAIN = 0.4, 2
"""How long small parts gain nothing until a large one is planned anew, as a share of what that takes, and how
many of them at least."""

TOOK = 8.0
"""Seconds, or work where that ends the search, that a large part is taken to last before the first one."""

USELESS = 25
"""Large parts without a gain after which other ways to search are better."""

MENDING = 1
"""Effort of pricing people who break hard rules, at least."""

FIRST_SIZE, LEAST_SIZE = 6, 4
"""People of the first part, and of each part at least, where there are so many."""

FIRST_DAYS, LEAST_DAYS = 5, 2
"""Days of the first part of some days, and of each at least, where there are so many."""

SELDOM = 0.2
"""How often the worse kind of part is tried at least, as a share."""

PART_WORK = 1.0
"""Deterministic time for combining the columns of a part at most."""

PART_ROUNDS = 12
"""Rounds of pricing for a part at most."""

PART_DIVE_TIME = 0.1
"""The share of the time left that a dive of a part may take."""


class Improving:
    """Improves a roster that is made of columns.

    Parameters
    ----------
    generation
        What generates columns.
    incumbent
        What better rosters are offered to, and who says when to stop.
    columns
        One of each person, in the order of the people.
    random
        Who chooses parts.
    seed, workers
        Of what puts parts together.

    Attributes
    ----------
    best
        The best columns together.
    current
        Those that are made better now.
    offered
        What the best columns cost; their roster was offered, or was there from the beginning.
    """

    def __init__(
        self,
        generation: Generation,
        incumbent: Incumbent,
        columns: list[Column],
        random: Random,
        *,
        seed: int,
        workers: int,
    ) -> None:
        """Begin with some columns."""
        self._generation = generation
        self._incumbent = incumbent
        self._clock = Clock(incumbent)
        self._random = random
        self._seed = seed
        self._workers = min(workers, cpu_count() or 1)
        self._pool: dict[int, dict[Column, float]] = {person: {} for person in generation.people}
        self.begin_with(columns)

    def begin_with(self, columns: list[Column]) -> None:
        """Have these columns as the best."""
        self.best = self.current = columns
        self.offered = self._generation.cost(columns)

    def remember(self, column: Column, prices: Prices) -> None:
        """Let parts begin with a column."""
        self._pool[column.person].setdefault(column, prices.of(column))

    def take(self, columns: list[Column]) -> None:
        """Go on from columns, one of each person, unless they cost more; offer the roster if it is new."""
        cost = self._generation.cost(columns)
        if cost > self._generation.cost(self.current) + TINY:
            return
        self.current = columns
        if cost < self.offered - TINY:
            self.best, self.offered = columns, cost
            self._incumbent.offer(self._generation.roster(columns))

    def mend(self) -> None:
        """Plan those anew who break hard rules, one by one, as is best with what the others do."""
        generation = self._generation
        filled = generation.filled(self.current)
        for place, column in enumerate(self.current):
            if column.cost < HARD:
                continue
            filled[column.rows] -= column.counts
            gains = generation.demand.gains(generation.demand.after(filled).worth_of_one())
            found: list[Column] = []
            effort = MENDING
            while not found and effort <= EXACT and not self._generation.stopped():
                ((found, _, _),) = generation.price([column.person], gains, [NEVER], effort, 1)
                effort += 1
            self.current[place] = found[0] if found else generation.column(column.person, ())
            filled[self.current[place].rows] += self.current[place].counts
        self.offered = generation.cost(self.current)
        self._incumbent.offer(generation.roster(self.current))

    def settle(self, found: dict[int, Column] | None, prices: Prices, most: float = -np.inf) -> None:
        """Plan those who were fixed last in a dive once more, and go on from it all unless it costs too much.

        Parameters
        ----------
        found
            The column of each person of the dive, in the order in which they were fixed; None for none.
        prices
            What a person more in each row is worth, and each person costs.
        most
            What it may cost although there was something better before: a place or two are all that is wrong
            with it.
        """
        if found is None:
            return
        for column in found.values():
            self.remember(column, prices)
        kept = self.current
        self.current = [found.get(column.person, column) for column in kept]
        self._solve_part(sorted(list(found)[-LAST_FIXED:]), prices)
        dived, self.current = self.current, kept
        if self._generation.cost(dived) < most:
            self.current = dived
        self.take(dived)

    def improve(
        self, bound: float, prices: Prices, worth: float = 0.0, *, took: float = TOOK, again: bool = False
    ) -> bool:
        """Plan parts anew: some people or some days exactly, and after some in vain many people by diving.

        What a dive of many ends with may be worse than the best; small parts have to make it better then, or
        the best is gone on from.

        Parameters
        ----------
        bound
            What no roster costs less than.
        prices
            What a person more in each row is worth, and each person costs.
        worth
            What something else gains in a second; parts that gain less end this.
        took
            How long a dive of everybody takes.
        again
            Whether parts in vain end this where there is time for such a dive.

        Returns
        -------
        bool
            Whether it ended because of that.
        """
        days, everybody = self._generation.tables.problem.calendar.size, len(self.current)
        few = Reach(min(FIRST_SIZE, everybody), min(LEAST_SIZE, everybody), everybody)
        short = Reach(min(FIRST_DAYS, days), min(LEAST_DAYS, days), days)
        few.worth = short.worth = 2 * worth
        large = Large(self.offered, took)
        gained_at, vain = self._clock.now(), 0
        while (
            not self._incumbent.stopped()
            and self._generation.cost(self.current) - bound >= 1 - TINY
            and large.useless < USELESS
            and few.worth + short.worth >= worth
        ):
            before, begun = self._generation.cost(self.current), self._clock.now()
            if vain >= LEAST_IN_VAIN and begun - gained_at > IN_VAIN * large.took:
                self.current = self.best
                if again and (self._clock.left() or 0.0) > LAST_DIVE * took:
                    return True
                large.learn(self.offered)
                people = self._some_people(max(few.size, int(large.share * everybody)), prices)
                self._dive_part(people, prices, bound)
                gained_at, vain = self._clock.now(), 0
                large.took = gained_at - begun
                continue
            floor = SELDOM * (few.worth + short.worth) + TINY
            reach = self._random.choices([few, short], [few.worth + floor, short.worth + floor])[0]
            if reach is few:
                hopeful = self._solve_part(self._some_people(few.size, prices), prices)
            else:
                window = some_days(short.size, days, self._random)
                hopeful = self._solve_part(list(self._generation.people), prices, window)
            gain, now = before - self._generation.cost(self.current), self._clock.now()
            reach.learn(now - begun, gain, hopeful=hopeful)
            gained_at, vain = (now, 0) if gain > TINY else (gained_at, vain + 1)
        self.current = self.best
        return False

    def _some_people(self, size: int, prices: Prices) -> list[int]:
        lost = lost_in_rows(self._generation, self.current, prices.duals)
        return some_people(size, self.current, self._pool, prices, lost, self._random)

    def _dive_part(self, people: list[int], prices: Prices, bound: float) -> None:
        """Plan many people anew by a dive, then those who were fixed last once more."""
        part, mine, demand = self._mixture_of(people)
        part.converge(EFFORT, PART_ROUNDS)
        now = sum(column.cost for column in mine) + demand.cost(self._generation.filled(mine))
        if part.mix is None or now - part.mix.cost < 1 - TINY:
            return
        found = part.dive(EFFORT, used=self._clock.used(PART_DIVE_TIME))
        for column in part.master.columns:
            self.remember(column, prices)
        far = bound + FARTHER * (self.offered - bound) if np.isfinite(bound) else -np.inf
        self.settle(found, prices, far)

    def _mixture_of(
        self, people: list[int], days: NDArray[np.bool_] | None = None
    ) -> tuple[Mixture, list[Column], Demand]:
        """The mixture of some people, all others as in the best roster; their columns; what is wanted.

        Where days are given, work on all others stays.
        """
        generation, inside = self._generation, set(people)
        others = [column for column in self.current if column.person not in inside]
        mine = [column for column in self.current if column.person in inside]
        demand = generation.demand.after(generation.filled(others))
        each = max(LEAST_POOL, min(POOL, PART_POOL // len(people)))
        pools = (sorted(self._pool[p], key=self._pool[p].__getitem__)[:each] for p in people)
        kept = None if days is None else {c.person: generation.kept(c, ~days) for c in mine}
        columns = [*mine, *(column for pool in pools for column in pool)]
        return Mixture(generation, demand, people, columns, self._random, kept), mine, demand

    def _solve_part(self, people: list[int], prices: Prices, days: NDArray[np.bool_] | None = None) -> bool:
        """Plan some people anew, on some days if they are given; whether there was anything to gain."""
        part, mine, demand = self._mixture_of(people, days)
        part.converge(EFFORT, PART_ROUNDS)
        mix = part.mix
        if mix is None:
            return False
        for column in part.master.columns:
            self.remember(column, prices)
        now = sum(column.cost for column in mine) + demand.cost(self._generation.filled(mine))
        gap = now - mix.cost
        if gap < 1 - TINY:
            return False
        at = Prices(mix.duals, mix.shares)
        useful = [column for column in part.master.columns if at.of(column) < gap - 1 + TINY]
        found, work = combine(
            demand, useful, mine, seconds=self._seconds_left(), work=PART_WORK, seed=self._seed,
            workers=self._workers,
        )  # fmt: skip
        self._generation.spend(work)
        of_person = {column.person: column for column in found}
        self.take([of_person.get(column.person, column) for column in self.current])
        return True

    def _seconds_left(self) -> float | None:
        left = self._incumbent.stop.seconds_left(self._incumbent.standing())
        return None if left is None else max(0.01, min(left, 5.0))
