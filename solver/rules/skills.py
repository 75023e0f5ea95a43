"""Skills: whoever covers a skill holds it, from the first minute to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills(OptionRule):
    """An employee holds the skill an assignment asks for, and it is valid for the whole span."""

    id: ClassVar[str] = "skills"
    unit: ClassVar[str] = "minutes"

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """The length of the assignment if the skill is not held throughout."""
        return 0 if employee.can(work.skill, work.start, work.end) else work.minutes

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether the person never holds the skill."""
        return work.skill is not None and all(held.skill != work.skill for held in employee.skills)

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The skill asked for."""
        return {"skill": work.skill or ""}
