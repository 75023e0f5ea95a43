"""A CP-SAT program being built: variables, clauses, linear constraints and the costs of each level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from solver.cpsat.linear import FALSE, TRUE, Linear, Lit
from solver.violation import LEVELS, Level


class Program:
    """Builds CP-SAT's own format directly; no meaning of rosters in here.

    All variables are integers from 0 to some upper bound, most of them 0-1.
    """

    def __init__(self) -> None:
        """Only the constant 1."""
        self.cp = cp_model.CpModel()
        self._proto = self.cp.proto
        self.upper: list[int] = []
        self.costs: dict[Level, Linear] = {level: Linear() for level in LEVELS}
        self._excess: dict[tuple[object, ...], int] = {}
        one = self._variable(1, 1)
        assert one == TRUE  # noqa: S101 (what every literal relies on)

    def _variable(self, lower: int, upper: int) -> int:
        self._proto.variables.add().domain.extend([lower, upper])
        self.upper.append(upper)
        return len(self.upper) - 1

    def literal(self) -> Lit:
        """A new 0-1 variable."""
        return self._variable(0, 1)

    def amount(self, upper: int) -> int:
        """A new variable from 0 to ``upper``; its index."""
        return self._variable(0, upper)

    def clause(self, literals: Iterable[Lit]) -> None:
        """At least one of the literals holds."""
        kept = set(literals)
        if TRUE in kept:
            return
        kept.discard(FALSE)
        for literal in kept:
            if ~literal in kept:
                return
        self._proto.constraints.add().bool_or.literals.extend(sorted(kept))

    def bounds(self, linear: Linear) -> tuple[int, int]:
        """The least and the greatest value an expression can have."""
        low = high = linear.constant
        for variable, coefficient in linear.terms.items():
            if coefficient > 0:
                high += coefficient * self.upper[variable]
            else:
                low += coefficient * self.upper[variable]
        return low, high

    def at_most(self, linear: Linear, bound: int, *, when: Sequence[Lit] = ()) -> None:
        """``linear <= bound``, where all literals of ``when`` hold."""
        low, high = self.bounds(linear)
        if high <= bound:
            return
        if low > bound:
            self.clause([~literal for literal in when])
            return
        constraint = self._proto.constraints.add()
        constraint.linear.vars.extend(list(linear.terms))
        constraint.linear.coeffs.extend(list(linear.terms.values()))
        constraint.linear.domain.extend([low - linear.constant, bound - linear.constant])
        enforced = [literal for literal in when if literal != TRUE]
        if enforced:
            constraint.enforcement_literal.extend(enforced)

    def at_least(self, linear: Linear, bound: int, *, when: Sequence[Lit] = ()) -> None:
        """``linear >= bound``, where all literals of ``when`` hold."""
        self.at_most(linear.times(-1), -bound, when=when)

    def equal(self, linear: Linear, value: int) -> None:
        """``linear == value``."""
        constraint = self._proto.constraints.add()
        constraint.linear.vars.extend(list(linear.terms))
        constraint.linear.coeffs.extend(list(linear.terms.values()))
        constraint.linear.domain.extend([value - linear.constant] * 2)

    def named(self, linear: Linear) -> Linear:
        """The same value as a single variable plus a constant."""
        low, high = self.bounds(linear)
        if len(linear.terms) < 2:
            return linear
        total = self.amount(high - low)
        difference = linear.plus(-low)
        difference.add(total, -1)
        self.equal(difference, 0)
        return Linear.of(total).plus(low)

    def charge(self, level: Level, price: int, linear: Linear) -> None:
        """Add a multiple of an expression to the costs of a level."""
        self.costs[level].add_all(linear, price)

    def charge_excess(self, level: Level, price: int, linear: Linear) -> None:
        """Add a multiple of the positive part of an expression to the costs of a level."""
        low, high = self.bounds(linear)
        if high <= 0:
            return
        if low >= 0:
            self.charge(level, price, linear)
            return
        key = (linear.constant, *linear.terms.items())
        if key not in self._excess:
            over = self._excess[key] = self.amount(high)
            short = linear.plus(0)
            short.add(over, -1)
            self.at_most(short, 0)
        self.costs[level].add(self._excess[key], price)

    def minimise(self, linear: Linear) -> None:
        """Replace the objective."""
        objective = self._proto.objective
        objective.vars.clear()
        objective.coeffs.clear()
        terms = {variable: coefficient for variable, coefficient in linear.terms.items() if coefficient}
        objective.vars.extend(list(terms))
        objective.coeffs.extend(list(terms.values()))
        objective.offset = linear.constant

    def hint(self, values: dict[int, int]) -> None:
        """Replace the hint by values of variables."""
        self._proto.solution_hint.vars.clear()
        self._proto.solution_hint.values.clear()
        self._proto.solution_hint.vars.extend(list(values))
        self._proto.solution_hint.values.extend(list(values.values()))
