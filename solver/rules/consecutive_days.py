"""Runs of working days: not too long, not too short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.rule import PersonalRule, timeline
from solver.rules.window_sum import check_range
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsecutiveDays(PersonalRule):
    """A run of days on which work starts is at least ``minimum`` and at most ``maximum`` days long.

    Days worked before and after the horizon belong to the run; days too many that lie wholly before or
    after are not charged. A run without work of the roster is not judged, nor is whether a run is long
    enough that reaches the end of the horizon when nothing is known of the time after. With ``tags`` it is
    about days with such work.

    Parameters
    ----------
    minimum, maximum
        Bounds in days; None for no such bound.
    """

    id: ClassVar[str] = "consecutive_days"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags")

    minimum: int | None = None
    maximum: int | None = None

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.minimum, self.maximum)

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each run that is too long or too short."""
        day_of = problem.calendar.index
        counted = list(self.counted(problem, timeline(employee, own)))
        found: list[Violation] = []
        for run in runs({day_of(work.start) for work in counted}):
            works = [work for work in counted if day_of(work.start) in run and isinstance(work, Assignment)]
            facts: dict[str, int | str] = {"actual": len(run), "from": problem.calendar.date(run[0])}
            if (short_by := self._too_long(run, problem)) > 0:
                facts = {"maximum": self.maximum or 0, **facts}
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
            if (short_by := self._too_short(run, problem, employee)) > 0:
                facts = {"minimum": self.minimum or 0, **facts}
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def _too_long(self, run: range, problem: Problem) -> int:
        """The number of windows of ``maximum + 1`` days in the run that touch the horizon."""
        if self.maximum is None:
            return 0
        first = max(run.start, -self.maximum)
        last = min(run.stop - self.maximum - 1, problem.calendar.size - 1)
        return last - first + 1

    def _too_short(self, run: range, problem: Problem, employee: Employee) -> int:
        if self.minimum is None or not self._judged(run, problem, employee):
            return 0
        return self.minimum - len(run)

    def _judged(self, run: range, problem: Problem, employee: Employee) -> bool:
        size = problem.calendar.size
        touches = run.start < size and run.stop > 0
        return touches and (run.stop < size or bool(employee.upcoming))

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """No window one day longer than the maximum is all worked; no run is shorter than the minimum."""
        size = model.problem.calendar.size
        for person in model.people(self):
            for first in range(-self.maximum, size) if self.maximum is not None else ():
                window = range(first, first + (self.maximum or 0) + 1)
                worked = [model.works_on(person, day, self.scope) for day in window]
                model.clause(self, [~day for day in worked])
            for run in self._short_runs(size):
                if self._judged(run, model.problem, person.employee):
                    self._post_run(model, person, run)

    def _short_runs(self, size: int) -> list[range]:
        """All runs that touch the horizon and are shorter than the minimum."""
        lengths = range(1, self.minimum or 0)
        return [range(at, at + days) for days in lengths for at in range(1 - days, size)]

    def _post_run(self, model: Model, person: Person, run: range) -> None:
        around = [model.works_on(person, day, self.scope) for day in (run.start - 1, run.stop)]
        inside = [model.works_on(person, day, self.scope) for day in run]
        broken_by = [*around, *(~day for day in inside)]
        model.clause(self, broken_by, charged=(self.minimum or 0) - len(run))


def runs(days: set[int]) -> list[range]:
    """The runs of consecutive numbers in ``days``, in order.

    Examples
    --------
    >>> runs({1, 2, 5})
    [range(1, 3), range(5, 6)]
    """
    found: list[range] = []
    for day in sorted(days):
        if found and found[-1].stop == day:
            found[-1] = range(found[-1].start, day + 1)
        else:
            found.append(range(day, day + 1))
    return found
