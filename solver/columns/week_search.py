"""Rosters of weeks of many starts: whole weeks at prices of single shifts, then many small changes.

Such weeks have hundreds of works a day for everybody, and coverage by the quarter of an hour. What a person
more is worth at any time is known within seconds (`solver.columns.shift_prices`), and so is a bound. From
such prices a dive makes a roster of whole weeks (`solver.columns.week_dive`), which is short or long by a
person here and there; annealing that begins cold (`solver.lns.local_search`) moves single shifts until it
fits.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, get_ident

from solver.columns.generation import Generation
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.columns.week_dive import WeekDive
from solver.cpsat.model import OutOfTime
from solver.lns.local_search import Made
from solver.lns.tables import WEIGHTS, Tables
from solver.standing import Incumbent
from solver.work import Roster

PRICED_BY, DIVED_BY = 0.2, 0.7
"""The shares of the time by which prices are good enough as they are, and by which there is a roster."""

STEP_WORK = 0.1
"""Work that a step of finding prices counts as."""

HEAT = 0.1
"""The temperature from which on a roster is annealed then, as a share of what a step of a row costs."""


@dataclass(frozen=True)
class Week:
    """What a search for whole weeks found in time.

    Parameters
    ----------
    prices
        Prices of single shifts.
    made
        A roster of whole weeks, which small changes still have to make fit.
    """

    prices: ShiftPrices | None = None
    made: Made | None = None


def search_week(incumbent: Incumbent, tables: Tables, *, seed: int, workers: int) -> Week:
    """Find prices of single shifts, by which the bound is raised, and a roster of whole weeks.

    Parameters
    ----------
    incumbent
        What has a roster that keeps the hard rules.
    tables
        All of the problem.
    seed, workers
        Of all that is random, and how many threads.
    """
    search = WeekSearch(incumbent, tables, seed=seed, workers=workers)
    with suppress(OutOfTime):
        search.run()
    return search.found


class WeekSearch:
    """Makes a roster of whole weeks; see `search_week`.

    Attributes
    ----------
    found
        What is found so far.
    """

    def __init__(self, incumbent: Incumbent, tables: Tables, *, seed: int, workers: int) -> None:
        """Nothing is done yet."""
        self._incumbent = incumbent
        self._tables = tables
        self._seed = seed
        self._workers = workers
        self._until = PRICED_BY
        self._counting = Lock()
        self._thread = get_ident()
        self.found = Week()

    def run(self) -> None:
        """Find prices, and make a roster of whole weeks at them.

        Raises
        ------
        OutOfTime
            Where even preparing takes too long.
        """
        self._incumbent.phase = "columns"
        self._incumbent.tell()
        generation = Generation(self._tables, Roster(), self._late, self._spend, workers=self._workers)
        try:
            prices = self._price(ShiftOptions(self._tables, self._late, generation.routes))
            self._until = DIVED_BY
            self.found = Week(prices, self._dive(generation, prices))
        finally:
            generation.close()

    def _price(self, options: ShiftOptions) -> ShiftPrices:
        """Prices of single shifts, as good as they get in time; raises the bound."""
        prices = ShiftPrices(options, self._late, workers=self._workers)
        self.found = Week(prices)
        goes_on = True
        while goes_on and not self._late():
            goes_on = prices.step()
            self._spend(STEP_WORK)
            self._incumbent.raise_weighted_bound(prices.bound, WEIGHTS["mandatory"])
        return prices

    def _dive(self, generation: Generation, prices: ShiftPrices) -> Made | None:
        """A roster of whole weeks; None where there was no time for one."""
        begun = self._incumbent.share

        def used() -> float:
            return (self._incumbent.share - begun) / max(DIVED_BY - begun, 1e-6)

        columns = WeekDive(generation, prices, used, seed=self._seed, workers=self._workers).run()
        if columns is None:
            return None
        return Made(generation.roster(columns), HEAT * prices.row_step)

    # -- keeping count

    def _late(self) -> bool:
        return self._incumbent.share > self._until or self._incumbent.stopped()

    def _spend(self, work: float) -> None:
        with self._counting:
            self._incumbent.work += work
        if get_ident() == self._thread:
            self._incumbent.tell()
