"""How many shifts a person works per day, week, rolling window or horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.rule import DAILY, Period
from solver.rules.window_sum import Bound, WindowSum, check_range, limits_of
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.linear import Linear
    from solver.problem import Employee


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCount(WindowSum):
    """The number of shifts that start in each window of the period is within a range.

    ``ShiftCount(maximum=1)`` is one shift a day; with a scope of tags it counts nights, with days Sundays.

    Parameters
    ----------
    minimum, maximum
        Bounds in shifts; None for no such bound.
    period
        The windows.
    """

    id: ClassVar[str] = "shift_count"
    unit: ClassVar[str] = "shifts"
    relies_on_one_a_day: ClassVar[bool] = False

    minimum: int | None = None
    maximum: int | None = None
    period: Period = DAILY

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Days."""
        return "days"

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.minimum, self.maximum)

    def limits(self, employee: Employee) -> list[tuple[Bound, int]]:
        """The same for everybody in scope."""
        return limits_of(self.minimum, self.maximum)

    def windows_of(self) -> Period:
        """The parameter."""
        return self.period

    def amount(self, work: Work) -> int:
        """One."""
        return 1

    def amount_of(self, element: Element) -> Linear:
        """One where it is worked."""
        return element.presence()
