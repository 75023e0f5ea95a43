"""Preferred skills: work goes to those who hold the skills that are welcome for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.violation import Level
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferredSkills(OptionRule):
    """An employee holds the preferred skills of an assignment, each for the whole span.

    Charged are the minutes of the assignment, once for each skill that is not held.
    """

    id: ClassVar[str] = "preferred_skills"

    level: Level = "soft"

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """The length of the assignment times the skills that are missing."""
        return work.minutes * len(_missing(employee, work)) if work.preferred_skills else 0

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The skills that are missing."""
        return {"missing": ", ".join(_missing(employee, work))}


def _missing(employee: Employee, work: Work) -> list[str]:
    return [skill for skill in work.preferred_skills if not employee.can(skill, work.start, work.end)]
