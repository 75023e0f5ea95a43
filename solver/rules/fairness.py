"""Fairness: everybody's paid minutes, with what was carried over, near the fair share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.resources import Total
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness(PersonalRule):
    """Paid minutes of the horizon plus the carried balance are near the employee's target.

    Charged is each minute of deviation, once more beyond each further ``step_minutes`` (up to ``steps``
    times in all): large deviations cost more than many small ones, so that a shortage of work is shared
    out.

    Parameters
    ----------
    step_minutes
        Width of a step, minutes, > 0.
    steps
        Number of steps, >= 1; with 1 each minute costs the same.

    Examples
    --------
    >>> Fairness(step_minutes=60, steps=2).charge_for(90)
    120
    """

    id: ClassVar[str] = "fairness"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    level: Level = "soft"
    step_minutes: int = 240
    steps: int = 4

    def check_parameters(self) -> None:
        """Steps have a width and there is one."""
        if self.step_minutes < 1 or self.steps < 1:
            raise ValueError(f"step_minutes {self.step_minutes} and steps {self.steps} must be 1 or more")
        if self.steps > 100:
            raise ValueError(f"steps is {self.steps}; use at most 100")

    def charge_for(self, deviation: int) -> int:
        """What a deviation of so many minutes is charged."""
        return sum(max(0, deviation - step * self.step_minutes) for step in range(self.steps))

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """At most one violation: the distance from the target."""
        if employee.target_minutes is None:
            return []
        paid = sum(work.paid for work in own)
        deviation = abs(paid + employee.balance_minutes - employee.target_minutes)
        if not deviation:
            return []
        facts = {"target": employee.target_minutes, "paid": paid, "balance": employee.balance_minutes}
        charged = self.charge_for(deviation)
        return [self.breach(deviation, employee=employee.id, facts=facts, charged=charged)]

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """For each step the minutes beyond it."""
        if employee.target_minutes is None:
            return []
        fair, days = employee.target_minutes - employee.balance_minutes, range(problem.calendar.size)
        widths = (step * self.step_minutes for step in range(self.steps))
        return [Total(_paid, days, fair - width, fair + width) for width in widths]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """For each step the minutes beyond it, above and below."""
        for person in model.people(self):
            target = person.employee.target_minutes
            if target is None:
                continue
            paid = Linear.total(element.minutes("paid") for element in person.own)
            distance = paid.plus(person.employee.balance_minutes - target)
            for step in range(self.steps):
                model.within(self, distance, step * self.step_minutes)


def _paid(work: Work) -> int:
    return work.paid
