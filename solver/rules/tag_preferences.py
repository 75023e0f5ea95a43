"""Tag preferences: kinds of work people like and would rather not do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.resources import PerWork
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPreferences(PersonalRule):
    """People do the kinds of work they prefer and not those they would rather not do.

    Charged are the minutes of an assignment that has an unpreferred tag of the employee and, if the employee
    has preferred tags, of one that has none of these; both if both is so.
    """

    id: ClassVar[str] = "tag_preferences"

    level: Level = "soft"

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Each assignment by itself."""
        return "work"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each assignment of a kind that is not liked."""
        found: list[Violation] = []
        for work in self.counted(problem, own):
            unpreferred, unlike = _disliked(employee, work)
            if unpreferred + unlike:
                facts = {
                    "unpreferred": work.minutes * unpreferred,
                    "outside_preferred": work.minutes * unlike,
                }
                short_by = work.minutes * (unpreferred + unlike)
                found.append(self.breach(short_by, employee=employee.id, works=[work], facts=facts))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """The minutes of each assignment, as often as it is disliked."""
        counts = self.scope.counts
        return [PerWork(lambda w: w.minutes * sum(_disliked(employee, w)) if counts(problem, w) else 0)]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price per minute of each slot of such a kind."""
        for person in model.people(self):
            for element in person.own:
                times = sum(_disliked(person.employee, element.work)) if element.counts(self.scope) else 0
                if times:
                    model.at_most(self, element.minutes("present").times(times), 0)


def _disliked(employee: Employee, work: Work) -> tuple[bool, bool]:
    """Whether the work has an unpreferred tag, and whether it has none of the preferred ones."""
    tags = set(work.tags)
    unlike = bool(employee.preferred_tags) and tags.isdisjoint(employee.preferred_tags)
    return not tags.isdisjoint(employee.unpreferred_tags), unlike
