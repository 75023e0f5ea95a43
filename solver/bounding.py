"""Lower bounds found beside the search, in a thread of their own."""

from __future__ import annotations

from math import ceil
from threading import Event, Thread
from types import TracebackType

from solver.columns.shift_mix import ShiftMix
from solver.cpsat.crowd import Crowd
from solver.cpsat.draft import Draft
from solver.cpsat.lower_bound import Relaxation
from solver.cpsat.model import OutOfTime
from solver.lns.tables import WEIGHTS, Tables
from solver.standing import Incumbent
from solver.work import Roster

PAUSE = 2.0
"""Seconds between two looks at whether the mandatory cost has changed."""

SLACK = 0.01
"""By how much a sum of rounded numbers may be above the true bound."""


class Bounding:
    """Proves bounds for an incumbent while a ``with`` block runs.

    Where there are tables, a mix of single shifts gives a bound of all levels together; that is a bound of
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
    """

    def __init__(self, incumbent: Incumbent, draft: Draft, tables: Tables | None = None) -> None:
        """Not yet running."""
        self._incumbent = incumbent
        self._draft = draft
        self._tables = tables
        self._mix: ShiftMix | None = None
        self._over = Event()
        self._relaxation: Relaxation | None = None
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._run, name="bounding", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        while self._thread.is_alive():
            for running in (self._mix, self._relaxation):
                if running is not None:
                    running.interrupt()
            self._thread.join(0.05)
        if self._failure is not None and error is None:
            raise self._failure

    def _run(self) -> None:
        try:
            over = self._over.is_set
            if self._tables is not None and self._tables.whole and self._suffices(self._tables):
                return
            self._relaxation = Relaxation(Crowd(self._draft, stopped=over).program, over)
            self._prove()
        except OutOfTime:
            pass
        except BaseException as failure:  # handed to the caller's thread
            self._failure = failure

    def _suffices(self, tables: Tables) -> bool:
        """Whether a mix of single shifts says all there is to say: nothing mandatory is missing."""
        self._mix = ShiftMix(tables, self._incumbent.roster or Roster(), self._over.is_set)
        goes_on = True
        while goes_on and not self._over.is_set():
            goes_on = self._mix.step()
            self._raise(self._mix)
        return self._incumbent.score is not None and self._incumbent.score.mandatory == 0

    def _raise(self, mix: ShiftMix) -> None:
        score = self._incumbent.score
        if score is not None and mix.bound > 0:
            least = ceil(mix.bound - WEIGHTS["mandatory"] * score.mandatory - SLACK)
            self._incumbent.raise_soft_bound(least, allowed=score.mandatory)

    def _prove(self) -> None:
        if self._relaxation is None or self._over.is_set():
            return
        self._incumbent.raise_mandatory_bound(self._relaxation.bound("mandatory", allowed=None))
        proven: int | None = None
        while not self._over.is_set():
            score = self._incumbent.score
            if score is not None and score.mandatory != proven:
                proven = score.mandatory
                if self._mix is not None:
                    self._raise(self._mix)
                bound = self._relaxation.bound("soft", allowed=proven)
                self._incumbent.raise_soft_bound(bound, allowed=proven)
            self._over.wait(PAUSE)
