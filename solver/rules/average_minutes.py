"""Average minutes: working time per week over a reference period of months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.minutes import Count, minutes_of
from solver.rules.rule import Period
from solver.rules.window_sum import Allowance, Bound, WindowSum, check_range, limits_of
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.linear import Linear
    from solver.problem import Carried, Employee, Problem

FOUR_MONTHS = Period(months=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageMinutes(WindowSum):
    """Minutes of work per week, averaged over each reference period, are within a range.

    The average is all minutes times 7 over the days of the period without the employee's neutral days
    (leave, sickness). What was worked in the period before the horizon is the employee's ``carried`` entry
    of the rule's ledger, with the days it was gathered over; without an entry, and in rolling periods, it is
    what history says, and history then has to reach back to the period's start. With ``Period(None)`` the
    reference period is what is carried and the horizon.

    Parameters
    ----------
    minimum, maximum
        Bounds in minutes per 7 days; None for no such bound.
    period
        The reference periods, by default four months.
    count
        Which minutes: ``paid``, ``worked`` (without breaks) or ``present`` (with breaks).
    ledger
        Name of the carried entry.
    pro_rata
        If false, a period is judged as a whole: more than the average now can be made up for later, and a
        minimum is asked for in the roster that ends the period. If true, each roster keeps the average up
        to the end of its horizon.

    References
    ----------
    Directive 2003/88/EC, art. 6(b) and 16(b): 48 hours on average over at most 4 months, leave excluded or
    neutral.
    """

    id: ClassVar[str] = "average_minutes"

    minimum: int | None = None
    maximum: int | None = None
    period: Period = FOUR_MONTHS
    count: Count = "worked"
    ledger: str = "average_minutes"
    pro_rata: bool = False

    def check_parameters(self) -> None:
        """There is a bound, the bounds are in order, and there is something to average over."""
        check_range(self.minimum, self.maximum)
        if not self.ledger:
            raise ValueError("ledger is empty; name the carried entry of employees")

    def limits(self, employee: Employee) -> list[tuple[Bound, int]]:
        """The same for everybody in scope, per week."""
        return limits_of(self.minimum, self.maximum)

    def windows_of(self) -> Period:
        """The parameter."""
        return self.period

    def amount(self, work: Work) -> int:
        """Its minutes."""
        return minutes_of(work, self.count)

    def amount_of(self, element: Element) -> Linear:
        """Its minutes."""
        return element.minutes(self.count)

    def _allowances(self, problem: Problem, employee: Employee) -> list[Allowance]:
        fixed = list(self.counted(problem, [*employee.history, *employee.upcoming]))
        found: list[Allowance] = []
        for bound, per_week in self.limits(employee):
            closed = bound == "minimum" and not self.pro_rata
            for window in self.period.windows(problem, employee, closed=closed):
                stop = min(window.stop, problem.calendar.size) if self.pro_rata else window.stop
                days = range(window.start, stop)
                carried = self._carried(employee, days)
                known = [work for work in fixed if problem.calendar.index(work.start) in days]
                if carried is not None:
                    known = [work for work in known if work.start >= problem.start]
                before = sum(map(self.amount, known)) + (carried.amount if carried else 0)
                total = per_week * self._counted_days(problem, employee, days)
                limit = -(-total // 7) if bound == "minimum" else total // 7
                allowed = limit - before if bound == "minimum" else max(0, limit - before)
                found.append((bound, allowed, days, before))
        return found

    def _carried(self, employee: Employee, days: range) -> Carried | None:
        """The entry that stands for the part of a period before the horizon."""
        if self.period.rolling or (days.start >= 0 and not self.period.whole_horizon):
            return None
        return employee.brought(self.ledger)

    def _counted_days(self, problem: Problem, employee: Employee, days: range) -> int:
        """Days of a period that are not neutral."""
        carried = self._carried(employee, days)
        first = days.start if carried is None else 0
        neutral = set(employee.neutral_days)
        counted = sum(problem.calendar.date(day) not in neutral for day in range(first, days.stop))
        return counted + (carried.days if carried else 0)

    def told(
        self, problem: Problem, employee: Employee, bound: Bound, days: range, actual: int
    ) -> dict[str, int | str]:
        """The average and its bound, minutes per week."""
        counted = self._counted_days(problem, employee, days)
        return {
            "actual": actual * 7 // max(1, counted),
            "from": problem.calendar.date(days[0]),
            bound: dict(self.limits(employee))[bound],
            "days": counted,
        }
