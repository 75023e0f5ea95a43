"""Availability: nobody works while unavailable, or outside the times given as available."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.spans import gaps, merged, overlap_minutes
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(OptionRule):
    """All of an assignment lies in available time; short by the minutes that do not."""

    id: ClassVar[str] = "availability"
    unit: ClassVar[str] = "minutes"

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """Minutes of the assignment that are not available."""
        if employee.available is None:
            if not employee.unavailable:
                return 0
            return overlap_minutes(work.start, work.end, merged(employee.unavailable))
        inside = merged(employee.available)
        if not employee.unavailable:
            return work.minutes - overlap_minutes(work.start, work.end, inside)
        usable = (gap for span in inside for gap in gaps(span.start, span.end, employee.unavailable))
        return work.minutes - overlap_minutes(work.start, work.end, usable)

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether no minute of the span is available."""
        return self.shortfall(problem, employee, work) == work.minutes
