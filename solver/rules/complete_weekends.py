"""Complete weekends: worked on all days or on none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.rule import PersonalRule, known_days, timeline
from solver.rules.weekend_days import SATURDAY_AND_SUNDAY, check_weekend, weekends_of
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteWeekends(PersonalRule):
    """Work starts on every day of a weekend or on none of them.

    A weekend with days about which nothing is known, before the first of history or after all upcoming
    work, is judged by its other days. One that is broken outside the horizon already is not judged.

    Parameters
    ----------
    weekdays
        The days of the weekend, which follow each other: 0 = Monday to 6 = Sunday.
    """

    id: ClassVar[str] = "complete_weekends"
    unit: ClassVar[str] = "weekends"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    weekdays: tuple[int, ...] = SATURDAY_AND_SUNDAY

    def check_parameters(self) -> None:
        """There is a weekend, of more than a day."""
        check_weekend(self.weekdays)
        if len(self.weekdays) < 2:
            raise ValueError(f"weekdays {list(self.weekdays)}: a weekend of one day is always complete")

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each weekend that is worked in part."""
        found: list[Violation] = []
        day_of = problem.calendar.index
        worked = {day_of(work.start) for work in self.counted(problem, timeline(employee, own))}
        for days in self.judged(problem, employee):
            busy = sum(day in worked for day in days)
            if 0 < busy < len(days):
                first = problem.calendar.date(days[0])
                facts: dict[str, int | str] = {"worked": busy, "days": len(days), "from": first}
                works = [work for work in self.counted(problem, own) if day_of(work.start) in days]
                found.append(self.breach(1, employee=employee.id, works=works, facts=facts))
        return found

    def judged(self, problem: Problem, employee: Employee) -> Sequence[range]:
        """The known days of each weekend that the roster can complete or leave free."""
        return problem.remember(self, employee.id, lambda: list(self._judged(problem, employee)))

    def _judged(self, problem: Problem, employee: Employee) -> Iterator[range]:
        known, horizon = known_days(problem, employee), range(problem.calendar.size)
        fixed = self.counted(problem, [*employee.history, *employee.upcoming])
        worked = {problem.calendar.index(work.start) for work in fixed}
        for weekend in weekends_of(problem.calendar, horizon, self.weekdays):
            days = range(max(weekend.start, known.start), min(weekend.stop, known.stop))
            if len({day in worked for day in days if day not in horizon}) < 2:
                yield days

    def post(self, model: Model) -> None:
        """That any of its days is worked is no more than that all are."""
        for person in model.people(self):
            for days in self.judged(model.problem, person.employee):
                worked = [model.works_on(person, day, self.scope) for day in days]
                broken = Linear.of(model.any_of(worked))
                broken.add(~model.any_of([~literal for literal in worked]), -1)
                model.at_most(self, broken, 0)
