"""Rest within windows: a long uninterrupted rest in one of some given spans of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.resources import Rest
from solver.rules.daily_rest import longest_gap
from solver.rules.rule import PersonalRule, timeline
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSpan:
    """A span from a time on the clock of one civil day to a time on the clock of another.

    Parameters
    ----------
    first, last
        ISO dates; may lie before or after the horizon.
    start, end
        Wall-clock minutes after midnight of ``first`` and of ``last``.
    """

    first: str
    last: str
    start: int = 0
    end: int = 0

    def span(self, problem: Problem) -> Span:
        """The minutes it means."""
        calendar = problem.calendar
        first, last = (calendar.day(calendar.index_of_date(on)) for on in (self.first, self.last))
        return Span(first.minute(self.start), last.minute(self.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class RestWithin(PersonalRule):
    """At least one of ``windows`` contains ``minutes`` of uninterrupted rest.

    Time of which nothing is known counts as rest. Where the past alone makes the rest impossible, the
    roster keeps the longest there is. Soft levels charge 1.

    Parameters
    ----------
    windows
        Each of them long enough; without any, nothing is asked.
    minutes
        Required rest, minutes, > 0; None means the whole of a window.

    References
    ----------
    Kodeks pracy, art. 133 par. 1 (35 h in each week, counted from the first day of the settlement period) and
    art. 151(12) (one Sunday in four without work).
    """

    id: ClassVar[str] = "rest_within"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    windows: tuple[ClockSpan, ...] = ()
    minutes: int | None = None

    def check_parameters(self) -> None:
        """A rest has a length."""
        if self.minutes is not None and self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; a rest lasts at least 1 minute")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation if no window contains the rest, short by what the best of them lacks."""
        works = timeline(employee, own)
        rests = self.required_rests(problem, employee)
        longest = [longest_gap(window.start, window.end, works) for window, _ in rests]
        lacking = [required - given for (_, required), given in zip(rests, longest, strict=True)]
        if not rests or min(lacking) <= 0:
            return []
        best = lacking.index(min(lacking))
        facts = {"required": self.minutes or rests[best][0].minutes, "actual": longest[best]}
        spans = [window for window, _ in rests]
        return [self.breach(lacking[best], employee=employee.id, spans=spans, facts=facts, charged=1)]

    def required_rests(self, problem: Problem, employee: Employee) -> list[tuple[Span, int]]:
        """The windows as spans of minutes, and the rest that would do in each."""
        fixed = [*employee.history, *employee.upcoming]
        spans = [window.span(problem) for window in self.windows]
        wanted = [(span, span.minutes if self.minutes is None else self.minutes) for span in spans]
        lacking = (minutes - longest_gap(span.start, span.end, fixed) for span, minutes in wanted)
        impossible = max(0, min(lacking, default=0))
        return [(span, minutes - impossible) for span, minutes in wanted]

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """A rest in one of the windows."""
        owed = self.required_rests(problem, employee)
        windows = tuple((window.start, window.end, required) for window, required in owed)
        return [Rest(windows)] if windows else []

    def post(self, model: Model) -> None:
        """One of the times at which the rest can begin in one of the windows."""
        for person in model.people(self):
            rests = self.required_rests(model.problem, person.employee)
            if rests and not any(self._certain(person, window, required) for window, required in rests):
                times = [
                    (at, at + required)
                    for window, required in rests
                    for at in self._starts(person, window, required)
                ]
                model.clause(self, [model.free(person, start, end) for start, end in times])

    def _certain(self, person: Person, window: Span, required: int) -> bool:
        """Whether the rest is there whatever the person works."""
        possible = [Work(start=e.earliest_start, end=e.latest_end) for e in person.everything]
        possible.sort(key=lambda work: work.start)
        return longest_gap(window.start, window.end, possible) >= required

    def _starts(self, person: Person, window: Span, required: int) -> list[int]:
        """A rest can be moved forward until it begins with its window or with the end of work."""
        ends = {end for element in person.everything for end in element.ends()}
        return sorted(at for at in {window.start, *ends} if window.start <= at <= window.end - required)
