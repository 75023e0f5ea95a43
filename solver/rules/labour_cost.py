"""Labour cost: what the paid minutes cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourCost(PersonalRule):
    """Each paid minute costs the employee's ``cost_per_minute``."""

    id: ClassVar[str] = "labour_cost"
    unit: ClassVar[str] = "price"

    level: Level = "soft"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """At most one value per employee: the price of all assignments in scope."""
        paid = sum(work.paid for work in self.counted(problem, own))
        if not paid or not employee.cost_per_minute:
            return []
        facts = {"paid": paid, "cost_per_minute": employee.cost_per_minute}
        return [self.breach(paid * employee.cost_per_minute, employee=employee.id, facts=facts)]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price per paid minute."""
        for person in model.people(self):
            price = person.employee.cost_per_minute
            if price:
                counted = (e.minutes("paid") for e in person.own if e.counts(self.scope))
                model.at_most(self, Linear.total(counted).times(price), 0)
