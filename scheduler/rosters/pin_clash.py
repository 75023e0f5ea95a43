"""Pins that no roster can keep."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.judge import hard, judge, violation_json
from scheduler.rosters.models import Shift
from scheduler.rosters.problem import PlannedProblem


def refuse_clashing_pins(planned: PlannedProblem, shifts: Iterable[Shift]) -> None:
    """Refuse pinned shifts that break a hard rule among themselves.

    Raises
    ------
    SchedulerError
        ``contradictory_pins`` with the rules they break.
    """
    pinned = [shift for shift in shifts if shift.pinned]
    broken = hard(judge(planned, pinned).violations) if pinned else []
    if broken:
        raise SchedulerError(
            "contradictory_pins",
            violations=[violation_json(planned, violation) for violation in broken],
            hint="unpin one of the shifts, or move it",
        )
