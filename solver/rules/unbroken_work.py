"""Unbroken work: how long somebody works without a break."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from solver.rules.stretch_rule import Bound, StretchRule


@dataclass(frozen=True, slots=True, kw_only=True)
class UnbrokenWork(StretchRule):
    """Nobody works more than ``maximum`` minutes of a shift without a break.

    Breaks that are not placed are taken to lie where they help most. Charged is each minute over.

    Parameters
    ----------
    maximum
        Most minutes from the start of a shift, or the end of a break, to the next break or the end.
    shortest_break
        A break that is shorter, minutes, does not interrupt the work.

    References
    ----------
    Regulation (EC) No 561/2006, art. 7: after four and a half hours of driving, a break of 45 minutes.
    """

    id: ClassVar[str] = "unbroken_work"

    maximum: int = 270
    shortest_break: int = 1

    def check_parameters(self) -> None:
        """There is something to work."""
        for name in ("maximum", "shortest_break"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)}; use 1 minute or more")

    def cuts(self, minutes: int) -> bool:
        """Whether a break is long enough."""
        return minutes >= self.shortest_break

    def bound(self, *, after_break: bool, before_break: bool) -> Bound | None:
        """The same for every stretch."""
        return 1, self.maximum

    def unplaced(self, minutes: int, breaks: int) -> int:
        """What is left when every stretch is as long as it may be."""
        return max(0, minutes - (breaks + 1) * self.maximum)
