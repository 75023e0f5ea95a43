"""No overlap: a person does one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.resources import Gap, any_work
from solver.rules.rule import PersonalRule, timeline
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOverlap(PersonalRule):
    """No two spans of work of one employee overlap, history and upcoming work included. Always hard."""

    id: ClassVar[str] = "no_overlap"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    def check_parameters(self) -> None:
        """Nobody can be in two places at a price."""
        if self.level != "hard":
            raise ValueError(f"level is {self.level!r}; no_overlap is always hard")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each pair that overlaps, short by the minutes it overlaps."""
        found: list[Violation] = []
        works = timeline(employee, own)
        if all(later.start >= work.end for work, later in pairwise(works)):
            return found
        for place, work in enumerate(works):
            for later in works[place + 1 :]:
                if later.start >= work.end:
                    break
                if isinstance(work, Assignment) or isinstance(later, Assignment):
                    minutes = min(work.end, later.end) - later.start
                    found.append(self.breach(minutes, employee=employee.id, works=[work, later]))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """No negative gap."""
        return [Gap(any_work, 0)]

    def post(self, model: Model) -> None:
        """At each possible start at most one span of the person covers that minute."""
        for person in model.people(self):
            for minute in person.starts():
                covering = [e for e in person.everything if e.may_cover(minute)]
                if not model.exclusive(person, covering):
                    fixed = any(not e.own and e.work.end > minute for e in covering)
                    total = Linear.total(e.covering(minute) for e in covering if e.own)
                    model.at_most(self, total, 0 if fixed else 1)
