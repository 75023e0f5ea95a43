"""What all people together are wanted for: rows with convex costs of how many there are."""

from __future__ import annotations

from copy import copy
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from solver.columns.labels import Floats
from solver.lns import kernel
from solver.lns.kernel import FORBIDDEN, Ints, Longs, World

LONG_OPTIONS = 4.0
"""Blocks of an option, on average, from which on rows are told as flows from block to block."""


def steps(slopes: Floats) -> list[tuple[float, float]]:
    """How many people cost or save how much, each the cheapest first.

    Examples
    --------
    >>> steps(np.array([-3.0, -3.0, 0.0]))
    [(2.0, -3.0), (1.0, 0.0)]
    """
    found = zip(*np.unique(slopes, return_counts=True), strict=True)
    return [(float(number), float(slope)) for slope, number in found]


class Wanted(Protocol):
    """Rows with convex costs: for each what one more costs, and how many are there in any case.

    Where options are long, each row also says which follows it in time, or -1: a program says of it only who
    comes and who goes, so that an option is in few rows however long it is.
    """

    slopes: list[Floats]
    besides: list[float]
    following: Longs

    def gains(self, duals: Floats) -> Floats:
        """What is worth how much where one more in a row is worth its dual, as pricing reads it."""

    def least(self, duals: Floats) -> float:
        """The least that rows cost where each in one costs its dual besides."""


