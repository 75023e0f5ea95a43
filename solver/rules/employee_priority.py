"""Employee priority: who gets work first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.resources import PerWork
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeePriority(PersonalRule):
    """Work goes to employees of priority 0 before those of 1, and so on.

    Charged is each paid minute times the employee's ``priority``: order of choice, where ``labour_cost`` is
    money.
    """

    id: ClassVar[str] = "employee_priority"

    level: Level = "soft"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """At most one value per employee: the minutes of all assignments in scope."""
        if not employee.priority:
            return []
        paid = sum(work.paid for work in self.counted(problem, own))
        if not paid:
            return []
        facts = {"paid": paid, "priority": employee.priority}
        return [self.breach(paid * employee.priority, employee=employee.id, facts=facts)]

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """The paid minutes of each assignment, times the priority."""
        if not employee.priority:
            return []
        counts, times = self.scope.counts, employee.priority
        return [PerWork(lambda work: work.paid * times if counts(problem, work) else 0)]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price per paid minute."""
        for person in model.people(self):
            if person.employee.priority:
                counted = (e.minutes("paid") for e in person.own if e.counts(self.scope))
                model.at_most(self, Linear.total(counted).times(person.employee.priority), 0)
