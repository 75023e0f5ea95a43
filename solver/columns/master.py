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
    """

    cost: float
    duals: Floats
    shares: dict[int, float]
    values: Floats


class Master:
    """A linear program with a row for each person and each row of demand.

    Parameters
    ----------
    demand
        The rows that people together are wanted for.
    people
        Their places in the tables.
    """

    def __init__(self, demand: Wanted, people: Iterable[int]) -> None:
        """No columns yet, so that it has no solution."""
        self._demand = demand
        self._people = list(people)
        self.columns: list[Column] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._build()

    def _build(self) -> None:
        solver = pywraplp.Solver.CreateSolver("GLOP")
        solver.SetSolverSpecificParametersAsString("use_preprocessing: false")
        self._solver, self._objective = solver, solver.Objective()
        self._objective.SetMinimization()
        self._rows = [solver.Constraint(-people, -people) for people in self._demand.besides]
        self._shares = {person: solver.Constraint(1.0, 1.0) for person in self._people}
        self._variables: list[pywraplp.Variable] = []
        for row, slopes in zip(self._rows, self._demand.slopes, strict=True):
            for most, slope in steps(slopes):
                variable = solver.NumVar(0.0, most, "")
                self._objective.SetCoefficient(variable, slope)
                row.SetCoefficient(variable, -1.0)

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
        for row, count in zip(column.rows.tolist(), column.counts.tolist(), strict=True):
            self._rows[row].SetCoefficient(variable, float(count))
        self._variables.append(variable)

    def solve(self, seconds: float | None = None) -> Mix | None:
        """Mix the columns as well as can be; None where nothing keeps all rows, or time is up."""
        if seconds is not None:
            self._solver.SetTimeLimit(max(1, int(1000 * seconds)))
        status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            return None
        return Mix(
            self._objective.Value(),
            np.array([row.dual_value() for row in self._rows]),
            {person: row.dual_value() for person, row in self._shares.items()},
            np.array([variable.solution_value() for variable in self._variables]),
        )

    def fix(self, column: Column) -> None:
        """Give a person this column and no other, from now on."""
        for variable, other in zip(self._variables, self.columns, strict=True):
            if other.person == column.person:
                same = other.options == column.options
                variable.SetBounds(float(same), float(same))
