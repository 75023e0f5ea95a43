"""Minimum rest between one span of work and the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from solver.resources import Gap
from solver.rules.rule import PersonalRule, after, timeline
from solver.rules.work_kind import ANY_WORK, WorkKind
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class MinRest(PersonalRule):
    """At least ``minutes`` of uninterrupted rest from the end of a span of work to the start of the next.

    The scope names the work that is rested from: with ``tags=("night",)`` it is the rest after nights. Work
    that starts before the span has ended is not what it is rested for: see `NoOverlap`.
    Soft levels charge each minute short.

    Parameters
    ----------
    minutes
        Required rest, minutes, > 0.
    following
        The work that is rested for: the next of this kind must be so far away, whatever lies between.
    between_days
        If true, work that starts on the same day is passed over: the spans of a split shift may lie close
        together, the rest is that to the next day's work.

    Raises
    ------
    ValueError
        If ``minutes`` is not positive.
    """

    id: ClassVar[str] = "min_rest"

    minutes: int = 660
    following: WorkKind = ANY_WORK
    between_days: bool = False

    def check_parameters(self) -> None:
        """A rest has a length."""
        if self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; a rest lasts at least 1 minute")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each span whose next one starts too early."""
        found: list[Violation] = []
        works = timeline(employee, own)
        for place, work in enumerate(works):
            following = self._next(problem, works, place)
            if following is None or not self.scope.counts(problem, work):
                continue
            if isinstance(work, Assignment) or isinstance(following, Assignment):
                rest = following.start - work.end
                facts = {"required": self.minutes, "actual": rest}
                found.append(
                    self.breach(
                        self.minutes - rest, employee=employee.id, works=[work, following], facts=facts
                    )
                )
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """The gap after each span in scope, if it is to whatever comes next."""
        if not self.to_all:
            return None
        return [Gap(partial(self.scope.counts, problem), self.minutes)]

    @property
    def to_all(self) -> bool:
        """Whether it is the rest to whatever work comes next."""
        return self.following == ANY_WORK and not self.between_days

    def _next(self, problem: Problem, works: Sequence[Work], place: int) -> Work | None:
        """The next work that is rested for, if it starts too early."""
        work, day_of = works[place], problem.calendar.index
        for later in after(works, place):
            if later.start >= work.end + self.minutes:
                return None
            apart = not self.between_days or day_of(later.start) > day_of(work.start)
            if apart and self.following.includes(later):
                return later
        return None

    def post(self, model: Model) -> None:
        """For each pair that can come too close: whichever comes second starts late enough."""
        for person in model.people(self):
            everything = person.everything
            rested_for = self.following.of(everything)
            for work in everything:
                if not work.counts(self.scope):
                    continue
                meant = {id(e): e for e in rested_for if not self.between_days or e.day > work.day}
                if person.settled(work, list(meant.values())):
                    continue
                near = person.near(work, self.minutes)
                close = [other for other in near if id(other) in meant and (work.own or other.own)]
                if model.is_hard(self):
                    for other in close:
                        model.rest_after(work, other, self.minutes)
                elif close:
                    model.charge_shortest_gap(self, work, close, self.minutes)
