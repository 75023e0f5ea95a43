"""Locations: people work only where they may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Locations(OptionRule):
    """The location of an assignment is one of the employee's."""

    id: ClassVar[str] = "locations"
    unit: ClassVar[str] = "minutes"

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """The length of the assignment if it is somewhere else."""
        return work.minutes if self.excludes(problem, employee, work) else 0

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether the person may not work at the location."""
        return (
            work.location is not None
            and employee.locations is not None
            and work.location not in employee.locations
        )

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The location of the assignment."""
        return {"location": work.location or ""}
