"""Forward rotation: from one working day to the next, work starts about as early or later on the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.period import LONGEST_DAYS
from solver.rules.rule import PersonalRule, timeline
from solver.rules.window_sum import limits_of
from solver.rules.work_kind import elements_by_day
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardRotation(PersonalRule):
    """From a working day to the next, the first start moves on the clock by minutes within a range.

    ``minimum=0`` never starts earlier than the day before, ``minimum=-60`` at most an hour earlier; with
    ``minimum=-60, maximum=60`` the start stays about the same. The first counted start of each day is
    compared, as the clock shows it, so that a change of the clocks moves nothing. Soft levels charge each
    minute beyond. With tags it is about days with such work.

    Parameters
    ----------
    minimum, maximum
        Bounds of the later start less the earlier one, wall-clock minutes, -1439 to 1439; None for no such
        bound.
    within_days
        Working days that are further apart are not compared; 1 compares a day with the day after it only.
    """

    id: ClassVar[str] = "forward_rotation"

    minimum: int | None = None
    maximum: int | None = None
    within_days: int = 1

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        bounds = [bound for bound in (self.minimum, self.maximum) if bound is not None]
        if not bounds:
            raise ValueError("give a minimum, a maximum or both; minimum 0 never starts earlier")
        if bounds != sorted(bounds) or not all(-1440 < bound < 1440 for bound in bounds):
            raise ValueError(
                f"minimum {self.minimum} and maximum {self.maximum}: use -1439 to 1439 minutes, in order"
            )
        if not 1 <= self.within_days <= LONGEST_DAYS:
            raise ValueError(f"within_days is {self.within_days}; use 1, the next day, to {LONGEST_DAYS}")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each two working days whose starts differ too much."""
        found: list[Violation] = []
        firsts: dict[int, Work] = {}
        for work in self.counted(problem, timeline(employee, own)):
            firsts.setdefault(problem.calendar.index(work.start), work)
        for (day, first), (following, second) in pairwise(firsts.items()):
            added = isinstance(first, Assignment) or isinstance(second, Assignment)
            if following - day > self.within_days or not added:
                continue
            moved = _wall(problem, following, second.start) - _wall(problem, day, first.start)
            for bound, limit in limits_of(self.minimum, self.maximum):
                beyond = limit - moved if bound == "minimum" else moved - limit
                if beyond > 0:
                    facts = {bound: limit, "actual": moved}
                    works = [first, second]
                    found.append(self.breach(beyond, employee=employee.id, works=works, facts=facts))
        return found

    def post(self, model: Model) -> None:
        """The difference of two sums of what has started by when, where both days are worked."""
        size = model.problem.calendar.size
        for person in model.people(self):
            by_day = elements_by_day(e for e in person.everything if e.counts(self.scope))
            firsts = {day: self._first_start(model, day, elements) for day, elements in by_day.items()}
            worked = {day: model.any_of([e.present for e in by_day[day]]) for day in by_day}
            for day, following in self._pairs(by_day):
                if not (0 <= day < size or 0 <= following < size):
                    continue
                between = [~worked[at] for at in range(day + 1, following) if at in worked]
                when = [worked[day], worked[following], *between]
                moved = firsts[following].minus(firsts[day])
                if self.minimum is not None:
                    model.at_least(self, moved, self.minimum, when)
                if self.maximum is not None:
                    model.at_most(self, moved, self.maximum, when)

    def _pairs(self, by_day: dict[int, list[Element]]) -> Iterator[tuple[int, int]]:
        for day in by_day:
            for following in range(day + 1, day + self.within_days + 1):
                if following in by_day:
                    yield day, following

    def _first_start(self, model: Model, day: int, elements: Sequence[Element]) -> Linear:
        """The first start of a day as the clock shows it, where the day is worked."""
        times = sorted({start for element in elements for start in element.starts()})
        clock = [_wall(model.problem, day, minute) for minute in times]
        first = Linear(clock[-1])
        for place in range(len(times) - 1):
            begun = model.any_of([element.started_before(times[place + 1]) for element in elements])
            first.add(begun, clock[place] - clock[place + 1])
        return first


def _wall(problem: Problem, day: int, minute: int) -> int:
    return problem.calendar.day(day).wall(minute)
