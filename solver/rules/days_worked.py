"""Days worked per week, month, rolling window or horizon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.window_count import Mark, WindowCount
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysWorked(WindowCount):
    """The number of days on which work starts is within a range in each window of the period.

    A day with two shifts is one day; `ShiftCount` counts the shifts.
    """

    id: ClassVar[str] = "days_worked"
    unit: ClassVar[str] = "days"

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def marks(self, problem: Problem, work: Work) -> Iterable[Mark]:
        """The day on which it starts."""
        day = problem.calendar.index(work.start)
        return [(day, day)]
