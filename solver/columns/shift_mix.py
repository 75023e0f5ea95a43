"""Mixing single shifts: a bound within seconds, also where there are too many options for whole rosters.

A linear program takes so much of each option of each person. It knows what is wanted, that a person works
once a day, and totals such as hours; rests, runs and all else about several days in a row are left out, so it
never costs more than a roster. Only options that pay at the prices so far are in it; others follow where they
pay (sifting). Coverage is written as flows: people in a block are those of the block before, and those who
come, without those who go, so that an option is in few rows however long it is.

References
----------
Bixby, Gregory, Lustig, Marsten, Shanno (1992), Very large-scale linear programming: a case study in combining
interior point and simplex methods (sifting).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import ortools.linear_solver.pywraplp as pywraplp

from solver.columns.demand import Demand, steps
from solver.columns.labels import LEAST, MOST, NEVER, ONE_A_DAY, ROWS, WEIGHT, Floats, Walk
from solver.columns.walks import Route, route_of
from solver.cpsat.model import OutOfTime
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.kernel import Ints, Longs
from solver.lns.tables import WEIGHTS, Tables
from solver.rules.coverage import fixed_work
from solver.work import Roster

FEW = 4
"""Options of a person on a day that are added at a time at most."""

TINY = 1e-6
"""Reduced costs closer to zero than this do not count."""


@dataclass(frozen=True)
class _Total:
    """A counter of one person: amounts of the person's options, and convex costs of their sum in pieces."""

    amounts: Longs
    least: int
    cost: float
    pieces: list[tuple[int, float]]  # length, slope


