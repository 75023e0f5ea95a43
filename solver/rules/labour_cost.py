"""Labour cost: what the paid minutes cost, with overtime above so many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.rule import HORIZON, Period, PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem

Step = tuple[range, int, int]
"""Days, how many more paid minutes they can have before a price rises, and by how much it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourCost(PersonalRule):
    """Each paid minute costs the employee's ``cost_per_minute``, and what ``cost_tiers`` say above so many.

    The tiers start anew in each window of the period. Paid minutes of history and upcoming work in the
    window use up the cheaper ones and cost nothing themselves. Work on a day of no window costs the base
    price.

    Parameters
    ----------
    period
        Over what the minutes of a tier are counted: ``Period(7)`` for weekly overtime. Not rolling: every
        minute is paid once.
    ledger
        Name of the ``carried`` entry with the paid minutes of the period before the horizon; where an
        employee has none, history is counted. With ``Period(None)`` the period is what is carried and the
        horizon.
    """

    id: ClassVar[str] = "labour_cost"
    unit: ClassVar[str] = "price"

    level: Level = "soft"
    period: Period = HORIZON
    ledger: str = "labour_cost"

    def check_parameters(self) -> None:
        """Nothing is paid twice."""
        if self.period.rolling:
            raise ValueError("period is rolling; every minute is paid in one window only")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """At most one value per employee: the price of all assignments in scope."""
        counted = [(problem.calendar.index(work.start), work.paid) for work in self.counted(problem, own)]
        paid = sum(minutes for _, minutes in counted)
        overtime = 0
        for days, free, extra in self.steps(problem, employee):
            overtime += extra * max(0, sum(minutes for day, minutes in counted if day in days) - free)
        price = paid * employee.cost_per_minute + overtime
        if not price:
            return []
        facts = {"paid": paid, "cost_per_minute": employee.cost_per_minute}
        if overtime:
            facts["overtime"] = overtime
        return [self.breach(price, employee=employee.id, facts=facts)]

    def steps(self, problem: Problem, employee: Employee) -> list[Step]:
        """Where a price rises, in each window."""
        return problem.remember(self, employee.id, lambda: self._steps(problem, employee))

    def _steps(self, problem: Problem, employee: Employee) -> list[Step]:
        if not employee.cost_tiers:
            return []
        prices = [employee.cost_per_minute, *(tier.cost_per_minute for tier in employee.cost_tiers)]
        rises = [after - before for before, after in pairwise(prices)]
        found: list[Step] = []
        for days in self.period.windows(problem, employee, closed=False):
            before = self._paid_before(problem, employee, days)
            for tier, extra in zip(employee.cost_tiers, rises, strict=True):
                found.append((days, max(0, tier.after_minutes - before), extra))
        return found

    def _paid_before(self, problem: Problem, employee: Employee, days: range) -> int:
        fixed = self.counted(problem, [*employee.history, *employee.upcoming])
        known = [work for work in fixed if problem.calendar.index(work.start) in days]
        began = days.start < 0 or self.period.whole_horizon
        carried = employee.brought(self.ledger) if began else None
        if carried is None:
            return sum(work.paid for work in known)
        return carried.amount + sum(work.paid for work in known if work.start >= problem.start)

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price per paid minute, and another for each beyond a step."""
        for person in model.people(self):
            elements = [element for element in person.own if element.counts(self.scope)]
            price = person.employee.cost_per_minute
            if price:
                paid = Linear.total(element.minutes("paid") for element in elements)
                model.at_most(self, paid.times(price), 0)
            for days, free, extra in self.steps(model.problem, person.employee):
                if extra:
                    paid = Linear.total(e.minutes("paid") for e in elements if e.day in days)
                    model.at_most(self, paid.times(extra), free * extra)
