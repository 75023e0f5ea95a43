"""Good rosters of shifts made of tasks in a given time: a quick annealing, then one slow one."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.lns.inside_search import settle
from solver.lns.local_search import Plan
from solver.pooling import pooled
from solver.problem import Problem
from solver.rules.pins import matches
from solver.standing import SLACK, Incumbent
from solver.work import Roster

if TYPE_CHECKING:
    from solver.tasks.anneal import TaskAnnealing
    from solver.tasks.bound import PooledBound
    from solver.tasks.tables import TaskTables

QUICK_CHANGES = 200_000
"""Changes that the first annealing tries; each further one tries `GROWTH` times as many."""

GROWTH = 8

SHARE = 0.96
"""The part of the time left that the last annealing may take; exact parts have the rest."""

SHARE_WITH_BREAKS = 0.8
"""The same where breaks are placed after it."""

QUICK_SHARE = 0.15
"""The part of the time left that the first annealing may take."""

CHANGES_PER_WORK = 200_000
"""Changes that count as one unit of deterministic work."""

SLICE = 10_000
"""Changes between two looks at the clock."""

COOLING = 8.0
"""The highest temperature over the one that is reached before all settles."""

SETTLING = 0.08
"""The last part of an annealing, in which the temperature falls by as much again."""

LIGHT, HEAVY = 4.0, 60.0
"""What a unit of the mandatory level of coverage counts at first and in the end.

As long as it counts little, people can be missing for a while, and rosters change more freely.
"""

HEAVY_FROM = 0.75
"""The part of an annealing after which the mandatory level counts as much as in the end."""

LOOK = 25
"""Slices between two looks at the best roster of a running annealing."""

WORTH_SHOWING = 0.97
"""A roster of a running annealing is offered once it costs less than this part of the last one.

