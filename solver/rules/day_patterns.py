"""Day patterns: how often some days in a row look like this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import Linear
from solver.rules.rule import PersonalRule, timeline
from solver.rules.window_sum import check_range, limits_of
from solver.rules.work_kind import DayKind, by_tags_alone, elements_by_day, known_days, works_by_day
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPatterns(PersonalRule):
    """A pattern of consecutive days occurs at least ``minimum`` and at most ``maximum`` times.

    ``maximum=0`` prohibits it (night, off, night), ``minimum=1`` requires it once (a free Friday to Monday);
    at a soft level it is unpreferred or preferred. An occurrence is a stretch of days that touches the
    horizon; stretches may overlap. Days before the horizon count with what was worked on them, and days after
    it up to the last upcoming work. The scope's ``days`` and ``weekdays`` are those with which the pattern
    may begin. What shall follow once some days were like this is said by `DaySequences`.

    Parameters
    ----------
    pattern
        The days one after the other, at least one.
    minimum, maximum
        Bounds in occurrences; None for no such bound.
    """

    id: ClassVar[str] = "day_patterns"
    unit: ClassVar[str] = "patterns"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "days")

    pattern: tuple[DayKind, ...] = ()
    minimum: int | None = None
    maximum: int | None = None

    def check_parameters(self) -> None:
        """There is a pattern that asks for something, and bounds in order."""
        if all(kind.day == "any" for kind in self.pattern):
            raise ValueError("pattern asks for nothing; name at least one day that is on or off")
        check_range(self.minimum, self.maximum)

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days and tags, unless templates or shifts are named."""
        return "days" if by_tags_alone(self.pattern) else "times"

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each bound that is broken."""
        by_day = works_by_day(problem, timeline(employee, own))
        begins = [first for first in self.starts(problem, employee) if self._occurs(by_day, first)]
        found: list[Violation] = []
        for bound, limit in limits_of(self.minimum, self.maximum):
            short_by = limit - len(begins) if bound == "minimum" else len(begins) - limit
            if short_by > 0:
                days = sorted({first + place for first in begins for place in range(len(self.pattern))})
                works = [work for day in days for work in by_day.get(day, ())]
                facts: dict[str, int | str] = {bound: limit, "actual": len(begins)}
                if begins:
                    facts["from"] = problem.calendar.date(begins[0])
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def starts(self, problem: Problem, employee: Employee) -> list[int]:
        """The days with which the pattern could begin."""
        length, size = len(self.pattern), problem.calendar.size
        last = min(size - 1, known_days(problem, employee) - length)
        return [day for day in range(1 - length, last + 1) if self.scope.counts_day(problem, day)]

    def _occurs(self, by_day: dict[int, list[Work]], first: int) -> bool:
        return all(kind.fits(by_day.get(first + place, ())) for place, kind in enumerate(self.pattern))

    def post(self, model: Model) -> None:
        """A sum of literals, each of which says that the pattern begins on a day."""
        for person in model.people(self):
            by_day = elements_by_day(person.everything)
            occurrences = Linear()
            for first in self.starts(model.problem, person.employee):
                days = [
                    kind.literal(model, by_day.get(first + place, ()))
                    for place, kind in enumerate(self.pattern)
                ]
                occurrences.add(model.all_of(days), 1)
            if self.minimum is not None:
                model.at_least(self, occurrences, self.minimum)
            if self.maximum is not None:
                model.at_most(self, occurrences, self.maximum)
