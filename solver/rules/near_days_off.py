"""Near days off: no late shift on the eve of a day off, no early one right after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.spans import Span, gaps, merged, overlap_minutes
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True)
class DayOffRequest:
    """Days that somebody asked to have off.

    Parameters
    ----------
    employee
        Id.
    first, last
        ISO dates of the first and the last day, both off.
    """

    employee: str
    first: str
    last: str

    def __post_init__(self) -> None:
        """The days are in order."""
        if self.last < self.first:
            raise ValueError(f"last is {self.last}, before first {self.first}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDaysOff(OptionRule):
    """No minute of such work lies within some time before or after a day off.

    With ``tags=("late", "night")`` and ``before=600`` nobody works late on the eve of a day off: work of that
    kind ends 10 h before it or earlier. Without tags and with ``before=1440, after=1440`` a day off has a day
    without work on either side. Short by the minutes of work in those times, each of which a soft level
    charges. Whether the day off itself is kept is another rule's matter.

    Parameters
    ----------
    before, after
        How long before a day off and after it, minutes, >= 0, one of them > 0.
    unavailable, unpreferred
        Whether such times of the employee are days off, where they last long enough.
    shortest
        How long that is, minutes; spans that touch are one.
    requests
        Further days off, whatever else the employee may do on them.
    """

    id: ClassVar[str] = "near_days_off"

    before: int = 0
    after: int = 0
    unavailable: bool = True
    unpreferred: bool = False
    shortest: int = 1380
    requests: tuple[DayOffRequest, ...] = ()

    def check_parameters(self) -> None:
        """There is some time to keep free, near something."""
        if min(self.before, self.after) < 0 or not self.before + self.after:
            raise ValueError(f"before {self.before} and after {self.after}: use 0 or more, one above 0")
        if self.shortest < 1:
            raise ValueError(f"shortest is {self.shortest}; use 1 minute or more")
        if not (self.unavailable or self.unpreferred or self.requests):
            raise ValueError("no days off are meant; use unavailable, unpreferred or requests")

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """Minutes of the work too near to a day off."""
        return overlap_minutes(work.start, work.end, self.times(problem, employee))

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether the whole span is too near."""
        return self.shortfall(problem, employee, work) == work.minutes

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """The two times and the minutes worked in them."""
        actual = self.shortfall(problem, employee, work)
        return {"before": self.before, "after": self.after, "actual": actual}

    def times(self, problem: Problem, employee: Employee) -> tuple[Span, ...]:
        """The times near days off, without the days off themselves."""
        return problem.remember(self, employee.id, lambda: self._times(problem, employee))

    def _times(self, problem: Problem, employee: Employee) -> tuple[Span, ...]:
        spans = [*(employee.unavailable if self.unavailable else ())]
        spans += employee.unpreferred if self.unpreferred else ()
        days_off = [span for span in merged(spans) if span.minutes >= self.shortest]
        calendar = problem.calendar
        for request in self.requests:
            if request.employee == employee.id:
                first, last = calendar.index_of_date(request.first), calendar.index_of_date(request.last)
                days_off.append(Span(calendar.span(first)[0], calendar.span(last)[1]))
        off = merged(days_off)
        near = [Span(span.start - self.before, span.start) for span in off]
        near += [Span(span.end, span.end + self.after) for span in off]
        return tuple(piece for span in merged(near) for piece in gaps(span.start, span.end, off))
