"""Headcount: as many people on a given shift as it takes, never more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
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

    The level is the shift's: mandatory or, for an optional shift, soft. Of alternatives that nobody works,
    only so many count as open as their group is to fill, those that cost least.
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
            for shift in wanted_shifts(problem, filled)
            if (missing := shift.headcount - filled[shift.id]) > 0
        ]

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """A price for each open place of the shifts that are wanted."""
        program = model.program
        wanted: dict[str, Linear] = {}
        for group in model.problem.shift_groups:
            for shift_id in group.shifts:
                wanted[shift_id] = Linear.of(program.literal())
            program.at_least(Linear.total(wanted[shift_id] for shift_id in group.shifts), group.fill)
        for shift in model.problem.shifts:
            level: Level = "mandatory" if shift.mandatory else "soft"
            places = wanted.get(shift.id, Linear(1)).times(shift.headcount)
            missing = places.minus(model.filled(shift))
            if shift.id in wanted:
                program.at_least(missing, 0)  # who works an alternative makes it one that is wanted
            program.charge(level, self.weight * place_price(shift), missing)


def filled_places(roster: Roster) -> Counter[str]:
    """How many people work each given shift."""
    return Counter(work.shift for work in roster if work.shift is not None)


def wanted_shifts(problem: Problem, filled: Counter[str]) -> Sequence[Shift]:
    """The given shifts that are to be filled: all but the alternatives of which there are enough."""
    spare: set[str] = set()
    for group in problem.shift_groups:
        unused = [problem.shift_by_id[shift] for shift in group.shifts if not filled[shift]]
        unused.sort(key=lambda shift: shift.headcount * place_price(shift))
        still = max(0, group.fill - (len(group.shifts) - len(unused)))
        spare.update(shift.id for shift in unused[still:])
    return [shift for shift in problem.shifts if shift.id not in spare] if spare else problem.shifts


def place_price(shift: Shift) -> int:
    """Price of one open place of a shift."""
    return (shift.end - shift.start) * shift.priority
