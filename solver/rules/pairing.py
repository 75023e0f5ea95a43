"""Pairing: people who work only while a partner does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from solver.rules.accompanied import Accompanied, Company
from solver.rules.keep_apart import at_place, places_of
from solver.rules.staff import ANYBODY, Staff, picked

if TYPE_CHECKING:
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing(Accompanied):
    """Each employee in scope works only while one of ``partners`` works; a trainee with a mentor.

    Tags and days of the scope narrow the employees' work, not the partners'. With the same people in the
    scope and as partners they work together or not at all. Charged are the minutes without a partner.

    Parameters
    ----------
    partners
        Ids; nobody is a partner of their own.
    same_location
        Whether the partner has to be at the same place.
    """

    id: ClassVar[str] = "pairing"
    unit: ClassVar[str] = "minutes"

    partners: tuple[str, ...] = ()
    same_location: bool = False

    def check_parameters(self) -> None:
        """There are partners, and the people are named."""
        if not self.partners:
            raise ValueError("partners is empty; name at least one")
        if not self.scope.employees:
            raise ValueError(f"scope.employees is {self.scope.employees}; name who needs a partner")
        for who in self.scope.employees:
            if set(self.partners) == {who}:
                raise ValueError(f"partners names {who} only, who needs somebody else")

    def companies(self, problem: Problem) -> Iterator[Company]:
        """One for each employee, or for each employee and place."""
        for employee in self.scope.people(problem):
            needing = picked(problem, replace(self.scope, employees=(employee.id,)), ANYBODY)
            others = tuple(who for who in self.partners if who != employee.id)
            giving = Staff(employees=others).when
            if not self.same_location:
                yield Company(needing, giving, employee.id)
                continue
            for place in places_of(problem):
                yield Company(at_place(needing, place), at_place(giving, place), employee.id)
