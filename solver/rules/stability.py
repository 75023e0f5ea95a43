"""Stability: what people were told stays, unless changing it is worth its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.resources import PerWork, Total
from solver.rules.pins import same_work
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem, Published
    from solver.resources import Amount, Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedStep:
    """What work costs that is added so late.

    Parameters
    ----------
    before
        It starts before this minute from the origin.
    price
        Charged for it, >= 0.
    """

    before: int
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability(PersonalRule):
    """Published assignments are kept; what is withdrawn, altered or added is charged its price.

    A published assignment that is not kept is altered if the person still starts work on its day, withdrawn
    if not. Work is added if it starts on a day for which the person was told of none; where nothing at all is
    published, nothing is added.

    Parameters
    ----------
    altered_percent
        What altering costs, per cent of the assignment's price, 0 to 100; rounded down.
    added_price
        Charged for each added assignment, >= 0.
    added_steps
        Other prices of work that is added late, sorted: the first step that the start is before applies.

    Examples
    --------
    >>> late = AddedStep(before=1440, price=9)
    >>> rule = Stability(added_price=2, added_steps=(late,))
    >>> rule.added_at(600), rule.added_at(1440)
    (9, 2)
    """

    id: ClassVar[str] = "stability"
    unit: ClassVar[str] = "changes"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    level: Level = "soft"
    altered_percent: int = 100
    added_price: int = 0
    added_steps: tuple[AddedStep, ...] = ()

    def check_parameters(self) -> None:
        """Prices are not negative, altering costs no more than withdrawing, steps are in order."""
        if not 0 <= self.altered_percent <= 100:
            raise ValueError(f"altered_percent is {self.altered_percent}; use 0 to 100")
        if min(self.added_price, *(step.price for step in self.added_steps), 0) < 0:
            raise ValueError(f"added_price is {self.added_price}; use 0 or more, in added_steps too")
        befores = [step.before for step in self.added_steps]
        if sorted(set(befores)) != befores:
            raise ValueError(f"added_steps are before {befores}; put each step once, in order of time")

    def altered_price(self, one: Published) -> int:
        """What altering a published assignment costs."""
        return one.price * self.altered_percent // 100

    def added_at(self, start: int) -> int:
        """What adding work that starts then costs."""
        return next((step.price for step in self.added_steps if start < step.before), self.added_price)

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each published assignment that is gone and, at a price, each added one."""
        day_of = problem.calendar.index
        working = {day_of(work.start) for work in own}
        found: list[Violation] = []
        for one, day in self._told(problem, employee):
            if not any(keeps(one, work) for work in own):
                altered = day in working
                price = self.altered_price(one) if altered else one.price
                found.append(
                    self._change("altered" if altered else "withdrawn", employee, problem.pinned(one), price)
                )
        for work in own if self._charges_added(problem) else ():
            if self._adds(problem, employee, day_of(work.start)) and self.added_at(work.start):
                found.append(self._change("added", employee, work, self.added_at(work.start)))
        return found

    def _change(self, kind: str, employee: Employee, work: Assignment, price: int) -> Violation:
        facts: dict[str, int | str] = {"kind": kind, "price": price}
        return self.breach(1, employee=employee.id, works=[work], facts=facts, charged=price)

    def _told(self, problem: Problem, employee: Employee) -> list[tuple[Published, int]]:
        """The published assignments of somebody, each with its day."""
        return problem.remember(
            self,
            employee.id,
            lambda: [
                (one, problem.calendar.index(problem.pinned(one).start))
                for one in problem.published_of(employee.id)
            ],
        )

    def _charges_added(self, problem: Problem) -> bool:
        return bool(problem.published) and bool(self.added_price or self.added_steps)

    def _adds(self, problem: Problem, employee: Employee, day: int) -> bool:
        """Whether work that starts on the day would be added."""
        return all(day != told for _, told in self._told(problem, employee))

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """Altering costs all that is not kept, withdrawing more on days without work; then what is added."""
        told = self._told(problem, employee)
        charges_added = self._charges_added(problem)

        def amount(work: Assignment) -> int:
            added = 0
            if charges_added and self._adds(problem, employee, problem.calendar.index(work.start)):
                added = self.added_at(work.start)
            return added - sum(self.altered_price(one) for one, _ in told if keeps(one, work))

        if not told and not charges_added:
            return []
        gone = [
            Total(_each(more), range(day, day + 1), least=more)
            for one, day in told
            if (more := one.price - self.altered_price(one))
        ]
        return [PerWork(amount, sum(self.altered_price(one) for one, _ in told)), *gone]

    def post(self, model: Model) -> None:
        """A price unless an element that keeps it is there, more if no work is; a price for what is added."""
        for person in model.people(self):
            for one, day in self._told(model.problem, person.employee):
                kept = [literal for element in person.own for literal in element.keeps(one, model)]
                altered = self.altered_price(one)
                model.clause(self, kept, charged=altered)
                if altered < one.price:
                    model.clause(self, [model.works_on(person, day)], charged=one.price - altered)
            if self._charges_added(model.problem):
                added = [e for e in person.own if self._adds(model.problem, person.employee, e.day)]
                model.at_most(self, Linear.total(map(self._added, added)), 0)

    def _added(self, element: Element) -> Linear:
        """The price of an element where it is there: the last step's, and what each step before differs."""
        prices = [*(step.price for step in self.added_steps), self.added_price]
        total = element.presence().times(prices[-1])
        for step, price, following in zip(self.added_steps, prices, prices[1:], strict=False):
            total.add(element.started_before(step.before), price - following)
        return total


def _each(amount: int) -> Amount:
    return lambda work: amount


def keeps(one: Published, work: Assignment) -> bool:
    """Whether an assignment of the employee is the published one."""
    if one.shift is not None:
        return work.shift == one.shift
    return one.work is not None and same_work(one.work, work)
