"""What everybody could work, shift by shift: options that can follow each other, and totals such as hours.

This is what is left of a problem where runs and all else about several days in a row are left out: after an
option a person can go on with those that begin late enough for the rest in between, options cost something,
and amounts of them are counted; where a long rest has to be somewhere, days with work beside it are. Whatever
is proven about that holds for rosters as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from solver.columns.demand import Demand
from solver.columns.labels import (
    FAR,
    FROM_START,
    GAP_MINUTES,
    GAP_WEIGHT,
    LEAST,
    MOST,
    NEVER,
    ONE_A_DAY,
    REST_WEIGHT,
    RESTED,
    ROWS,
    WEIGHT,
    WINDOWS,
    Floats,
    Walk,
)
from solver.columns.walks import Route, route_of
from solver.cpsat.model import OutOfTime
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.kernel import HARD, Ints, Longs
from solver.lns.tables import Tables, weighted
from solver.rules.coverage import fixed_work
from solver.work import Roster


@dataclass(frozen=True)
class _Total:
    """A counter of one person: amounts of the person's options, and convex costs of their sum in pieces."""

    amounts: Longs
    least: int
    cost: float
    pieces: list[tuple[int, float]]  # length, slope


@dataclass(frozen=True)
class _Person:
    """The options of one person, by start, and the person's counters."""

    options: Longs
    prices: Floats
    following: Longs
    totals: list[_Total]


class ShiftOptions:
    """Everybody's options of single shifts, in flat arrays, person by person and by start.

    Parameters
    ----------
    tables
        The problem.
    stopped
        Asked between two people.
    routes
        Everybody's way along the days, where it is known.

    Raises
    ------
    OutOfTime
        Once ``stopped`` says so.

    Attributes
    ----------
    demand
        The rows of what is wanted.
    options, prices
        For each place its number in the world, and what the rules charge for it by itself.
    following
        For each place how many places of the person come before the first that can be worked after it.
    first_place, first_counter
        For each person, and one more, where the person's places and counters begin.
    amounts
        For each place what it adds to each counter of its person; ``[place, counter of the person]``.
    bases
        For each counter its least total.
    piece_of, lengths, slopes
        What counters cost above their bases: for each piece its counter, how much there is of it, and what
        each unit costs.
    constant
        What is paid in any case, all levels added up by `WEIGHTS`.
    """

    def __init__(
        self,
        tables: Tables,
        stopped: Callable[[], bool] = lambda: False,
        routes: Sequence[Route] | None = None,
    ) -> None:
        """Gather the options of everybody."""
        problem, world = tables.problem, tables.world
        self.demand = Demand(world, tables.people_at(fixed_work(problem)))
        nobody = Roster()
        nobodys = weighted(evaluate(problem, nobody).score)
        self.constant = float(nobodys - Annealing(tables, nobody, 0).state.cost.sum())
        people = []
        for person in range(len(tables.employees)):
            if stopped():
                raise OutOfTime
            route = routes[person] if routes else route_of(world, person, problem.calendar.size)
            self.constant += route.constant
            people.append(_person(route))
        self.first_place = np.cumsum([0, *(len(one.options) for one in people)])
        self.first_counter = np.cumsum([0, *(len(one.totals) for one in people)])
        empty = np.zeros(0, np.int64)
        self.options = np.concatenate([empty, *(one.options for one in people)])
        self.prices: Floats = np.concatenate([np.zeros(0), *(one.prices for one in people)])
        self.following = np.concatenate([empty, *(one.following for one in people)])
        self._add_totals([one.totals for one in people])

    def _add_totals(self, totals: list[list[_Total]]) -> None:
        self.amounts: Floats = np.zeros((len(self.options), max(map(len, totals), default=0)))
        flat = [total for own in totals for total in own]
        for own, first, last in zip(totals, self.first_place, self.first_place[1:], strict=False):
            for place, total in enumerate(own):
                self.amounts[first:last, place] = total.amounts
        self.constant += sum(total.cost for total in flat)
        self.bases = np.array([float(total.least) for total in flat])
        pieces = [(number, *piece) for number, total in enumerate(flat) for piece in total.pieces]
        self.piece_of = np.array([number for number, _, _ in pieces], np.int64)
        self.lengths = np.array([float(length) for _, length, _ in pieces])
        self.slopes = np.array([slope for _, _, slope in pieces], np.float64)

    @property
    def person_of(self) -> Longs:
        """The person of each place."""
        return np.repeat(np.arange(len(self.first_place) - 1), np.diff(self.first_place))

    def in_totals(self, totals: Floats) -> Floats:
        """What the amounts of each place are worth where a unit in each counter is worth so much."""
        first, worth = self.first_counter[self.person_of], np.zeros(len(self.options))
        padded = np.append(totals, np.zeros(self.amounts.shape[1] + 1))
        for place in range(self.amounts.shape[1]):
            worth += padded[first + place] * self.amounts[:, place]
        return worth


