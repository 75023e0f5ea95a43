"""Runs of days off: not too short, not too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Lit
from solver.rules.run_length import RunLength, Steps, day_steps
from solver.rules.worked_days import days_of, is_worked
from solver.spans import merged
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveDaysOff(RunLength):
    """A run of days off is at least ``minimum`` and at most ``maximum`` days long.

    A run that history began, or upcoming work will end, is judged where the roster ends it. Days on which
    the employee is unavailable from midnight to midnight make no run too long: nobody has to work around
    leave. What is said of the edges is said in `RunLength`.

    Parameters
    ----------
    touching
        If true a day with any minute of work is no day off; otherwise one on which work starts.
    """

    id: ClassVar[str] = "consecutive_days_off"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)
    made_by_work: ClassVar[bool] = False

    touching: bool = False

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days, unless work that runs into a day counts too."""
        return "times" if self.touching else "days"

    def ignores_times(self) -> bool:
        """Unless work that runs into a day counts too."""
        return not self.touching

    def steps(self, problem: Problem, employee: Employee) -> Steps:
        """Days."""
        return day_steps(problem, employee)

    def days_of_step(self, problem: Problem, step: int) -> range:
        """The day."""
        return range(step, step + 1)

    def in_runs(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> set[int]:
        """The days without work."""
        worked = {day for work in works for day in days_of(problem, work, touching=self.touching)}
        return set(self.frame(problem, employee).steps.known) - worked

    def in_run(self, model: Model, person: Person, step: int) -> Lit:
        """There is no work on the day."""
        return ~is_worked(model, person, step, self.scope, touching=self.touching)

    def unlimited(self, problem: Problem, employee: Employee) -> set[int]:
        """The days of leave."""
        leave = merged(employee.unavailable)
        return {
            place
            for place, day in enumerate(problem.days)
            if any(span.start <= day.start and day.end <= span.end for span in leave)
        }
