"""Budget: what all work of a group may cost, or how many hours it may take, in each window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.group_sum import GroupSum
from solver.rules.minutes import minutes_of
from solver.rules.period import HORIZON, Period
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(GroupSum):
    """The work of the people in scope together costs or lasts between ``minimum`` and ``maximum`` per window.

    Parameters
    ----------
    count
        ``cost``: each paid minute at the employee's ``cost_per_minute``; ``paid``, ``worked`` or ``present``:
        minutes, a budget of hours.
    overtime
        The windows in which the employees' ``cost_tiers`` start anew, for instance ``Period(7)``, each as far
        as it lies in the budget's own; None leaves overtime out of the cost. Windows that ended before the
        horizon have none.
    """

    id: ClassVar[str] = "budget"
    unit: ClassVar[str] = "price"

    period: Period = HORIZON
    count: Literal["cost", "paid", "worked", "present"] = "cost"
    overtime: Period | None = None

    def check_parameters(self) -> None:
        """The range is one, and overtime is paid once and in money."""
        super(Budget, self).check_parameters()
        if self.overtime is not None and (self.count != "cost" or self.overtime.rolling):
            message = "count cost" if self.count != "cost" else "windows one after the other, not rolling"
            raise ValueError(f"overtime needs {message}")

    def counted_in(self) -> str:
        """Price or minutes."""
        return "price" if self.count == "cost" else "minutes"

    def amount(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> int:
        """Cost or minutes."""
        total = self._factor(employee) * sum(minutes_of(work, self._minutes()) for work in works)
        for days, free, extra in self._tiers(problem, employee):
            paid = sum(work.paid for work in works if problem.calendar.index(work.start) in days)
            total += extra * max(0, paid - free)
        return total

    def added(self, model: Model, person: Person, days: range, fixed: Sequence[Work]) -> Linear:
        """The same of what may be there."""
        problem = model.problem
        counted = [e for e in person.own if e.day in days and self.counts(problem, e.work)]
        total = Linear.total(element.minutes(self._minutes()) for element in counted)
        total = total.times(self._factor(person.employee))
        for window, free, extra in self._tiers(problem, person.employee):
            before = sum(work.paid for work in fixed if problem.calendar.index(work.start) in window)
            paid = Linear.total(element.minutes("paid") for element in counted if element.day in window)
            over = self._over(model, paid.plus(before - free))
            total.add_all(over.plus(-max(0, before - free)), extra)
        return total

    def _over(self, model: Model, linear: Linear) -> Linear:
        """The positive part of an expression; at least that, where only a maximum is asked for."""
        program = model.program
        low, high = program.bounds(linear)
        if high <= 0:
            return Linear()
        if low >= 0:
            return linear
        over = Linear.of(program.amount(high))
        program.at_most(linear.minus(over), 0)
        if self.minimum is not None:
            above = program.literal()
            program.at_most(over.minus(Linear.of(above, high)), 0)
            program.at_most(over.minus(linear).plus(low).minus(Linear.of(above, low)), 0)
        return over

    def _tiers(self, problem: Problem, employee: Employee) -> list[tuple[range, int, int]]:
        """Windows of overtime, the paid minutes before a price rises, and by how much it does."""
        if self.overtime is None or not employee.cost_tiers:
            return []
        return problem.remember(self, employee.id, lambda: self._work_out_tiers(problem, employee))

    def _work_out_tiers(self, problem: Problem, employee: Employee) -> list[tuple[range, int, int]]:
        prices = [employee.cost_per_minute, *(tier.cost_per_minute for tier in employee.cost_tiers)]
        return [
            (days, tier.after_minutes, after - before)
            for days in (self.overtime or HORIZON).windows(problem, employee, closed=False)
            for tier, (before, after) in zip(employee.cost_tiers, pairwise(prices), strict=True)
        ]

    def _factor(self, employee: Employee) -> int:
        return employee.cost_per_minute if self.count == "cost" else 1

    def _minutes(self) -> Literal["paid", "worked", "present"]:
        return "paid" if self.count == "cost" else self.count
