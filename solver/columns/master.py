"""The restricted master: a linear program that mixes the personal rosters found so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import ortools.linear_solver.pywraplp as pywraplp

from solver.columns.demand import Wanted, steps
from solver.columns.labels import Floats
from solver.lns.kernel import Ints


@dataclass(frozen=True)
class Column:
    """The whole roster of one person.

    Parameters
    ----------
    person
        The person's place in the tables.
    options
        What the person works, by the numbers of the options, by start.
    cost
        What the rules about the person charge.
    rows, counts
        The rows of demand it counts in, and how often in each.
    """

    person: int
    options: tuple[int, ...]
    cost: float
    rows: Ints = field(compare=False)
    counts: Ints = field(compare=False)


@dataclass(frozen=True)
class Mix:
    """An optimal solution of the restricted master.

    Parameters
    ----------
    cost
        The objective, without what nobody at all costs.
    duals
        Of the rows: what a person more in a row is worth.
    shares
        Of each person: what the person adds to the cost at the prices of the rows.
    values
        How much of each column is taken, in the order in which they were added.
    lent
        How many people it has in rows more and less than there are, in all, where prices are held.
    """

    cost: float
    duals: Floats
    shares: dict[int, float]
    values: Floats
    lent: float = 0.0


@dataclass(frozen=True)
class Held:
    """Prices that those of a program are held near: a person more or less in a row can be had for money.

    Prices of few columns are wild, and what is generated at them is of no use later. Where prices near the
    true ones are known, this keeps them there.

    Parameters
    ----------
    prices
        What a person more in each row is worth.
    reach
        How much more than that one person more costs, and how much less one person less brings in.

    References
    ----------
    du Merle, Villeneuve, Desrosiers, Hansen (1999), Stabilized column generation.
    """

    prices: Floats
    reach: float


class Master:
    """A linear program with a row for each person and each row of demand.

    Parameters
    ----------
    demand
        The rows that people together are wanted for.
    people
        Their places in the tables.
    held
        What prices are held near; then a mix may cost less than any mix of rosters.
    """

    def __init__(self, demand: Wanted, people: Iterable[int], held: Held | None = None) -> None:
        """No columns yet, so that it has no solution."""
        self._demand = demand
        self._people = list(people)
        self._held = held
        self._fixed = False
        self.columns: list[Column] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._build()

    def _build(self) -> None:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver, self._objective = solver, solver.Objective()
        self._objective.SetMinimization()
        besides, following = np.array(self._demand.besides), self._demand.following
        self._come = besides.copy()
        self._come[following[following >= 0]] -= besides[following >= 0]
        self._rows: list[pywraplp.Constraint | None] = [None] * len(besides)
        self._shares = {person: solver.Constraint(1.0, 1.0) for person in self._people}
        self._variables: list[pywraplp.Variable] = []
        for row, slopes in enumerate(self._demand.slopes):
            for most, slope in steps(slopes):
                self._add_people(row, most, slope, -1.0)
        self._lent: list[tuple[pywraplp.Variable, int, float]] = []
        if self._held is not None:
            for row, price in enumerate(self._held.prices.tolist()):
                for sign in (1.0, -1.0) if len(self._demand.slopes[row]) else ():
                    cost = sign * price + self._held.reach
                    self._lent.append((self._add_people(row, 1.0, cost, sign), row, sign))

    def _row(self, row: int) -> pywraplp.Constraint:
        """The constraint of a row, made once something counts in it."""
        found = self._rows[row]
        if found is None:
            people = float(self._come[row])
            self._rows[row] = found = self._solver.Constraint(-people, -people)
        return found

    def _add_people(self, row: int, most: float, cost: float, sign: float) -> pywraplp.Variable:
        """A variable that adds people to a row, or takes them from it, for so much each."""
        variable = self._solver.NumVar(0.0, most, "")
        self._objective.SetCoefficient(variable, cost)
        self._row(row).SetCoefficient(variable, sign)
        then = int(self._demand.following[row])
        if then >= 0:
            self._row(then).SetCoefficient(variable, -sign)
        return variable

    def add(self, column: Column) -> bool:
        """Add a column; whether it is new."""
        key = (column.person, column.options)
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append(column)
        self._append(column)
        return True

    def _append(self, column: Column) -> None:
        variable = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._objective.SetCoefficient(variable, column.cost)
        self._shares[column.person].SetCoefficient(variable, 1.0)
        come = np.zeros(len(self._rows))
        come[column.rows] = column.counts
        following = self._demand.following[column.rows]
        come[following[following >= 0]] -= column.counts[following >= 0]
        for row in np.flatnonzero(come).tolist():
            self._row(row).SetCoefficient(variable, float(come[row]))
        self._variables.append(variable)

    def solve(self, seconds: float | None = None) -> Mix | None:
        """Mix the columns as well as can be; None where nothing keeps all rows, or time is up."""
        if seconds is not None:
            self._solver.SetTimeLimit(max(1, int(1000 * seconds)))
        self._solver.SetSolverSpecificParametersAsString(
            f"use_preprocessing: false use_dual_simplex: {str(self._fixed).lower()}"
        )
        self._fixed = False
        status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            return None
        following = self._demand.following
        duals = np.array([0.0 if row is None else row.dual_value() for row in self._rows])
        return Mix(
            self._objective.Value(),
            duals - np.where(following >= 0, np.append(duals, 0.0)[following], 0.0),
            {person: row.dual_value() for person, row in self._shares.items()},
            np.array([variable.solution_value() for variable in self._variables]),
            float(sum(variable.solution_value() for variable, _, _ in self._lent)),
        )

    def hold(self, held: Held) -> None:
        """Hold prices nearer to others, or less near; they have to be held from the beginning."""
        for variable, row, sign in self._lent:
            self._objective.SetCoefficient(variable, sign * float(held.prices[row]) + held.reach)

    def fix(self, column: Column) -> None:
        """Give a person this column and no other, from now on.

        The dual simplex mends what that breaks: the primal one takes twenty times as long for weeks, and a
        third longer for months of given shifts.
        """
        self._fixed = True
        for variable, other in zip(self._variables, self.columns, strict=True):
            if other.person == column.person:
                same = other.options == column.options
                variable.SetBounds(float(same), float(same))
