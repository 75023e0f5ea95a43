"""Stability: what people were told stays, unless changing it is worth its price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.pins import same_work
from solver.rules.rule import Rule
from solver.violation import Level, Violation
from solver.work import Assignment, Roster

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Problem, Published


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability(Rule):
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

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each published assignment that is gone and, at a price, each new one."""
        found: list[Violation] = []
        for employee, told in self.told(problem).items():
            works = roster.of(employee)
            for one in told:
                if not any(keeps(one, work) for work in works):
                    was = problem.pinned(one)
                    facts = {"price": one.price}
                    found.append(
                        self.breach(1, employee=employee, works=[was], facts=facts, charged=one.price)
                    )
            for work in works if self.added_price else ():
                if not any(keeps(one, work) for one in told):
                    facts = {"price": self.added_price}
                    found.append(
                        self.breach(1, employee=employee, works=[work], facts=facts, charged=self.added_price)
                    )
        return found

    def told(self, problem: Problem) -> dict[str, list[Published]]:
        """The published assignments of the employees in scope."""
        rows: dict[str, list[Published]] = {employee.id: [] for employee in self.scope.people(problem)}
        for one in problem.published:
            if one.employee in rows:
                rows[one.employee].append(one)
        return {employee: told for employee, told in rows.items() if told}

    def post(self, model: Model) -> None:
        """A price unless one of the elements that keep it is present."""
        for employee, told in self.told(model.problem).items():
            person = model.person(employee)
            if person is None:
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
