"""Clock ban: hours of the day without work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.spans import Span, overlap_minutes
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBan(OptionRule):
    """No minute of work lies between two times on the clock, on any day; short by the minutes that do.

    Parameters
    ----------
    start, end
        Wall-clock minutes after midnight, 0 <= start < 1440 and start < end <= start + 1440; an end above
        1440 is on the next day.

    References
    ----------
    Kodeks pracy, art. 203: young people do not work at night.
    """

    id: ClassVar[str] = "clock_ban"

    start: int = 1320
    end: int = 1800

    def check_parameters(self) -> None:
        """The two times are a span of at most a day."""
        if not 0 <= self.start < 1440 or not self.start < self.end <= self.start + 1440:
            raise ValueError(
                f"start {self.start} and end {self.end} are no hours of a day; 22:00 to 06:00 is 1320, 1800"
            )

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """Minutes of the work in the banned hours."""
        return overlap_minutes(work.start, work.end, self.banned(problem, work))

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether the whole span is banned."""
        return self.shortfall(problem, employee, work) == work.minutes

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The banned hours and the minutes worked in them."""
        return {"start": self.start, "end": self.end, "actual": self.shortfall(problem, employee, work)}

    def banned(self, problem: Problem, work: Work) -> list[Span]:
        """The banned hours of the days around a span of work."""
        calendar = problem.calendar
        days = range(calendar.index(work.start) - 1, calendar.index(work.end - 1) + 1)
        over, end = divmod(self.end, 1440)
        return [
            Span(calendar.day(day).minute(self.start), calendar.day(day + over).minute(end)) for day in days
        ]
