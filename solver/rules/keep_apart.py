"""Keep apart: people who do not work at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.people_at_once import Limit, PeopleAtOnce
from solver.rules.staff import ANYBODY, Pick, picked
from solver.spans import Span
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepApart(PeopleAtOnce):
    """Of the employees in scope at most one is at work at a time, counting only work in scope.

    Parameters
    ----------
    same_location
        If true they may work at the same time in different places.
    """

    id: ClassVar[str] = "keep_apart"

    same_location: bool = False

    def check_parameters(self) -> None:
        """It takes two."""
        if self.scope.employees is None or len(set(self.scope.employees)) < 2:
            raise ValueError(f"scope.employees is {self.scope.employees}; name two people or more")

    def limits(self, problem: Problem) -> Iterable[Limit]:
        """At most one, or at most one at each place."""
        pick = picked(problem, self.scope, ANYBODY)
        if not self.same_location:
            return [Limit(pick, most=1)]
        return [Limit(at_place(pick, place), most=1) for place in places_of(problem)]


def at_place(pick: Pick, place: str | None) -> Pick:
    """Those of some people who are at one place; None is work without a place."""

    def there(employee: Employee, work: Work) -> Sequence[Span]:
        return pick(employee, work) if work.location == place else ()

    return there


def places_of(problem: Problem) -> list[str | None]:
    """Every location at which there can be work, in the order of the problem, and None if some has none."""
    places = [shift.location for shift in problem.shifts]
    places += [template.location for template in problem.templates]
    places += [pin.work.location for pin in problem.pins if pin.work is not None]
    places += [work.location for e in problem.employees for work in (*e.history, *e.upcoming)]
    return list(dict.fromkeys(places))
