"""Lower bounds of costs by linear programming."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, inf

from ortools.linear_solver.python import model_builder

from solver.cpsat.linear import TRUE, Linear
from solver.cpsat.model import OutOfTime
from solver.cpsat.program import Program
from solver.violation import Level

SLACK = 1e-5
"""What the value of a linear program may be off, relative to its size."""


class Relaxation:
    """A program without its integrality.

    Parameters
    ----------
    program
        Clauses and linear constraints become rows; constraints that hold on a condition only are left out.
    stopped
        Asked at each row whether to give up.

    Raises
    ------
    OutOfTime
        If ``stopped`` said so.
    """

    def __init__(self, program: Program, stopped: Callable[[], bool] = lambda: False) -> None:
        """Translate the program."""
        self._program = program
        self._model = model_builder.Model()  # type: ignore[no-untyped-call]  # OR-Tools' own
        self._solver = model_builder.Solver("glop")
        self._variables = [
            self._model.new_num_var(int(place == TRUE), upper, "")
            for place, upper in enumerate(program.upper)
        ]
        for constraint in program.cp.proto.constraints:
            if stopped():
                raise OutOfTime
            if constraint.has_bool_or():
                clause = Linear()
                for literal in constraint.bool_or.literals:
                    clause.add(literal, 1)
                self._model.add_linear_constraint(self._sum(clause), 1, inf)
            elif constraint.has_linear() and not list(constraint.enforcement_literal):
                total = Linear(0, dict(zip(constraint.linear.vars, constraint.linear.coeffs, strict=True)))
                domain = list(constraint.linear.domain)
                self._model.add_linear_constraint(self._sum(total), _finite(domain[0]), _finite(domain[-1]))

    def _sum(self, linear: Linear) -> model_builder.LinearExpr:
        return model_builder.LinearExpr.weighted_sum(
            [self._variables[variable] for variable in linear.terms],
            [float(coefficient) for coefficient in linear.terms.values()],
            constant=float(linear.constant),
        )

    def bound(self, level: Level, *, allowed: int | None) -> int | None:
        """The least cost of a level, as far as linear programming can tell.

        Parameters
        ----------
        level
            Which cost.
        allowed
            The most mandatory cost; None where it does not matter.

        Returns
        -------
        int | None
            A lower bound of every integer solution; None if interrupted.
        """
        costs = self._program.costs
        if not costs[level].terms:
            return costs[level].constant
        limit = None
        if allowed is not None and costs["mandatory"].terms:
            limit = self._model.add_linear_constraint(self._sum(costs["mandatory"]), -inf, float(allowed))
        self._model.minimize(self._sum(costs[level]))
        done = self._solver.solve(self._model) == model_builder.SolveStatus.OPTIMAL
        if limit is not None:
            limit.upper_bound = inf
        if not done:
            return None
        value = float(self._solver.objective_value)
        return max(0, ceil(value - SLACK * max(1.0, abs(value))))

    def interrupt(self) -> None:
        """Stop a running solve soon."""
        self._solver.stop_search()  # type: ignore[no-untyped-call]  # OR-Tools' own


def _finite(bound: int) -> float:
    return float(bound) if abs(bound) < 10**15 else inf if bound > 0 else -inf