class ShiftMix:
    """The best mix of single shifts, as it is found.

    Parameters
    ----------
    tables
        The problem.
    base
        A roster whose options are in the mix from the start.
    stopped
        Asked between two people while all is prepared.

    Raises
    ------
    OutOfTime
        Once ``stopped`` says so.

    Attributes
    ----------
    demand
        The rows of what is wanted.
    bound
        No roster costs less, all levels added up by `WEIGHTS`.
    prices
        For each row of demand what a person more is worth at the bound.
    """

    def __init__(self, tables: Tables, base: Roster, stopped: Callable[[], bool] = lambda: False) -> None:
        """Build the program with the options of the base."""
        problem, world = tables.problem, tables.world
        self.demand = Demand(world, tables.people_at(fixed_work(problem)))
        self.bound = -np.inf
        self.prices: Floats = np.zeros(len(self.demand.slopes))
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString("use_preprocessing: false")
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._build_demand()
        nobody = Roster()
        score = evaluate(problem, nobody).score
        weighted = sum(weight * score.of(level) for level, weight in WEIGHTS.items())
        self._constant = float(weighted - Annealing(tables, nobody, 0).state.cost.sum())
        self._counter_rows: list[pywraplp.Constraint] = []
        self._pieces: list[tuple[int, int, float]] = []
        self._bases: list[float] = []
        self._group_rows: list[pywraplp.Constraint] = []
        parts = []
        for person in range(len(tables.employees)):
            if stopped():
                raise OutOfTime
            parts.append(self._add_person(route_of(world, person, problem.calendar.size)))
        self._options, self._option_prices, self._groups = (
            np.concatenate([np.zeros(0, np.int64), *(part[at] for part in parts)]) for at in range(3)
        )
        starts = np.cumsum([0, *(len(part[0]) for part in parts)])
        self._fill_counters([part[3] for part in parts], starts)
        self._inside = np.zeros(len(self._options), bool)
        self._begin(tables.numbers(base), starts)

    # -- building

    def _variable(self, most: float, cost: float) -> pywraplp.Variable:
        variable = self._solver.NumVar(0.0, most, "")
        if cost:
            self._objective.SetCoefficient(variable, cost)
        return variable

    def _build_demand(self) -> None:
        rows, infinity = self.demand.rows, self._solver.infinity()
        self._flows = [[self._solver.Constraint(0.0, 0.0) for _ in curve] for curve in rows]
        self._shifts = [
            self._solver.Constraint(0.0, 0.0) for _ in self.demand.slopes[self.demand.first_shift :]
        ]
        for flows, curve in zip(self._flows, rows.tolist(), strict=True):
            for block, row in enumerate(curve):
                slopes = None if row < 0 else self.demand.slopes[row]
                for most, slope in [(infinity, 0.0)] if slopes is None else steps(slopes):
                    people = self._variable(most, slope)
                    flows[block].SetCoefficient(people, 1.0)
                    if block + 1 < len(flows):
                        flows[block + 1].SetCoefficient(people, -1.0)
        for constraint, slopes in zip(
            self._shifts, self.demand.slopes[self.demand.first_shift :], strict=True
        ):
            for most, slope in steps(slopes):
                constraint.SetCoefficient(self._variable(most, slope), 1.0)

    def _add_person(self, route: Route) -> tuple[Longs, Floats, Longs, list[tuple[int, Longs]]]:
        """Add rows; the options, prices, groups of which one is worked, and counters with amounts."""
        walk = route.walk
        self._constant += route.constant
        day = np.searchsorted(walk.first, np.arange(len(route.options)), side="right")
        keys = day if walk.scalars[ONE_A_DAY] else day * (len(route.options) + 1) + walk.times[:, 2]
        order = np.flatnonzero(route.prices < NEVER)
        order = order[np.argsort(keys[order], kind="stable")]
        _, groups = np.unique(keys[order], return_inverse=True)
        first = len(self._group_rows)
        for _ in range(int(groups.max(initial=-1)) + 1):
            self._group_rows.append(self._solver.Constraint(-self._solver.infinity(), 1.0))
        counters = [
            (self._add_total(total), total.amounts[order]) for total in _totals(walk, route.relaxed, day)
        ]
        return route.options[order].astype(np.int64), route.prices[order], first + groups, counters

    def _add_total(self, total: _Total) -> int:
        number = len(self._counter_rows)
        row = self._solver.Constraint(float(total.least), float(total.least))
        for length, slope in total.pieces:
            row.SetCoefficient(self._variable(float(length), slope), -1.0)
            self._pieces.append((number, length, slope))
        self._counter_rows.append(row)
        self._constant += total.cost
        self._bases.append(float(total.least))
        return number

    def _fill_counters(self, counters: Sequence[Sequence[tuple[int, Longs]]], starts: Longs) -> None:
        """For each option the counters it adds to, and how much; unused places add nothing."""
        most = max((len(own) for own in counters), default=0)
        size = len(self._options)
        self._counters = np.full((size, most), len(self._counter_rows), np.int64)
        self._amounts = np.zeros((size, most))
        for own, first, last in zip(counters, starts, starts[1:], strict=False):
            for place, (number, amounts) in enumerate(own):
                self._counters[first:last, place] = number
                self._amounts[first:last, place] = amounts

    def _begin(self, numbers: Sequence[Sequence[int]], starts: Longs) -> None:
        wanted = [
            first + np.flatnonzero(np.isin(self._options[first:last], own))
            for own, first, last in zip(numbers, starts, starts[1:], strict=False)
        ]
        for place in np.concatenate([np.zeros(0, np.int64), *wanted]):
            self._add(int(place))

    def _add(self, place: int) -> None:
        self._inside[place] = True
        option = int(self._options[place])
        variable = self._variable(self._solver.infinity(), float(self._option_prices[place]))
        self._group_rows[self._groups[place]].SetCoefficient(variable, 1.0)
        for counter, amount in zip(self._counters[place], self._amounts[place], strict=True):
            if amount:
                self._counter_rows[counter].SetCoefficient(variable, float(amount))
        curves, first, last, shift = self.demand.where(option)
        for curve in curves:
            flows = self._flows[curve]
            if first < last:
                flows[first].SetCoefficient(variable, -1.0)
                if last < len(flows):
                    flows[last].SetCoefficient(variable, 1.0)
        if shift >= 0:
            self._shifts[shift].SetCoefficient(variable, -1.0)

    # -- solving

    def step(self, seconds: float | None = None) -> bool:
        """Mix the options that are in, raise the bound, add options that pay; whether there were any.

        Parameters
        ----------
        seconds
            How long it may take at most.
        """
        if seconds is not None:
            self._solver.SetTimeLimit(max(1, int(1000 * seconds)))
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            return False
        duals, totals = self._duals(), np.array([*(row.dual_value() for row in self._counter_rows), 0.0])
        gains = self.demand.gains(duals)
        reduced = self._option_prices - gains[self._options] - (totals[self._counters] * self._amounts).sum(1)
        firsts = np.flatnonzero(np.diff(self._groups, prepend=-1))
        least = np.minimum.reduceat(reduced, firsts) if len(firsts) else np.zeros(0)
        bound = self._constant + self.demand.least(duals) + np.minimum(least, 0.0).sum()
        bound += float(totals[:-1] @ np.array(self._bases)) if self._bases else 0.0
        bound += sum(length * min(0.0, slope + totals[number]) for number, length, slope in self._pieces)
        if bound > self.bound:
            self.bound, self.prices = float(bound), duals
        return self._grow(reduced)

    def _duals(self) -> Floats:
        """What a person more in each row of demand is worth."""
        duals = np.zeros(len(self.demand.slopes))
        for flows, rows in zip(self._flows, self.demand.rows, strict=True):
            values = np.array([*(flow.dual_value() for flow in flows), 0.0])
            here = rows >= 0
            duals[rows[here]] = np.diff(values)[here]
        duals[self.demand.first_shift :] = [-row.dual_value() for row in self._shifts]
        return duals

    def _grow(self, reduced: Floats) -> bool:
        """Add the options of each group that pay most; whether there were any."""
        rows = np.array([row.dual_value() for row in self._group_rows])
        paying = np.flatnonzero((reduced - rows[self._groups] < -TINY) & ~self._inside)
        paying = paying[np.lexsort((reduced[paying], self._groups[paying]))]
        rank = np.arange(len(paying)) - np.searchsorted(self._groups[paying], self._groups[paying])
        chosen = paying[rank < FEW]
        for place in chosen.tolist():
            self._add(place)
        return len(chosen) > 0

    def interrupt(self) -> None:
        """End a running step soon."""
        self._solver.InterruptSolve()


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
