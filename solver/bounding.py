"""Lower bounds found beside the search, in a thread of their own."""

from __future__ import annotations

from solver.beside import Beside
from solver.columns.shift_options import ShiftOptions
from solver.columns.shift_prices import ShiftPrices
from solver.cpsat.crowd import Crowd
from solver.cpsat.draft import Draft
from solver.cpsat.lower_bound import Relaxation
from solver.lns.tables import WEIGHTS, Tables
from solver.standing import Incumbent

PAUSE = 2.0
"""Seconds between two looks at whether the mandatory cost has changed."""


class Bounding(Beside):
    """Proves bounds for an incumbent while a ``with`` block runs.

    Where there are tables, prices of single shifts prove a bound of all levels together; that is a bound of
    the soft one where nothing mandatory is missing. Where something is, a linear program about each level
    follows. Its soft bound holds for rosters with no more mandatory cost than some amount, so it is found
    again where the mandatory cost of the best roster has changed.

    Parameters
    ----------
    incumbent
        Whose bounds are raised.
    draft
        What everybody could work.
    tables
        The tables of the compiled search, where they say all of the problem.
    prices
        Prices of single shifts, if some were found.
    """

    def __init__(
        self,
        incumbent: Incumbent,
        draft: Draft,
        tables: Tables | None = None,
        prices: ShiftPrices | None = None,
    ) -> None:
        """Not yet running."""
        super().__init__()
        self._incumbent = incumbent
        self._draft = draft
        self._tables = tables
        self._prices = prices

    def work(self) -> None:
        """Prove a bound of all levels together, or of each."""
        over, prices = self.over.is_set, self._prices
        if self._tables is not None and self._tables.whole:
            if prices is None:
                prices = ShiftPrices(ShiftOptions(self._tables, over), over)
            self.running = prices = prices.finely(over)
            goes_on = True
            while goes_on and not over():
                goes_on = prices.step()
                self._incumbent.raise_weighted_bound(prices.bound, WEIGHTS["mandatory"])
            if self._incumbent.score is not None and self._incumbent.score.mandatory == 0:
                return
        self.running = relaxation = Relaxation(Crowd(self._draft, stopped=over).program, over)
        if not over():
            self._prove(relaxation, prices)

    def _prove(self, relaxation: Relaxation, prices: ShiftPrices | None) -> None:
        self._incumbent.raise_mandatory_bound(relaxation.bound("mandatory", allowed=None))
        proven: int | None = None
        while not self.over.is_set():
            score = self._incumbent.score
            if score is not None and score.mandatory != proven:
                proven = score.mandatory
                if prices is not None:
                    self._incumbent.raise_weighted_bound(prices.bound, WEIGHTS["mandatory"])
                bound = relaxation.bound("soft", allowed=proven)
                self._incumbent.raise_soft_bound(bound, allowed=proven)
            self.over.wait(PAUSE)
