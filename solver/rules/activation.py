"""Activation: what it costs to call on somebody at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.period import HORIZON, Period
from solver.rules.rule import PersonalRule
from solver.violation import Level, Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(PersonalRule):
    """Each employee in scope, such as agency or reserve staff, who works at all in a window is charged once.

    Whoever already worked in the window before the horizon, or will after it, is not charged again. How
    many people of a group are called on at most is `solver.rules.group_count.GroupCount`.

    Parameters
    ----------
    period
        The windows in which a person is called on once.
    """

    id: ClassVar[str] = "activation"
    unit: ClassVar[str] = "people"

    level: Level = "soft"
    period: Period = HORIZON

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window in which the person is called on."""
        found: list[Violation] = []
        day_of = problem.calendar.index
        for window in self._idle_windows(problem, employee):
            works = [work for work in self.counted(problem, own) if day_of(work.start) in window]
            if works:
                facts = {"from": problem.calendar.date(window[0])}
                found.append(self.breach(1, employee=employee.id, works=works, facts=facts))
        return found

    def _idle_windows(self, problem: Problem, employee: Employee) -> list[range]:
        """The windows in which the person has no work so far."""
        return problem.remember(self, employee.id, lambda: self._work_out(problem, employee))

    def _work_out(self, problem: Problem, employee: Employee) -> list[range]:
        fixed = self.counted(problem, [*employee.history, *employee.upcoming])
        busy = {problem.calendar.index(work.start) for work in fixed}
        windows = self.period.windows(problem, employee, closed=False)
        return [window for window in windows if busy.isdisjoint(window)]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A literal per window that any work in it implies."""
        for person in model.people(self):
            for window in self._idle_windows(model.problem, person.employee):
                works = [e.present for e in person.own if e.day in window and e.counts(self.scope)]
                if works:
                    model.at_most(self, Linear.of(model.any_of(works)), 0)

    def can_break(self, board: Board, person: Person) -> bool:
        """Whether the person is idle in a window and could work in it."""
        days = {e.day for e in person.own if e.counts(self.scope)}
        return any(
            not days.isdisjoint(window) for window in self._idle_windows(board.problem, person.employee)
        )
