"""Values that hold from one civil day until another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Something in force on the days ``[valid_from, valid_until)``; ``None`` means without end."""

    @property
    def valid_from(self) -> date:
        """First civil day."""
        ...

    @property
    def valid_until(self) -> date | None:
        """First civil day after; None without end."""
        ...


T = TypeVar("T", bound=Dated)


def holds_on(value: Dated, day: date) -> bool:
    """Whether ``value`` is in force on ``day``."""
    return value.valid_from <= day and (value.valid_until is None or day < value.valid_until)


def in_force(values: Iterable[T], day: date) -> T | None:
    """The one value in force on ``day``, or None.

    Raises
    ------
    ValueError
        If two values are in force on the same day.
    """
    found = [value for value in values if holds_on(value, day)]
    if len(found) > 1:
        raise ValueError(f"{len(found)} values are in force on {day}")
    return found[0] if found else None


def in_force_between(values: Iterable[T], first: date, end: date) -> list[T]:
    """The values in force on some of the days ``[first, end)``."""
    return [
        value
        for value in values
        if value.valid_from < end and (value.valid_until is None or first < value.valid_until)
    ]


def overlapping(values: Iterable[T]) -> tuple[T, T] | None:
    """The first two values, by start, that are in force on a common day, or None."""
    ordered = sorted(values, key=lambda value: value.valid_from)
    for earlier, later in pairwise(ordered):
        if earlier.valid_until is None or later.valid_from < earlier.valid_until:
            return earlier, later
    return None
