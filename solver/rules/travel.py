"""Travel: time to get from the place of one span of work to that of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.rule import PersonalRule, after, timeline
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True)
class TravelTime:
    """How long it takes from one place to another, and back.

    Parameters
    ----------
    one, other
        Two different locations.
    minutes
        Least time between work at the two, >= 0.
    """

    one: str
    other: str
    minutes: int

    def __post_init__(self) -> None:
        """Two places and a time that can be."""
        if self.one == self.other:
            raise ValueError(f"one and other are both {self.one!r}; within a place nobody travels")
        if self.minutes < 0:
            raise ValueError(f"minutes is {self.minutes}; travel takes 0 minutes or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel(PersonalRule):
    """Between work at one location and the next work at another there is time to travel, or rest.

    Work without a location is passed over: what counts is the last place somebody was sent to. Two spans of
    the same day are no different from two of different days. Soft levels charge each minute short.

    Parameters
    ----------
    minutes
        Least time between any two different locations, >= 0.
    table
        Pairs of locations for which it is another; each pair once.
    """

    id: ClassVar[str] = "travel"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    minutes: int = 0
    table: tuple[TravelTime, ...] = ()

    def check_parameters(self) -> None:
        """Times are not negative, pairs are named once, and something takes time."""
        if self.minutes < 0:
            raise ValueError(f"minutes is {self.minutes}; travel takes 0 minutes or more")
        pairs = [frozenset((entry.one, entry.other)) for entry in self.table]
        for pair in pairs:
            if pairs.count(pair) > 1:
                raise ValueError(f"table has {' and '.join(sorted(pair))} more than once")
        if not max([self.minutes, *(entry.minutes for entry in self.table)]):
            raise ValueError("no travel takes any time; give minutes or a table, or leave the rule out")

    def between(self, work: Work, following: Work) -> int:
        """The minutes it takes from one span of work to another; 0 within a place."""
        if work.location == following.location:
            return 0
        places = {work.location, following.location}
        listed = (entry.minutes for entry in self.table if {entry.one, entry.other} == places)
        return next(listed, self.minutes)

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each span whose next one, elsewhere, starts too early."""
        found: list[Violation] = []
        located = [work for work in timeline(employee, own) if work.location is not None]
        for place, work in enumerate(located):
            following = next(after(located, place), None)
            if following is None:
                continue
            required, actual = self.between(work, following), following.start - work.end
            added = isinstance(work, Assignment) or isinstance(following, Assignment)
            if added and actual < required:
                facts: dict[str, int | str] = {
                    "required": required,
                    "actual": actual,
                    "from": work.location or "",
                    "to": following.location or "",
                }
                works = [work, following]
                found.append(self.breach(required - actual, employee=employee.id, works=works, facts=facts))
        return found

    def post(self, model: Model) -> None:
        """For each two spans that can come too close and directly after each other: enough between them."""
        for person in model.people(self):
            self._post_person(model, person)

    def _post_person(self, model: Model, person: Person) -> None:
        located = [element for element in person.everything if element.work.location is not None]
        longest = max([self.minutes, *(entry.minutes for entry in self.table)])
        for work in located:
            for other in person.near(work, longest):
                if other.work.location is None or not (work.own or other.own):
                    continue
                required = self.between(work.work, other.work)
                if not required:
                    continue
                directly = model.directly(work, other, located)
                if model.is_hard(self):
                    model.rest_after(work, other, required, [directly])
                else:
                    short = work.end_minute().minus(other.start_minute()).plus(required)
                    model.at_most(self, short, 0, [directly, work.present, other.present])
