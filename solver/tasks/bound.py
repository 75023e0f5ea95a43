"""A lower bound of problems with tasks, from the problem in which all tasks are one, beside the search."""

from __future__ import annotations

from itertools import groupby
from math import inf

from solver.beside import Beside
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.lns.tables import WEIGHTS, Tables
from solver.pooling import pools_of
from solver.problem import Problem
from solver.standing import Incumbent


def costs_less_together(problem: Problem) -> bool:
    """Whether no roster costs less than the same one does where all tasks are one.

    So it is where a missing person costs the same on all tasks that people change between.
    """
    pools = pools_of(problem)
    priced = sorted(
        (pools[cover.skill], cover.location or "", cover.missing_price)
        for cover in problem.coverage
        if cover.skill is not None and cover.skill in pools
    )
    by_pool = groupby(priced, key=lambda one: one[:2])
    return all(len({price for _, _, price in same}) == 1 for _, same in by_pool)


class PooledBound(Beside):
    """Proves a bound while a ``with`` block runs, in a thread of its own.

    Parameters
    ----------
    incumbent
        Whose bounds are raised.
    together
        The tables of the problem in which all tasks are one.

    Attributes
    ----------
    bound
        No roster costs less, all levels added up by `solver.lns.tables.WEIGHTS`; minus infinity while nothing
        is known.
    """

    def __init__(self, incumbent: Incumbent, together: Tables) -> None:
        """Not yet running."""
        super().__init__()
        self.bound = -inf
        self._incumbent = incumbent
        self._together = together

    def work(self) -> None:
        """Find prices of single shifts of the problem in which all tasks are one."""
        if not (self._together.whole and costs_less_together(self._incumbent.problem)):
            return
        over = self.over.is_set
        self.running = prices = ShiftPrices(ShiftOptions(self._together, over), over).finely(over)
        goes_on = True
        while goes_on and not over():
            goes_on = prices.step()
            self.bound = prices.bound

    def tell(self) -> None:
        """Raise the incumbent's bound to what is known."""
        if self._incumbent.score is not None:
            self._incumbent.raise_weighted_bound(self.bound, WEIGHTS["mandatory"])
