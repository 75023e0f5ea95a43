"""Concurrent people: how many people may or must be at work at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.people_at_once import Limit, PeopleAtOnce
from solver.rules.staff import ANYBODY, Staff, picked
from solver.rules.window_sum import check_range
from solver.spans import Span, merged

if TYPE_CHECKING:
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcurrentPeople(PeopleAtOnce):
    """At least ``minimum`` and at most ``maximum`` people of those in scope are at work at once.

    Unlike coverage it counts any group of people at any kind of work, and can be hard: at most two with a
    risk factor at once, somebody with first aid all the time.

    Parameters
    ----------
    minimum, maximum
        People; None for no such bound.
    staff
        Whom it counts, of those in scope.
    spans
        The times it holds for; None is all times for the maximum and the horizon for the minimum. Days of the
        scope narrow the work that is counted, not the times.
    """

    id: ClassVar[str] = "concurrent_people"

    minimum: int | None = None
    maximum: int | None = None
    staff: Staff = ANYBODY
    spans: tuple[Span, ...] | None = None

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.minimum, self.maximum)

    def limits(self, problem: Problem) -> Iterable[Limit]:
        """The one range."""
        pick = picked(problem, self.scope, self.staff)
        spans = None if self.spans is None else merged(self.spans)
        return [Limit(pick, self.minimum, self.maximum, spans)]
