"""A way along the days where some of them stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from solver.columns.labels import LEAST, MOST, NEVER, ONE_A_DAY, ROWS, SINCE, UNTIL
from solver.columns.walks import Route
from solver.lns.kernel import Ints, Longs

KEPT = 1e6
"""What work that is to be kept is worth: more than all else together can cost."""


@dataclass(frozen=True)
class Kept:
    """What one person keeps.

    Parameters
    ----------
    days
        For each day whether it stays as it is.
    options
        What is worked on those days.
    route
        The person's way along the days, on which those options are worth `KEPT` more each.
    """

    days: NDArray[np.bool_]
    options: tuple[int, ...]
    route: Route


def keeping(route: Route, day: Ints, days: NDArray[np.bool_], options: Sequence[int]) -> Route:
    """A way on which some days stay as they are.

    Counters leave those days out, and their limits are less by what is worked there, so that looking ahead
    has little to count.

    Parameters
    ----------
    route
        The person's way along all days.
    day
        Of each of its options.
    days
        For each day whether it stays.
    options
        What is worked on those that stay, by their numbers in the world.
    """
    walk, on_kept = route.walk, days[day]
    held = on_kept & np.isin(route.options, np.array(options, np.int64))
    prices = route.prices.copy()
    prices[on_kept & ~held] = NEVER
    prices[held] -= KEPT
    limits, amounts = walk.limits.copy(), walk.amounts.copy()
    worked = amounts[held].astype(np.int64).sum(0)
    for counter, total in enumerate(worked.tolist()):
        rows = slice(walk.counters[counter, ROWS], walk.counters[counter + 1, ROWS])
        limits[rows, LEAST] -= total
        limits[rows, MOST] -= total
    amounts[on_kept] = 0
    walk = walk._replace(limits=limits, amounts=amounts)
    if walk.scalars[ONE_A_DAY]:
        most, least = _most(walk.first, amounts), -_most(walk.first, -amounts)
        walk = walk._replace(ahead=_ahead(least, most), room=_room(walk.main, walk.counters, most))
    return replace(route, walk=walk, prices=prices)


def _most(first: Ints, amounts: Ints) -> Longs:
    """What each day can add to each counter at most."""
    return np.array([amounts[a:b].max(0, initial=0) for a, b in pairwise(first)], np.int64)


def _ahead(least: Longs, most: Longs) -> Longs:
    """For each day and counter what later days can add at least and at most."""
    each = np.stack([least, most], 2)
    later: Longs = each.sum(0) - np.cumsum(each, 0)
    return later


def _room(main: Longs, counters: Longs, most: Longs) -> Longs:
    """How many units of the main counter there can be before each day, and one."""
    room = np.ones(len(main), np.int64)
    for place, unit in np.unique(main[main[:, 0] >= 0], axis=0).tolist():
        since, until = int(counters[place, SINCE]), int(counters[place, UNTIL])
        room[since:until] = 1 + np.cumsum([0, *most[since : until - 1, place]]) // unit
    return room


def uncounted(route: Route, on: Ints) -> Route:
    """The way where looking ahead counts none of the counters that are off."""
    walk = route.walk
    main, room = walk.main.copy(), walk.room.copy()
    off = [counter >= 0 and not on[counter] for counter in main[:, 0].tolist()]
    main[off], room[off] = -1, 1
    return replace(route, walk=walk._replace(main=main, room=room))
