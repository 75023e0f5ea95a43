"""No overlap: a person does one thing at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.resources import Gap, any_work
from solver.rules.rule import PersonalRule, timeline
from solver.rules.work_kind import ANY_WORK, WorkKind
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True)
class AllowedOverlap:
    """Two kinds of work that one person may do at the same time.

    Parameters
    ----------
    one, other
        For instance being on call, and any work that is no other time on call.
    """

    one: WorkKind = ANY_WORK
    other: WorkKind = ANY_WORK

    def includes(self, work: Work, other: Work) -> bool:
        """Whether it is about these two, in whichever order."""
        return (self.one.includes(work) and self.other.includes(other)) or (
            self.one.includes(other) and self.other.includes(work)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOverlap(PersonalRule):
    """No two spans of work of one employee overlap, history and upcoming work included. Always hard.

    Work that may overlap is still work to every other rule: where being on call is no end of a rest, say so
    in the scope of the rest (``without_tags``) or in the work that it is for.

    Parameters
    ----------
    allowed
        Kinds of work that may overlap each other; a shift or template never overlaps itself.
    """

    id: ClassVar[str] = "no_overlap"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    allowed: tuple[AllowedOverlap, ...] = ()

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
                added = isinstance(work, Assignment) or isinstance(later, Assignment)
                if added and not self.allows(work, later):
                    minutes = min(work.end, later.end) - later.start
                    found.append(self.breach(minutes, employee=employee.id, works=[work, later]))
        return found

    def allows(self, work: Work, other: Work) -> bool:
        """Whether two spans may overlap; the same shift or template never does twice."""
        if work == other or _made_of(work) & _made_of(other):
            return False
        return any(pair.includes(work, other) for pair in self.allowed)

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """No negative gap, unless some may be negative."""
        if self.allowed:
            return None
        return [Gap(any_work, 0)]

    def post(self, model: Model) -> None:
        """At each possible start at most one span of the person covers that minute, of those that may not."""
        for person in model.people(self):
            for minute in person.starts():
                covering = [e for first, last, e in person.reaches if first <= minute < last]
                if self.allowed:
                    self._post_pairs(model, covering, minute)
                elif not model.exclusive(person, covering):
                    fixed = any(not e.own and e.work.end > minute for e in covering)
                    total = Linear.total(e.covering(minute) for e in covering if e.own)
                    model.at_most(self, total, 0 if fixed else 1)

    def _post_pairs(self, model: Model, covering: Sequence[Element], minute: int) -> None:
        for one, other in combinations(covering, 2):
            if (one.own or other.own) and not self.allows(one.example(), other.example()):
                model.at_most(self, Linear.total(e.covering(minute) for e in (one, other)), 1)


def _made_of(work: Work) -> set[tuple[str, str]]:
    """The shift or template that a span fills."""
    if not isinstance(work, Assignment):
        return set()
    names = {"shift": work.shift, "template": work.template}
    return {(kind, name) for kind, name in names.items() if name is not None}
