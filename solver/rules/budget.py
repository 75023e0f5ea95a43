"""Budget: what all work of a group may cost, or how many hours it may take, in each window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.group_sum import GroupSum
from solver.rules.minutes import minutes_of
from solver.rules.period import HORIZON, Period
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(GroupSum):
    """The work of the people in scope together costs or lasts between ``minimum`` and ``maximum`` per window.

    Parameters
    ----------
    count
        ``cost``: each paid minute at the employee's ``cost_per_minute``; ``paid``, ``worked`` or ``present``:
        minutes, a budget of hours.
    """

    id: ClassVar[str] = "budget"
    unit: ClassVar[str] = "price"

    period: Period = HORIZON
    count: Literal["cost", "paid", "worked", "present"] = "cost"

    def counted_in(self) -> str:
        """Price or minutes."""
        return "price" if self.count == "cost" else "minutes"

    def amount(self, employee: Employee, works: Iterable[Work]) -> int:
        """Cost or minutes."""
        return self._factor(employee) * sum(minutes_of(work, self._minutes()) for work in works)

    def added(self, model: Model, person: Person, days: range, fixed: int) -> Linear:
        """The same of what may be there."""
        counted = (e for e in person.own if e.day in days and self.counts(model.problem, e.work))
        total = Linear.total(element.minutes(self._minutes()) for element in counted)
        return total.times(self._factor(person.employee))

    def _factor(self, employee: Employee) -> int:
        return employee.cost_per_minute if self.count == "cost" else 1

    def _minutes(self) -> Literal["paid", "worked", "present"]:
        return "paid" if self.count == "cost" else self.count
