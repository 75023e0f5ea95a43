"""Alternatives: of a group of given shifts only so many are worked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.headcount import filled_places
from solver.rules.rule import Rule
from solver.violation import Violation
from solver.work import Assignment, Roster

if TYPE_CHECKING:
    from solver.cpsat.linear import Lit
    from solver.cpsat.model import Model
    from solver.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives(Rule):
    """Of each of the problem's shift groups no more shifts have people than the group is to fill.

    That it fills so many is a matter of open shifts, which do not count the others.
    """

    id: ClassVar[str] = "alternatives"
    unit: ClassVar[str] = "shifts"
    narrows: ClassVar[tuple[str, ...]] = ()

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each group with too many shifts."""
        if not problem.shift_groups:
            return []
        filled = filled_places(roster)
        found: list[Violation] = []
        for group in problem.shift_groups:
            used = [shift for shift in group.shifts if filled[shift]]
            if len(used) > group.fill:
                facts: dict[str, int | str] = {"group": group.id, "maximum": group.fill, "actual": len(used)}
                works = [work for work in roster if work.shift in used]
                found.append(self.breach(len(used) - group.fill, works=works, facts=facts))
        return found

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A bound on the shifts of each group that anybody works."""
        if not model.problem.shift_groups:
            return
        present: dict[str, list[Lit]] = {}
        for person in model.persons.values():
            for element in person.own:
                if isinstance(element.work, Assignment) and element.work.shift is not None:
                    present.setdefault(element.work.shift, []).append(element.present)
        for group in model.problem.shift_groups:
            used = (Linear.of(model.any_of(present.get(shift, []))) for shift in group.shifts)
            model.at_most(self, Linear.total(used), group.fill)
