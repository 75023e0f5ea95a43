"""Rosters from columns: a bound, a dive, then parts that are generated anew until the time is up."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from random import Random
from types import TracebackType
from typing import Self

import numpy as np

from solver.bounding import Bounding
from solver.columns.clock import Clock
from solver.columns.generation import EXACT, Generation
from solver.columns.improving import EFFORT, Improving
from solver.columns.master import Column
from solver.columns.mixture import Mixture
from solver.columns.parts import Prices
from solver.columns.shadow_prices import shadow_prices
from solver.columns.sweeping import Sweeping, can_sweep
from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.lns.local_search import Pace, Plan, anneal
from solver.lns.tables import WEIGHTS, Tables
from solver.standing import Incumbent
from solver.work import Roster

DIVE_TIME = 0.2
"""The share of the time left that a dive may take."""

DIVES_TIME = 0.3
"""The share of the time left that dives one after the other may take; there is one at least."""

FARTHER = 2.0
"""How many times as far from the mix as the roster before the first dive may end, to go on from that."""

NEAREST = 40
"""Columns of each person that a dive begins with: with fewer its linear programs are quick."""

SHARE = 0.1
"""The share of people left who are fixed at a time in other dives: at first that loses nothing."""

QUICK_SHARE = 0.15
"""The share of people who are fixed at a time in the dive for a first roster."""

ON_TOP = 0.2
"""Seconds that a linear program may take longer, so that it is not what ends the search."""

PATIENCE, MORE_PATIENCE = 0.25, 0.65
"""The share of the time after which prices have to be settled, and the same where the mix is promising."""

LONG = 56
"""Days up to which prices of everybody are tried before stretches."""

FIRST_SWEEP = 0.8
"""The share of the time after which stretches planned anew have to have gained something."""

PROMISING = 0.98
"""A mix is promising if it costs no more than this share of the best roster."""

WARM_CHANGES, WARM_SHARE = 1_000_000, 0.1
"""Changes of the short annealing for a first good roster, and the share of the time they may take."""

EXACT_ROUNDS, EXACT_SHARE = 15, 0.5
"""Rounds of exact pricing until prices settle, and the share of the time that is left that they may take."""

PRICING_SHARE = 0.05
"""The share of the time left after which no more is done for shadow prices."""

A_DAY = 40
"""Options of a person on a day, on average, up to which pricing is quick."""


def few_a_day(draft: Draft) -> bool:
    """Whether people have so few options a day that columns are better than local search."""
    days = sum(len({slot.day for slot in person.slots}) for person in draft.persons.values())
    return sum(person.size for person in draft.persons.values()) <= A_DAY * days


def search_by_columns(
    incumbent: Incumbent, draft: Draft, tables: Tables, roster: Roster, *, seed: int, workers: int
) -> None:
    """Improve a roster by columns until the incumbent says stop, or it is proven best.

    Where the roster breaks hard rules, those who do are planned anew first.
    """
    with (
        suppress(OutOfTime),
        ColumnSearch(incumbent, draft, tables, roster, seed=seed, workers=workers) as search,
    ):
        if incumbent.roster is None:
            search.mend()
        if incumbent.roster is not None and not search.long:
            plan = Plan.short(incumbent, WARM_CHANGES, WARM_SHARE)
            anneal(incumbent, tables, plan, Pace(), seed=seed, workers=workers)
        search.run()


class ColumnSearch:
    """Improves the best roster with whole personal rosters.

    Parameters
    ----------
    incumbent
        Whose roster is improved and whose bound is raised.
    draft, tables
        The problem.
    roster
        Where there is none that keeps all rules, one that may break some.
    seed, workers
        Of all that is random, and how many threads.

    Raises
    ------
    OutOfTime
        Once the incumbent says stop while everybody's way along the days is prepared.
    """

    def __init__(
        self, incumbent: Incumbent, draft: Draft, tables: Tables, roster: Roster, *, seed: int, workers: int
    ) -> None:
        """Prepare everybody's way along the days."""
        self._incumbent = incumbent
        self._draft = draft
        self._random = Random(seed)
        self._until: float | None = None
        self._root: Mixture | None = None
        self.long = tables.problem.calendar.size > LONG
        nobody = Roster()
        self._generation = Generation(
            tables, nobody, self._over, self._spend, self._seconds_until_over, workers=workers
        )
        self._first = self._generation.columns_of(nobody)
        self._clock = Clock(incumbent)
        columns = self._generation.columns_of(incumbent.roster or roster)
        self._improving = Improving(
            self._generation, incumbent, columns, self._random, seed=seed, workers=workers
        )
        self._constant = self._generation.constant()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._generation.close()

    def mend(self) -> None:
        """Plan those anew who break hard rules."""
        self._improving.mend()

    def run(self) -> None:
        """Search until the incumbent says stop, the roster is proven best, or nothing more is gained."""
        generation = self._generation
        if self._incumbent.roster is not None:
            self._improving.begin_with(generation.columns_of(self._incumbent.roster))
        self._incumbent.phase = "columns"
        self._until, swept = PATIENCE, self.long and self._incumbent.roster is not None
        if swept:
            if not self._sweep():
                return
            self._until = None
        columns = [*self._first, *self._improving.best]
        root = Mixture(generation, generation.demand, generation.people, columns, self._random)
        self._root = root
        root.converge(0)
        if self._incumbent.roster is None and not root.over:
            found = self._dive(root, 0, QUICK_SHARE)
            if found is not None:
                self._improving.take([found[person] for person in generation.people])
        root.converge(EXACT - 2)
        soon = not root.over and self._is_soon_exact(root)
        root.converge(EXACT if soon else EXACT - 1)
        if root.mix is None or (root.over and not self._is_promising()):
            if not swept:
                self._sweep()
            return
        self._until = None
        prices = Prices(root.mix.duals, root.mix.shares)
        for column in root.master.columns:
            self._improving.remember(column, prices)
        self._make_rosters(root, prices, settled=soon)

    def _make_rosters(self, root: Mixture, prices: Prices, *, settled: bool) -> None:
        """Make a roster of the mix by a dive, settle prices if they are not, and improve the roster."""
        if settled:
            self._raise_bound(root)
        times, took = self._dive_often(root, prices)
        if not settled:
            root.converge()
            self._raise_bound(root)
        short = self._incumbent.score is not None and self._incumbent.score.mandatory > 0
        with Bounding(self._incumbent, self._draft) if short and self._draft.whole else nullcontext():
            while self._improving.improve(root.bound, prices, took=took, again=times == 1):
                took = max(took, self._dive_anew(root, prices, took))

    def _dive_anew(self, root: Mixture, prices: Prices, took: float) -> float:
        """Go on from a dive that may take as long as the last one; how long it took."""
        begun, left = self._clock.now(), self._clock.left() or np.inf
        self._improving.settle(self._dive(root, EFFORT, time=took / left), prices, np.inf)
        return self._clock.now() - begun

    def _dive_often(self, root: Mixture, prices: Prices) -> tuple[int, float]:
        """Make rosters of the mix by dives while that takes little time; how many, and how long each took."""
        improving, begun, left = self._improving, self._clock.now(), self._clock.left()
        most = -np.inf if root.mix is None else root.mix.cost + FARTHER * (improving.offered - root.mix.cost)
        times = 0
        while True:
            found = self._dive(root, EFFORT)
            improving.settle(found, prices, -np.inf if times else most)
            times += 1
            took = (self._clock.now() - begun) / times
            late = left is None or (times + 1) * took > DIVES_TIME * left
            if found is None or late or self._incumbent.stopped():
                return times, took

    def _sweep(self) -> bool:
        """Plan stretches and parts anew while that gains anything; whether it did in time."""
        improving = self._improving
        if self._incumbent.roster is None or not can_sweep(self._generation):
            return False
        self._root, self._until, before = None, FIRST_SWEEP, improving.offered
        sweeping = Sweeping(self._generation, improving, self._clock, self._random)
        sweeping.sweep()
        if improving.offered >= before and self._over():
            return False
        self._until = None
        sweeping.run()
        return True

    def _is_soon_exact(self, root: Mixture) -> bool:
        """Whether exact pricing is so quick that prices can settle before a roster is made of them."""
        begun, left = self._clock.now(), self._clock.left()
        root.prove()
        return left is None or EXACT_ROUNDS * (self._clock.now() - begun) < EXACT_SHARE * left

    def _dive(
        self, root: Mixture, effort: int, share: float = SHARE, time: float = DIVE_TIME
    ) -> dict[int, Column] | None:
        """Dive from a mixture of all people; their columns in the order in which they were fixed."""
        generation = self._generation
        columns = root.nearest(NEAREST)
        dived = Mixture(generation, generation.demand, generation.people, columns, self._random)
        found = dived.dive(effort, share, self._clock.used(time))
        for column in dived.master.columns[len(columns) :]:
            root.master.add(column)
        return found

    # -- keeping count

    def _over(self) -> bool:
        """Whether to stop: time is up, or prices take too long to settle, so that other ways are better."""
        return self._incumbent.share > self._latest() or self._incumbent.stopped()

    def _seconds_until_over(self) -> float | None:
        """How long a linear program may take."""
        now = self._incumbent.standing()
        left = self._incumbent.stop.seconds_left(now)
        if left is None:
            return None
        return left if self._until is None else self._latest() * (now.seconds + left) - now.seconds + ON_TOP

    def _latest(self) -> float:
        """The share of the time that what is done now may end at."""
        if self._until is None:
            return np.inf
        return MORE_PATIENCE if self._is_promising() else self._until

    def _is_promising(self) -> bool:
        """Whether the mix of all people costs so much less than the best roster that waiting pays."""
        mix = None if self._root is None else self._root.mix
        return mix is not None and mix.cost + self._constant <= PROMISING * (
            self._improving.offered + self._constant
        )

    def _spend(self, work: float) -> None:
        self._incumbent.work += work
        self._incumbent.tell()

    def _raise_bound(self, root: Mixture) -> None:
        """Tell the bound, unless columns do not say all there is, such as when breaks are."""
        if np.isfinite(root.bound) and self._generation.tables.whole:
            self._incumbent.raise_weighted_bound(root.bound + self._constant, WEIGHTS["mandatory"])
            self._incumbent.tell()
            self._price_people(root)

    def _price_people(self, root: Mixture) -> None:
        """Say what one more person is worth, as far as that takes little of the time."""
        begun, left = self._clock.now(), self._clock.left()
        if self._incumbent.roster is not None:
            self._incumbent.shadow_prices = shadow_prices(
                root,
                self._generation,
                self._constant,
                lambda: left is None or self._clock.now() - begun < PRICING_SHARE * left,
            )
