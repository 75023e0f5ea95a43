"""Prices of single shifts: what a person more is worth at any time, within seconds and for a thousand people.

People share what is wanted and what it costs through prices alone: each takes the options that pay most at
them, each row as many people as pay. Where that matches, prices are right, and what everybody costs at any
prices is a bound. That cost has edges wherever somebody changes from one option to another, and is hard to
climb; so everybody takes a bit of each option that nearly pays (a softer choice the higher a temperature is),
the cost is smooth, and a method for smooth functions climbs it while the temperature falls. Prices found so
lie in the middle of those that are right, not at a corner.

References
----------
Nesterov (2005), Smooth minimization of non-smooth functions; Liu, Nocedal (1989), On the limited memory BFGS
method for large scale optimization.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from functools import cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from solver.columns.demand import steps
from solver.columns.labels import Floats
from solver.columns.shift_options import ShiftOptions
from solver.lns.kernel import Longs, compiled

WARMEST, COOLING = 1.3, 0.3
"""The first temperature, as a share of what a step of a row costs at least (of the row in the middle), and
how one follows from the one before."""

COLDEST, COLDEST_FINE = 4e-4, 4e-5
"""The temperature below which prices are good enough, quickly found or finely."""

CLIMBS, CLIMBS_FINE = 200, 400
"""Steps of climbing at each temperature at most."""

REMEMBERED = 15
"""Steps that the method remembers."""

SETTLED = 3e-5
"""A step of climbing that gains less at each row is the last one: a share of the temperature."""

STRETCH = 0.2
"""By what prices of counters are stretched, as a share of the most that an option adds."""

AT_ONCE = 20
"""People below which threads are no use."""


class ShiftPrices:
    """Prices of what is wanted, as they get better.

    Parameters
    ----------
    options
        What everybody could work.
    stopped
        Asked again and again; climbing ends soon once it says so.
    workers
        Threads.

    Attributes
    ----------
    row_step
        What a step of a row of demand costs at least, of the row in the middle.
    bound
        No roster costs less, all levels added up by `WEIGHTS`.
    prices
        For each row of demand what a person more is worth at the bound.
    temperature
        Of the last step.
    """

    def __init__(
        self, options: ShiftOptions, stopped: Callable[[], bool] = lambda: False, *, workers: int = 1
    ) -> None:
        """Nothing is worth anything yet."""
        self.bound = -np.inf
        self._options = options
        self._stopped = stopped
        self._over = False
        self._workers = workers
        self._rows = _Rows(options)
        self._people: Longs = np.arange(len(options.first_place) - 1)
        most = np.zeros(len(options.bases))
        for person in self._people:
            here = slice(options.first_place[person], options.first_place[person + 1])
            own = slice(options.first_counter[person], options.first_counter[person + 1])
            if here.stop > here.start:
                most[own] = np.abs(options.amounts[here, : own.stop - own.start]).max(0, initial=0)
        self._unit = np.where(most > 0, most, 1.0)
        self._number = len(options.demand.slopes)
        self._at = np.zeros(self._number + len(options.bases))
        self._moving: Longs = np.arange(len(self._at))
        self.prices: Floats = np.zeros(self._number)
        self._known, self._kinds = np.unique(options.options, return_inverse=True)
        self._seen: Longs = np.arange(len(self._known))
        self._longest = int(np.diff(options.first_place).max(initial=0))
        self._set_people(self._people)
        self.row_step = self._rows.step
        self.temperature = WARMEST * self.row_step / COOLING
        self._climbs, self._coldest = CLIMBS, COLDEST

    def finely(self, stopped: Callable[[], bool], *, workers: int = 1) -> ShiftPrices:
        """The same prices, to be found anew from the warmest on, with more patience."""
        fine = copy(self)
        fine._stopped, fine._workers, fine._over = stopped, workers, False
        fine._climbs, fine._coldest = CLIMBS_FINE, COLDEST_FINE
        fine.temperature = WARMEST * self.row_step / COOLING
        return fine

    def _set_people(self, people: Longs) -> None:
        options = self._options
        self._people = people
        here = np.zeros(len(options.first_counter) - 1, np.bool_)
        here[people] = True
        self._counted = np.repeat(here, np.diff(options.first_counter))
        self._lengths = options.lengths * self._counted[options.piece_of]

    @property
    def now(self) -> Floats:
        """For each row of demand what a person more is worth at the last temperature."""
        return self._at[: self._number]

    def step(self) -> bool:
        """Cool down, climb as far as it goes, raise the bound; whether there is another step."""
        self.temperature *= COOLING
        self.climb(self.temperature, self._climbs)
        return self.temperature > self._coldest * self.row_step and not self._over

    def interrupt(self) -> None:
        """End a running step soon."""
        self._over = True

    def part(self, people: Sequence[int], *, workers: int) -> ShiftPrices:
        """The same prices, of which only those that matter to some people will change, by so many threads."""
        part, options = copy(self), self._options
        part._workers = workers
        own = np.zeros(len(options.first_counter) - 1, np.bool_)
        own[people] = True
        counted = np.repeat(own, np.diff(options.first_counter))
        part._seen = np.unique(self._kinds[np.repeat(own, np.diff(options.first_place))])
        rows = options.demand.counted(self._known[part._seen])
        part._rows = self._rows.only(rows)
        part._moving = np.flatnonzero(np.concatenate([rows, counted]))
        return part

    def left(self, people: Sequence[int], filled: Floats) -> ShiftPrices:
        """The prices where these people are left, for what is wanted besides so many people in each row.

        They begin with the last ones, and prove nothing about rosters of everybody.
        """
        rest = copy(self)
        rest.bound = -np.inf
        rest._set_people(np.array(people, np.int64))
        rest._rows = self._rows.filled(filled)
        return rest

    def climb(self, temperature: float, number: int) -> None:
        """Take a number of steps at most at a temperature, fewer where they gain little.

        What is little is a share of a step of all rows. As a share of what is lost, it would depend on costs
        that no price can change: a million for each person missing, where nobody has to be.
        """
        if self._over or self._stopped():
            return
        scale = self.row_step * max(1, int(np.count_nonzero(self._moving < self._number)))
        with ThreadPoolExecutor(self._workers) as threads:
            begin = self._at[self._moving]
            base, _ = self._fall(begin, temperature, threads)

            def fall(moving: Floats) -> tuple[float, Floats]:
                lost, growth = self._fall(moving, temperature, threads)
                return (lost - base) / scale, growth / scale

            found = _minimizer()(
                fall,
                begin,
                jac=True,
                method="L-BFGS-B",
                callback=self._look_up,
                options={
                    "maxiter": number,
                    "maxfun": 2 * number,
                    "maxcor": REMEMBERED,
                    "ftol": SETTLED * temperature / self.row_step,
                    "gtol": 0.0,
                },
            )
        self._at = self._moved(found.x)

    def _moved(self, moving: Floats) -> Floats:
        at = self._at.copy()
        at[self._moving] = moving
        return at

    def _look_up(self, intermediate_result: object) -> None:
        if self._over or self._stopped():
            raise StopIteration

    def _fall(self, moving: Floats, temperature: float, threads: ThreadPoolExecutor) -> tuple[float, Floats]:
        """What is lost at some prices, smoothed, and how it grows with each; raises the bound."""
        options, stretch, at = self._options, STRETCH * self._unit, self._moved(moving)
        prices, totals = at[: self._number], at[self._number :] / stretch
        gains, seen = np.zeros(len(self._known)), self._seen
        gains[seen] = options.demand.gains(prices, self._known[seen])
        smooth, true, taken, added = self._choose(gains, totals, temperature, threads)
        counted = float((totals * options.bases * self._counted).sum())
        cool, come = self._rows.take(prices, temperature)
        smooth, true = smooth + counted + cool[0], true + counted + cool[1]
        come -= options.demand.count(self._known[seen], taken[seen])
        part, pieces = _taken(
            options.slopes + totals[options.piece_of], temperature / self._unit[options.piece_of]
        )
        smooth += float(self._lengths @ part[0])
        true += float(self._lengths @ part[1])
        added += np.bincount(options.piece_of, self._lengths * pieces, len(options.bases))
        added += options.bases * self._counted
        if true + options.constant > self.bound:
            self.bound, self.prices = float(true + options.constant), prices.copy()
        return -smooth, -np.concatenate([come, added / stretch])[self._moving]

    def _choose(
        self, gains: Floats, totals: Floats, temperature: float, threads: ThreadPoolExecutor
    ) -> tuple[float, float, Floats, Floats]:
        """What everybody costs, smoothed and truly; what is taken of options; less in each counter."""
        options, number = self._options, self._workers if len(self._people) > AT_ONCE else 1

        def choose(people: Longs) -> tuple[Floats, Floats, Floats]:
            costs, taken, added = np.zeros(2), np.zeros(len(gains)), np.zeros(len(totals))
            scratch = np.zeros((4, self._longest + 1))
            choose_softly(
                people, options.first_place, options.following, options.first_counter, self._kinds,
                options.prices, options.amounts, gains, totals, temperature, costs, taken, added, scratch,
            )  # fmt: skip
            return costs, taken, added

        parts = list(threads.map(choose, np.array_split(self._people, number)))
        costs, taken, added = (np.sum([part[at] for part in parts], 0) for at in range(3))
        return float(costs[0]), float(costs[1]), taken, added


@cache
def _minimizer() -> Callable[..., Any]:
    """What climbs. From then on one thread does linear algebra: arrays are small, idle threads only disturb.

    It takes half a second to import, which few problems need.
    """
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    return cast(Callable[..., Any], minimize)


class _Rows:
    """The rows of what is wanted, as steps: so many people more cost so much each.

    Attributes
    ----------
    step
        What a step of a row costs at least, of the row in the middle.
    """

    def __init__(self, options: ShiftOptions) -> None:
        slopes = options.demand.slopes
        found = [(row, *one) for row, own in enumerate(slopes) for one in steps(own)]
        self._number = len(slopes)
        self._row = np.array([row for row, _, _ in found], np.int64)
        self._all = np.array([most for _, most, _ in found])
        self._slopes = np.array([slope for _, _, slope in found])
        self._left = self._all
        until = np.cumsum(self._all)
        before = np.append(0.0, until)[np.searchsorted(self._row, np.arange(self._number))]
        self._until = until - before[self._row]
        least = [float(np.abs(own[own != 0]).min()) for own in slopes if np.any(own)]
        self.step = float(np.median(least)) if least else 1.0

    def only(self, rows: NDArray[np.bool_]) -> _Rows:
        """Some of the rows."""
        part, here = copy(self), rows[self._row]
        for name in ("_row", "_all", "_slopes", "_left", "_until"):
            setattr(part, name, getattr(self, name)[here])
        return part

    def filled(self, filled: Floats) -> _Rows:
        """The same rows where so many people are in each."""
        rest = copy(self)
        rest._left = np.clip(self._until - filled[self._row], 0.0, self._all)
        return rest

    def take(self, prices: Floats, temperature: float) -> tuple[tuple[float, float], Floats]:
        """What all rows cost where each person in one costs its price, smoothed and truly; people in each."""
        costs, taken = _taken(self._slopes + prices[self._row], temperature)
        come = np.bincount(self._row, self._left * taken, self._number).astype(np.float64)
        return (float(self._left @ costs[0]), float(self._left @ costs[1])), come


def _taken(costs: Floats, temperature: float | Floats) -> tuple[tuple[Floats, Floats], Floats]:
    """What is paid where each may be taken or left, smoothed and truly, and how much of each is taken."""
    small = np.exp(-np.abs(costs) / temperature)
    true = np.minimum(costs, 0.0)
    taken = np.where(costs < 0, 1.0, small) / (1.0 + small)
    return (true - temperature * np.log1p(small), true), taken


@compiled
def choose_softly(
    people: Longs,
    first_place: Longs,
    following: Longs,
    first_counter: Longs,
    kinds: Longs,
    prices: Floats,
    amounts: Floats,
    gains: Floats,
    totals: Floats,
    temperature: float,
    costs: Floats,
    taken: Floats,
    added: Floats,
    scratch: Floats,
) -> None:
    """Let some people take a part of each way through their options, the more the less it costs.

    Adds to ``costs`` (smoothed, true), to ``taken`` by kind of option, and takes from ``added`` by counter.
    From the last option to the first: what the rest costs where it is taken or left, and which part takes
    it; then from the first to the last, who comes by.
    """
    soft, true, parts, come = scratch[0], scratch[1], scratch[2], scratch[3]
    for person in people:
        begin, number = first_place[person], first_place[person + 1] - first_place[person]
        first, last = first_counter[person], first_counter[person + 1]
        soft[number], true[number] = 0.0, 0.0
        for at in range(number - 1, -1, -1):
            place, then = begin + at, following[begin + at]
            cost = prices[place] - gains[kinds[place]]
            for counter in range(first, last):
                cost -= totals[counter] * amounts[place, counter - first]
            true[at] = min(true[at + 1], cost + true[then])
            more = (cost + soft[then] - soft[at + 1]) / temperature
            soft[at], parts[at] = soft[at + 1], 0.0
            if more < -20.0:
                soft[at], parts[at] = cost + soft[then], 1.0
            elif more < 20.0:
                small = np.exp(-abs(more))
                parts[at] = (1.0 if more < 0 else small) / (1.0 + small)
                soft[at] += temperature * (min(more, 0.0) - np.log1p(small))
        costs[0] += soft[0]
        costs[1] += true[0]
        come[: number + 1] = 0.0
        come[0] = 1.0
        for at in range(number):
            part = come[at] * parts[at]
            come[at + 1] += come[at] - part
            if part > 0.0:
                come[following[begin + at]] += part
                taken[kinds[begin + at]] += part
                for counter in range(first, last):
                    added[counter] -= part * amounts[begin + at, counter - first]
