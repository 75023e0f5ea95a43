"""Same shift: people who work the very same shifts, or never do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.rule import Rule
from solver.violation import Violation
from solver.work import Assignment, Roster, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SameShift(Rule):
    """Each shift of the employees in scope is worked by one of ``partners`` too or, kept apart, by none.

    It is the same shift where start, end and location are the same. Tags and days of the scope narrow the
    employees' shifts. Charged is each shift without a partner, or with one. Where the minutes together are
    meant, use `solver.rules.pairing.Pairing` and `solver.rules.keep_apart.KeepApart`.

    Parameters
    ----------
    partners
        Ids; nobody is a partner of their own.
    apart
        Whether they never work the same shift, rather than always.
    """

    id: ClassVar[str] = "same_shift"
    unit: ClassVar[str] = "shifts"

    partners: tuple[str, ...] = ()
    apart: bool = False

    def check_parameters(self) -> None:
        """There are partners, and the people are named."""
        if not self.partners:
            raise ValueError("partners is empty; name at least one")
        if not self.scope.employees:
            raise ValueError(f"scope.employees is {self.scope.employees}; name who has partners")
        for who in self.scope.employees:
            if set(self.partners) == {who}:
                raise ValueError(f"partners names {who} only, who needs somebody else")

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each shift."""
        found: list[Violation] = []
        for employee in self.scope.people(problem):
            others = {_place(work): work for who in self._others(employee.id) for work in roster.of(who)}
            for work in roster.of(employee.id):
                partner = others.get(_place(work))
                if self.scope.counts(problem, work) and (partner is not None) == self.apart:
                    facts = {"partner": partner.employee if partner else ", ".join(self._others(employee.id))}
                    found.append(self.breach(1, employee=employee.id, works=[work], facts=facts))
        return found

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, asking again only when one of the people is concerned."""
        concerned = {*(self.scope.employees or ()), *self.partners}
        return self.check(problem, roster) if any(w.employee in concerned for w in changed) else before

    def _others(self, employee: str) -> list[str]:
        return [who for who in self.partners if who != employee]

    def post(self, model: Model) -> None:
        """For each shift a literal that says it is broken, FALSE where it must not be."""
        for employee in self.scope.people(model.problem):
            theirs = [e for who in self._others(employee.id) for e in model.persons[who].own]
            for element in model.persons[employee.id].own:
                if element.counts(self.scope):
                    at_place = [e for e in theirs if e.work.location == element.work.location]
                    self._post(model, element, at_place)

    def _post(self, model: Model, element: Element, theirs: Sequence[Element]) -> None:
        from solver.cpsat.linear import FALSE, Linear

        program = model.program
        broken = FALSE if model.is_hard(self) else program.literal()
        if broken != FALSE:
            program.charge(self.level, self.weight, Linear.of(broken))
        for start, end in _spans(element):
            unless = [broken, *_not_at(element, start, end)]
            same = [e for e in theirs if (start, end) in _spans(e)]
            if self.apart:
                for other in same:
                    program.clause([*unless, *_not_at(other, start, end)])
                continue
            partners = []
            for other in same:
                partners.append(program.literal())
                for literal in _not_at(other, start, end):
                    program.clause([~partners[-1], ~literal])
            program.clause([*unless, *partners])


def _place(work: Work) -> tuple[int, int, str | None]:
    return work.start, work.end, work.location


def _spans(element: Element) -> set[tuple[int, int]]:
    """The starts and ends it can have."""
    from solver.cpsat.slots import Slot

    works: Sequence[Work] = list(element.assignments()) if isinstance(element, Slot) else [element.work]
    return {(work.start, work.end) for work in works}


def _not_at(element: Element, start: int, end: int) -> list[int]:
    """Literals any of which says that it does not last from ``start`` to ``end``."""
    return [
        ~element.started_before(start + 1),
        element.started_before(start),
        ~element.ended_by(end),
        element.ended_by(end - 1),
    ]
