"""Coverage: how many people work at each time, against how many are wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from solver.rules.rule import Rule
from solver.spans import Span
from solver.supply import Supply
from solver.violation import Level, Violation
from solver.work import Assignment, Roster, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Coverage, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCurves(Rule):
    """At each time as many people work as the problem's coverage wants.

    Charged are the person-minutes off it: fewer than the minimum and more than the maximum are mandatory;
    fewer than the target (the part below the minimum included) and more than the target are soft. Work of
    history and upcoming work covers too. Whoever is on a placed break does not cover, and whoever has tasks
    covers the skill of the one that is on.
    """

    id: ClassVar[str] = "coverage"
    unit: ClassVar[str] = "person_minutes"
    narrows: ClassVar[tuple[str, ...]] = ()
    looks_inside: ClassVar[bool] = True

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """At most one violation for each coverage requirement and kind of deviation."""
        supply = Supply(chain(roster, fixed_work(problem)))
        return [violation for cover in problem.coverage for violation in self._check(cover, supply)]

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, counting people again only where somebody comes or goes."""
        touched = {
            cover.id
            for cover in problem.coverage
            if any(
                work.start < cover.end and cover.start < work.end and cover.counts(work) for work in changed
            )
        }
        kept: dict[str, list[Violation]] = {}
        for violation in before:
            kept.setdefault(violation.shifts[0], []).append(violation)
        supply = Supply(chain(roster, fixed_work(problem)))
        return [
            violation
            for cover in problem.coverage
            for violation in (self._check(cover, supply) if cover.id in touched else kept.get(cover.id, ()))
        ]

    def _check(self, cover: Coverage, supply: Supply) -> Iterator[Violation]:
        pieces = list(supply.steps(cover.skill, cover.location, cover.start, cover.end))
        for _, same in groupby(kinds_of(cover), key=attrgetter("name")):
            kinds = list(same)
            amounts = [sum((end - start) * kind.off(n) for start, end, n in pieces) for kind in kinds]
            kind, amount = kinds[0], amounts[0]
            if amount:
                cost = sum(kind.price * amount for kind, amount in zip(kinds, amounts, strict=True))
                yield Violation(
                    rule=self.id,
                    name=kind.name,
                    level=kind.level,
                    short_by=amount,
                    unit=self.unit,
                    cost=self.weight * cost,
                    shifts=(cover.id,),
                    spans=(Span(cover.start, cover.end),),
                    facts={
                        "skill": cover.skill or "",
                        "location": cover.location or "",
                        "wanted": kind.bound,
                    },
                )

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """For each time and kind the people missing or too many, at their price."""
        for cover in model.problem.coverage:
            for start, end, people in model.supply_steps(cover):
                for kind in kinds_of(cover):
                    off = people.times(kind.sign).plus(-kind.sign * kind.bound)
                    price = self.weight * kind.price * (end - start)
                    model.program.charge_excess(kind.level, price, off)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to be off a coverage requirement: ``sign`` is 1 for too many and -1 for too few."""

    name: str
    level: Level
    bound: int
    sign: int
    price: int

    def off(self, people: int) -> int:
        """How many people too many or too few."""
        return max(0, self.sign * (people - self.bound))


def kinds_of(cover: Coverage) -> Iterator[Kind]:
    """The deviations that cost something; those of one name follow each other and add up."""
    if cover.minimum and cover.missing_price:
        yield Kind("below_minimum", "mandatory", cover.minimum, -1, cover.missing_price)
    if cover.wanted and cover.missing_price:
        yield Kind("below_target", "soft", cover.wanted, -1, cover.missing_price)
    paid = 0
    for more, price in enumerate(cover.surplus_prices or (cover.surplus_price,)):
        if price > paid:  # a price that rises with each person is a sum of prices above each number
            yield Kind("above_target", "soft", cover.wanted + more, 1, price - paid)
        paid = price
    if cover.maximum is not None:
        yield Kind("above_maximum", "mandatory", cover.maximum, 1, max(1, cover.surplus_price))


def fixed_work(problem: Problem) -> Iterator[Work]:
    """The work of all employees that lies before or after the horizon."""
    for employee in problem.employees:
        yield from employee.history
        yield from employee.upcoming