Judging one takes time.
"""


def search_tasks(
    incumbent: Incumbent, draft: Draft, warm_start: Roster | None, *, seed: int, workers: int
) -> None:
    """Improve the best roster, or make one, until the incumbent says stop.

    Does nothing for problems whose rules the tables of the compiled search do not hold.

    Parameters
    ----------
    incumbent, draft
        Of a problem with tasks, and what everybody could work.
    warm_start
        A roster to begin with; None to begin with what is pinned.
    seed, workers
        Each worker anneals by itself, on a core of its own; with one worker the same seed and work give the
        same roster.
    """
    from solver.lns.tables import can_hold
    from solver.tasks.tables import TaskTables

    pool = pooled(draft.problem)
    together = Draft(pool, pool.all_rules)
    if not can_hold(together):
        return
    incumbent.phase = "prepare"
    incumbent.tell()
    if warm_start is not None:
        incumbent.offer(warm_start)
    begin = warm_start or _pinned(draft)
    try:
        tables = TaskTables(draft, together, begin, incumbent.stopped)
    except OutOfTime:
        return
    Search(incumbent, tables, begin, seed=seed, workers=workers).run()


def _pinned(draft: Draft) -> Roster:
    """What fixed pins say."""
    problem = draft.problem
    works = [(pin, problem.pinned(pin)) for pin in problem.pins if pin.kind == "fixed"]
    kept = [
        work
        for place, (pin, work) in enumerate(works)
        if not any(other.employee == pin.employee and matches(pin, other) for _, other in works[:place])
    ]
    return Roster(kept)


class Search:
    """Annealings of one problem, one after the other, each in as many threads as there are workers.

    Parameters
    ----------
    incumbent, tables
        The problem and the best roster of it.
    begin
        The roster to begin with.
    seed, workers
        See `search_tasks`.
    """

    def __init__(
        self, incumbent: Incumbent, tables: TaskTables, begin: Roster, *, seed: int, workers: int
    ) -> None:
        """Nothing tried yet."""
        self._incumbent = incumbent
        self._tables = tables
        self._begin = begin
        self._seed = seed
        self._workers = max(1, min(workers, len(os.sched_getaffinity(0))))
        self._heat: float | None = None
        self._least: int | None = None
        self._bound: PooledBound | None = None

    def run(self) -> None:
        """Anneal until the incumbent says stop, or nothing is found that keeps the hard rules."""
        if self._incumbent.stop.work_left(self._incumbent.standing()) is not None:
            self._run()  # with nothing beside it, so that the same work gives the same roster
            return
        from solver.tasks.bound import PooledBound

        with PooledBound(self._incumbent, self._tables.together) as self._bound:
            self._run()

    def _run(self) -> None:
        changes = QUICK_CHANGES
        incumbent = self._incumbent
        while not incumbent.stopped() and not incumbent.proven:
            plan = self._plan(changes)
            self._anneal(plan)
            if has_windows(incumbent.problem) and incumbent.roster is not None and not incumbent.stopped():
                settle(incumbent, incumbent.roster, seed=self._seed, workers=self._workers)
            if plan.last or (incumbent.roster is None and changes > QUICK_CHANGES):
                return
            changes *= GROWTH
            self._seed += self._workers

    def _plan(self, changes: int) -> Plan:
        """A quick annealing first, then all that time or work is left for, or more and more changes."""
        now = self._incumbent.standing()
        limits = (self._incumbent.stop.seconds_left(now), self._incumbent.stop.work_left(now))
        quick = changes == QUICK_CHANGES
        share = SHARE_WITH_BREAKS if has_windows(self._incumbent.problem) else SHARE
        share = QUICK_SHARE if quick else share
        seconds, work = (None if left is None else share * left for left in limits)
        last = not quick and limits != (None, None)
        return Plan((now.seconds, now.work), None if last else changes, seconds, work)

    def _anneal(self, plan: Plan) -> None:
        from solver.tasks.anneal import TaskAnnealing

        incumbent = self._incumbent
        begin = incumbent.roster or self._begin
        chains = [TaskAnnealing(self._tables, begin, self._seed + place) for place in range(self._workers)]
        if self._heat is None:
            self._heat = chains[0].melt(self._stopped)
            self._offer(chains[:1], 1.0)
        incumbent.phase = "anneal"
        slices, weight = 0, 0
        with ThreadPoolExecutor(len(chains)) as threads:
            while (done := plan.done(incumbent, slices * SLICE)) < 1 and not incumbent.proven:
                new = round(LIGHT * (HEAVY / LIGHT) ** min(1.0, done / HEAVY_FROM))
                if new != weight:
                    weight = new
                    self._tables.set_mandatory(weight)
                    for chain in chains:
                        chain.reprice()
                temperature = self._heat * COOLING ** -temper(done)
                list(
                    threads.map(
                        partial(TaskAnnealing.advance, changes=SLICE, temperature=temperature), chains
                    )
                )
                slices += 1
                incumbent.work += SLICE / CHANGES_PER_WORK
                if slices % LOOK == 0:
                    self._offer(chains, WORTH_SHOWING)
                if self._bound is not None:
                    self._bound.tell()
                incumbent.tell()
        self._offer(chains, 1.0)

    def _stopped(self) -> bool:
        """Whether to stop, after telling that time goes by."""
        self._incumbent.tell()
        return self._incumbent.stopped()

    def _offer(self, chains: list[TaskAnnealing], share: float) -> None:
        """Offer the best roster if it costs less than a share of what the one before cost."""
        worth, place = min((chain.worth(), place) for place, chain in enumerate(chains))
        proven = self._bound is not None and worth <= self._bound.bound + SLACK
        if self._least is None or worth < (1.0 if proven else share) * self._least:
            self._least = worth
            self._incumbent.offer(chains[place].roster())


def has_windows(problem: Problem) -> bool:
    """Whether breaks are placed inside shifts that are made of tasks."""
    return any(
        policy.window for template in problem.templates if template.tasks for policy in template.breaks
    )


def temper(done: float) -> float:
    """How far the temperature has fallen: 1 when all begins to settle, 2 in the end.

    Examples
    --------
    >>> [round(temper(done), 6) for done in (0.0, 0.46, 0.92, 1.0)]
    [0.0, 0.5, 1.0, 2.0]
    """
    settling = max(0.0, done - (1 - SETTLING)) / SETTLING
    return min(1.0, done / (1 - SETTLING)) + settling
