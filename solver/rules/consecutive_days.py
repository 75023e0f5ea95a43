"""Runs of working days: not too long, not too short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Lit
from solver.rules.run_length import RunLength, Steps, day_steps
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveDays(RunLength):
    """A run of days on which work starts is at least ``minimum`` and at most ``maximum`` days long.

    With tags it is about days with such work: runs of nights. A run without work of the roster is not
    judged. What is said of the edges is said in `RunLength`.
    """

    id: ClassVar[str] = "consecutive_days"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def steps(self, problem: Problem, employee: Employee) -> Steps:
        """Days."""
        return day_steps(problem, employee)

    def days_of_step(self, problem: Problem, step: int) -> range:
        """The day."""
        return range(step, step + 1)

    def in_runs(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> set[int]:
        """The days on which work starts."""
        return {problem.calendar.index(work.start) for work in self.counted(problem, works)}

    def in_run(self, model: Model, person: Person, step: int) -> Lit:
        """Work starts on the day."""
        return model.works_on(person, step, self.scope)
