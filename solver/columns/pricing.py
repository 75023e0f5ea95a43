"""Pricing: the cheapest work of one person when each option has a price of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.columns.labels import (
    EXACT,
    INTERRUPTED,
    LOOKED_AT,
    NEVER,
    Floats,
    Work,
    cheapest,
    thin,
)
from solver.columns.walks import Route
from solver.lns.kernel import Ints

LABELS = 6000
"""Labels of a day that are kept at most."""

CANDIDATES = 400_000
"""Labels of a day before dominance at most."""

NODES = 4_000_000
"""Labels of all days at most."""


@dataclass(frozen=True)
class Priced:
    """What pricing found for one person.

    Parameters
    ----------
    costs
        The cost of each work found, ascending: of the rules that walk, plus the prices.
    works
        For each the options, by their numbers in the world.
    exact
        Whether nothing cheaper exists (where ``costs`` is empty: nothing below the bar).
    """

    costs: list[float]
    works: list[Ints]
    exact: bool


class Pricer:
    """Room for pricing in one thread.

    Parameters
    ----------
    places
        The most places that the state of a person has.
    days, menus, units
        The most days, menus, and units of main counters times paces over all days.
    """

    def __init__(self, places: int, days: int, menus: int, units: int) -> None:
        """Make room."""
        self._work = Work(
            cost=np.zeros(LABELS),
            state=np.zeros((LABELS, places), np.int32),
            node=np.zeros(LABELS, np.int32),
            next_cost=np.zeros(CANDIDATES),
            next_state=np.zeros((CANDIDATES, places), np.int32),
            hope=np.zeros(CANDIDATES),
            next_node=np.zeros(CANDIDATES, np.int32),
            next_last=np.zeros(CANDIDATES, np.int32),
            keys=np.zeros(LABELS, np.uint64),
            order=np.zeros(CANDIDATES, np.int32),
            chain=np.zeros(LABELS, np.int32),
            bucket=np.zeros((1024, 2), np.int32),
            parent=np.zeros(NODES, np.int32),
            option=np.zeros(NODES, np.int32),
            suffix=np.zeros(days + 1),
            ahead=np.zeros(units),
            ahead_at=np.zeros(days + 2, np.int64),
            menu_best=np.zeros(menus + 1),
            counts=np.zeros(5, np.int64),
        )

    def price(
        self,
        route: Route,
        gains: Floats,
        base: float,
        on: Ints,
        *,
        bar: float = NEVER,
        most: int = LABELS,
        rough: int = 0,
        number: int = 1,
    ) -> Priced:
        """The cheapest work of one person.

        Parameters
        ----------
        route
            The person.
        gains
            What each option of the world is worth.
        base
            What is charged in any case, besides the rules.
        on
            For each counter whether it counts.
        bar
            Only work below this cost matters.
        most, rough
            Labels of a day that are kept, and totals taken for equal, where speed matters more.
        number
            How many works are wanted at most.
        """
        work = self._work
        prices = route.prices - gains[route.options]
        prices[route.prices >= NEVER] = NEVER
        thin(route.walk.first, route.walk.alike, prices)
        found = cheapest(route.walk, on, prices, work, base + route.constant, bar, min(most, LABELS), rough)
        costs, works = [], []
        for label in range(min(found, number)):
            costs.append(float(work.cost[label]))
            node, own = int(work.node[label]), []
            while node >= 0:
                own.append(route.options[work.option[node]])
                node = int(work.parent[node])
            works.append(np.array(own[::-1], np.int32))
        return Priced(costs, works, bool(work.counts[EXACT]) and rough == 0)

    @property
    def looked_at(self) -> int:
        """How many labels the last pricing looked at."""
        return int(self._work.counts[LOOKED_AT])

    def resume(self) -> None:
        """Price again after an interruption."""
        self._work.counts[INTERRUPTED] = 0

    def interrupt(self) -> None:
        """End all pricing until it is resumed, as not exact."""
        self._work.counts[INTERRUPTED] = 1
