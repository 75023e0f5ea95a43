"""Rules that keep a sum over the work of several people in a range, window by window."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.cpsat.linear import Linear
from solver.rules.period import DAILY, Period
from solver.rules.rule import Rule
from solver.rules.window_sum import Bound, check_range, limits_of
from solver.spans import Span
from solver.violation import Violation
from solver.work import Roster, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem

Counted = list[tuple["Employee", list[tuple[int, Work]]]]
"""The counted work of each employee, with the index of the day on which it starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSum(Rule):
    """A sum over the work of all people in scope that starts in each window is within a range.

    What history and upcoming work already take beyond a maximum is not charged to the roster, which may then
    add nothing. A minimum is judged only in windows that end within the horizon.

    Parameters
    ----------
    minimum, maximum
        The range; None for no such bound.
    period
        The windows.
    skill, location
        It counts work that covers this skill, or is at this location.
    """

    minimum: int | None = None
    maximum: int | None = None
    period: Period = DAILY
    skill: str | None = None
    location: str | None = None

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.minimum, self.maximum)

    @abstractmethod
    def amount(self, employee: Employee, works: Iterable[Work]) -> int:
        """What the counted work of one employee in a window adds to the sum."""

    @abstractmethod
    def added(self, model: Model, person: Person, days: range, fixed: int) -> Linear:
        """What the counted work of a person may add to the ``fixed`` amount in a window."""

    @abstractmethod
    def counted_in(self) -> str:
        """The unit of the sum."""

    def counts(self, problem: Problem, work: Work) -> bool:
        """Whether some work is counted."""
        return (
            self.skill in (None, work.skill)
            and self.location in (None, work.location)
            and self.scope.counts(problem, work)
        )

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each window and bound that is broken."""
        fixed, own = self._fixed(problem), self._own(problem, roster)
        return [
            violation
            for bound, limit in limits_of(self.minimum, self.maximum)
            for days in self._windows(problem, bound)
            for violation in self._check(problem, bound, limit, days, (fixed, own))
        ]

    def _check(
        self, problem: Problem, bound: Bound, limit: int, days: range, counted: tuple[Counted, Counted]
    ) -> Iterator[Violation]:
        before = total = 0
        for (employee, past), (_, own) in zip(*counted, strict=True):
            fixed = [work for day, work in past if day in days]
            mine = [work for day, work in own if day in days]
            before += self.amount(employee, fixed)
            total += self.amount(employee, [*fixed, *mine])
        short_by = limit - total if bound == "minimum" else total - max(limit, before)
        if short_by > 0:
            start, end = problem.calendar.span(days[0])[0], problem.calendar.span(days[-1])[1]
            first = problem.calendar.date(days[0])
            facts: dict[str, int | str] = {"actual": total, "from": first, bound: limit}
            found = self.breach(short_by, spans=[Span(start, end)], facts=facts)
            yield replace(found, unit=self.counted_in())

    def _own(self, problem: Problem, roster: Roster) -> Counted:
        people = self.scope.people(problem)
        return [(employee, self._dated(problem, roster.of(employee.id))) for employee in people]

    def _fixed(self, problem: Problem) -> Counted:
        return problem.remember(self, "", lambda: self._work_out(problem))

    def _work_out(self, problem: Problem) -> Counted:
        people = self.scope.people(problem)
        return [(one, self._dated(problem, [*one.history, *one.upcoming])) for one in people]

    def _dated(self, problem: Problem, works: Iterable[Work]) -> list[tuple[int, Work]]:
        return [(problem.calendar.index(w.start), w) for w in works if self.counts(problem, w)]

    def _windows(self, problem: Problem, bound: Bound) -> list[range]:
        """The windows; for a maximum those beyond the horizon too, as far as there is upcoming work."""
        from solver.problem import Employee

        people = self.scope.people(problem) if bound == "maximum" else ()
        upcoming = tuple(work for one in people for work in one.upcoming)
        return self.period.windows(problem, Employee(id="", upcoming=upcoming), closed=bound == "minimum")

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A linear constraint per window."""
        problem = model.problem
        for bound, limit in limits_of(self.minimum, self.maximum):
            for days in self._windows(problem, bound):
                before, added = 0, Linear()
                for employee, past in self._fixed(problem):
                    fixed = self.amount(employee, [work for day, work in past if day in days])
                    before += fixed
                    added.add_all(self.added(model, model.persons[employee.id], days, fixed))
                if bound == "minimum":
                    model.at_least(self, added, limit - before)
                else:
                    model.at_most(self, added, max(0, limit - before))
