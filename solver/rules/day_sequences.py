"""Day sequences: what the days look like after days like these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.period import LONGEST_DAYS
from solver.rules.rule import PersonalRule, timeline
from solver.rules.work_kind import DayKind, by_tags_alone, elements_by_day, known_days, works_by_day
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySequences(PersonalRule):
    """Wherever consecutive days are like ``after``, the days that come next are like ``then``.

    After two nights a day off: ``after`` is night, night, ``then`` is off. Each day of ``then`` is asked for
    by itself and charged as one day. Days before the horizon count with what was worked on them, days after
    it up to the last upcoming work; a day is charged where it or one of the days of ``after`` lies in the
    horizon. The scope's ``days`` and ``weekdays`` are those with which the sequence begins; without ``after``
    each of them begins one: ``Scope(weekdays=(4,))`` and on, on, on works whole weekends from Friday.

    Parameters
    ----------
    after
        The days that start it; may be empty.
    then
        The days asked for, at least one.
    then_from
        Days from the first day of ``after`` to the first of ``then``, >= 0; None for the day after ``after``,
        0 for the same day (whoever works early also works late).
    """

    id: ClassVar[str] = "day_sequences"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "days")

    after: tuple[DayKind, ...] = ()
    then: tuple[DayKind, ...] = ()
    then_from: int | None = None

    def check_parameters(self) -> None:
        """Something is asked for."""
        if all(kind.day == "any" for kind in self.then):
            raise ValueError("then asks for nothing; name at least one day that is on or off")
        if self.then_from is not None and not 0 <= self.then_from <= LONGEST_DAYS:
            raise ValueError(
                f"then_from is {self.then_from}; use 0, the first day of after, to {LONGEST_DAYS}"
            )

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days and tags, unless templates or shifts are named."""
        return "days" if by_tags_alone((*self.after, *self.then)) else "times"

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each sequence that goes on otherwise, short by the days that differ."""
        by_day = works_by_day(problem, timeline(employee, own))
        found: list[Violation] = []
        for first, asked in self.sequences(problem, employee):
            if not all(kind.fits(by_day.get(first + at, ())) for at, kind in enumerate(self.after)):
                continue
            missed = [day for day, kind in asked if not kind.fits(by_day.get(day, ()))]
            if missed:
                days = sorted({*range(first, first + len(self.after)), *missed})
                works = [work for day in days for work in by_day.get(day, ())]
                facts = {
                    "from": problem.calendar.date(first),
                    "first_missed": problem.calendar.date(missed[0]),
                }
                found.append(self.breach(len(missed), employee=employee.id, works=works, facts=facts))
        return found

    def sequences(
        self, problem: Problem, employee: Employee
    ) -> Iterator[tuple[int, list[tuple[int, DayKind]]]]:
        """The day each possible sequence begins on, and the days it then asks for."""
        size, known = problem.calendar.size, known_days(problem, employee)
        offset = len(self.after) if self.then_from is None else self.then_from
        reach = max(len(self.after), offset + len(self.then))
        for first in range(1 - reach, min(size, known - len(self.after) + 1)):
            if not self.scope.counts_day(problem, first):
                continue
            starts_inside = first < size and first + len(self.after) > 0 and bool(self.after)
            asked = [
                (day, kind)
                for day, kind in enumerate(self.then, start=first + offset)
                if day < known and (starts_inside or 0 <= day < size)
            ]
            if asked:
                yield first, asked

    def post(self, model: Model) -> None:
        """A clause per day that is asked for."""
        for person in model.people(self):
            by_day = elements_by_day(person.everything)
            for first, asked in self.sequences(model.problem, person.employee):
                unless = [
                    ~kind.literal(model, by_day.get(first + at, ())) for at, kind in enumerate(self.after)
                ]
                for day, kind in asked:
                    model.clause(self, [*unless, kind.literal(model, by_day.get(day, ()))])
