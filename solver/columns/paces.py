"""How runs of days of work and of days off go on, whatever else there is: what pricing looks ahead by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from solver.columns.labels import BY_WORK, FAR, LONGEST, NEVER, SHORTEST, SIZE, STEPS, run_steps
from solver.lns.kernel import Ints

Pace = tuple[int, int]
"""The states of a run of work and of a run of days off, without the mark that the step is hit."""


@dataclass(frozen=True)
class Runs:
    """The runs of one person.

    Parameters
    ----------
    rows
        The columns of each.
    steps
        For each option and run the step, -1 for none.
    closed
        For each day and run how many steps are decided before the day.
    begins
        The states before the first day.
    lists
        What the rows point to.
    """

    rows: Sequence[list[int]]
    steps: Ints
    closed: Ints
    begins: Sequence[tuple[int, int]]
    lists: Sequence[int]


def paces_of(runs: Runs, day: Ints, days: int, *, one_a_day: bool) -> dict[str, Any]:
    """The fields of a walk about its paces.

    Parameters
    ----------
    runs
        All runs; of those whose steps are days one of each kind is chosen.
    day
        Of each option.
    days
        The number of days.
    one_a_day
        Whether there is one option a day at most; otherwise there is only one pace.
    """
    chosen = [-1, -1]
    for place, row in enumerate(runs.rows):
        kind = 1 - row[BY_WORK]
        if one_a_day and chosen[kind] < 0 and _by_days(runs, place, day):
            chosen[kind] = place
    sizes = [1 if row < 0 else 2 * (_longest(runs.rows[row]) + 1) for row in chosen]
    paces, found = _walk(runs, chosen, days)
    nexts = np.zeros((days, len(paces), 4), np.int32)
    costs = np.full((days, len(paces), 4), NEVER)
    for (at, pace, hits), (following, cost) in found.items():
        nexts[at, paces[pace], hits], costs[at, paces[pace], hits] = paces[following], cost
    numbers: Ints = np.zeros(sizes[0] * sizes[1], np.int32)
    for (work, off), number in paces.items():
        numbers[work * sizes[1] + off] = number
    hit: Ints = np.zeros(len(day), np.int32)
    for kind, run in enumerate(chosen):
        if run >= 0:
            hit |= (runs.steps[:, run] >= 0).astype(np.int32) << kind
    return {
        "pace": np.array([*chosen, sizes[1]], np.int64),
        "pace_at": numbers,
        "pace_next": nexts,
        "pace_cost": costs,
        "hits": hit,
    }


def _by_days(runs: Runs, place: int, day: Ints) -> bool:
    """Whether the steps of a run are days, decided on the day, and none is without limit."""
    row = runs.rows[place]
    unlimited = row[STEPS] + 2 * row[SIZE]
    if any(runs.lists[unlimited : unlimited + row[SIZE]]) or (row[SHORTEST] <= 1 and row[LONGEST] >= FAR):
        return False
    on = set(day[runs.steps[:, place] >= 0].tolist())
    return all(runs.closed[one + 1, place] > runs.closed[one, place] for one in on)


def _longest(row: Sequence[int]) -> int:
    """The largest length of a run that is told from longer ones."""
    least, most = row[SHORTEST], row[LONGEST]
    return max(least, most + 1) if most < FAR else max(least, 1)


def _walk(
    runs: Runs, chosen: Sequence[int], days: int
) -> tuple[dict[Pace, int], dict[tuple[int, Pace, int], tuple[Pace, float]]]:
    """All paces that can be reached, and where each leads on each day with what is hit, at what cost."""
    table, lists = np.array([*runs.rows, [0] * 8], np.int64), np.array([*runs.lists, 0], np.int32)
    work, off = (0 if row < 0 else runs.begins[row][0] >> 1 for row in chosen)
    paces, found = {(work, off): 0}, {}
    now = {(work, off)}
    for day in range(days):
        after: set[Pace] = set()
        for pace in sorted(now):
            for hits in range(4):
                states, cost = [0, 0], 0.0
                for kind, row in enumerate(chosen):
                    if row < 0:
                        continue
                    entering = pace[kind] << 1 | (hits >> kind & 1)
                    limited = min(pace[kind] >> 1, int(table[row, LONGEST]) + 1)
                    since, until = int(runs.closed[day, row]), int(runs.closed[day + 1, row])
                    state, _, charged = run_steps(table, lists, row, entering, limited, since, until)
                    states[kind] = int(state) >> 1
                    cost += float(charged)
                following = (states[0], states[1])
                paces.setdefault(following, len(paces))
                after.add(following)
                found[day, pace, hits] = (following, cost)
        now = after
    return paces, found
