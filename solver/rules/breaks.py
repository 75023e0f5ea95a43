"""Breaks: a shift of some length contains breaks that add up to enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.option_rule import OptionRule
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Breaks(OptionRule):
    """An assignment of at least ``from_minutes`` contains breaks of at least ``minutes`` in all.

    Parameters
    ----------
    from_minutes
        Shortest length it holds for, minutes, inclusive ("more than 6 h" is 361).
    minutes
        Least sum of breaks, minutes, > 0.
    paid_only
        Whether only paid breaks count.
    of_work
        Whether unpaid breaks are taken off the length first: "more than 6 h of work", not of presence.

    References
    ----------
    Directive 2003/88/EC, art. 4: a break where the working day is longer than 6 h.
    """

    id: ClassVar[str] = "breaks"
    by_length: ClassVar[bool] = True

    from_minutes: int = 361
    minutes: int = 30
    paid_only: bool = False
    of_work: bool = False

    def check_parameters(self) -> None:
        """A break has a length."""
        if self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; a break lasts at least 1 minute")

    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """Minutes of break that are missing."""
        unpaid = sum(pause.minutes for pause in work.breaks if not pause.paid) if self.of_work else 0
        if work.minutes - unpaid < self.from_minutes:
            return 0
        return max(0, self.minutes - self._given(work))

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """Required and actual minutes of break, and the length of the shift."""
        return {"required": self.minutes, "actual": self._given(work), "length": work.minutes}

    def _given(self, work: Work) -> int:
        return sum(pause.minutes for pause in work.breaks if pause.paid or not self.paid_only)