def _person(route: Route) -> _Person:
    """The options of one person."""
    walk = route.walk
    day = np.searchsorted(walk.first, np.arange(len(route.options)), side="right")
    order = np.flatnonzero(route.prices < NEVER)
    order = order[np.argsort(walk.times[order, 0], kind="stable")]
    return _Person(
        route.options[order].astype(np.int64),
        route.prices[order],
        _following(walk, day, order),
        [
            _Total(total.amounts[order], total.least, total.cost, total.pieces)
            for total in [*_totals(walk, route.relaxed, day), *_days_beside_rests(walk, day)]
        ],
    )


def _following(walk: Walk, day: Longs, order: Longs) -> Longs:
    """For each of some options, by start, the first of them that hard gaps allow after it."""
    start, end = (walk.times[order, side].astype(np.int64) for side in (0, 1))
    free = np.full(len(order), -FAR)
    for gap in np.flatnonzero(walk.gaps[:, GAP_WEIGHT] >= HARD):
        since = start if walk.gaps[gap, FROM_START] else end
        counts = walk.gap_counts[order, gap] != 0
        free = np.where(counts, np.maximum(free, since + walk.gaps[gap, GAP_MINUTES]), free)
    following = np.maximum(np.searchsorted(start, free), np.arange(1, len(order) + 1))
    days = day[order]
    if walk.scalars[ONE_A_DAY] and np.all(np.diff(days) >= 0):
        following = np.maximum(following, np.searchsorted(days, days, side="right"))
    return following


def _totals(walk: Walk, relaxed: Ints, day: Longs) -> list[_Total]:
    """The counters that can bind, with their costs in pieces."""
    found = []
    for counter in np.flatnonzero(relaxed == 0):
        limits = walk.limits[walk.counters[counter, ROWS] : walk.counters[counter + 1, ROWS]]
        amounts = walk.amounts[:, counter].astype(np.int64)
        highs = np.zeros(int(day.max(initial=0)) + 1, np.int64)
        lows = highs.copy()
        if walk.scalars[ONE_A_DAY]:
            np.maximum.at(highs, day, amounts)
            np.minimum.at(lows, day, amounts)
        else:
            np.add.at(highs, day, np.maximum(amounts, 0))
            np.add.at(lows, day, np.minimum(amounts, 0))
        least, most = int(lows.sum()), int(highs.sum())

        def cost(total: int, limits: Longs = limits) -> float:
            under, above = limits[:, LEAST] - total, total - limits[:, MOST]
            return float((limits[:, WEIGHT] * (np.maximum(under, 0) + np.maximum(above, 0))).sum())

        between = {int(at) for at in limits[:, [LEAST, MOST]].reshape(-1) if least < at < most}
        edges = [least, *sorted(between), most]
        costs = [cost(edge) for edge in edges]
        pieces = [
            (after - before, (then - now) / (after - before))
            for before, after, now, then in zip(edges, edges[1:], costs, costs[1:], strict=False)
            if after > before
        ]
        found.append(_Total(amounts, least, costs[0], pieces))
    return found


def _days_beside_rests(walk: Walk, day: Longs) -> list[_Total]:
    """Counters of days with work, each with the most that leave room for a rest that has to be somewhere."""
    found: list[_Total] = []
    start, end = walk.times[:, 0].astype(np.int64), walk.times[:, 1].astype(np.int64)
    first_end = np.full(day.max(initial=0) + 1, FAR)
    last_start = np.full(len(first_end), -FAR)
    np.minimum.at(first_end, day, end)
    np.maximum.at(last_start, day, start)
    rests = walk.rests if walk.scalars[ONE_A_DAY] else walk.rests[:0]
    for rest, after in pairwise(rests):
        if rest[REST_WEIGHT] < HARD or rest[RESTED]:
            continue
        windows = walk.windows[rest[WINDOWS] : after[WINDOWS]]
        inside = (start >= windows[:, 0].min()) & (start < windows[:, 1].max())
        days, most = np.unique(day[inside]), 0
        for since, until, minutes in windows.tolist():
            begins = np.append(end[(end > since) & (end <= until - minutes)], since)[:, None]
            beside = (first_end[days] <= begins) | (last_start[days] >= begins + minutes)
            most = max(most, int(beside.sum(1).max()))
        if most < len(days):
            found.append(_Total(inside.astype(np.int64), 0, 0.0, [(most, 0.0)]))
    return found
