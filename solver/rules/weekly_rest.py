"""Weekly rest: each window of some days contains a long uninterrupted rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.resources import Rest
from solver.rules.daily_rest import longest_gap
from solver.rules.rule import WEEKLY, Period, PersonalRule, timeline
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyRest(PersonalRule):
    """Each window of the period contains ``minutes`` of uninterrupted rest, anywhere inside it.

    Only windows that end in the horizon (or in what upcoming work makes known) are judged. Where the past
    alone makes the rest impossible, the roster keeps the longest there is. Soft levels charge 1 per window.

    Parameters
    ----------
    minutes
        Required rest, minutes, > 0.
    period
        The windows: ``Period(7)`` week after week, ``Period(7, rolling=True)`` any seven civil days.

    References
    ----------
    Directive 2003/88/EC, art. 5 (24 h plus the daily 11 h in each seven-day period); C-306/16 (anywhere in
    it).
    """

    id: ClassVar[str] = "weekly_rest"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    minutes: int = 2100
    period: Period = WEEKLY

    def check_parameters(self) -> None:
        """A rest has a length and fits into its window."""
        if self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; a rest lasts at least 1 minute")
        if self.period.days is not None and self.minutes > self.period.days * 1440:
            raise ValueError(f"minutes is {self.minutes}; it does not fit into {self.period.days} days")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window whose longest rest is too short."""
        found: list[Violation] = []
        works = timeline(employee, own)
        for window, required in self.required_rests(problem, employee):
            longest = longest_gap(window.start, window.end, works)
            if longest < required:
                facts = {"required": self.minutes, "actual": longest}
                found.append(
                    self.breach(
                        required - longest, employee=employee.id, spans=[window], facts=facts, charged=1
                    )
                )
        return found

    def required_rests(self, problem: Problem, employee: Employee) -> list[tuple[Span, int]]:
        """The windows as spans of minutes, and the rest that the roster owes in each."""
        return problem.remember(self, employee.id, lambda: self._required_rests(problem, employee))

    def _required_rests(self, problem: Problem, employee: Employee) -> list[tuple[Span, int]]:
        calendar = problem.calendar
        fixed = [*employee.history, *employee.upcoming]
        owed: list[tuple[Span, int]] = []
        for days in self.period.windows(problem, employee, closed=True):
            window = Span(calendar.span(days[0])[0], calendar.span(days[-1])[1])
            owed.append((window, min(self.minutes, longest_gap(window.start, window.end, fixed))))
        return owed

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """A rest in each window."""
        owed = self.required_rests(problem, employee)
        return [Rest(((window.start, window.end, required),)) for window, required in owed]

    def post(self, model: Model) -> None:
        """For each window: one of the times at which its rest can begin."""
        for person in model.people(self):
            for window, required in self.required_rests(model.problem, person.employee):
                if required:
                    starts = self._starts(person, window, required)
                    model.clause(self, [model.free(person, at, at + required) for at in starts])

    def _starts(self, person: Person, window: Span, required: int) -> list[int]:
        """A rest can be moved forward until it begins with its window or with the end of work."""
        ends = {end for element in person.everything for end in element.ends()}
        return sorted(at for at in {window.start, *ends} if window.start <= at <= window.end - required)
