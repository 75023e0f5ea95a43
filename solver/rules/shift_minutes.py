"""Shift minutes: how long one span of work may be, read off the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftMinutes(OptionRule):
    """An assignment has at most ``maximum`` paid minutes; an hour that the clocks repeat is not counted.

    Unlike `Minutes` it judges one span by itself and lets the night on which the clocks go back be worked
    as it stands in the schedule: 22:00 to 06:00 is 8 h on every night, though it lasts 9 h on that one.

    Parameters
    ----------
    maximum
        Most paid minutes, > 0.

    References
    ----------
    Kodeks pracy, art. 129 par. 1: 8 h a day, of the working time that is planned.
    """

    id: ClassVar[str] = "shift_minutes"

    maximum: int = 480

    def check_parameters(self) -> None:
        """There is something to work."""
        if self.maximum < 1:
            raise ValueError(f"maximum is {self.maximum}; a shift lasts at least 1 minute")

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """Minutes beyond the maximum."""
        return max(0, self.counted_minutes(problem, work) - self.maximum)

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The maximum and the minutes counted."""
        return {"maximum": self.maximum, "actual": self.counted_minutes(problem, work)}

    def counted_minutes(self, problem: Problem, work: Work) -> int:
        """Paid minutes less those that the clocks repeat inside the span."""
        repeated = 0
        for day in (*problem.past_days, *problem.days):
            extra = day.end - day.start - 1440
            from_minute = day.start + day.clock_change
            if extra > 0:
                repeated += max(0, min(work.end, from_minute + extra) - max(work.start, from_minute))
        return work.paid - repeated
