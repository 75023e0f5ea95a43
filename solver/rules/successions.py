"""Successions: which kind of work may follow which on the next day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.resources import Follows, PerWork
from solver.rules.period import LONGEST_DAYS
from solver.rules.rule import PersonalRule, timeline
from solver.rules.work_kind import ANY_WORK, WorkKind, elements_by_day, works_by_day
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """What may not, or what alone may, follow some kind of work.

    Parameters
    ----------
    after
        The kind of work that is followed.
    forbidden
        The kind that may not follow it, or
    allowed
        the only kind that may follow it.

    Examples
    --------
    >>> late_then_early = Succession(after=WorkKind(tags=("late",)), forbidden=WorkKind(tags=("early",)))
    >>> Succession(after=WorkKind(tags=("late",)))
    Traceback (most recent call last):
    ValueError: give either what is forbidden or what alone is allowed after some work
    """

    after: WorkKind = ANY_WORK
    forbidden: WorkKind | None = None
    allowed: WorkKind | None = None

    def __post_init__(self) -> None:
        """It says one thing."""
        if (self.forbidden is None) == (self.allowed is None):
            raise ValueError("give either what is forbidden or what alone is allowed after some work")

    def refuses(self, work: Work, following: Work) -> bool:
        """Whether it does not let ``following`` follow ``work``."""
        if not self.after.includes(work):
            return False
        if self.forbidden is not None:
            return self.forbidden.includes(following)
        return self.allowed is not None and not self.allowed.includes(following)

    @property
    def by_tags_alone(self) -> bool:
        """Whether it is about tags only."""
        return all(kind is None or kind.by_tags_alone for kind in (self.after, self.forbidden, self.allowed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Successions(PersonalRule):
    """No work is followed by work that the table refuses, on one of the next ``within_days`` days.

    Every pair of spans that start on such days counts, and is charged once, however many entries refuse it.
    What starts on the same day is another matter: see `DayShiftPatterns`. At a soft level a table of
    ``forbidden`` is of what is not liked, a table of ``allowed`` of what is preferred. The scope's ``days``
    are those of the work that is followed.

    Parameters
    ----------
    table
        What may not follow what; each entry holds by itself.
    within_days
        How many days after the work are looked at, >= 1; 1 is the next day.
    next_worked
        Of those days only the first on which any work starts.

    References
    ----------
    Curtois, Qu (2014), Computational results on new staff scheduling benchmark instances: shifts that cannot
    follow a shift on the next day.
    """

    id: ClassVar[str] = "successions"
    unit: ClassVar[str] = "successions"
    narrows: ClassVar[tuple[str, ...]] = ("employees", "days")

    table: tuple[Succession, ...] = ()
    within_days: int = 1
    next_worked: bool = False

    def check_parameters(self) -> None:
        """There is a table and a day."""
        if not self.table:
            raise ValueError("table is empty; say what may not follow what")
        if not 1 <= self.within_days <= LONGEST_DAYS:
            raise ValueError(f"within_days is {self.within_days}; use 1, the next day, to {LONGEST_DAYS}")

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days and tags, unless templates or shifts are named."""
        return "days" if all(entry.by_tags_alone for entry in self.table) else "times"

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def refuses(self, work: Work, following: Work) -> bool:
        """Whether any entry does not let ``following`` follow ``work``."""
        return any(entry.refuses(work, following) for entry in self.table)

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each pair of spans that may not follow each other."""
        found: list[Violation] = []
        by_day = works_by_day(problem, timeline(employee, own))
        for day in sorted(by_day):
            if not self.scope.counts_day(problem, day):
                continue
            facts: dict[str, int | str] = {"from": problem.calendar.date(day)}
            later = [at for at in range(day + 1, day + self.within_days + 1) if at in by_day]
            for at in later[:1] if self.next_worked else later:
                for work in by_day[day]:
                    for following in by_day[at]:
                        added = isinstance(work, Assignment) or isinstance(following, Assignment)
                        if added and self.refuses(work, following):
                            told = {**facts, "days_later": at - day}
                            works = [work, following]
                            found.append(self.breach(1, employee=employee.id, works=works, facts=told))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """Pairs of the roster's own work, and what stands against single spans before and after it."""
        any_day = self.scope.days is None and self.scope.weekdays is None
        if self.next_worked or self.looks_at() != "days" or not any_day:
            return None
        before, after = employee.history, employee.upcoming

        def against(work: Assignment) -> int:
            broken = sum(self._breaks(problem, fixed, work) for fixed in before)
            return broken + sum(self._breaks(problem, work, fixed) for fixed in after)

        return [PerWork(against), Follows(self.refuses, self.within_days)]

    def _breaks(self, problem: Problem, work: Work, following: Work) -> bool:
        apart = problem.calendar.index(following.start) - problem.calendar.index(work.start)
        return 0 < apart <= self.within_days and self.refuses(work, following)

    def post(self, model: Model) -> None:
        """A clause per pair."""
        for person in model.people(self):
            by_day = elements_by_day(person.everything)
            for day, elements in by_day.items():
                if not self.scope.counts_day(model.problem, day):
                    continue
                for at in range(day + 1, day + self.within_days + 1):
                    between = range(day + 1, at) if self.next_worked else ()
                    unless = [model.works_on(person, day_off) for day_off in between]
                    for work in elements:
                        for following in by_day.get(at, ()):
                            added = work.own or following.own
                            if added and self.refuses(work.example(), following.example()):
                                model.clause(self, [~work.present, ~following.present, *unless])
