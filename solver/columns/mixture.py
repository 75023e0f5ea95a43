"""Column generation and diving: the best mix of personal rosters, its bound, and a roster made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

import numpy as np

from solver.columns.demand import Wanted
from solver.columns.generation import EXACT, Found
from solver.columns.keeping import Kept
from solver.columns.labels import Floats
from solver.columns.master import Column, Held, Master, Mix

SMOOTHING = 0.6
"""The weight of the last prices in the next ones."""

TINY = 1e-6
"""Costs closer than this are equal."""

NEARLY = 2e-4
"""Costs that differ by no more than this part of them are nearly the same."""

FEW = 0.05
"""New columns, as a share of the people priced, that are too few to go on as before."""

OTHERS = 0.2
"""The share of all people that are priced besides those who had new columns last time."""

NEARLY_WHOLE = 0.95
"""A column of which this much is taken is taken as a whole."""

SOLVE_WORK, COLUMNS_PER_WORK = 0.001, 200_000
"""Work that a linear program counts as, and the columns that count as one more unit."""

WORSE = 0.5
"""By how much a mix has to cost more, after a column was fixed, for people to be priced again."""

MOST_AT_ONCE = 0.2
"""The share of the people left who are fixed at a time at most where the dive is late."""

DIVE_ROUNDS = 8
"""Rounds of pricing after each fixed column at most."""


@dataclass(frozen=True)
class Dive:
    """How people are priced again while a dive fixes columns.

    Parameters
    ----------
    worse
        By how much a mix has to cost more for that.
    columns
        New ones of each person in a round.
    last
        People who are priced in one round; fewer who are left have more rounds, so many fewer, so many more.
    rounds
        How many at most.
    gain
        By how much a round has to make the mix cheaper for another one.
    stiffening
        Where prices are held: how their reach grows as people are fixed, as a power of how many times fewer
        are left. The last ones have to fit what is really wanted.
    """

    worse: float = WORSE
    columns: int = 2
    last: float = np.inf
    rounds: int = DIVE_ROUNDS
    gain: float = 0.0
    stiffening: float = 0.0


DIVE = Dive()
"""After each fixed column, until hardly any are new."""


class Source(Protocol):
    """Where columns come from: whole people, or stretches as if each were one."""

    stopped: Callable[[], bool]
    spend: Callable[[float], None]
    seconds_left: Callable[[], float | None]

    def price(
        self,
        people: Sequence[int],
        gains: Floats,
        bars: Sequence[float],
        effort: int,
        number: int,
        kept: Mapping[int, Kept] | None = None,
    ) -> list[Found]:
        """Columns below their bars; see `Generation.price`."""


class Mixture:
    """The best mix of columns of some people, as it is generated.

    Parameters
    ----------
    generation
        Prices and counts.
    demand
        What the people are wanted for, besides what others do.
    people
        Their places in the tables.
    columns
        Columns to begin with, at least one of each person.
    random
        Whose other people are priced.
    kept
        What people keep in columns that are generated; nothing is proven then.
    held
        What prices are held near.

    Attributes
    ----------
    master
        The restricted master.
    mix
        Its last solution; None before the first, and where there is none.
    bound
        What no rosters of these people cost less than, as far as proven; like all costs here without what
        nobody at all costs.
    """

    def __init__(
        self,
        generation: Source,
        demand: Wanted,
        people: Iterable[int],
        columns: Iterable[Column],
        random: Random,
        kept: Mapping[int, Kept] | None = None,
        held: Held | None = None,
    ) -> None:
        """Solve the master for the first time."""
        self._kept = kept
        self._held = held
        self._generation = generation
        self._demand = demand
        self.people = sorted(people)
        self._random = random
        self.master = Master(demand, self.people, held)
        for column in columns:
            self.master.add(column)
        self.bound = -np.inf
        self._prices: Floats | None = None if held is None else held.prices
        self._costs: list[float] = []
        self.mix = self._solve()

    def _solve(self) -> Mix | None:
        left = self._generation.seconds_left()
        mix = None if self._generation.stopped() else self.master.solve(left)
        if mix is not None or not self._generation.stopped():
            self.mix = mix
        self._generation.spend(SOLVE_WORK + len(self.master.columns) / COLUMNS_PER_WORK)
        return mix

    def prove(self) -> tuple[float, int]:
        """The bound that the prices of the mix prove (-inf for none), and how many columns it adds."""
        if self.mix is None:
            return -np.inf, 0
        before, self.bound = self.bound, -np.inf
        new, _ = self._round_at(self.mix.duals, self.people, EXACT, 3)
        bound, self.bound = self.bound, max(before, self.bound)
        if new:
            self._solve()
        return bound, new

    @property
    def over(self) -> bool:
        """Whether nothing more can be done: time is up, or there was no solution."""
        return self.mix is None or self._generation.stopped()

    def converge(self, effort: int = EXACT, rounds: int | None = None) -> None:
        """Generate columns until none improves the mix, time is up, or so many rounds are done."""
        now, hot = len(self._costs), self.people
        while not self.over and rounds != 0:
            rounds = None if rounds is None else rounds - 1
            new, whose = self._round(hot, now)
            self._solve()
            if self.mix is not None and self.mix.cost - self.bound < TINY * max(1.0, abs(self.mix.cost)):
                break
            whole = len(hot) == len(self.people)
            if new <= FEW * len(self.people if now < EXACT else hot):
                if not whole:
                    hot = self.people
                elif now < effort:
                    now += 1
                    self._costs.append(np.inf if self.mix is None else self.mix.cost)
                elif not new:
                    break
            elif now < EXACT:
                others = self._random.sample(self.people, int(OTHERS * len(self.people)))
                hot = sorted(whose.union(others))

    def converge_held(self, effort: int, columns: int, few: float, goes_on: Callable[[], bool]) -> None:
        """Generate so many columns of everybody at a time until hardly any people are lent in rows.

        Parameters
        ----------
        effort
            Of pricing.
        columns
            Of each person in a round at most.
        few
            People who may be lent.
        goes_on
            Asked before each round.
        """
        new = 1
        while new and self.mix is not None and self.mix.lent > few and not self.over and goes_on():
            new, _ = self._round(self.people, effort, columns)
            self._solve()

    @property
    def enough(self) -> int:
        """The least effort that mixed nearly as well as the greatest one that was made."""
        last = 0.0 if self.mix is None else self.mix.cost
        near = last + NEARLY * abs(last)
        return next((effort for effort, cost in enumerate(self._costs) if cost <= near), len(self._costs))

    def nearest(self, each: int) -> list[Column]:
        """The columns that the mix takes, and more of each person, as cheap as can be at its prices.

        Parameters
        ----------
        each
            How many columns of a person.
        """
        if self.mix is None:
            return self.master.columns
        duals, values = self.mix.duals, self.mix.values
        own: dict[int, list[tuple[bool, float, int, Column]]] = {person: [] for person in self.people}
        for place, column in enumerate(self.master.columns):
            taken = place < len(values) and values[place] > TINY
            cost = column.cost - float(duals[column.rows] @ column.counts)
            own[column.person].append((not taken, cost, place, column))
        return [column for columns in own.values() for *_, column in sorted(columns)[:each]]

    def _round(self, people: Sequence[int], effort: int, number: int = 3) -> tuple[int, set[int]]:
        """Price some people once; how many columns are new, and whose."""
        if self.mix is None:
            return 0, set()
        duals = self.mix.duals
        prices = duals if self._prices is None else SMOOTHING * self._prices + (1 - SMOOTHING) * duals
        self._prices = prices
        new, whose = self._round_at(prices, people, effort, number)
        if not new and prices is not duals:
            self._prices = duals
            new, whose = self._round_at(duals, people, effort, number)
        return new, whose

    def _round_at(
        self, prices: Floats, people: Sequence[int], effort: int, number: int
    ) -> tuple[int, set[int]]:
        mix = self.mix
        if mix is None:
            return 0, set()
        gains, bars = self._demand.gains(prices), self.bars(prices)
        found = self._generation.price(
            people, gains, [bars[person] - TINY for person in people], effort, number, self._kept
        )
        total, proven, new = self._demand.least(prices), len(people) == len(self.people), 0
        whose: set[int] = set()
        for person, (columns, least, exact) in zip(people, found, strict=True):
            total += least
            proven = proven and exact
            for column in columns:
                worth = float(mix.duals[column.rows] @ column.counts)
                if column.cost - worth < mix.shares[person] - TINY and self.master.add(column):
                    new += 1
                    whose.add(person)
        if proven:
            self.bound = max(self.bound, total)
        return new, whose

    def bars(self, prices: Floats) -> dict[int, float]:
        """What the cheapest known column of each person costs at some prices."""
        bars: dict[int, float] = dict.fromkeys(self.people, np.inf)
        for column in self.master.columns:
            worth = float(prices[column.rows] @ column.counts)
            bars[column.person] = min(bars[column.person], column.cost - worth)
        return bars

    def dive(
        self,
        effort: int,
        share: float = 0.0,
        used: Callable[[], float] = lambda: 0.0,
        stays: Callable[[int, Mapping[int, Column]], bool] = lambda person, fixed: False,
        how: Dive = DIVE,
    ) -> dict[int, Column] | None:
        """Fix one column after the other, those taken most first, and generate again after each.

        Parameters
        ----------
        effort
            Of pricing.
        share
            The part of the people left who are fixed at a time; at least one.
        used
            Asked for the share of its time that the dive has used; more people are fixed at a time where it
            would take longer.
        stays
            Whether a person is not to be fixed where others are.
        how
            How people are priced again.

        Returns
        -------
        dict or None
            The column of each person, in the order in which they were fixed, all that were left at once when
            time is up; None where there is no mix.
        """
        fixed: dict[int, Column] = {}
        steps = 0
        while self.mix is not None:
            free = [person for person in self.people if person not in fixed and not stays(person, fixed)]
            if not free:
                break
            before = self.mix.cost
            if self._solve() is not None and self.mix.cost > before + how.worse:
                self._price_again(free, effort, how)
            over = self._generation.stopped()
            steps, part = steps + 1, used()
            left = len(free) * part / (steps * max(1.0 - part, 0.01))
            number = max(1, int(share * len(free)), min(int(left), int(MOST_AT_ONCE * len(free))))
            number = len(free) if over else number
            for place, (value, column) in enumerate(self._most_taken(free)):
                if (place < number or value > NEARLY_WHOLE) and not stays(column.person, fixed):
                    if not over:
                        self.master.fix(column)
                    fixed[column.person] = column
        return None if self.mix is None else fixed

    def _price_again(self, free: list[int], effort: int, how: Dive) -> None:
        """Generate columns of people who are not fixed, for some rounds."""
        if self._held is not None and how.stiffening:
            reach = self._held.reach * (len(self.people) / len(free)) ** how.stiffening
            self.master.hold(Held(self._held.prices, reach))
        hot = free
        for _ in range(int(min(how.rounds, max(1.0, how.last / len(free))))):
            before = np.inf if self.mix is None else self.mix.cost
            new, whose = self._round(hot, effort, how.columns)
            mix = self._solve()
            little = mix is not None and how.gain > 0 and mix.cost > before - how.gain
            if mix is None or little or new <= 2 * FEW * len(free):
                return
            others = self._random.sample(free, int(OTHERS * len(free)))
            hot = sorted(whose.union(others))

    def _most_taken(self, free: list[int]) -> list[tuple[float, Column]]:
        """The column of each person of which the mix takes most, those taken most first."""
        mix, most = self.mix, dict[int, tuple[float, Column]]()
        if mix is not None:
            left = set(free)
            for value, column in zip(mix.values, self.master.columns, strict=False):
                if column.person in left and value > most.get(column.person, (0.0, None))[0]:
                    most[column.person] = (float(value), column)
        return sorted(most.values(), key=lambda one: (-one[0], one[1].person))
