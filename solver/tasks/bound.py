"""A lower bound of problems with tasks, from the problem in which all tasks are one, beside the search."""

from __future__ import annotations

from itertools import groupby
from math import ceil
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

from solver.cpsat.model import OutOfTime
from solver.lns.tables import WEIGHTS, Tables
from solver.pooling import pools_of
from solver.problem import Problem
from solver.standing import Incumbent
from solver.work import Roster

if TYPE_CHECKING:
    from solver.columns.shift_mix import ShiftMix

SLACK = 0.01
"""By how much a sum of rounded numbers may be above the true bound."""


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


class PooledBound:
    """Proves a bound while a ``with`` block runs, in a thread of its own.

    Parameters
    ----------
    incumbent
        Whose bounds are raised.
    together
        The tables of the problem in which all tasks are one.

    Attributes
    ----------
    least
        No roster costs less, all levels added up by `solver.lns.tables.WEIGHTS`; None while nothing is known.
    """

    def __init__(self, incumbent: Incumbent, together: Tables) -> None:
        """Not yet running."""
        self.least: int | None = None
        self._incumbent = incumbent
        self._together = together
        self._over = Event()
        self._mix: ShiftMix | None = None
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run, name="bounding", daemon=True)

    def __enter__(self) -> PooledBound:
        if self._together.whole and costs_less_together(self._incumbent.problem):
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        while self._thread.is_alive():
            if self._mix is not None:
                self._mix.interrupt()
            self._thread.join(0.05)
        if self._failure is not None and error is None:
            raise self._failure

    def _run(self) -> None:
        from solver.columns.shift_mix import ShiftMix

        try:
            self._mix = ShiftMix(self._together, Roster(), self._over.is_set)
            goes_on = True
            while goes_on and not self._over.is_set():
                goes_on = self._mix.step()
                if self._mix.bound > 0:
                    self.least = ceil(self._mix.bound - SLACK)
        except OutOfTime:
            pass
        except BaseException as failure:  # handed to the caller's thread
            self._failure = failure

    def tell(self) -> None:
        """Raise the incumbent's bound to what is known."""
        score = self._incumbent.score
        if score is not None and self.least is not None:
            soft = self.least - WEIGHTS["mandatory"] * score.mandatory
            self._incumbent.raise_soft_bound(soft, allowed=score.mandatory)
