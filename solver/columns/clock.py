"""Time as the search by columns counts it."""

from __future__ import annotations

from collections.abc import Callable

from solver.standing import Incumbent


class Clock:
    """Seconds, or work where that is what ends the search, so that it goes the same way each time.

    Parameters
    ----------
    incumbent
        What is searched for.
    """

    def __init__(self, incumbent: Incumbent) -> None:
        """Time goes by from now on as it does for the incumbent."""
        self._incumbent = incumbent

    def left(self) -> float | None:
        """What is left by the clock; None if it does not matter."""
        now, stop = self._incumbent.standing(), self._incumbent.stop
        work = stop.work_left(now)
        return stop.seconds_left(now) if work is None else work

    def used(self, share: float) -> Callable[[], float]:
        """What share of a share of the time that is left now has gone by when it is asked."""
        begun, left = self.now(), self.left()
        return lambda: 0.0 if left is None else (self.now() - begun) / max(share * left, 1e-6)

    def now(self) -> float:
        """How much has gone by."""
        now = self._incumbent.standing()
        return now.seconds if self._incumbent.stop.work_left(now) is None else now.work
