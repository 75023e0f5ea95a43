"""Where the breaks of a shift can lie, in order and without overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.problem import BreakPolicy


def even_places(policies: Sequence[BreakPolicy], length: int) -> list[int | None] | None:
    """Where breaks lie that cut a shift into stretches of about the same length.

    Parameters
    ----------
    policies
        The breaks of the shift, in order.
    length
        Of the shift, minutes.

    Returns
    -------
    list | None
        Minutes from the start of the shift, None for a break without a window; None if there is no room.

    Examples
    --------
    >>> from solver.problem import BreakPolicy, BreakWindow
    >>> pauses = [BreakPolicy(360, minutes, window=BreakWindow(earliest=60)) for minutes in (15, 30)]
    >>> even_places(pauses, 480)
    [150, 300]
    """
    placed = [policy for policy in policies if policy.window is not None]
    if not placed:
        return [None] * len(policies)
    last = _latest_places(placed, length)
    if last is None:
        return None
    starts: list[int] = []
    free_from = 0
    work = length - sum(policy.minutes for policy in placed)
    paused = 0
    for number, (policy, latest) in enumerate(zip(placed, last, strict=True), start=1):
        wish = work * number // (len(placed) + 1) + paused
        options = [at for at in _offsets(policy, length) if free_from <= at <= latest]
        if not options:
            return None
        _, start = min((abs(at - wish), at) for at in options)
        starts.append(start)
        free_from = start + policy.minutes
        paused += policy.minutes
    found = iter(starts)
    return [None if policy.window is None else next(found) for policy in policies]


def _latest_places(placed: Sequence[BreakPolicy], length: int) -> list[int] | None:
    """The last place of each break that leaves room for those after it."""
    until, last = length, list[int]()
    for policy in reversed(placed):
        options = [at for at in _offsets(policy, length) if at + policy.minutes <= until]
        if not options:
            return None
        last.append(options[-1])
        until = options[-1]
    return last[::-1]


def _offsets(policy: BreakPolicy, length: int) -> range:
    return range(0) if policy.window is None else policy.window.offsets(length, policy.minutes)
