"""Shifts in a row: how many are worked without a day off in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.rule import PersonalRule, timeline
from solver.rules.run_length import runs
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveShifts(PersonalRule):
    """At most ``maximum`` shifts are worked without a day on which none starts.

    Unlike `ConsecutiveDays` it counts both shifts of a split day. Shifts before and after the horizon take
    part; what is too much wholly before or after it is not charged.

    Parameters
    ----------
    maximum
        Shifts, > 0.
    """

    id: ClassVar[str] = "consecutive_shifts"
    unit: ClassVar[str] = "shifts"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    maximum: int = 7

    def check_parameters(self) -> None:
        """Some work is possible."""
        if self.maximum < 1:
            raise ValueError(f"maximum is {self.maximum}; allow 1 shift or more")

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each run of days with too many shifts."""
        found: list[Violation] = []
        day_of, size = problem.calendar.index, problem.calendar.size
        shifts = self._shifts_by_day(problem, timeline(employee, own))
        for run in runs(set(shifts)):
            before = sum(shifts[day] for day in run if day < 0)
            after = sum(shifts[day] for day in run if day >= size)
            total = sum(shifts[day] for day in run)
            short_by = self._excess(total) - self._excess(before) - self._excess(after)
            if short_by > 0:
                facts: dict[str, int | str] = {"maximum": self.maximum, "actual": total}
                facts["from"] = problem.calendar.date(run[0])
                works = [work for work in self.counted(problem, own) if day_of(work.start) in run]
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def _shifts_by_day(self, problem: Problem, works: Sequence[Work]) -> Counter[int]:
        return Counter(problem.calendar.index(work.start) for work in self.counted(problem, works))

    def _excess(self, shifts: int) -> int:
        return max(0, shifts - self.maximum)

    def post(self, model: Model) -> None:
        """A counter from day to day, which cannot rise above the maximum without paying for the rest."""
        for person in model.people(self):
            employee, size = person.employee, model.problem.calendar.size
            fixed = self._shifts_by_day(model.problem, [*employee.history, *employee.upcoming])
            around = runs(set(fixed))
            before = sum(fixed[day] for run in around if run.stop == 0 for day in run)
            after = next((run for run in around if run.start == size), range(0))
            excess = self._count(model, person, min(before, self.maximum), size + len(after))
            model.at_most(self, excess, self._excess(sum(fixed[day] for day in after)))

    def _count(self, model: Model, person: Person, before: int, stop: int) -> Linear:
        """All shifts that go beyond the maximum on the days from the horizon's first to ``stop``."""
        program, excess, so_far = model.program, Linear(), Linear(before)
        for day in range(stop):
            elements = [e for e in person.everything if e.day == day and e.counts(self.scope)]
            shifts = Linear.total(element.presence() for element in elements)
            total, beyond = program.amount(self.maximum), program.amount(len(elements))
            short = so_far.minus(Linear(0, {total: 1, beyond: 1}))
            short.add_all(shifts)
            program.at_most(short, 0, when=[model.works_on(person, day, self.scope)])
            excess.add(beyond, 1)
            so_far = Linear.of(total)
        return excess
