"""Rules that keep a sum over windows of days in a range."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.cpsat.linear import Linear
from solver.rules.rule import Period, PersonalRule
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem

Bound = Literal["minimum", "maximum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSum(PersonalRule):
    """A sum over the work that starts in each window of a period is within a range.

    What history and upcoming work already take beyond a maximum is not charged to the roster, which may
    then add nothing. A minimum is judged only in windows that end within what is known.
    """

    @abstractmethod
    def limits(self, employee: Employee) -> list[tuple[Bound, int]]:
        """The bounds that hold for an employee."""

    @abstractmethod
    def windows_of(self) -> Period:
        """The period whose windows are summed over."""

    @abstractmethod
    def amount(self, work: Work) -> int:
        """What a span of work adds to the sum."""

    @abstractmethod
    def amount_of(self, element: Element) -> Linear:
        """What an element of a model adds to the sum."""

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window and bound that is broken."""
        found: list[Violation] = []
        day_of = problem.calendar.index
        fixed = [
            (day_of(w.start), self.amount(w))
            for w in self.counted(problem, [*employee.history, *employee.upcoming])
        ]
        mine = [(day_of(work.start), work) for work in self.counted(problem, own)]
        for bound, limit, days in self._bounded_windows(problem, employee):
            works = [work for day, work in mine if day in days]
            added = sum(self.amount(work) for work in works)
            before = sum(amount for day, amount in fixed if day in days)
            short_by = limit - before - added if bound == "minimum" else added - max(0, limit - before)
            if short_by > 0:
                facts: dict[str, int | str] = {
                    bound: limit,
                    "actual": added + before,
                    "from": problem.calendar.date(days[0]),
                }
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def post(self, model: Model) -> None:
        """A linear constraint per window."""
        for person in model.people(self):
            for bound, limit, days in self._bounded_windows(model.problem, person.employee):
                elements = [e for e in person.everything if e.day in days and e.counts(self.scope)]
                before = sum(self.amount(e.work) for e in elements if not e.own)
                added = Linear.total(self.amount_of(e) for e in elements if e.own)
                if bound == "minimum":
                    model.at_least(self, added, limit - before)
                else:
                    model.at_most(self, added, max(0, limit - before))

    def _bounded_windows(self, problem: Problem, employee: Employee) -> Iterator[tuple[Bound, int, range]]:
        for bound, limit in self.limits(employee):
            for days in self.windows_of().windows(problem, employee, closed=bound == "minimum"):
                yield bound, limit, days


def limits_of(minimum: int | None, maximum: int | None) -> list[tuple[Bound, int]]:
    """The bounds that are given."""
    limits: list[tuple[Bound, int]] = []
    if minimum is not None:
        limits.append(("minimum", minimum))
    if maximum is not None:
        limits.append(("maximum", maximum))
    return limits


def check_range(minimum: int | None, maximum: int | None) -> None:
    """Raise ValueError unless there is a bound and the bounds are in order and not negative."""
    if minimum is None and maximum is None:
        raise ValueError("give a minimum, a maximum or both")
    if min(minimum or 0, maximum or 0) < 0:
        raise ValueError(f"minimum {minimum} and maximum {maximum} must not be negative")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise ValueError(f"minimum {minimum} is above maximum {maximum}")
