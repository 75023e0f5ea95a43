"""How a rule about one person adds up along the person's work: the reading that compiled search uses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
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


@dataclass(frozen=True, slots=True)
class Distinct:
    """The number of different things in the roster's own work is charged for each one outside a range.

    Parameters
    ----------
    things
        What a span of work has that counts; depends on its start and tags only.
    least, most
        The range; None for no such bound.
    """

    things: Callable[[Work], Iterable[Hashable]]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of consecutive steps are charged for what is missing from a length, or is too much.

    Too much is each window of ``most + 1`` steps in a run that has a step of the horizon, or steps before and
    after it, and is not all ``fixed``. Too short is a run that ends before and begins after the edges of
    ``base``, touches the horizon (made by absence: is next to it) and is not all ``fixed``.

    Parameters
    ----------
    step
        The step a span of work is on, by its start and tags; None if it does not count.
    made_by_work
        Whether work puts its step in a run, or takes it out of one.
    first
        The number of the first step.
    base
        For each step whether it is in a run without the roster's work.
    fixed, unlimited
        For each step whether it is in a run whatever the roster does, and whether it makes none too long.
    horizon
        The steps the roster has a say in.
    least, most
        The range; None for no such bound.
    """

    step: Callable[[Work], int | None]
    made_by_work: bool
    first: int
    base: tuple[bool, ...]
    fixed: tuple[bool, ...]
    unlimited: tuple[bool, ...]
    horizon: range
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Follows:
    """Each two spans of the roster's own work of which the later may not follow the earlier charge 1.

    Parameters
    ----------
    refuses
        Whether the second may not follow the first; depends on their tags only.
    within_days
        How many days after the first the second starts at most; at least one.
    """

    refuses: Callable[[Work, Work], bool]
    within_days: int = 1


Resource = PerWork | Total | Gap | Rest | Distinct | Runs | Follows


def any_work(work: Work) -> bool:
    """Counts all work."""
    return True
