"""Start range: how far apart on the clock a person's starts of work lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.rule import WEEKLY, Period, PersonalRule, timeline
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRange(PersonalRule):
    """In each window of the period the latest start on the clock is at most so long after the earliest.

    With ``maximum=0`` a person starts at the same time all week, with 120 within two hours. Days are compared
    as the clock shows them from midnight on, so that a change of the clocks moves nothing, and 00:30 is
    23 hours before 23:30. What history and upcoming work differ by is not charged. Soft levels charge each
    minute beyond.

    Parameters
    ----------
    maximum
        Most minutes from the earliest start to the latest, wall-clock minutes, 0 to 1439.
    period
        The windows.
    """

    id: ClassVar[str] = "start_range"

    maximum: int = 120
    period: Period = WEEKLY

    def check_parameters(self) -> None:
        """Two starts on the clock are less than a day apart."""
        if not 0 <= self.maximum < 1440:
            raise ValueError(f"maximum is {self.maximum}; use 0 (the same start) to 1439 minutes")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window whose starts lie too far apart."""
        found: list[Violation] = []
        works = list(self.counted(problem, timeline(employee, own)))
        for days, allowed in self.allowances(problem, employee):
            within = [work for work in works if problem.calendar.index(work.start) in days]
            within.sort(key=lambda work: _clock(problem, work))
            actual = _range(problem, within)
            if actual > allowed:
                facts: dict[str, int | str] = {
                    "actual": actual,
                    "from": problem.calendar.date(days[0]),
                    "maximum": self.maximum,
                }
                works_told = [within[0], within[-1]]
                found.append(
                    self.breach(actual - allowed, employee=employee.id, works=works_told, facts=facts)
                )
        return found

    def allowances(self, problem: Problem, employee: Employee) -> list[tuple[range, int]]:
        """The windows, each with the range that is free: the maximum, or what is there without a roster."""
        return problem.remember(self, employee.id, lambda: list(self._allowances(problem, employee)))

    def _allowances(self, problem: Problem, employee: Employee) -> Iterator[tuple[range, int]]:
        fixed = list(self.counted(problem, [*employee.history, *employee.upcoming]))
        for days in self.period.windows(problem, employee, closed=False):
            within = [work for work in fixed if problem.calendar.index(work.start) in days]
            yield days, max(self.maximum, _range(problem, within))

    def post(self, model: Model) -> None:
        """Two variables for each window, no start before the one and none after the other."""
        for person in model.people(self):
            counted = [element for element in person.everything if element.counts(self.scope)]
            for days, allowed in self.allowances(model.problem, person.employee):
                within = [(e, _clocks(model.problem, e)) for e in counted if e.day in days]
                least = min((min(clocks) for _, clocks in within), default=0)
                most = max((max(clocks) for _, clocks in within), default=0)
                if most - least <= allowed:
                    continue  # cannot be broken
                earliest, latest = (Linear.of(model.program.amount(most - least)) for _ in range(2))
                for element, clocks in within:
                    start = _start_on_clock(element, clocks).plus(-least)
                    model.program.at_most(earliest.minus(start), 0, when=[element.present])
                    model.program.at_most(start.minus(latest), 0, when=[element.present])
                model.at_most(self, latest.minus(earliest), allowed)


def _clock(problem: Problem, work: Work) -> int:
    """Minutes after midnight at which the clock shows the start of work."""
    return problem.calendar.day(problem.calendar.index(work.start)).wall(work.start)


def _range(problem: Problem, works: Sequence[Work]) -> int:
    clocks = [_clock(problem, work) for work in works]
    return max(clocks, default=0) - min(clocks, default=0)


def _clocks(problem: Problem, element: Element) -> list[int]:
    """What the clock shows at each possible start."""
    day = problem.calendar.day(element.day)
    return [day.wall(start) for start in element.starts()]


def _start_on_clock(element: Element, clocks: Sequence[int]) -> Linear:
    """The start on the clock where the element is there."""
    start = Linear(clocks[-1])
    for minute, clock, later in zip(element.starts()[1:], clocks, clocks[1:], strict=False):
        start.add(element.started_before(minute), clock - later)
    return start
