"""Where people are missing, in lines on the screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from solver.problem import Problem
    from solver.result import OpenShift

GAPS_SHOWN = 20


def show_open(problem: Problem, gaps: Sequence[OpenShift], console: Console) -> None:
    """Print the work nobody could be found for, what has to be covered first."""
    if not gaps:
        console.print("nothing is open")
        return
    minutes: Counter[str] = Counter()
    for gap in gaps:
        minutes[gap.level] += gap.people * (gap.end - gap.start)
    totals = ", ".join(f"{count / 60:g} {level}" for level, count in minutes.items())
    console.print(f"open person-hours: {totals}")
    show_gaps(problem, gaps, console)


def show_gaps(problem: Problem, gaps: Sequence[OpenShift], console: Console) -> None:
    """Print where people are missing, by level and time."""
    from solver.local_time import local_time
    from solver.violation import LEVELS

    by_weight = sorted(gaps, key=lambda gap: (LEVELS.index(gap.level), gap.start, gap.end))
    for gap in by_weight[:GAPS_SHOWN]:
        start, end = local_time(problem, gap.start), local_time(problem, gap.end)
        what = " at ".join(filter(None, (gap.skill, gap.location)))
        console.print(
            f"  {start:%a %Y-%m-%d %H:%M} to {end:%a %H:%M}: {gap.people} missing, {gap.level}"
            + (f", {what}" if what else "")
            + (f" ({gap.shift})" if gap.shift else ""),
            markup=False,
            highlight=False,
        )
    rest = len(gaps) - GAPS_SHOWN
    if rest > 0:
        console.print(f"  and {rest} more")
