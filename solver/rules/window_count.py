"""Rules that keep how many different things work has in windows of days in a range."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from solver.cpsat.linear import Linear, Lit
from solver.resources import Distinct
from solver.rules.rule import WEEKLY, Period, PersonalRule
from solver.rules.window_sum import Bound, check_range, limits_of
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem
    from solver.resources import Resource

Mark = tuple[int, int | str]
"""The index of the day by which a thing belongs to a window, and the thing."""

Allowance = tuple[Bound, int, range, frozenset[int | str]]
"""A bound, how many things the roster may or must add, the days it is about, and what was there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCount(PersonalRule):
    """The number of different things in the work of each window of a period is within a range.

    However often a thing is there, it counts once. What history and upcoming work have counts and costs
    nothing; where they exceed a maximum already, the roster may add nothing new. A minimum is judged only in
    windows that end within what is known.

    Parameters
    ----------
    minimum, maximum
        Bounds; None for no such bound.
    period
        The windows.
    """

    minimum: int | None = None
    maximum: int | None = None
    period: Period = WEEKLY

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.minimum, self.maximum)

    @abstractmethod
    def marks(self, problem: Problem, work: Work) -> Iterable[Mark]:
        """What a span of work has."""

    def marks_of(self, model: Model, element: Element) -> Iterator[tuple[Mark, Lit]]:
        """What an element of a model can have, each with a literal that says that it has it."""
        for mark in self.marks(model.problem, element.work):
            yield mark, element.present

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window and bound that is broken."""
        found: list[Violation] = []
        mine = [(mark, work) for work in self.counted(problem, own) for mark in self.marks(problem, work)]
        for bound, allowed, days, before in self.allowances(problem, employee):
            added = {thing for (day, thing), _ in mine if day in days} - before
            short_by = allowed - len(added) if bound == "minimum" else len(added) - allowed
            if short_by > 0:
                facts: dict[str, int | str] = {
                    "actual": len(added) + len(before),
                    "from": problem.calendar.date(days[0]),
                    bound: dict(limits_of(self.minimum, self.maximum))[bound],
                }
                works = list(dict.fromkeys(work for (day, _), work in mine if day in days))
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def allowances(self, problem: Problem, employee: Employee) -> list[Allowance]:
        """What the roster may or must add in each window."""
        return problem.remember(self, employee.id, lambda: self._allowances(problem, employee))

    def _allowances(self, problem: Problem, employee: Employee) -> list[Allowance]:
        fixed = self.counted(problem, [*employee.history, *employee.upcoming])
        marks = [mark for work in fixed for mark in self.marks(problem, work)]
        found: list[Allowance] = []
        for bound, limit in limits_of(self.minimum, self.maximum):
            for days in self.period.windows(problem, employee, closed=bound == "minimum"):
                before = frozenset(thing for day, thing in marks if day in days)
                found.append((bound, max(0, limit - len(before)), days, before))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """How many things each window has, where they depend on days and tags."""
        if self.looks_at() != "days":
            return None
        found: list[Resource] = []
        for bound, allowed, days, before in self.allowances(problem, employee):
            low, high = (allowed, None) if bound == "minimum" else (None, allowed)
            found.append(Distinct(partial(self._things, problem, days, before), low, high))
        return found

    def _things(
        self, problem: Problem, days: range, before: frozenset[int | str], work: Work
    ) -> list[int | str]:
        if not self.scope.counts(problem, work):
            return []
        return [thing for day, thing in self.marks(problem, work) if day in days and thing not in before]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A literal for each thing the roster can add, and a linear constraint per window."""
        for person in model.people(self):
            elements = [element for element in person.own if element.counts(self.scope)]
            options = [option for element in elements for option in self.marks_of(model, element)]
            for bound, allowed, days, before in self.allowances(model.problem, person.employee):
                added: dict[int | str, list[Lit]] = {}
                for (day, thing), literal in options:
                    if day in days and thing not in before:
                        added.setdefault(thing, []).append(literal)
                if bound == "maximum" and len(added) <= allowed:
                    continue  # cannot be broken
                total = Linear.total(Linear.of(model.any_of(literals)) for literals in added.values())
                if bound == "minimum":
                    model.at_least(self, total, allowed)
                else:
                    model.at_most(self, total, allowed)

    def can_break(self, board: Board, person: Person) -> bool:
        """Whether there is a minimum, or a window in which the person could have more than the maximum."""
        elements = [element for element in person.own if element.counts(self.scope)]
        marks = [mark for element in elements for mark in self.marks(board.problem, element.work)]
        for bound, allowed, days, before in self.allowances(board.problem, person.employee):
            added = {thing for day, thing in marks if day in days} - before
            if len(added) > allowed if bound == "maximum" else allowed > 0:
                return True
        return False
