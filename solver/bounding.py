"""Lower bounds found beside the search, in a thread of their own."""

from __future__ import annotations

from threading import Event, Thread
from types import TracebackType

from solver.cpsat.crowd import Crowd
from solver.cpsat.draft import Draft
from solver.cpsat.lower_bound import Relaxation
from solver.cpsat.model import OutOfTime
from solver.standing import Incumbent

PAUSE = 2.0
"""Seconds between two looks at whether the mandatory cost has changed."""


class Bounding:
    """Proves bounds for an incumbent while a ``with`` block runs.

    The soft bound holds for rosters with no more mandatory cost than some amount, so it is found again where
    the mandatory cost of the best roster has changed.

    Parameters
    ----------
    incumbent
        Whose bounds are raised.
    draft
        What everybody could work.
    """

    def __init__(self, incumbent: Incumbent, draft: Draft) -> None:
        """Not yet running."""
        self._incumbent = incumbent
        self._draft = draft
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
            if self._relaxation is not None:
                self._relaxation.interrupt()
            self._thread.join(0.05)
        if self._failure is not None and error is None:
            raise self._failure

    def _run(self) -> None:
        try:
            over = self._over.is_set
            self._relaxation = Relaxation(Crowd(self._draft, stopped=over).program, over)
            self._prove()
        except OutOfTime:
            pass
        except BaseException as failure:  # handed to the caller's thread
            self._failure = failure

    def _prove(self) -> None:
        if self._relaxation is None or self._over.is_set():
            return
        self._incumbent.raise_mandatory_bound(self._relaxation.bound("mandatory", allowed=None))
        proven: int | None = None
        while not self._over.is_set():
            score = self._incumbent.score
            if score is not None and score.mandatory != proven:
                proven = score.mandatory
                bound = self._relaxation.bound("soft", allowed=proven)
                self._incumbent.raise_soft_bound(bound, allowed=proven)
            self._over.wait(PAUSE)
