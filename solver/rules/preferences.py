"""Preferences: minutes worked when a person would rather not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.rule import PersonalRule
from solver.spans import Span, merged, overlap_minutes
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences(PersonalRule):
    """People work in the times they prefer and not in those they would rather have free.

    Charged are the minutes in ``unpreferred`` spans, and, on days that a ``preferred`` span touches, the
    minutes of the work that starts on that day outside the ``preferred`` spans.
    """

    id: ClassVar[str] = "preferences"

    level: Level = "soft"

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Each assignment by itself."""
        return "work"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each assignment at a time that is not liked."""
        if not employee.preferred and not employee.unpreferred:
            return []
        unpreferred, preferred = problem.remember(
            self, employee.id, lambda: (merged(employee.unpreferred), merged(employee.preferred))
        )
        found: list[Violation] = []
        for work in self.counted(problem, own):
            disliked = overlap_minutes(work.start, work.end, unpreferred)
            outside = 0
            if self.asks_on(problem, problem.calendar.index(work.start), preferred):
                outside = work.minutes - overlap_minutes(work.start, work.end, preferred)
            if disliked + outside:
                facts = {"unpreferred": disliked, "outside_preferred": outside}
                found.append(self.breach(disliked + outside, employee=employee.id, works=[work], facts=facts))
        return found

    def asks_on(self, problem: Problem, day: int, preferred: Sequence[Span]) -> bool:
        """Whether a preferred span touches the day."""
        start, end = problem.calendar.span(day)
        return overlap_minutes(start, end, preferred) > 0

    def post(self, model: Model) -> None:
        """A price per slot."""
        for person in model.people(self):
            unpreferred, preferred = merged(person.employee.unpreferred), merged(person.employee.preferred)
            for element in person.own:
                if not element.counts(self.scope):
                    continue
                if unpreferred:
                    model.at_most(self, element.overlap(unpreferred), 0)
                if self.asks_on(model.problem, element.day, preferred):
                    outside = element.minutes("present").minus(element.overlap(preferred))
                    model.at_most(self, outside, 0)
