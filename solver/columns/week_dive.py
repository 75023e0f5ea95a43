"""A roster of whole weeks, place by place: most people by prices of single shifts, the last ones as columns.

As long as many people are left, each can have the week that pays most at the prices of what is left: others
make up for it. The last people of a place have to fit together, so their weeks are mixed by a linear program
that is dived into, at prices held near those of single shifts. Those who can do most come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from random import Random
from threading import Lock

import numpy as np

from solver.columns.generation import LOOK, Generation
from solver.columns.labels import NEVER, Floats
from solver.columns.master import Column, Held
from solver.columns.mixture import Dive, Mixture
from solver.columns.price_dive import EFFORT, TEMPERATURE, Planned, plan_by_prices
from solver.columns.shift_prices import ShiftPrices
from solver.lns.crowds import counted_in, crowds_of

LAST = 30
"""How many people of a place are mixed."""

PLANNED_BY, MIXED_BY = 0.45, 0.7
"""The shares of the time of a place by which most people are planned, and columns are good enough."""

CLIMBS, COOLER = 100, (0.3, 0.09)
"""Steps of making prices of the last people finer, and shares of the temperature of planning by prices."""

REACH = 0.3
"""How far prices may be from those of single shifts, as a share of what a step of a row costs at least (of
the row in the middle)."""

FIRST_COLUMNS, COLUMNS = 10, 3
"""The columns of each person at first (twice as many), and new ones in each round."""

LENT = 0.5
"""People lent in rows from which on prices are settled."""

ROUNDS = 15
"""Rounds of pricing until prices settle at most."""

FIXED_SHARE = 0.12
"""The share of the people left who are fixed at a time."""

PRICED, PRICED_AGAIN = 70, 3
"""People who are priced in one round after each time; fewer have more rounds, so many at most."""

STIFFENING = 0.4
"""How prices are held less near as fewer people are left: a power of how many times fewer."""


class WeekDive:
    """Plans everybody's week.

    Parameters
    ----------
    generation
        What finds weeks.
    prices
        Prices of single shifts.
    used
        Asked for the share of the time that is used.
    seed, workers
        Of all that is random, and how many threads.
    """

    def __init__(
        self,
        generation: Generation,
        prices: ShiftPrices,
        used: Callable[[], float],
        *,
        seed: int,
        workers: int,
    ) -> None:
        """Nobody is planned yet."""
        self._generation = generation
        self._prices = prices
        self._used = used
        self._random = Random(seed)
        self._workers = workers
        self._waiting = 0
        self._lock = Lock()
        employees = generation.tables.employees
        curves = counted_in(generation.tables.world).sum(1)
        self._turns = {
            person: (int(curves[person]), -(employee.target_minutes or employee.maximum_minutes or 0))
            for person, employee in enumerate(employees)
        }

    def run(self) -> list[Column] | None:
        """Everybody's week, by person; None where there was no time, or somebody has none.

        People of several places come first, while everybody else can still make up for it. Then as many
        places at a time as there are threads.
        """
        crowds, everybody = crowds_of(self._generation.tables), self._generation.people
        places = [list(map(int, place)) for place in crowds.places if len(place)]
        if crowds.number(2) == 1:
            places = [list(everybody)]
        at_places = {person for place in places for person in place}
        elsewhere = self._in_turn(person for person in everybody if person not in at_places)
        self._waiting = len(at_places)
        nobody = np.zeros(len(self._generation.demand.slopes))
        first = plan_by_prices(
            self._generation,
            self._prices,
            elsewhere,
            nobody,
            self._used,
            others=sorted(at_places),
            workers=self._workers,
        )
        if first is None:
            return None
        found = first.best
        lanes = min(self._workers, len(places))
        turns = [self._in_turn(place) for place in places]
        with ThreadPoolExecutor(max(1, lanes)) as threads:
            tasks = [threads.submit(self._place, first, turn, lanes) for turn in turns]
            while wait(tasks, LOOK).not_done:
                self._generation.spend(0.0)
        for task in tasks:
            weeks = task.result()
            if weeks is None:
                return None
            found.update(weeks)
        return [found[person] for person in everybody]

    def _in_turn(self, people: Iterable[int]) -> list[int]:
        """People in the order of their turns: who can do least first, then who works most."""
        mixed = list(people)
        self._random.shuffle(mixed)
        return sorted(mixed, key=self._turns.__getitem__)

    def _place(self, first: Planned, people: Sequence[int], lanes: int) -> dict[int, Column] | None:
        """Everybody's week at a place."""
        generation, used = self._generation, self._time_of(people, lanes)
        workers = max(1, self._workers // lanes)
        most = plan_by_prices(
            generation,
            first.prices,
            people,
            first.filled,
            lambda: used() / PLANNED_BY,
            last=LAST,
            workers=workers,
        )
        if most is None:
            return None
        rest = plan_by_prices(
            generation, most.prices, most.left, most.filled, used, number=FIRST_COLUMNS, workers=workers
        )
        if rest is None:
            return None
        last, mixed = rest.best, self._mix(most, rest, used)
        if mixed is not None and _cost(generation, mixed, most) < _cost(generation, last, most):
            last = mixed
        return most.best | last

    def _time_of(self, people: Sequence[int], lanes: int) -> Callable[[], float]:
        """Says what share of its time a place has used, which begins now."""
        with self._lock:
            begun = self._used()
            share = min(1.0, lanes * len(people) / max(1, self._waiting))
            self._waiting -= len(people)
        allowed = max(share * (1.0 - begun), 1e-9)
        return lambda: (self._used() - begun) / allowed

    def _mix(self, most: Planned, rest: Planned, used: Callable[[], float]) -> dict[int, Column] | None:
        """Weeks that fit together of those whom most others leave, begun with such that do so a bit."""
        generation, left, prices = self._generation, sorted(most.left), most.prices
        if not left or used() >= 1.0:
            return None
        for cooler in COOLER:
            prices.climb(cooler * TEMPERATURE * prices.row_step, CLIMBS)
        columns = [column for person in left for column in rest.weeks[person]]
        gains = generation.demand.gains(prices.now)
        for more, _, _ in generation.price(left, gains, [NEVER] * len(left), EFFORT, FIRST_COLUMNS):
            columns += more
        held = Held(prices.now, REACH * prices.row_step)
        options = np.unique(np.concatenate([generation.routes[person].options for person in left]))
        demand = generation.demand.after(most.filled).of(options)
        mixture = Mixture(generation, demand, left, columns, Random(0), held=held)
        rounds = iter(range(ROUNDS))
        mixture.converge_held(
            EFFORT, COLUMNS, LENT, lambda: used() < MIXED_BY and next(rounds, None) is not None
        )
        begun = used()
        if begun >= 1.0:
            return None
        how = Dive(
            worse=held.reach,
            columns=COLUMNS,
            last=PRICED,
            rounds=PRICED_AGAIN,
            gain=held.reach,
            stiffening=STIFFENING,
        )
        return mixture.dive(EFFORT, FIXED_SHARE, lambda: (used() - begun) / (1.0 - begun), how=how)


def _cost(generation: Generation, weeks: Mapping[int, Column], most: Planned) -> float:
    """What rows and people cost where the last ones have such weeks."""
    filled: Floats = most.filled + generation.filled(weeks.values())
    return generation.demand.cost(filled) + sum(column.cost for column in weeks.values())
