"""Stability: what people were told stays, unless changing it is worth its price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.resources import PerWork
from solver.rules.pins import same_work
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem, Published
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability(PersonalRule):
    """Published assignments are kept; one that is withdrawn or altered is charged its price.

    Parameters
    ----------
    added_price
        Charged for each assignment of a person with published ones that was not published, >= 0.
    """

    id: ClassVar[str] = "stability"
    unit: ClassVar[str] = "changes"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    level: Level = "soft"
    added_price: int = 0

    def check_parameters(self) -> None:
        """Prices are not negative."""
        if self.added_price < 0:
            raise ValueError(f"added_price is {self.added_price}; use 0 or more")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each published assignment that is gone and, at a price, each new one."""
        told = problem.published_of(employee.id)
        found: list[Violation] = []
        for one in told:
            if not any(keeps(one, work) for work in own):
                was, facts = problem.pinned(one), {"price": one.price}
                found.append(
                    self.breach(1, employee=employee.id, works=[was], facts=facts, charged=one.price)
                )
        for work in own if told and self.added_price else ():
            if not any(keeps(one, work) for one in told):
                facts, price = {"price": self.added_price}, self.added_price
                found.append(self.breach(1, employee=employee.id, works=[work], facts=facts, charged=price))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """All prices, less the price of what is kept, more that of what is added."""
        told = problem.published_of(employee.id)

        def amount(work: Assignment) -> int:
            kept = [one.price for one in told if keeps(one, work)]
            return -sum(kept) if kept else self.added_price

        return [PerWork(amount, sum(one.price for one in told))] if told else []

    def post(self, model: Model) -> None:
        """A price unless one of the elements that keep it is present."""
        for person in model.people(self):
            told = model.problem.published_of(person.employee.id)
            if not told:
                continue
            kept = [[lit for element in person.own for lit in element.keeps(one, model)] for one in told]
            for one, literals in zip(told, kept, strict=True):
                model.clause(self, literals, charged=one.price)
            if self.added_price:
                added = Linear.total(element.presence() for element in person.own)
                for literal in {lit for literals in kept for lit in literals}:
                    added.add(literal, -1)
                model.at_most(self, added.times(self.added_price), 0)


def keeps(one: Published, work: Assignment) -> bool:
    """Whether an assignment of the employee is the published one."""
    if one.shift is not None:
        return work.shift == one.shift
    return one.work is not None and same_work(one.work, work)
