"""Group count: how many shifts several people work together, or how many of them work, in each window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.group_sum import GroupSum
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount(GroupSum):
    """The people in scope together work at least ``minimum`` and at most ``maximum`` times in each window.

    Parameters
    ----------
    count
        ``people``: each person who works counts once a window, which per day is a cap on headcount and over
        the horizon on the people called upon; ``shifts``: each shift counts.
    """

    id: ClassVar[str] = "group_count"
    unit: ClassVar[str] = "people"

    count: Literal["people", "shifts"] = "people"

    def counted_in(self) -> str:
        """What it counts."""
        return self.count

    def amount(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> int:
        """Shifts, or 1 if there are any."""
        return len(works) if self.count == "shifts" else min(1, len(works))

    def added(self, model: Model, person: Person, days: range, fixed: Sequence[Work]) -> Linear:
        """Presences, or a literal that any of them implies."""
        counted = [e for e in person.own if e.day in days and self.counts(model.problem, e.work)]
        if self.count == "shifts":
            return Linear.total(element.presence() for element in counted)
        return Linear() if fixed else Linear.of(model.any_of([element.present for element in counted]))
