"""How a rule about one person adds up along the person's work: the reading that compiled search uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from solver.work import Assignment, Work

Amount = Callable[[Work], int]
"""What a span of work counts."""


@dataclass(frozen=True, slots=True)
class PerWork:
    """Each assignment is charged by itself.

    Parameters
    ----------
    amount
        What it is charged; may be negative.
    constant
        Charged in any case.
    """

    amount: Callable[[Assignment], int]
    constant: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the work that starts on some days is charged for each unit outside a range.

    Parameters
    ----------
    amount
        What a span of work adds.
    days
        Indexes of the days.
    least, most
        The range, of the roster's own work; None for no such bound.
    """

    amount: Amount
    days: range
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """From one span of work to the next there are ``minutes``, or each missing minute is charged.

    Parameters
    ----------
    counts
        Whether the rule is about a span, as the earlier of the two.
    minutes
        Required, >= 0.
    from_start
        From start to start rather than from end to start.
    """

    counts: Callable[[Work], bool]
    minutes: int
    from_start: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """One of some windows contains an uninterrupted rest, or 1 is charged.

    Parameters
    ----------
    windows
        (start, end, required minutes) of each; half-open, minutes from the origin.
    """

    windows: tuple[tuple[int, int, int], ...]


Resource = PerWork | Total | Gap | Rest


def any_work(work: Work) -> bool:
    """Counts all work."""
    return True
