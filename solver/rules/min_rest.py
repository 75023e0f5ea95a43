"""Minimum rest between one span of work and the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.resources import Gap
from solver.rules.rule import PersonalRule, timeline
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class MinRest(PersonalRule):
    """At least ``minutes`` of uninterrupted rest from the end of a span of work to the start of the next.

    The scope names the work that is rested from: with ``tags=("night",)`` it is the rest after nights.
    Soft levels charge each minute short.

    Parameters
    ----------
    minutes
        Required rest, minutes, > 0.

    Raises
    ------
    ValueError
        If ``minutes`` is not positive.
    """

    id: ClassVar[str] = "min_rest"

    minutes: int = 660

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
        for work, following in pairwise(works):
            rest = following.start - work.end
            if rest >= self.minutes or not self.scope.counts(problem, work):
                continue
            if isinstance(work, Assignment) or isinstance(following, Assignment):
                facts = {"required": self.minutes, "actual": rest}
                found.append(
                    self.breach(
                        self.minutes - rest, employee=employee.id, works=[work, following], facts=facts
                    )
                )
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """The gap after each span in scope."""
        return [Gap(partial(self.scope.counts, problem), self.minutes)]

    def post(self, model: Model) -> None:
        """For each pair that can come too close: whichever comes second starts late enough."""
        for person in model.people(self):
            for work in person.everything:
                if not work.counts(self.scope):
                    continue
                close = [other for other in person.near(work, self.minutes) if work.own or other.own]
                if model.is_hard(self):
                    for other in close:
                        model.rest_after(work, other, self.minutes)
                elif close:
                    model.charge_shortest_gap(self, work, close, self.minutes)
