"""When a solver stops: small criteria that can be combined."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a running solve stands.

    Parameters
    ----------
    seconds
        Elapsed time.
    gap
        Relative gap between the best soft cost and its bound, None while there is no roster or no bound.
    work
        Deterministic work done so far, in CP-SAT's units (about a second each).
    """

    seconds: float
    gap: float | None
    work: float


class Stop(Protocol):
    """A stop criterion."""

    def reached(self, standing: Standing) -> bool:
        """Whether to stop now."""
        ...

    def seconds_left(self, standing: Standing) -> float | None:
        """Time until it is reached at the latest; None if time does not matter."""
        ...

    def work_left(self, standing: Standing) -> float | None:
        """Deterministic work until it is reached at the latest; None if work does not matter."""
        ...


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Stop after so many seconds.

    Examples
    --------
    >>> TimeLimit(30).reached(Standing(seconds=31.0, gap=None, work=0.0))
    True
    """

    seconds: float

    def reached(self, standing: Standing) -> bool:
        """Whether the time is up."""
        return standing.seconds >= self.seconds

    def seconds_left(self, standing: Standing) -> float | None:
        """The rest of the time."""
        return max(0.0, self.seconds - standing.seconds)

    def work_left(self, standing: Standing) -> float | None:
        """Does not matter."""
        return None


@dataclass(frozen=True, slots=True)
class WorkLimit:
    """Stop after a deterministic amount of work, so that the same seed and one worker give the same roster.

    Parameters
    ----------
    units
        CP-SAT's deterministic time, about a second each on an idle core.
    """

    units: float

    def reached(self, standing: Standing) -> bool:
        """Whether the work is done."""
        return standing.work >= self.units

    def seconds_left(self, standing: Standing) -> float | None:
        """Does not matter."""
        return None

    def work_left(self, standing: Standing) -> float | None:
        """The rest of the work."""
        return max(0.0, self.units - standing.work)


class Cancel:
    """Stop when asked to, from an observer, another thread or a signal handler.

    The best roster so far is kept.

    Examples
    --------
    >>> cancel = Cancel()
    >>> cancel.request()
    >>> cancel.reached(Standing(seconds=0.1, gap=None, work=0.0))
    True
    """

    def __init__(self) -> None:
        """Nothing requested yet."""
        self._requested = Event()

    def request(self) -> None:
        """Ask to stop soon."""
        self._requested.set()

    def reached(self, standing: Standing) -> bool:
        """Whether it was requested."""
        return self._requested.is_set()

    def seconds_left(self, standing: Standing) -> float | None:
        """Does not matter."""
        return None

    def work_left(self, standing: Standing) -> float | None:
        """Does not matter."""
        return None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Stop when the first of several criteria is reached.

    Examples
    --------
    >>> AnyOf((TimeLimit(30), WorkLimit(5))).seconds_left(Standing(seconds=10.0, gap=None, work=0.0))
    20.0
    """

    criteria: Sequence[Stop]

    def reached(self, standing: Standing) -> bool:
        """Whether any is reached."""
        return any(criterion.reached(standing) for criterion in self.criteria)

    def seconds_left(self, standing: Standing) -> float | None:
        """The shortest time left."""
        return min((s for c in self.criteria if (s := c.seconds_left(standing)) is not None), default=None)

    def work_left(self, standing: Standing) -> float | None:
        """The least work left."""
        return min((w for c in self.criteria if (w := c.work_left(standing)) is not None), default=None)
