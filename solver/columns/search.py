"""Rosters from columns: a bound, a dive, then parts that are generated anew until the time is up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext, suppress
from os import cpu_count
from random import Random
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.bounding import Bounding
from solver.columns.combining import combine
from solver.columns.demand import Demand
from solver.columns.generation import EXACT, Generation
from solver.columns.labels import NEVER
from solver.columns.master import Column
from solver.columns.mixture import TINY, Mixture
from solver.columns.parts import Prices, Reach, lost_in_rows, some_days, some_people
from solver.columns.shadow_prices import shadow_prices
from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.evaluate import evaluate
from solver.lns.kernel import HARD
from solver.lns.local_search import Pace, Plan, anneal
from solver.lns.tables import WEIGHTS, Tables
from solver.standing import Incumbent
from solver.work import Roster

POOL, PART_POOL, LEAST_POOL = 40, 500, 6
"""Columns of each person that a part begins with at most, of all together, and of each at least."""

LAST_FIXED = (6, 9, 12)
"""People who were fixed last in a dive and are planned together once more."""

FIRST_SHARE = 0.4
"""The share of all people in the first large part; more where large parts gain nothing."""

DIVE_TIME, PART_DIVE_TIME = 0.2, 0.1
"""The share of the time left that a dive may take, and one of a part."""

QUICK_SHARE = 0.15
"""The share of people who are fixed at a time in the dive for a first roster."""

IN_VAIN = 4
"""Small parts without a gain after which a large one is planned anew."""

ON_TOP = 0.2
"""Seconds that a linear program may take longer, so that it is not what ends the search."""

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

PART_WORK = 2.0
"""Deterministic time for combining the columns of a part at most."""

PART_ROUNDS = 12
"""Rounds of pricing for a part at most."""

PATIENCE, MORE_PATIENCE = 0.4, 0.65
"""The share of the time after which prices have to be settled, and the same where the mix is promising."""

PROMISING = 0.98
"""A mix is promising if it costs no more than this share of the best roster."""

WARM_CHANGES, WARM_SHARE = 3_000_000, 0.1
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
        if incumbent.roster is not None:
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
        self._seed = seed
        self._workers = min(workers, cpu_count() or 1)
        self._random = Random(seed)
        self._patient = True
        self._root: Mixture | None = None
        nobody = Roster()
        self._generation = Generation(
            tables, nobody, self._over, self._spend, self._seconds_until_over, workers=workers
        )
        self._first = self._generation.columns_of(nobody)
        self._best = self._generation.columns_of(incumbent.roster or roster)
        score = evaluate(tables.problem, nobody).score
        weighted = sum(weight * score.of(level) for level, weight in WEIGHTS.items())
        self._constant = weighted - self._generation.cost(self._first)
        self._effort = EXACT - 1
        self._offered = self._generation.cost(self._best)
        self._pool: dict[int, dict[Column, float]] = {person: {} for person in self._generation.people}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._generation.close()

    def mend(self) -> None:
        """Plan those anew who break hard rules, one by one, as is best with what the others do."""
        generation = self._generation
        filled = generation.filled(self._best)
        for place, column in enumerate(self._best):
            if column.cost < HARD:
                continue
            filled[column.rows] -= column.counts
            gains = generation.demand.gains(generation.demand.after(filled).worth_of_one())
            for effort in range(MENDING, EXACT + 1):
                (found,) = generation.price([column.person], gains, [NEVER], effort, 1)
                if found[0] or self._over():
                    break
            self._best[place] = (found[0] or [self._first[place]])[0]
            filled[self._best[place].rows] += self._best[place].counts
        self._offered = generation.cost(self._best)
        self._incumbent.offer(generation.roster(self._best))

    def run(self) -> None:
        """Search until the incumbent says stop, the roster is proven best, or nothing more is gained."""
        generation = self._generation
        if self._incumbent.roster is not None:
            self._best = generation.columns_of(self._incumbent.roster)
            self._offered = generation.cost(self._best)
        self._incumbent.phase = "columns"
        columns = [*self._first, *self._best]
        root = Mixture(generation, generation.demand, generation.people, columns, self._random)
        self._root, self._patient = root, False
        root.converge(0)
        if self._incumbent.roster is None and not root.over:
            found = self._dive(root, 0, QUICK_SHARE)
            if found is not None:
                self._take([found[person] for person in generation.people])
        root.converge(EXACT - 2)
        soon = not root.over and self._is_soon_exact(root)
        root.converge(EXACT if soon else EXACT - 1)
        if root.mix is None or (root.over and not self._is_promising()):
            return
        self._patient = True
        prices = Prices(root.mix.duals, root.mix.shares)
        for column in root.master.columns:
            self._remember(column, prices)
        if soon:
            self._raise_bound(root)
        self._settle(self._dive(root, self._effort), prices)
        if not soon:
            root.converge()
            self._raise_bound(root)
        short = self._incumbent.score is not None and self._incumbent.score.mandatory > 0
        with Bounding(self._incumbent, self._draft) if short and self._draft.whole else nullcontext():
            self._improve(root.bound, prices)

    def _is_soon_exact(self, root: Mixture) -> bool:
        """Whether exact pricing is so quick that prices can settle before a roster is made of them."""
        begun, left = self._clock(), self._left()
        root.prove()
        return left is None or EXACT_ROUNDS * (self._clock() - begun) < EXACT_SHARE * left

    def _dive(self, root: Mixture, effort: int, share: float = 0.0) -> dict[int, Column] | None:
        """Dive from a mixture of all people; their columns in the order in which they were fixed."""
        generation = self._generation
        dived = Mixture(generation, generation.demand, generation.people, root.master.columns, self._random)
        found = dived.dive(effort, share, self._used(DIVE_TIME))
        for column in dived.master.columns[len(root.master.columns) :]:
            root.master.add(column)
        return found

    def _settle(self, found: dict[int, Column] | None, prices: Prices) -> None:
        """Plan those who were fixed last once more, and take it all unless it costs more than the best."""
        if found is None:
            return
        kept = self._best
        self._best = [found.get(column.person, column) for column in kept]
        for size in LAST_FIXED:
            self._solve_part(sorted(list(found)[-size:]), prices)
        dived, self._best = self._best, kept
        self._take(dived)

    # -- keeping count

    def _over(self) -> bool:
        """Whether to stop: time is up, or prices take too long to settle, so that other ways are better."""
        late = not self._patient and self._incumbent.share > self._patience()
        return late or self._incumbent.stopped()

    def _seconds_until_over(self) -> float | None:
        """How long a linear program may take."""
        now = self._incumbent.standing()
        left = self._incumbent.stop.seconds_left(now)
        if left is None:
            return None
        return left if self._patient else self._patience() * (now.seconds + left) - now.seconds + ON_TOP

    def _patience(self) -> float:
        return MORE_PATIENCE if self._is_promising() else PATIENCE

    def _is_promising(self) -> bool:
        """Whether the mix of all people costs so much less than the best roster that waiting pays."""
        mix = None if self._root is None else self._root.mix
        return mix is not None and mix.cost + self._constant <= PROMISING * (self._offered + self._constant)

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
        begun, left = self._clock(), self._left()
        if self._incumbent.roster is not None:
            self._incumbent.shadow_prices = shadow_prices(
                root,
                self._generation,
                self._constant,
                lambda: left is None or self._clock() - begun < PRICING_SHARE * left,
            )

    def _remember(self, column: Column, prices: Prices) -> None:
        self._pool[column.person].setdefault(column, prices.of(column))

    def _take(self, columns: list[Column]) -> None:
        """Make columns, one of each person, the best unless they cost more; offer the roster if it is new."""
        cost = self._generation.cost(columns)
        if cost > self._generation.cost(self._best) + TINY:
            return
        self._best = columns
        if cost < self._offered - TINY:
            self._offered = cost
            self._incumbent.offer(self._generation.roster(columns))

    # -- parts

    def _improve(self, bound: float, prices: Prices) -> None:
        """Plan parts anew: some people or some days exactly, and after some in vain many people by diving."""
        days = self._draft.problem.calendar.size
        everybody = len(self._best)
        few = Reach(min(FIRST_SIZE, everybody), min(LEAST_SIZE, everybody), everybody)
        short = Reach(min(FIRST_DAYS, days), min(LEAST_DAYS, days), days)
        vain, useless, share = 0, 0, FIRST_SHARE
        while (
            not self._incumbent.stopped()
            and self._generation.cost(self._best) - bound >= 1 - TINY
            and useless < USELESS
        ):
            before = self._generation.cost(self._best)
            if vain >= IN_VAIN:
                vain = 0
                people = self._some_people(max(few.size, int(share * everybody)), prices)
                self._dive_part(people, prices)
                gained = self._generation.cost(self._best) < before - TINY
                useless = 0 if gained else useless + 1
                share = FIRST_SHARE if gained or share > 0.9 else share * 1.15
                continue
            begun = self._clock()
            floor = SELDOM * (few.worth + short.worth) + TINY
            reach = self._random.choices([few, short], [few.worth + floor, short.worth + floor])[0]
            if reach is few:
                hopeful = self._solve_part(self._some_people(few.size, prices), prices)
            else:
                window = some_days(short.size, days, self._random)
                hopeful = self._solve_part(list(self._generation.people), prices, window)
            gain = before - self._generation.cost(self._best)
            reach.learn(self._clock() - begun, gain, hopeful=hopeful)
            vain = 0 if gain > TINY else vain + (hopeful or reach.size == reach.most)

    def _left(self) -> float | None:
        """What is left by the clock; None if it does not matter."""
        now, stop = self._incumbent.standing(), self._incumbent.stop
        work = stop.work_left(now)
        return stop.seconds_left(now) if work is None else work

    def _used(self, share: float) -> Callable[[], float]:
        """What share of a share of the time that is left now has gone by when it is asked."""
        begun, left = self._clock(), self._left()
        return lambda: 0.0 if left is None else (self._clock() - begun) / max(share * left, TINY)

    def _clock(self) -> float:
        """Seconds, or work where that is what ends the search, so that it goes the same way each time."""
        now = self._incumbent.standing()
        return now.seconds if self._incumbent.stop.work_left(now) is None else now.work

    def _some_people(self, size: int, prices: Prices) -> list[int]:
        lost = lost_in_rows(self._generation, self._best, prices.duals)
        return some_people(size, self._best, self._pool, prices, lost, self._random)

    def _dive_part(self, people: list[int], prices: Prices) -> None:
        """Plan many people anew by a dive, then those who were fixed last once more."""
        part, mine, demand = self._mixture_of(people)
        part.converge(self._effort, PART_ROUNDS)
        now = sum(column.cost for column in mine) + demand.cost(self._generation.filled(mine))
        if part.mix is None or now - part.mix.cost < 1 - TINY:
            return
        found = part.dive(self._effort, used=self._used(PART_DIVE_TIME))
        for column in part.master.columns:
            self._remember(column, prices)
        self._settle(found, prices)

    def _mixture_of(
        self, people: list[int], days: NDArray[np.bool_] | None = None
    ) -> tuple[Mixture, list[Column], Demand]:
        """The mixture of some people, all others as in the best roster; their columns; what is wanted.

        Where days are given, work on all others stays.
        """
        generation, inside = self._generation, set(people)
        others = [column for column in self._best if column.person not in inside]
        mine = [column for column in self._best if column.person in inside]
        demand = generation.demand.after(generation.filled(others))
        each = max(LEAST_POOL, min(POOL, PART_POOL // len(people)))
        pools = (sorted(self._pool[p], key=self._pool[p].__getitem__)[:each] for p in people)
        kept = None if days is None else {c.person: generation.kept(c, ~days) for c in mine}
        columns = [*mine, *(column for pool in pools for column in pool)]
        return Mixture(generation, demand, people, columns, self._random, kept), mine, demand

    def _solve_part(self, people: list[int], prices: Prices, days: NDArray[np.bool_] | None = None) -> bool:
        """Plan some people anew, on some days if they are given; whether there was anything to gain."""
        part, mine, demand = self._mixture_of(people, days)
        part.converge(self._effort, PART_ROUNDS)
        mix = part.mix
        if mix is None:
            return False
        for column in part.master.columns:
            self._remember(column, prices)
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
        self._spend(work)
        of_person = {column.person: column for column in found}
        self._take([of_person.get(column.person, column) for column in self._best])
        return True

    def _seconds_left(self) -> float | None:
        left = self._incumbent.stop.seconds_left(self._incumbent.standing())
        return None if left is None else max(0.01, min(left, 5.0))
