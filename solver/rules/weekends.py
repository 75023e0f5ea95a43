"""Weekends worked per month, horizon or rolling number of weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Lit
from solver.rules.rule import HORIZON, Period
from solver.rules.weekend_days import SATURDAY_AND_SUNDAY, check_weekend, weekend_of
from solver.rules.window_count import Mark, WindowCount
from solver.rules.worked_days import days_of, is_on
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekends(WindowCount):
    """The number of weekends worked is within a range in each window of the period.

    A weekend is worked if work starts on any of its days. It belongs to the window in which its first day
    lies, and to the horizon as one window if any of its days lies in it. Days of it after all that is known
    count as free. "At most 2 in any 5 weeks" is ``Weekends(maximum=2, period=Period(35, rolling=True))``.

    Parameters
    ----------
    period
        The windows, by default the horizon.
    weekdays
        The days of the weekend, which follow each other: 0 = Monday to 6 = Sunday.
    touching
        If true any minute of work makes a weekend worked: a night that runs into Saturday does.
    """

    id: ClassVar[str] = "weekends"
    unit: ClassVar[str] = "weekends"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    period: Period = HORIZON
    weekdays: tuple[int, ...] = SATURDAY_AND_SUNDAY
    touching: bool = False

    def check_parameters(self) -> None:
        """There is a bound and a weekend."""
        WindowCount.check_parameters(self)
        check_weekend(self.weekdays)

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days, unless work that runs into a weekend counts too."""
        return "times" if self.touching else "days"

    def ignores_times(self) -> bool:
        """Unless work that runs into a weekend counts too."""
        return not self.touching

    def marks(self, problem: Problem, work: Work) -> Iterable[Mark]:
        """The weekends it is on."""
        days = days_of(problem, work, touching=self.touching)
        return dict.fromkeys(mark for day in days if (mark := self._mark(problem, day)) is not None)

    def marks_of(self, model: Model, element: Element) -> Iterator[tuple[Mark, Lit]]:
        """The weekends it can be on."""
        for day in days_of(model.problem, element.work, touching=self.touching):
            if (mark := self._mark(model.problem, day)) is not None:
                yield mark, is_on(model, element, day, touching=self.touching)

    def _mark(self, problem: Problem, day: int) -> Mark | None:
        weekend = weekend_of(problem.calendar, day, self.weekdays)
        if weekend is None:
            return None
        reaches_in = self.period.whole_horizon and weekend.stop > 0
        return max(0, weekend.start) if reaches_in else weekend.start, weekend.start
