"""Blocks of days off: enough stretches of several free days in each window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear, Lit
from solver.rules.rule import WEEKLY, Period, PersonalRule, timeline
from solver.rules.run_length import runs
from solver.rules.worked_days import days_of, is_worked
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOffBlocks(PersonalRule):
    """Each window of the period has at least ``minimum`` blocks of ``days`` days off in a row.

    Blocks do not share days: four days off in a row are two blocks of two. "Two days off together in every
    fortnight" is ``DaysOffBlocks(days=2, period=Period(14))``. Where the past leaves room for fewer, as many
    are asked for as there is room for. Only windows that end in what is known are judged.

    Parameters
    ----------
    minimum
        Blocks, > 0.
    days
        Length of a block, > 0.
    period
        The windows.
    touching
        If true a day with any minute of work is no day off; otherwise one on which work starts.
    """

    id: ClassVar[str] = "days_off_blocks"
    unit: ClassVar[str] = "blocks"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    minimum: int = 1
    days: int = 2
    period: Period = WEEKLY
    touching: bool = False

    def check_parameters(self) -> None:
        """There is something to give, and windows have room for it."""
        if self.minimum < 1 or self.days < 1:
            raise ValueError(f"minimum {self.minimum} and days {self.days} must be 1 or more")
        if self.period.days is not None and self.minimum * self.days > self.period.days:
            wanted = f"{self.minimum} blocks of {self.days} days"
            raise ValueError(f"{wanted} do not fit into {self.period.days} days")

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days, unless work that runs into a day counts too."""
        return "times" if self.touching else "days"

    def ignores_times(self) -> bool:
        """Unless work that runs into a day counts too."""
        return not self.touching

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window with too few blocks."""
        found: list[Violation] = []
        worked = self._worked(problem, timeline(employee, own))
        for window, required in self.required_blocks(problem, employee):
            actual = self._blocks(window, worked)
            if actual < required:
                facts: dict[str, int | str] = {"required": required, "actual": actual, "days": self.days}
                facts["from"] = problem.calendar.date(window[0])
                works = [work for work in own if problem.calendar.index(work.start) in window]
                found.append(self.breach(required - actual, employee=employee.id, works=works, facts=facts))
        return found

    def _worked(self, problem: Problem, works: Sequence[Work]) -> set[int]:
        return {day for work in works for day in days_of(problem, work, touching=self.touching)}

    def _blocks(self, window: range, worked: set[int]) -> int:
        return sum(len(run) // self.days for run in runs(set(window) - worked))

    def required_blocks(self, problem: Problem, employee: Employee) -> list[tuple[range, int]]:
        """The windows, and how many blocks the roster must leave free in each."""
        return problem.remember(self, employee.id, lambda: self._required_blocks(problem, employee))

    def _required_blocks(self, problem: Problem, employee: Employee) -> list[tuple[range, int]]:
        busy = self._worked(problem, [*employee.history, *employee.upcoming])
        windows = self.period.windows(problem, employee, closed=True)
        return [(window, min(self.minimum, self._blocks(window, busy))) for window in windows]

    def post(self, model: Model) -> None:
        """A literal for each place a block can have; each day belongs to one block at most."""
        for person in model.people(self):
            for window, required in self.required_blocks(model.problem, person.employee):
                if required:
                    self._post_window(model, person, window, required)

    def _post_window(self, model: Model, person: Person, window: range, required: int) -> None:
        blocks: dict[int, Lit] = {}
        for first in range(window.start, window.stop - self.days + 1):
            days = range(first, first + self.days)
            free = ~model.any_of(
                [is_worked(model, person, day, self.scope, touching=self.touching) for day in days]
            )
            if required == 1:
                blocks[first] = free
            else:
                blocks[first] = model.program.literal()
                model.program.clause([~blocks[first], free])
        if required == 1:
            model.clause(self, blocks.values())
            return
        for day in window:
            sharing = [block for first, block in blocks.items() if first <= day < first + self.days]
            model.program.at_most(Linear.total(map(Linear.of, sharing)), 1)
        model.at_least(self, Linear.total(map(Linear.of, blocks.values())), required)
