"""What generates columns: everybody's way along the days, threads to price in, and what columns cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from math import isfinite
from os import cpu_count
from queue import SimpleQueue
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from solver.columns.demand import Demand
from solver.columns.exact_pricing import ExactPricer
from solver.columns.keeping import KEPT, Kept, keeping
from solver.columns.labels import FAR, LEAST, MOST, ROWS, Floats
from solver.columns.master import Column
from solver.columns.pricing import LABELS, Priced, Pricer
from solver.columns.walks import Route, route_of
from solver.cpsat.model import OutOfTime
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.kernel import DAY, HARD, Ints
from solver.lns.tables import Tables, weighted
from solver.rules.coverage import fixed_work
from solver.work import Roster

EFFORTS = ((60, FAR), (300, 0), (1500, 0), (LABELS, 0))
"""Labels that pricing keeps, and totals it takes for equal, from quick to exact."""

EXACT = len(EFFORTS) - 1

LABELS_PER_WORK = 3_000_000
"""Labels that count as one unit of deterministic work."""

WORK_PER_PRICING = (0.0, 0.05, 0.2, 1.0)
"""Deterministic time that CP-SAT may take for one person at each effort."""

MORE = 8
"""Times as many works are looked at where pricing by labels leaves out rules."""

LOOK = 0.05
"""Seconds between two looks at the clock."""

T = TypeVar("T")

Found = tuple[list[Column], float, bool]
"""Columns of a person, the least cost there can be, and whether that is proven."""


class Generation:
    """Generates columns of a problem.

    Parameters
    ----------
    tables
        The problem.
    roster
        Some roster.
    stopped
        Asked now and then.
    spend
        Told how much deterministic work was done.
    seconds_left
        The time that is left; None if it does not matter.
    workers
        Threads, where there are so many cores.

    Attributes
    ----------
    demand
        The rows of all people together.
    people
        The places of all people in the tables.
    routes
        Everybody's way along the days.

    Raises
    ------
    OutOfTime
        Once ``stopped`` says so while everybody's way is prepared.
    """

    def __init__(
        self,
        tables: Tables,
        roster: Roster,
        stopped: Callable[[], bool] = lambda: False,
        spend: Callable[[float], None] = lambda work: None,
        seconds_left: Callable[[], float | None] = lambda: None,
        *,
        workers: int = 2,
    ) -> None:
        """Prepare everybody's way along the days."""
        problem, world = tables.problem, tables.world
        self.tables = tables
        self.stopped = stopped
        self.spend = spend
        self.seconds_left = seconds_left
        self.people = range(len(tables.employees))
        self.demand = Demand(world, tables.people_at(fixed_work(problem)))
        self.routes = [self._route(person) for person in self.people]
        self.day = world.options[:, DAY]
        self._on = [(route.relaxed == 0).astype(np.int32) for route in self.routes]
        self._costs = Annealing(tables, roster, 0)
        self._counting = Lock()
        threads = max(1, min(workers, cpu_count() or 1))
        self._all_pricers = [self._pricer(problem.calendar.size) for _ in range(threads)]
        self._pricers: SimpleQueue[Pricer] = SimpleQueue()
        for pricer in self._all_pricers:
            self._pricers.put(pricer)
        self._threads = ThreadPoolExecutor(len(self._all_pricers))
        self._exact: dict[int, ExactPricer] = {}

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def _route(self, person: int) -> Route:
        if self.stopped():
            raise OutOfTime
        return route_of(self.tables.world, person, self.tables.problem.calendar.size)

    def _pricer(self, days: int) -> Pricer:
        walks = [route.walk for route in self.routes]
        places = max((len(walk.begin) for walk in walks), default=0)
        units = max((int(walk.room.sum()) * walk.pace_next.shape[1] for walk in walks), default=0)
        return Pricer(places, days, len(self.tables.world.menus), units + 1)

    @property
    def threads(self) -> int:
        """How many people can be priced at a time."""
        return len(self._all_pricers)

    # -- columns

    def columns_of(self, roster: Roster) -> list[Column]:
        """The column of each person in a roster."""
        numbers = self.tables.numbers(roster)
        return [self.column(person, numbers[person]) for person in self.people]

    def column(self, person: int, options: Iterable[int]) -> Column:
        """A person's work as a column."""
        own = tuple(int(option) for option in options)
        rows, counts = self.demand.rows_of(np.array(own, np.int32))
        return Column(person, own, self.cost_of(person, own), rows, counts)

    def cost_of(self, person: int, options: Sequence[int]) -> float:
        """What the rules about a person charge for work, by start."""
        with self._counting:
            return float(self._costs.cost_of(person, options))

    def kept(self, column: Column, days: NDArray[np.bool_]) -> Kept:
        """What a column has on some days, to be kept."""
        own = np.array(column.options, np.int64)
        return self.keep(column.person, days, own[days[self.day[own]]].tolist())

    def keep(self, person: int, days: NDArray[np.bool_], options: Sequence[int]) -> Kept:
        """Some work of a person on some days, all there is on them, to be kept."""
        route = self.routes[person]
        return Kept(days, tuple(options), keeping(route, self.day[route.options], days, options))

    def filled(self, columns: Iterable[Column]) -> Floats:
        """How many people of some columns are in each row."""
        filled = np.zeros(len(self.demand.slopes))
        for column in columns:
            filled[column.rows] += column.counts
        return filled

    def cost(self, columns: Iterable[Column]) -> float:
        """What a roster of such columns costs, but for what nobody at all costs."""
        columns = list(columns)
        return sum(column.cost for column in columns) + self.demand.cost(self.filled(columns))

    def roster(self, columns: Iterable[Column]) -> Roster:
        """The columns of all people as a roster."""
        return Roster(work for one in columns for work in self.tables.works(one.person, one.options))

    def constant(self) -> float:
        """What nobody at all costs, all levels added up by their weights, more than `cost` says."""
        nobody = Roster()
        return weighted(evaluate(self.tables.problem, nobody).score) - self.cost(self.columns_of(nobody))

    # -- pricing

    def price(
        self,
        people: Sequence[int],
        gains: Floats,
        bars: Sequence[float],
        effort: int,
        number: int,
        kept: Mapping[int, Kept] | None = None,
    ) -> list[Found]:
        """Columns of some people below their bars, in threads; nothing is proven once time is up.

        Where some days of a person are to be kept, only columns that keep them are found, and nothing is
        proven.
        """
        kept = kept or {}
        return self.in_threads(
            lambda person, bar: self._price(person, gains, bar, effort, number, kept.get(person)),
            people,
            bars,
        )

    def in_threads(
        self, price: Callable[[T, float], tuple[Found, float]], whose: Sequence[T], bars: Sequence[float]
    ) -> list[Found]:
        """What a function finds for each with its bar; it also says what work that took."""
        for pricer in self._every_pricer():
            pricer.resume()
        tasks = [self._threads.submit(price, one, bar) for one, bar in zip(whose, bars, strict=True)]
        while wait(tasks, LOOK).not_done:
            if self.stopped():
                for pricer in self._every_pricer():
                    pricer.interrupt()
        results = [task.result() for task in tasks]
        self.spend(sum(work for _, work in results))
        return [found for found, _ in results]

    def _every_pricer(self) -> list[Pricer | ExactPricer]:
        return [*self._all_pricers, *self._exact.copy().values()]

    def _price(
        self, person: int, gains: Floats, bar: float, effort: int, number: int, kept: Kept | None
    ) -> tuple[Found, float]:
        """The columns of one person, and the deterministic work it took."""
        if kept is not None:
            low = bar - KEPT * len(kept.options)
            (columns, _, _), work = self.walk(person, kept.route, gains, low, effort, MORE * number)
            keeping = [one for one in columns if one.cost - self._worth(one, gains) < bar]
            return (keeping[:number], -np.inf, False), work
        if self.routes[person].exact:
            return self.walk(person, self.routes[person], gains, bar, effort, number)
        found, work = self.walk(person, self.routes[person], gains, bar, effort, MORE * number)
        columns, least, exact = found
        keeping = [column for column in columns if column.cost - self._worth(column, gains) < bar]
        keeping.sort(key=lambda column: column.cost - self._worth(column, gains))
        if keeping or not effort or (exact and least >= bar):
            return (keeping[:number], least, exact), work
        with suppress(OutOfTime):
            if person not in self._exact:
                self._exact[person] = ExactPricer(self.tables, person, self.stopped)
            most = WORK_PER_PRICING[effort]
            cheapest = self._exact[person].price(gains, bar=bar, number=number, work=most)
            columns = _clean(self.column(person, own) for own in cheapest.works)
            known = max(cheapest.least, least) if exact else cheapest.least
            return (columns, known, isfinite(known)), work + cheapest.work
        return ([], least, exact), work

    def _worth(self, column: Column, gains: Floats) -> float:
        return float(gains[list(column.options)].sum())

    def walk(
        self, person: int, route: Route, gains: Floats, bar: float, effort: int, number: int
    ) -> tuple[Found, float]:
        """The columns of one person under the rules that walk, and the deterministic work it took."""
        on = self._on[person]
        most, rough = EFFORTS[effort]
        pricer, labels = self._pricers.get(), 0
        try:
            while True:
                found = pricer.price(route, gains, 0.0, on, bar=bar, most=most, rough=rough, number=number)
                columns = [self.column(person, own) for own in found.works]
                labels += pricer.looked_at
                if not columns or not self._tighten(route, on, columns[0], found, gains):
                    break
        finally:
            self._pricers.put(pricer)
        least = min([bar, *found.costs[:1]])
        return (_clean(columns), least, found.exact), labels / LABELS_PER_WORK

    def works(
        self, route: Route, on: Ints, gains: Floats, bar: float, effort: int, number: int
    ) -> tuple[list[Ints], float]:
        """The cheapest works on a way with the counters that are on, and the deterministic work it took."""
        most, rough = EFFORTS[effort]
        pricer = self._pricers.get()
        try:
            found = pricer.price(route, gains, 0.0, on, bar=bar, most=most, rough=rough, number=number)
            return found.works, pricer.looked_at / LABELS_PER_WORK
        finally:
            self._pricers.put(pricer)

    def _tighten(self, route: Route, on: Ints, column: Column, found: Priced, gains: Floats) -> bool:
        """Count from now on what a column breaks although pricing did not see it; whether there is such."""
        own = np.array(column.options, np.int64)
        if column.cost <= found.costs[0] + gains[own].sum() + 0.01:
            return False
        walk = route.walk
        places = {option: place for place, option in enumerate(route.options.tolist())}
        totals = walk.amounts[[places[option] for option in column.options]].sum(0)
        broken = False
        for counter in np.flatnonzero(on == 0):
            rows = walk.limits[walk.counters[counter, ROWS] : walk.counters[counter + 1, ROWS]]
            if np.any((totals[counter] > rows[:, MOST]) | (totals[counter] < rows[:, LEAST])):
                on[counter], broken = 1, True
        return broken


def _clean(columns: Iterable[Column]) -> list[Column]:
    """Those that break no hard rule."""
    return [column for column in columns if column.cost < HARD]
