"""Break distance: breaks are not too near the start and the end of a shift, nor each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from solver.rules.stretch_rule import Bound, StretchRule


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakDistance(StretchRule):
    """Between the start of a shift, its breaks and its end lie at least some minutes.

    Breaks that are not placed are not judged. Charged is each minute missing.

    Parameters
    ----------
    from_start
        Least minutes from the start of the shift to the first break.
    before_end
        Least minutes from the last break to the end of the shift.
    between
        Least minutes from one break to the next.
    """

    id: ClassVar[str] = "break_distance"

    from_start: int = 0
    before_end: int = 0
    between: int = 0

    def check_parameters(self) -> None:
        """There is a distance, and none is negative."""
        distances = (self.from_start, self.before_end, self.between)
        if min(distances) < 0 or not any(distances):
            raise ValueError(
                f"from_start {self.from_start}, before_end {self.before_end} and between {self.between} "
                "must not be negative, and one of them must be above 0"
            )

    def bound(self, *, after_break: bool, before_break: bool) -> Bound | None:
        """By what lies before and after."""
        if after_break and before_break:
            return -1, self.between
        if before_break:
            return -1, self.from_start
        return (-1, self.before_end) if after_break else None

    def unplaced(self, minutes: int, breaks: int) -> int:
        """Nothing is known."""
        return 0
