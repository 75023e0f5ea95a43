"""Rosters whose shifts have tasks: shifts first, as if all tasks were one, then who does what when."""

from __future__ import annotations

from collections.abc import Callable

from solver.cpsat.draft import Draft
from solver.cpsat.place_inside import place_inside
from solver.lns.improve import improve
from solver.pooling import pooled, unpooled
from solver.problem import Problem
from solver.standing import Incumbent
from solver.stop import AnyOf, Stop, TimeLimit, WorkLimit
from solver.work import Roster

SHARE_OF_SHIFTS = 0.6
"""The part of the time left that the search for shifts may take."""

SHARE_OF_TASKS = 0.7
"""The part of the time then left that the choice of tasks may take."""

FRUITLESS = 25
"""Parts in a row that gain nothing before breaks and tasks of all are looked at again."""

SolvePooled = Callable[[Problem, Stop, Callable[[], None]], Roster]
"""Finds a roster of a pooled problem until a stop, calling something now and then."""


def has_tasks(problem: Problem) -> bool:
    """Whether shifts with tasks may be created."""
    return any(template.tasks for template in problem.templates)


def roster_from_pools(incumbent: Incumbent, solve_pooled: SolvePooled, *, seed: int, workers: int) -> Roster:
    """A first roster of a problem with tasks, offered to the incumbent.

    Parameters
    ----------
    incumbent
        Of the problem with tasks.
    solve_pooled
        How to solve the problem in which all tasks are one.
    seed, workers
        Of the choice of tasks.

    Returns
    -------
    Roster
        The roster, whether or not it keeps the hard rules.
    """
    problem = incumbent.problem
    shifts = solve_pooled(pooled(problem), _share(incumbent, SHARE_OF_SHIFTS), incumbent.tell)
    return settle(incumbent, unpooled(problem, shifts), seed=seed, workers=workers)


def settle(incumbent: Incumbent, roster: Roster, *, seed: int, workers: int) -> Roster:
    """Place the breaks and choose the tasks of a roster, and offer it."""

    def stopped() -> bool:
        incumbent.tell()
        return incumbent.stopped()

    left = incumbent.stop.seconds_left(incumbent.standing())
    seconds = None if left is None else SHARE_OF_TASKS * left
    placed = place_inside(
        incumbent.problem, roster, seconds=seconds, seed=seed, workers=workers, stopped=stopped
    )
    incumbent.offer(placed)
    return placed


def search_insides(incumbent: Incumbent, draft: Draft, *, seed: int, workers: int) -> None:
    """Improve the best roster part by part until the incumbent says stop."""
    rounds = 0
    while incumbent.roster is not None and not incumbent.stopped():
        incumbent.phase = "improve"
        improve(incumbent, draft, seed=seed + rounds, workers=workers, fruitless=FRUITLESS)
        if not incumbent.stopped():
            settle(incumbent, incumbent.roster, seed=seed + rounds, workers=workers)
        rounds += 1


def _share(incumbent: Incumbent, share: float) -> Stop:
    """A part of the time or work that is left."""
    standing = incumbent.standing()
    limits: list[Stop] = [incumbent.stop]
    seconds, work = incumbent.stop.seconds_left(standing), incumbent.stop.work_left(standing)
    if seconds is not None:
        limits.append(TimeLimit(share * seconds))
    if work is not None:
        limits.append(WorkLimit(share * work))
        incumbent.work += share * work
    if not limits[1:]:
        limits.append(TimeLimit(UNLIMITED_SECONDS))
    return AnyOf(limits)


UNLIMITED_SECONDS = 60.0
"""What the search for shifts takes where the caller sets no limit."""
