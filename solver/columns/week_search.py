"""Rosters of weeks of many starts and lengths: columns at prices held near those of the mix of single shifts.

Such weeks have hundreds of works a day for everybody, and coverage by the quarter of an hour. Prices of a few
columns are wild there, and they settle too late. The mix of single shifts knows nearly the right ones within
seconds (`solver.columns.shift_mix`). Held near those, prices of whole weeks settle in some rounds; then one
dive makes a roster, which is short or long by a person here and there, and annealing that begins cold moves
single shifts until it fits. In the time that is left some people after others are planned again.
"""

from __future__ import annotations

from contextlib import suppress
from random import Random

import numpy as np

from solver.beside import Beside
from solver.columns.clock import Clock
from solver.columns.demand import Demand
from solver.columns.generation import Generation
from solver.columns.labels import Floats
from solver.columns.master import Column, Held
from solver.columns.mixture import Dive, Mixture
from solver.columns.parts import Prices, lost_in_rows, some_people
from solver.columns.shift_mix import ShiftMix
from solver.cpsat.model import OutOfTime
from solver.lns.local_search import Pace, Plan, anneal
from solver.lns.tables import WEIGHTS, Tables
from solver.standing import Incumbent
from solver.work import Roster

WARM_CHANGES, WARM_SHARE = 2_000_000, 0.1
"""Changes of the first annealing while shifts are mixed, and the share of the time left each may take."""

MIXED_BY, SETTLED_BY = 0.3, 0.7
"""The shares of the time by which the mix of single shifts has to be found, and prices of whole weeks."""

WHOLE = 4.0
"""Times as long as mixing single shifts takes that have to be left for rosters of whole weeks."""

STEP_WORK = 0.5
"""Work that a step of mixing single shifts counts as."""

ON_TOP = 0.2
"""Seconds that a linear program may take longer, so that it is not what ends the search."""

REACH = 0.1
"""How far prices may be from where they are held, as a share of what a step of a row costs at least (of the
row in the middle)."""

EFFORT, COLUMNS = 1, 3
"""Effort of pricing, and the columns of each person at a time."""

LENT = 0.02
"""People lent in rows, as a share of all, from which on prices are settled."""

SETTLING, SETTLING_AGAIN = 50, 3
"""Rounds of pricing until prices settle at most, of everybody and where some people are planned again."""

DIVE_TIME = 0.75
"""The share of the time left that a dive may take."""

FIXED_SHARE = 0.15
"""The share of the people left who are fixed at a time."""

LAST = 70
"""People who are priced in one round after each time; fewer who are left have more rounds."""

ROUNDS = 4
"""Rounds at most."""

STIFFENING = 0.4
"""How prices are held less near as fewer people are left: a power of how many times fewer."""

COLD = 10.0
"""The temperature from which on a roster that was made is annealed, where there is much time; else less."""

COLD_CHANGES, COLD_CHANGES_AGAIN = 150_000, 60_000
"""Changes for each person of that annealing, and of those after some people were planned again."""

AGAIN_SHARE, FEWEST = 0.1, 20
"""The share of all people who are planned again at a time, and how many at least, where there are so many."""

USELESS = 8
"""Times in a row without a gain after which other ways to search are better."""

NEAR = 4
"""How much more than it brings in a column may cost to be used again, as a multiple of the reach."""


def search_week(incumbent: Incumbent, tables: Tables, *, seed: int, workers: int) -> ShiftMix | None:
    """Improve the best roster of an incumbent by columns, and raise its bound.

    Parameters
    ----------
    incumbent
        What has a roster that keeps the hard rules.
    tables
        All of the problem.
    seed, workers
        Of all that is random, and how many threads.

    Returns
    -------
    ShiftMix or None
        The mix of single shifts, as far as it was found in time.
    """
    search = WeekSearch(incumbent, tables, seed=seed, workers=workers)
    with suppress(OutOfTime):
        search.run()
    return search.mixing.mix


