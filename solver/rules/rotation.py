"""Rotation: a cycle of weeks that everybody goes through, each from another place on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.rule import PersonalRule
from solver.rules.work_kind import DayKind, by_tags_alone, elements_by_day, works_by_day
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True)
class RotationMember:
    """Where one person stands in the cycle.

    Parameters
    ----------
    employee
        Id.
    offset_days
        Days of the cycle that lie behind the person on the first day: 7 begins with its second week.
    """

    employee: str
    offset_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation(PersonalRule):
    """Every day of a member is what the cycle says; each day that is not counts as one day.

    An early week, a late week and a night week are a cycle of 21 days; three teams have the offsets 0, 7 and
    14. People who are no members are not concerned. The scope's ``days`` and ``weekdays`` are those on which
    it holds, for instance all but holidays.

    Parameters
    ----------
    cycle
        What each day is, at least one; repeats for ever, in both directions.
    first_day
        ISO date on which a member with offset 0 begins the cycle.
    members
        Who takes part, each once.
    """

    id: ClassVar[str] = "rotation"
    unit: ClassVar[str] = "days"
    narrows: ClassVar[tuple[str, ...]] = ("days",)

    cycle: tuple[DayKind, ...]
    first_day: str
    members: tuple[RotationMember, ...]

    def check_parameters(self) -> None:
        """There is a cycle, a day on which it begins, and nobody is in it twice."""
        if all(kind.day == "any" for kind in self.cycle):
            raise ValueError("cycle asks for nothing; name at least one day that is on or off")
        names = [member.employee for member in self.members]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"members names {', '.join(twice)} more than once")
        try:
            date.fromisoformat(self.first_day)
        except ValueError:
            raise ValueError(f"first_day is {self.first_day!r}, no ISO date; write 2026-11-23") from None

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days and tags, unless templates or shifts are named."""
        return "days" if by_tags_alone(self.cycle) else "times"

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each day that is not what the cycle says."""
        found: list[Violation] = []
        by_day = works_by_day(problem, own)
        for day, place, kind in self.days(problem, employee):
            works = by_day.get(day, [])
            if not kind.fits(works):
                facts: dict[str, int | str] = {
                    "day": problem.calendar.date(day),
                    "day_of_cycle": place + 1,
                    "expected": kind.day,
                }
                found.append(self.breach(1, employee=employee.id, works=works, facts=facts))
        return found

    def days(self, problem: Problem, employee: Employee) -> Iterator[tuple[int, int, DayKind]]:
        """The days of the horizon on which it holds, with their place in the cycle."""
        offsets = [member.offset_days for member in self.members if member.employee == employee.id]
        if not offsets:
            return
        behind = offsets[0] - problem.calendar.index_of_date(self.first_day)
        for day in range(problem.calendar.size):
            if self.scope.counts_day(problem, day):
                place = (day + behind) % len(self.cycle)
                yield day, place, self.cycle[place]

    def post(self, model: Model) -> None:
        """A clause per day."""
        for person in model.people(self):
            by_day = elements_by_day(person.own)
            for day, _, kind in self.days(model.problem, person.employee):
                model.clause(self, [kind.literal(model, by_day.get(day, ()))])
