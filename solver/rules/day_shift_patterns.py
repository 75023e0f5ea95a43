"""Day shift patterns: on how many days somebody works these shifts on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear, Lit
from solver.rules.rule import PersonalRule
from solver.rules.window_sum import check_range, limits_of
from solver.rules.work_kind import WorkKind, elements_by_day, works_by_day
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShiftPatterns(PersonalRule):
    """On at least ``minimum`` and at most ``maximum`` days of the horizon several shifts form a pattern.

    A day has the pattern if as many different spans that start on it are of the kinds asked for; other work
    on the day does not matter. ``maximum=0`` prohibits it (early and late on one day), at a soft level it is
    unpreferred; a soft ``minimum`` prefers it. The scope's ``days`` are the days it looks at.

    Parameters
    ----------
    pattern
        The kinds of work of one day, two or more.
    ordered
        Whether they start in this order.
    minimum, maximum
        Bounds in days; None for no such bound.
    """

    id: ClassVar[str] = "day_shift_patterns"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "days")

    pattern: tuple[WorkKind, ...] = ()
    ordered: bool = True
    minimum: int | None = None
    maximum: int | None = None

    def check_parameters(self) -> None:
        """There are several shifts and a bound."""
        if len(self.pattern) < 2:
            raise ValueError("pattern has fewer than 2 kinds of work; single shifts are for shift_count")
        check_range(self.minimum, self.maximum)

    def ignores_times(self) -> bool:
        """Unless the order matters."""
        return not self.ordered

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each bound that is broken."""
        by_day = works_by_day(problem, own)
        days = [day for day in self._days(problem) if self._occurs(by_day.get(day, []))]
        found: list[Violation] = []
        for bound, limit in limits_of(self.minimum, self.maximum):
            short_by = limit - len(days) if bound == "minimum" else len(days) - limit
            if short_by > 0:
                works = [work for day in days for work in by_day[day]]
                facts: dict[str, int | str] = {bound: limit, "actual": len(days)}
                if days:
                    facts["from"] = problem.calendar.date(days[0])
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def _days(self, problem: Problem) -> Iterator[int]:
        return (day for day in range(problem.calendar.size) if self.scope.counts_day(problem, day))

    def _occurs(self, works: Sequence[Work]) -> bool:
        choose = combinations if self.ordered else permutations
        return any(
            all(kind.includes(work) for kind, work in zip(self.pattern, chosen, strict=True))
            for chosen in choose(works, len(self.pattern))
        )

    def post(self, model: Model) -> None:
        """A sum of literals, each of which says that a day has the pattern."""
        for person in model.people(self):
            by_day = elements_by_day(person.own)
            days = Linear()
            for day in self._days(model.problem):
                ways = list(self._ways(model, self.pattern, by_day.get(day, []), []))
                days.add(model.any_of(ways), 1)
            if self.minimum is not None:
                model.at_least(self, days, self.minimum)
            if self.maximum is not None:
                model.at_most(self, days, self.maximum)

    def _ways(
        self, model: Model, left: Sequence[WorkKind], elements: Sequence[Element], chosen: list[Element]
    ) -> Iterator[Lit]:
        """A literal for each choice of elements that makes the pattern."""
        if not left:
            orders = [model.earlier(one, other) for one, other in pairwise(chosen)] if self.ordered else []
            yield model.all_of([*(element.present for element in chosen), *orders])
            return
        for element in left[0].of(elements):
            if all(element is not other for other in chosen):
                yield from self._ways(model, left[1:], elements, [*chosen, element])
