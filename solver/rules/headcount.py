"""Headcount: as many people on a given shift as it takes, never more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.rule import Rule
from solver.violation import Level, Violation
from solver.work import Roster

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Problem, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount(Rule):
    """No given shift has more people than its headcount. Always hard."""

    id: ClassVar[str] = "headcount"
    unit: ClassVar[str] = "people"
    narrows: ClassVar[tuple[str, ...]] = ()

    def check_parameters(self) -> None:
        """More people than places is not for sale."""
        if self.level != "hard":
            raise ValueError(f"level is {self.level!r}; headcount is always hard")

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each shift with too many people."""
        filled = filled_places(roster)
        return [
            self.breach(
                filled[shift.id] - shift.headcount,
                works=[work for work in roster if work.shift == shift.id],
                facts={"headcount": shift.headcount, "actual": filled[shift.id]},
            )
            for shift in problem.shifts
            if filled[shift.id] > shift.headcount
        ]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A bound on the people of each shift."""
        for shift in model.problem.shifts:
            model.at_most(self, model.filled(shift), shift.headcount)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShifts(Rule):
    """Every place of a given shift is filled; charged are the person-minutes left open times the priority.

    The level is the shift's: mandatory or, for an optional shift, soft.
    """

    id: ClassVar[str] = "open_shifts"
    unit: ClassVar[str] = "people"
    narrows: ClassVar[tuple[str, ...]] = ()

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """One violation for each shift with open places."""
        filled = filled_places(roster)
        return [
            Violation(
                rule=self.id,
                level="mandatory" if shift.mandatory else "soft",
                short_by=missing,
                unit=self.unit,
                cost=self.weight * missing * place_price(shift),
                shifts=(shift.id,),
                facts={"headcount": shift.headcount, "actual": filled[shift.id]},
            )
            for shift in problem.shifts
            if (missing := shift.headcount - filled[shift.id]) > 0
        ]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price for each open place."""
        for shift in model.problem.shifts:
            level: Level = "mandatory" if shift.mandatory else "soft"
            missing = model.filled(shift).times(-1).plus(shift.headcount)
            model.program.charge(level, self.weight * place_price(shift), missing)


def filled_places(roster: Roster) -> Counter[str]:
    """How many people work each given shift."""
    return Counter(work.shift for work in roster if work.shift is not None)


def place_price(shift: Shift) -> int:
    """Price of one open place of a shift."""
    return (shift.end - shift.start) * shift.priority