class WeekSearch:
    """Makes a roster of a week of columns; see `search_week`.

    Attributes
    ----------
    mixing
        What mixes single shifts.
    """

    def __init__(self, incumbent: Incumbent, tables: Tables, *, seed: int, workers: int) -> None:
        """Nothing is done yet."""
        self._incumbent = incumbent
        self._tables = tables
        self._random = Random(seed)
        self._seed = seed
        self._workers = workers
        self._until = SETTLED_BY
        self._pace = Pace()
        self._warm_changes = WARM_CHANGES
        self.mixing = Mixing(incumbent, tables)

    def run(self) -> None:
        """Mix single shifts, then whole weeks, and make rosters of these, as far as time allows.

        Raises
        ------
        OutOfTime
            Where even preparing takes too long.
        """
        clock = Clock(self._incumbent)
        begun = clock.now()
        self._mix_shifts()
        left, took = clock.left(), clock.now() - begun
        if self.mixing.mix is None or not self.mixing.settled or (left is not None and left < WHOLE * took):
            return
        self._incumbent.phase = "columns"
        generation = Generation(
            self._tables, Roster(), self._late, self._spend, self._seconds_left, workers=self._workers
        )
        try:
            self._make_rosters(generation, self.mixing.mix.prices)
        finally:
            generation.close()

    def _mix_shifts(self) -> None:
        """Mix single shifts, with one thread annealing beside it where there are more."""
        if self._workers == 1:
            self._warm_up()
            self.mixing.work()
            return
        with self.mixing:
            self._warm_up()
            while not self.mixing.done and self._incumbent.share < MIXED_BY and not self._incumbent.stopped():
                self._warm_up()

    def _warm_up(self) -> None:
        """Anneal the best roster for a moment, a bit longer each time."""
        plan = Plan.short(self._incumbent, self._warm_changes, WARM_SHARE)
        self._anneal(plan, self._pace, None, max(1, self._workers - 1))
        self._warm_changes *= 2

    def _make_rosters(self, generation: Generation, prices: Floats) -> None:
        """Make a roster of whole weeks of everybody, then again of some people after others."""
        held = Held(prices, REACH * _least_step(generation.demand))
        columns = generation.columns_of(self._incumbent.roster or Roster())
        root = Mixture(generation, generation.demand, generation.people, columns, self._random, held=held)
        root.converge_held(EFFORT, COLUMNS, LENT * len(generation.people), SETTLING)
        if root.mix is None or root.over:
            return
        self._until = np.inf
        self._prove(generation, root, prices)
        at = Prices(root.mix.duals, root.mix.shares)
        pool: dict[int, dict[Column, float]] = {person: {} for person in generation.people}
        for column in root.master.columns:
            if (cost := at.of(column)) < NEAR * held.reach:
                pool[column.person][column] = cost
        found = self._dive(root, held)
        if found is None:
            return
        self._polish(generation.roster(found[one] for one in generation.people), COLD_CHANGES)
        vain = 0
        while vain < USELESS and not self._late() and not self._incumbent.proven:
            before = self._incumbent.score
            self._again(generation, pool, at, held)
            vain = vain + 1 if self._incumbent.score == before else 0

    def _prove(self, generation: Generation, root: Mixture, prices: Floats) -> None:
        """Raise the bound by what everybody costs at some prices, priced exactly."""
        root.prove_at(prices)
        self._incumbent.raise_weighted_bound(root.bound + generation.constant(), WEIGHTS["mandatory"])

    def _dive(self, mixture: Mixture, held: Held) -> dict[int, Column] | None:
        dive = Dive(
            worse=held.reach,
            columns=COLUMNS,
            last=LAST,
            rounds=ROUNDS,
            gain=held.reach,
            stiffening=STIFFENING,
        )
        return mixture.dive(EFFORT, FIXED_SHARE, Clock(self._incumbent).used(DIVE_TIME), how=dive)

    def _again(
        self, generation: Generation, pool: dict[int, dict[Column, float]], at: Prices, held: Held
    ) -> None:
        """Make whole weeks of some people anew, and anneal what comes out."""
        best = generation.columns_of(self._incumbent.roster or Roster())
        size = min(len(best), max(FEWEST, int(AGAIN_SHARE * len(best))))
        lost = lost_in_rows(generation, best, at.duals)
        people = some_people(size, best, pool, at, lost, self._random)
        inside = set(people)
        others = [column for column in best if column.person not in inside]
        demand = generation.demand.after(generation.filled(others))
        columns = [best[one] for one in people] + [column for one in people for column in pool[one]]
        part = Mixture(generation, demand, people, columns, self._random, held=held)
        part.converge_held(EFFORT, COLUMNS, LENT * len(people), SETTLING_AGAIN)
        found = self._dive(part, held)
        if found is not None:
            roster = generation.roster([*others, *(found[one] for one in people)])
            self._polish(roster, COLD_CHANGES_AGAIN)

    def _polish(self, roster: Roster, changes: int) -> None:
        """Anneal a roster from cold on."""
        plan = Plan.short(self._incumbent, changes * len(self._tables.employees), 1.0)
        self._anneal(plan, Pace(melted=COLD), roster, self._workers)

    def _anneal(self, plan: Plan, pace: Pace, begin: Roster | None, workers: int) -> None:
        anneal(self._incumbent, self._tables, plan, pace, seed=self._seed, workers=workers, begin=begin)

    # -- keeping count

    def _late(self) -> bool:
        return self._incumbent.share > self._until or self._incumbent.stopped()

    def _seconds_left(self) -> float | None:
        """How long a linear program may take."""
        now = self._incumbent.standing()
        left = self._incumbent.stop.seconds_left(now)
        return None if left is None else min(1.0, self._until) * (now.seconds + left) - now.seconds + ON_TOP

    def _spend(self, work: float) -> None:
        self._incumbent.work += work
        self._incumbent.tell()


class Mixing(Beside):
    """Mixes single shifts, and raises the bound of an incumbent by that.

    Attributes
    ----------
    mix
        The mix; None before it is begun.
    settled
        Whether it is as good as can be.
    """

    def __init__(self, incumbent: Incumbent, tables: Tables) -> None:
        """Not yet running."""
        super().__init__()
        self.mix: ShiftMix | None = None
        self.settled = False
        self._incumbent = incumbent
        self._tables = tables

    def work(self) -> None:
        """Mix until nothing gets better, or it takes too long."""
        incumbent = self._incumbent
        self.running = self.mix = mix = ShiftMix(self._tables, incumbent.roster or Roster(), self._late)
        goes_on = True
        while goes_on and not self._late():
            left = incumbent.stop.seconds_left(incumbent.standing())
            goes_on = mix.step(left)
            incumbent.raise_weighted_bound(mix.bound, WEIGHTS["mandatory"])
            incumbent.work += STEP_WORK
        self.settled = not goes_on and not self._late()

    def _late(self) -> bool:
        return self.over.is_set() or self._incumbent.share > MIXED_BY or self._incumbent.stopped()


def _least_step(demand: Demand) -> float:
    """What a step of a row costs at least, of the row in the middle."""
    least = [float(np.abs(slopes[slopes != 0]).min()) for slopes in demand.slopes if np.any(slopes)]
    return float(np.median(least)) if least else 1.0
