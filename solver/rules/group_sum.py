"""Rules that keep a sum over the work of several people in a range, window by window."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.cpsat.linear import Linear
from solver.rules.period import DAILY, Period
from solver.rules.rule import Rule
from solver.rules.window_sum import Bound, check_range, limits_of
from solver.spans import Span
from solver.violation import Violation
from solver.work import Assignment, Roster, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem

ByDay = Mapping[int, Sequence[tuple[str, Work]]]
"""Employees and their counted work, by the index of the day on which it starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSum(Rule):
    """A sum over the work of all people in scope that starts in each window is within a range.

    What history and upcoming work already take beyond a maximum is not charged to the roster, which may then
    add nothing. A minimum is judged only in windows that end within the horizon and have a day of the scope.

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
    def amount(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> int:
        """What the counted work of one employee in a window adds to the sum."""

    @abstractmethod
    def added(self, model: Model, person: Person, days: range, fixed: Sequence[Work]) -> Linear:
        """What the roster's counted work of a person may add in a window to what is fixed."""

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
        works = self._by_day(problem, roster)
        return [
            violation
            for bound, days in self._judged(problem)
            for violation in self._check(problem, works, bound, days)
        ]

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, adding up again only the windows in which a change is counted."""
        people = {employee.id for employee in self.scope.people(problem)}
        counted = [work for work in changed if work.employee in people and self.counts(problem, work)]
        if not counted:
            return before
        changed_days = {problem.calendar.index(work.start) for work in counted}
        known = {("minimum" if "minimum" in v.facts else "maximum", v.spans[0]): v for v in before}
        works, found = self._by_day(problem, roster), list[Violation]()
        for bound, days in self._judged(problem):
            was = known.get((bound, _span(problem, days)))
            if changed_days.isdisjoint(days):
                found += [was] if was is not None else []
            else:
                found += [was if now == was else now for now in self._check(problem, works, bound, days)]
        return found

    def _check(self, problem: Problem, works: ByDay, bound: Bound, days: range) -> Iterator[Violation]:
        fixed: dict[str, list[Work]] = {}
        every: dict[str, list[Work]] = {}
        for by_day, rows in ((self._fixed(problem), (fixed, every)), (works, (every,))):
            for day in days:
                for who, work in by_day.get(day, ()):
                    for row in rows:
                        row.setdefault(who, []).append(work)
        before, total = self._sum(problem, fixed), self._sum(problem, every)
        limit = dict(limits_of(self.minimum, self.maximum))[bound]
        short_by = limit - total if bound == "minimum" else total - max(limit, before)
        if short_by > 0:
            first = problem.calendar.date(days[0])
            facts: dict[str, int | str] = {"actual": total, "from": first, bound: limit}
            found = self.breach(short_by, spans=[_span(problem, days)], facts=facts)
            yield replace(found, unit=self.counted_in())

    def _sum(self, problem: Problem, rows: Mapping[str, Sequence[Work]]) -> int:
        return sum(self.amount(problem, problem.employee_by_id[who], works) for who, works in rows.items())

    def _by_day(self, problem: Problem, roster: Roster) -> ByDay:
        people = self.scope.people(problem)
        return self._dated(problem, ((one.id, work) for one in people for work in roster.of(one.id)))

    def _fixed(self, problem: Problem) -> ByDay:
        return problem.remember(self, "", lambda: self._work_out(problem))

    def _work_out(self, problem: Problem) -> ByDay:
        people = self.scope.people(problem)
        fixed = ((one.id, work) for one in people for work in (*one.history, *one.upcoming))
        return self._dated(problem, fixed)

    def _dated(self, problem: Problem, works: Iterable[tuple[str, Work]]) -> ByDay:
        by_day: dict[int, list[tuple[str, Work]]] = {}
        for who, work in works:
            if self.counts(problem, work):
                by_day.setdefault(problem.calendar.index(work.start), []).append((who, work))
        return by_day

    def _judged(self, problem: Problem) -> Iterator[tuple[Bound, range]]:
        for bound, _ in limits_of(self.minimum, self.maximum):
            for days in self._windows(problem, bound):
                if any(self.scope.counts_day(problem, day) for day in days):
                    yield bound, days

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
        limits = dict(limits_of(self.minimum, self.maximum))
        for bound, days in self._judged(problem):
            past: dict[str, list[Work]] = {}
            for day in days:
                for who, work in self._fixed(problem).get(day, ()):
                    past.setdefault(who, []).append(work)
            before, added = 0, Linear()
            for employee in self.scope.people(problem):
                fixed = past.get(employee.id, ())
                before += self.amount(problem, employee, fixed)
                added.add_all(self.added(model, model.persons[employee.id], days, fixed))
            if bound == "minimum":
                model.at_least(self, added, limits[bound] - before)
            else:
                model.at_most(self, added, max(0, limits[bound] - before))


def _span(problem: Problem, days: range) -> Span:
    return Span(problem.calendar.span(days[0])[0], problem.calendar.span(days[-1])[1])
