"""Rules that keep a sum over windows of days in a range."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.resources import Total
from solver.rules.rule import Period, PersonalRule
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem
    from solver.resources import Resource

Bound = Literal["minimum", "maximum"]

Allowance = tuple[Bound, int, range, int]
"""A bound, what the roster may or must add, the days it is about, and what was there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSum(PersonalRule):
    """A sum over the work that starts in each window of a period is within a range.

    What history and upcoming work already take beyond a maximum is not charged to the roster, which may
    then add nothing. A minimum is judged only in windows that end within what is known.
    """

    relies_on_one_a_day: ClassVar[bool] = True
    """Whether a maximum may be left out of a model because another rule allows one shift a day only."""

    @abstractmethod
    def limits(self, employee: Employee) -> list[tuple[Bound, int]]:
        """The bounds that hold for an employee."""

    @abstractmethod
    def windows_of(self) -> Period:
        """The period whose windows are summed over."""

    @abstractmethod
    def amount(self, work: Work) -> int:
        """What a span of work adds to the sum."""

    def most_of(self, element: Element) -> int:
        """The most an element of a model can add to the sum."""
        return max(self.amount(work) for work in element.works())

    @abstractmethod
    def amount_of(self, element: Element) -> Linear:
        """What an element of a model adds to the sum."""

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window and bound that is broken."""
        found: list[Violation] = []
        day_of = problem.calendar.index
        amount_of = self.amount
        mine = [(day_of(work.start), amount_of(work), work) for work in self.counted(problem, own)]
        for bound, limit, days, before in self.allowances(problem, employee):
            added = 0
            for day, amount, _ in mine:
                if day in days:
                    added += amount
            short_by = limit - added if bound == "minimum" else added - limit
            if short_by > 0:
                facts = self.told(problem, employee, bound, days, added + before)
                works = [work for day, _, work in mine if day in days]
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def told(
        self, problem: Problem, employee: Employee, bound: Bound, days: range, actual: int
    ) -> dict[str, int | str]:
        """The facts of a violation."""
        limit = dict(self.limits(employee))[bound]
        return {"actual": actual, "from": problem.calendar.date(days[0]), bound: limit}

    def allowances(self, problem: Problem, employee: Employee) -> list[Allowance]:
        """What the roster may or must add in each window."""
        return problem.remember(self, employee.id, lambda: self._allowances(problem, employee))

    def _allowances(self, problem: Problem, employee: Employee) -> list[Allowance]:
        day_of = problem.calendar.index
        fixed = sorted(
            (day_of(work.start), self.amount(work))
            for work in self.counted(problem, [*employee.history, *employee.upcoming])
        )
        on = [day for day, _ in fixed]
        sums = list(accumulate((amount for _, amount in fixed), initial=0))
        found: list[Allowance] = []
        for bound, limit in self.limits(employee):
            for days in self.windows_of().windows(problem, employee, closed=bound == "minimum"):
                before = sums[bisect_left(on, days.stop)] - sums[bisect_left(on, days.start)]
                allowed = limit - before if bound == "minimum" else max(0, limit - before)
                found.append((bound, allowed, days, before))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """A total for each window and bound."""
        amount, found = partial(self._counted_amount, problem), []
        for bound, allowed, days, _ in self.allowances(problem, employee):
            low, high = (allowed, None) if bound == "minimum" else (None, allowed)
            found.append(Total(amount, days, low, high))
        return found

    def _counted_amount(self, problem: Problem, work: Work) -> int:
        return self.amount(work) if self.scope.counts(problem, work) else 0

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A linear constraint per window."""
        for person in model.people(self):
            for bound, allowed, days, _ in self.allowances(model.problem, person.employee):
                elements = [e for e in person.own if e.day in days and e.counts(self.scope)]
                if bound == "maximum" and self._most(person, elements) <= allowed:
                    continue  # cannot be broken
                added = Linear.total(self.amount_of(element) for element in elements)
                if bound == "minimum":
                    model.at_least(self, added, allowed)
                else:
                    model.at_most(self, added, allowed)

    def can_break(self, board: Board, person: Person) -> bool:
        """Whether there is a minimum, or a window in which the person could work more than the maximum."""
        for bound, allowed, days, _ in self.allowances(board.problem, person.employee):
            elements = [e for e in person.own if e.day in days and e.counts(self.scope)]
            if self._most(person, elements) > allowed if bound == "maximum" else allowed > 0:
                return True
        return False

    def _most(self, person: Person, elements: Sequence[Element]) -> int:
        """The most the elements can add up to."""
        if not person.one_a_day or not self.relies_on_one_a_day:
            return sum(self.most_of(element) for element in elements)
        by_day: dict[int, int] = {}
        for element in elements:
            by_day[element.day] = max(by_day.get(element.day, 0), self.most_of(element))
        return sum(by_day.values())


def limits_of(minimum: int | None, maximum: int | None) -> list[tuple[Bound, int]]:
    """The bounds that are given."""
    limits: list[tuple[Bound, int]] = []
    if minimum is not None:
        limits.append(("minimum", minimum))
    if maximum is not None:
        limits.append(("maximum", maximum))
    return limits


HIGHEST_BOUND = 10_000_000
"""19 years of minutes; more is a slip of the pen, and costs would overflow."""


def check_range(minimum: int | None, maximum: int | None) -> None:
    """Raise ValueError unless there is a bound and the bounds are in order and not negative."""
    if minimum is None and maximum is None:
        raise ValueError("give a minimum, a maximum or both")
    if max(minimum or 0, maximum or 0) > HIGHEST_BOUND:
        raise ValueError(f"minimum {minimum} and maximum {maximum} must not be above {HIGHEST_BOUND}")
    if min(minimum or 0, maximum or 0) < 0:
        raise ValueError(f"minimum {minimum} and maximum {maximum} must not be negative")
    if minimum is not None and maximum is not None and minimum > maximum:
        raise ValueError(f"minimum {minimum} is above maximum {maximum}")
