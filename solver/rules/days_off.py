"""Days off: enough days without work in each window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.resources import Distinct
from solver.rules.rule import WEEKLY, Period, PersonalRule, timeline
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff(PersonalRule):
    """Each window of the period has at least ``minimum`` days off.

    The scope's ``days`` and ``weekdays`` narrow the days that count: with ``Scope(weekdays=(6,))``,
    ``DaysOff(minimum=1, period=Period(28, rolling=True))`` is one free Sunday in four weeks. A window with
    fewer such days than the minimum asks for as many as it has, and one that the past has used up asks for
    what is left. Only windows that end in what is known are judged.

    Parameters
    ----------
    minimum
        Days off, > 0.
    period
        The windows.
    touching
        If true a day with any minute of work is no day off; otherwise one on which work starts.

    References
    ----------
    Kodeks pracy, art. 151(12): at least one free Sunday in four weeks.
    """

    id: ClassVar[str] = "days_off"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "days")

    minimum: int = 1
    period: Period = WEEKLY
    touching: bool = False

    def check_parameters(self) -> None:
        """There is something to give."""
        if self.minimum < 1:
            raise ValueError(f"minimum is {self.minimum}; ask for at least 1 day off")

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days, unless work that runs into a day counts too."""
        return "times" if self.touching else "days"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window with too few days off."""
        found: list[Violation] = []
        worked = self._worked(problem, timeline(employee, own))
        for window, days, required in self.required_days(problem, employee):
            off = sum(day not in worked for day in days)
            if off < required:
                facts: dict[str, int | str] = {
                    "required": required,
                    "actual": off,
                    "from": problem.calendar.date(window[0]),
                }
                works = [work for work in own if problem.calendar.index(work.start) in window]
                found.append(self.breach(required - off, employee=employee.id, works=works, facts=facts))
        return found

    def required_days(self, problem: Problem, employee: Employee) -> list[tuple[range, list[int], int]]:
        """The windows, the days of each that count, and how many of them the roster must leave free."""
        return problem.remember(self, employee.id, lambda: self._required_days(problem, employee))

    def _required_days(self, problem: Problem, employee: Employee) -> list[tuple[range, list[int], int]]:
        busy = self._worked(problem, [*employee.history, *employee.upcoming])
        required: list[tuple[range, list[int], int]] = []
        for window in self.period.windows(problem, employee, closed=True):
            days = [day for day in window if self.scope.counts_day(problem, day)]
            possible = sum(day not in busy for day in days)
            required.append((window, days, min(self.minimum, possible)))
        return required

    def _worked(self, problem: Problem, works: Sequence[Work]) -> set[int]:
        day_of = problem.calendar.index
        if not self.touching:
            return {day_of(work.start) for work in works}
        return {day for work in works for day in range(day_of(work.start), day_of(work.end - 1) + 1)}

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """How many days of each window the roster takes, where only starts count."""
        if self.touching:
            return None
        busy = self._worked(problem, [*employee.history, *employee.upcoming])
        found: list[Resource] = []
        for _, days, required in self.required_days(problem, employee):
            free = frozenset(days) - busy
            found.append(Distinct(partial(_day_within, problem, free), most=len(free) - required))
        return found

    def ignores_times(self) -> bool:
        """Unless work that runs into a day counts too."""
        return not self.touching

    def post(self, model: Model) -> None:
        """At most so many days of the window are worked."""
        for person in model.people(self):
            for _, days, required in self.required_days(model.problem, person.employee):
                if required:
                    busy = model.touches if self.touching else model.works_on
                    worked = Linear.total(Linear.of(busy(person, day)) for day in days)
                    model.at_most(self, worked, len(days) - required)


def _day_within(problem: Problem, days: frozenset[int], work: Work) -> list[int]:
    return [day] if (day := problem.calendar.index(work.start)) in days else []
