"""Contract range: everybody gets the paid minutes of the contract, not fewer and not more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.rule import HORIZON, Period
from solver.rules.window_sum import Bound, WindowSum, limits_of
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.linear import Linear
    from solver.problem import Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRange(WindowSum):
    """An employee's paid minutes in the horizon lie between the employee's own minimum and maximum.

    Parameters
    ----------
    bound
        ``minimum``, ``maximum`` or ``both``: list the rule twice to give the bounds different levels.
    """

    id: ClassVar[str] = "contract_range"

    bound: Literal["minimum", "maximum", "both"] = "both"

    def limits(self, employee: Employee) -> list[tuple[Bound, int]]:
        """The employee's."""
        return limits_of(
            None if self.bound == "maximum" else employee.minimum_minutes,
            None if self.bound == "minimum" else employee.maximum_minutes,
        )

    def windows_of(self) -> Period:
        """The horizon."""
        return HORIZON

    def amount(self, work: Work) -> int:
        """Its paid minutes."""
        return work.paid

    def amount_of(self, element: Element) -> Linear:
        """Its paid minutes."""
        return element.minutes("paid")
