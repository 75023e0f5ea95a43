"""Skills: whoever covers a skill holds it, from the first minute to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.spans import overlap_minutes
from solver.work import Task, Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills(OptionRule):
    """An employee holds all skills an assignment asks for, and each is valid for the whole span.

    Asked for are the ``skill`` that the work covers and, of each entry of its ``requires``, any one skill;
    of each of its tasks, the skill while it lasts.
    """

    id: ClassVar[str] = "skills"
    unit: ClassVar[str] = "minutes"
    looks_inside: ClassVar[bool] = True

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """The length of the assignment if the skills are not held throughout."""
        if not employee.meets(work):
            return work.minutes
        return sum(self.task_shortfall(problem, employee, task) for task in work.tasks)

    def task_shortfall(self, problem: Problem, employee: Employee, task: Task) -> int:
        """The minutes of the task during which its skill is not held."""
        held = overlap_minutes(task.start, task.end, employee.validity(task.skill))
        return task.end - task.start - held

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether the person never holds one of them."""
        held = {one.skill for one in employee.skills}
        return (work.skill is not None and work.skill not in held) or any(
            held.isdisjoint(alternatives) for alternatives in work.requires
        )

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The skills that are missing."""
        asked: list[tuple[tuple[str, ...], int, int]] = []
        if work.skill is not None:
            asked.append(((work.skill,), work.start, work.end))
        asked += [(alternatives, work.start, work.end) for alternatives in work.requires]
        asked += [((task.skill,), task.start, task.end) for task in work.tasks]
        missing = (
            " or ".join(alternatives)
            for alternatives, start, end in asked
            if not any(employee.can(skill, start, end) for skill in alternatives)
        )
        return {"skill": " and ".join(dict.fromkeys(missing))}