class Demand:
    """The rows that work of people counts in: steps of coverage curves, and given shifts.

    Parameters
    ----------
    world
        The tables of the problem.
    counted
        People who are counted in any case, by curve and cell.

    Attributes
    ----------
    slopes
        For each row what one person more costs: first person, second, and so on; never falling (the largest
        convex costs below the true ones), and ending where no more are allowed.
    besides
        For each row how many people are there besides those that are planned.
    following
        For each row that of the next block of the same curve; -1 for none, and where options are short.
    edges
        The cells between which nobody comes or goes: each pair of them is a block.
    """

    def __init__(self, world: World, counted: Ints) -> None:
        """Merge cells between whose edges nobody comes or goes."""
        options = world.options
        curves, cells, _ = world.more.shape
        self._people = len(world.people) - 1
        edges = np.unique(
            [0, cells, *options[:, kernel.FIRST_CELL], *options[:, kernel.LAST_CELL], *_changes(counted)]
        )
        self.edges = edges
        self._first = np.searchsorted(edges, options[:, kernel.FIRST_CELL])
        self._last = np.searchsorted(edges, options[:, kernel.LAST_CELL])
        kind_of = world.menus[options[:, kernel.MENU], kernel.KIND]
        self._kind = kind_of
        self._shift = world.menus[options[:, kernel.MENU], kernel.SHIFT].astype(np.int64)
        kinds = len(world.kinds) - 1
        self._counts = np.zeros((kinds, curves))
        for kind in range(kinds):
            self._counts[kind, world.lists[world.kinds[kind] : world.kinds[kind + 1]]] = 1
        self._row = np.full((curves, len(edges) - 1), -1, np.int64)
        self.slopes: list[Floats] = []
        self._longer: list[Floats] = []
        for curve in range(curves):
            for block in range(len(edges) - 1):
                slopes = self._slopes(world.more[curve], counted[curve], edges[block], edges[block + 1])
                if np.any(slopes[: self._people]):
                    self._row[curve, block] = len(self.slopes)
                    self.slopes.append(_convex(slopes[: self._people]))
                    self._longer.append(_convex(slopes))
        self._first_shift = len(self.slopes)
        for headcount, price in world.shifts.tolist():
            self.slopes.append(np.full(headcount, -float(price)))
        self.besides = [0.0] * len(self.slopes)
        self.following = np.full(len(self.slopes), -1, np.int64)
        if len(options) and (self._last - self._first).mean() > LONG_OPTIONS:
            now, then = self._row[:, :-1], self._row[:, 1:]
            both = (now >= 0) & (then >= 0)
            self.following[now[both]] = then[both]

    def _slopes(self, more: Longs, counted: Ints, first: int, last: int) -> Floats:
        here = int(counted[first])
        slopes: Floats = more[first:last, here : here + self._people + 1].sum(0).astype(np.float64)
        return slopes

    def after(self, filled: Floats) -> Demand:
        """What is wanted besides so many people in each row."""
        rest = copy(self)
        rest.slopes = [slopes[int(people) :] for slopes, people in zip(self.slopes, filled, strict=True)]
        return rest

    def counted(self, options: Longs) -> NDArray[np.bool_]:
        """In which rows any of some options counts."""
        found: NDArray[np.bool_] = self.count(options, np.ones(len(options))) > 0
        return found

    def of(self, options: Longs) -> Demand:
        """The same where nothing is wanted in rows in which none of some options counts."""
        part, rows = copy(self), self.counted(options)
        part.slopes = [own if here else own[:0] for own, here in zip(self.slopes, rows, strict=True)]
        return part

    def worth_of_one(self) -> Floats:
        """What one person more in each row is worth."""
        return np.array([-slopes[0] if len(slopes) else -float(FORBIDDEN) for slopes in self.slopes])

    def gains(self, duals: Floats, options: Longs | None = None) -> Floats:
        """What each option, or each of some, is worth where a person more in a row is worth its dual."""
        of_blocks, of_shifts = self.worths(duals)
        sums = np.concatenate([np.zeros((len(of_blocks), 1)), np.cumsum(of_blocks, 1)], 1)
        of_kinds = self._counts @ sums
        kind, first, last, shift = self._kind, self._first, self._last, self._shift
        if options is not None:
            kind, first, last, shift = kind[options], first[options], last[options], shift[options]
        gains: Floats = of_kinds[kind, last] - of_kinds[kind, first]
        held = shift >= 0
        gains[held] += of_shifts[shift[held]]
        return gains

    def worths(self, duals: Floats) -> tuple[Floats, Floats]:
        """What a person more is worth in each curve and block, and in each given shift, by the duals."""
        of_blocks: Floats = np.append(duals, 0.0)[self._row]
        return of_blocks, duals[self._first_shift :]

    def count(self, options: Longs, parts: Floats) -> Floats:
        """How many people there are in each row where so much of each of some options is worked."""
        size = len(self._counts), len(self.edges)
        at = self._kind[options] * size[1]
        come = np.bincount(at + self._first[options], parts, size[0] * size[1])
        come -= np.bincount(at + self._last[options], parts, size[0] * size[1])
        people = self._counts.T @ np.cumsum(come.reshape(size), 1)[:, :-1]
        filled = np.zeros(len(self.slopes))
        here = self._row >= 0
        filled[self._row[here]] = people[here]
        held = self._shift[options] >= 0
        shifts = np.bincount(self._shift[options][held], parts[held], len(filled) - self._first_shift)
        filled[self._first_shift :] = shifts
        return filled

    def with_one_more(self, share: float) -> Demand:
        """The same where one more person can be in each step of coverage, and a share of one is."""
        more = copy(self)
        shifts = self.slopes[self._first_shift :]
        more.slopes = self._longer + shifts
        more.besides = [share] * len(self._longer) + [0.0] * len(shifts)
        return more

    def rows_of(self, options: Ints) -> tuple[Any, Any]:
        """The rows that some work counts in, and how often."""
        found: list[Any] = []
        for option in options:
            curves = np.flatnonzero(self._counts[self._kind[option]])
            found.append(self._row[curves, self._first[option] : self._last[option]].reshape(-1))
            if self._shift[option] >= 0:
                found.append(np.array([self._first_shift + self._shift[option]]))
        rows = np.concatenate([np.zeros(0, np.int64), *found])
        return np.unique(rows[rows >= 0], return_counts=True)

    def least(self, duals: Floats) -> float:
        """The least that rows cost where each person in one costs its dual besides."""
        total = 0.0
        for slopes, dual in zip(self.slopes, duals, strict=True):
            total += np.minimum(slopes + dual, 0.0).sum()
        return float(total)

    def cost(self, filled: Floats) -> float:
        """What so many people in each row cost more than none; `FORBIDDEN` for too many."""
        total = 0.0
        for slopes, people in zip(self.slopes, filled.astype(int), strict=True):
            total += slopes[:people].sum() + (FORBIDDEN if people > len(slopes) else 0)
        return float(total)


def _changes(counted: Ints) -> list[int]:
    """The cells at which the number of people counted in any case changes."""
    return (np.flatnonzero(np.any(np.diff(counted, axis=1), axis=0)) + 1).tolist() if counted.size else []


def _convex(slopes: Floats) -> Floats:
    """The largest slopes that never fall with sums that are nowhere larger (pool adjacent violators)."""
    if np.all(np.diff(slopes) >= 0):
        return slopes
    pools: list[tuple[float, int]] = []
    for slope in slopes.tolist():
        total, size = slope, 1
        while pools and pools[-1][0] / pools[-1][1] > total / size:
            before, number = pools.pop()
            total, size = total + before, size + number
        pools.append((total, size))
    return np.concatenate([np.full(size, total / size) for total, size in pools])
