"""Literals as integers and linear expressions over them, as CP-SAT's own format has them."""

from __future__ import annotations

from collections.abc import Iterable

Lit = int
"""A variable's index for "it is 1", the index's complement ``~index`` for "it is 0"."""

TRUE: Lit = 0
"""Variable 0 of every program is the constant 1."""

FALSE: Lit = ~TRUE


class Linear:
    """A sum of integer multiples of variables, and a constant.

    Parameters
    ----------
    constant
        The constant.
    terms
        Coefficients by index of variable.

    Examples
    --------
    >>> Linear.of(~3, 2).terms, Linear.of(~3, 2).constant
    ({3: -2}, 2)
    """

    __slots__ = ("constant", "terms")

    def __init__(self, constant: int = 0, terms: dict[int, int] | None = None) -> None:
        """Keep the terms; they are not copied."""
        self.constant = constant
        self.terms = {} if terms is None else terms

    @classmethod
    def of(cls, literal: Lit, coefficient: int = 1) -> Linear:
        """A multiple of a literal."""
        made = cls()
        made.add(literal, coefficient)
        return made

    @classmethod
    def total(cls, parts: Iterable[Linear]) -> Linear:
        """The sum of some expressions."""
        made = cls()
        for part in parts:
            made.add_all(part)
        return made

    def add(self, literal: Lit, coefficient: int) -> None:
        """Add a multiple of a literal, in place."""
        if literal == TRUE:
            self.constant += coefficient
        elif literal >= 0:
            self.terms[literal] = self.terms.get(literal, 0) + coefficient
        elif literal != FALSE:
            self.constant += coefficient
            self.terms[~literal] = self.terms.get(~literal, 0) - coefficient

    def add_all(self, other: Linear, factor: int = 1) -> None:
        """Add a multiple of another expression, in place."""
        self.constant += factor * other.constant
        terms = self.terms
        for variable, coefficient in other.terms.items():
            terms[variable] = terms.get(variable, 0) + factor * coefficient

    def times(self, factor: int) -> Linear:
        """A multiple."""
        return Linear(self.constant * factor, {v: c * factor for v, c in self.terms.items() if factor})

    def plus(self, constant: int) -> Linear:
        """The same and a constant."""
        return Linear(self.constant + constant, dict(self.terms))

    def minus(self, other: Linear) -> Linear:
        """The difference of two expressions."""
        made = Linear(self.constant, dict(self.terms))
        made.add_all(other, -1)
        return made
