"""Staff preferences: whom a given shift should rather go to, and whom not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.resources import PerWork
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPreferences(PersonalRule):
    """Given shifts go to their preferred employees and not to their unpreferred ones.

    Charged are the minutes of a shift that has preferred employees, none of whom is the one who works it, and
    of one worked by an unpreferred employee. Where hard, nobody else takes it.
    """

    id: ClassVar[str] = "staff_preferences"

    level: Level = "soft"

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Each assignment by itself."""
        return "work"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each shift that should rather be somebody else's."""
        return [
            self.breach(
                work.minutes,
                employee=employee.id,
                works=[work],
                facts={"preferred": ", ".join(problem.shift_by_id[work.shift].preferred_employees)},
            )
            for work in self.counted(problem, own)
            if isinstance(work, Assignment)
            and work.shift is not None
            and _better_others(problem, employee, work)
        ]

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """The minutes of each shift that should rather be somebody else's."""

        def amount(work: Assignment) -> int:
            counts = self.scope.counts(problem, work) and _better_others(problem, employee, work)
            return work.minutes if counts else 0

        return [PerWork(amount)]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price per slot."""
        for person in model.people(self):
            for element in person.own:
                if element.counts(self.scope) and _better_others(
                    model.problem, person.employee, element.work
                ):
                    model.at_most(self, element.minutes("present"), 0)


def _better_others(problem: Problem, employee: Employee, work: Work) -> bool:
    """Whether the given shift that the work fills should rather be somebody else's."""
    if not isinstance(work, Assignment) or work.shift is None:
        return False
    shift = problem.shift_by_id[work.shift]
    wanted = shift.preferred_employees
    return (bool(wanted) and employee.id not in wanted) or employee.id in shift.unpreferred_employees
