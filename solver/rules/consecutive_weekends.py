"""Runs of weekends worked: not too long, not too short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Lit
from solver.rules.rule import known_days
from solver.rules.run_length import RunLength, Steps
from solver.rules.weekend_days import SATURDAY_AND_SUNDAY, check_weekend, weekend_of, weekends_of
from solver.rules.worked_days import days_of, is_worked
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveWeekends(RunLength):
    """A run of weekends with work is at least ``minimum`` and at most ``maximum`` weekends long.

    A weekend is worked if work starts on any of its days; one that is known in part is judged by that part.
    What is said of the edges is said in `RunLength`.

    Parameters
    ----------
    weekdays
        The days of the weekend, which follow each other: 0 = Monday to 6 = Sunday.
    touching
        If true any minute of work makes a weekend worked: a night that runs into Saturday does.
    """

    id: ClassVar[str] = "consecutive_weekends"
    unit: ClassVar[str] = "weekends"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    weekdays: tuple[int, ...] = SATURDAY_AND_SUNDAY
    touching: bool = False

    def check_parameters(self) -> None:
        """There is a bound and a weekend."""
        RunLength.check_parameters(self)
        check_weekend(self.weekdays)

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days, unless work that runs into a weekend counts too."""
        return "times" if self.touching else "days"

    def ignores_times(self) -> bool:
        """Unless work that runs into a weekend counts too."""
        return not self.touching

    def steps(self, problem: Problem, employee: Employee) -> Steps:
        """Weekends; number 0 is the first that ends in the horizon or later."""
        calendar, first = problem.calendar, self.days_of_step(problem, 0).start
        horizon = weekends_of(calendar, range(calendar.size), self.weekdays)
        known = weekends_of(calendar, known_days(problem, employee), self.weekdays)
        if not horizon:
            return Steps(range(0), range(0))
        before, after = bool(employee.history), bool(employee.upcoming)
        starts, stop = (known[0].start - first) // 7, (known[-1].start - first) // 7 + 1
        return Steps(range(len(horizon)), range(starts - before, stop + after))

    def days_of_step(self, problem: Problem, step: int) -> range:
        """The days of the weekend."""
        day = 0
        while (weekend := weekend_of(problem.calendar, day, self.weekdays)) is None:
            day += 1
        return range(weekend.start + 7 * step, weekend.stop + 7 * step)

    def in_runs(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> set[int]:
        """The weekends with work."""
        first = self.days_of_step(problem, 0).start
        counted = self.counted(problem, works)
        days = {day for work in counted for day in days_of(problem, work, touching=self.touching)}
        weekends = (weekend_of(problem.calendar, day, self.weekdays) for day in days)
        return {(weekend.start - first) // 7 for weekend in weekends if weekend is not None}

    def in_run(self, model: Model, person: Person, step: int) -> Lit:
        """There is work on any of its days."""
        days = self.days_of_step(model.problem, step)
        return model.any_of(
            [is_worked(model, person, day, self.scope, touching=self.touching) for day in days]
        )
