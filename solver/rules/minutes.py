"""Minutes of work per day, week, rolling window or horizon."""

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

Count = Literal["paid", "worked", "present"]


def minutes_of(work: Work, count: Count) -> int:
    """The minutes of a span of work that count.

    ``paid`` are its paid minutes, ``present`` its length, ``worked`` its length less all breaks, paid or not.

    Examples
    --------
    >>> from solver.work import Break
    >>> shift = Work(start=0, end=540, breaks=(Break(30), Break(15, paid=True)))
    >>> minutes_of(shift, "paid"), minutes_of(shift, "worked"), minutes_of(shift, "present")
    (510, 495, 540)
    """
    if count == "paid":
        return work.paid
    if count == "present":
        return work.minutes
    return work.minutes - sum(pause.minutes for pause in work.breaks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(WindowSum):
    """The minutes of work that starts in each window of the period are within a range.

    Parameters
    ----------
    minimum, maximum
        Bounds in minutes; None for no such bound.
    period
        The windows: ``Period(1)`` each day, ``Period(7)`` each week, ``Period(7, rolling=True)`` any seven
        days, ``Period(None)`` the horizon.
    count
        Which minutes: ``paid``, ``worked`` (without breaks) or ``present`` (with breaks).
    """

    id: ClassVar[str] = "minutes"

    minimum: int | None = None
    maximum: int | None = None
    period: Period = DAILY
    count: Count = "paid"

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
        """Its minutes."""
        if self.count == "paid":
            return work.paid
        return minutes_of(work, self.count)

    def amount_of(self, element: Element) -> Linear:
        """Its minutes."""
        return element.minutes(self.count)
