"""Good rosters of shifts made of tasks in a given time: all at once, or shifts first and then insides."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.lns.inside_search import settle
from solver.lns.local_search import Pace, Plan, anneal
from solver.lns.tables import WEIGHTS
from solver.pooling import pooled, pooled_roster, unpooled
from solver.problem import Problem
from solver.result import Progress
from solver.rules.pins import matches
from solver.standing import SLACK, Incumbent
from solver.stop import AnyOf, Stop, TimeLimit
from solver.work import Roster

if TYPE_CHECKING:
    from solver.tasks.anneal import TaskAnnealing
    from solver.tasks.bound import PooledBound
    from solver.tasks.tables import TaskTables

QUICK_CHANGES = 200_000
"""Changes that each way tries at first; each further time `GROWTH` times as many are tried."""

GROWTH = 8

SHARE = 0.96
"""The part of the time left that the last time may take; exact parts have the rest."""

SHARE_WITH_BREAKS = 0.8
"""The same where breaks are placed after it."""

QUICK_SHARE = 0.15
"""The part of the time left that each way may take at first."""

SHARE_OF_SHIFTS, SHARE_OF_INSIDES = 0.5, 0.3
"""The part of the time of shifts first that these take, and that of the rest which their insides take."""

SHIFTS_FOR_A_CHANGE = 10
"""Changes of shifts as if all tasks were one that are tried for one with tasks: they are so much quicker."""

CHANGES_PER_WORK = 200_000
"""Changes that count as one unit of deterministic work."""

SLICE = 10_000
"""Changes between two looks at the clock."""

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


class Stage(NamedTuple):
    """What an annealing changes, and how hot.

    Parameters
    ----------
    only_insides
        Whether shifts stay as they are.
    heat
        The highest temperature, as a share of the one at which much melts.
    cooling
        The highest temperature over the one that is reached before all settles.
    light
        What a unit of the mandatory level of coverage counts at first.
    """

    only_insides: bool
    heat: float
    cooling: float
    light: float


ALL = Stage(only_insides=False, heat=1.0, cooling=8.0, light=LIGHT)
"""Who works when and what is done then, from hot."""

INSIDES = Stage(only_insides=True, heat=1.0, cooling=16.0, light=LIGHT)
"""Only what is done."""

FITTING = Stage(only_insides=False, heat=0.2, cooling=8.0, light=30.0)
"""All, so cold that most stays as it is."""


class Search:
    """Annealings of one problem, one after the other, each in as many threads as there are workers.

    There are two ways: all at once, or shifts first as if all tasks were one, then their insides, then all so
    cold that it only fits. Both are tried in short; the one that was better is gone at length.

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
        self._pace = Pace()

    def run(self) -> None:
        """Anneal until the incumbent says stop, or nothing is found that keeps the hard rules."""
        if self._incumbent.stop.work_left(self._incumbent.standing()) is not None:
            self._run()  # with nothing beside it, so that the same work gives the same roster
            return
        from solver.tasks.bound import PooledBound

        with PooledBound(self._incumbent, self._tables.together) as self._bound:
            self._run()

    def _run(self) -> None:
        incumbent, best, changes = self._incumbent, self._at_once, QUICK_CHANGES
        for way in (self._at_once, self._shifts_first):
            if incumbent.stopped() or incumbent.proven:
                return
            before = self._least
            self._go(way, Plan.short(incumbent, QUICK_CHANGES, QUICK_SHARE))
            if before is not None and self._least is not None and self._least < before:
                best = way
        while not incumbent.stopped() and not incumbent.proven:
            changes *= GROWTH
            share = SHARE_WITH_BREAKS if has_windows(incumbent.problem) else SHARE
            plan = Plan.short(incumbent, changes, share)
            if (plan.seconds, plan.work) != (None, None):
                plan = replace(plan, changes=None)
            self._go(best, plan)
            if plan.last or incumbent.roster is None:
                return

    def _go(self, way: Callable[[Plan], Roster], plan: Plan) -> None:
        """Go one way, and place the breaks where they are inside of shifts."""
        roster = way(plan)
        if has_windows(self._incumbent.problem) and not self._incumbent.stopped():
            settle(self._incumbent, roster, seed=self._seed, workers=self._workers)
        self._seed += self._workers

    def _at_once(self, plan: Plan) -> Roster:
        return self._anneal(plan, self._incumbent.roster or self._begin, ALL)

    def _shifts_first(self, plan: Plan) -> Roster:
        incumbent = self._incumbent
        shifts = self._shifts(plan.part(incumbent, SHARE_OF_SHIFTS))
        filled = self._anneal(plan.part(incumbent, SHARE_OF_INSIDES), shifts, INSIDES)
        return self._anneal(plan, filled, FITTING)

    def _shifts(self, plan: Plan) -> Roster:
        """A roster that is good if all tasks are one."""
        incumbent, tables = self._incumbent, self._tables
        known = incumbent.roster or self._begin
        begin = pooled_roster(incumbent.problem, known)

        def tell(_: Progress) -> None:
            if self._bound is not None:
                pool.raise_weighted_bound(self._bound.bound, WEIGHTS["mandatory"])
                self._bound.tell()
            incumbent.tell()

        limits: list[Stop] = [incumbent.stop]
        if plan.seconds is not None:
            limits.append(TimeLimit(plan.seconds))
        pool = Incumbent(tables.together.problem, AnyOf(limits), tell)
        pool.offer(begin)
        changes = plan.changes and SHIFTS_FOR_A_CHANGE * plan.changes
        plan = replace(plan, begun=(pool.seconds, pool.work), changes=changes)
        anneal(pool, tables.together, plan, self._pace, seed=self._seed, workers=self._workers, begin=begin)
        incumbent.work += pool.work
        return unpooled(incumbent.problem, pool.roster or begin, known)

    def _anneal(self, plan: Plan, begin: Roster, stage: Stage) -> Roster:
        """The best roster of an annealing, offered."""
        from solver.tasks.anneal import TaskAnnealing

        incumbent = self._incumbent
        chains = [TaskAnnealing(self._tables, begin, self._seed + place) for place in range(self._workers)]
        if self._heat is None:
            self._heat = chains[0].melt(self._stopped)
            self._offer(chains[:1], 1.0)
        incumbent.phase = "anneal"
        slices, weight = 0, 0
        with ThreadPoolExecutor(len(chains)) as threads:
            while (done := plan.done(incumbent, slices * SLICE)) < 1 and not incumbent.proven:
                new = round(stage.light * (HEAVY / stage.light) ** min(1.0, done / HEAVY_FROM))
                if new != weight:
                    weight = new
                    self._tables.set_mandatory(weight)
                    for chain in chains:
                        chain.reprice()
                temperature = self._heat * stage.heat * stage.cooling ** -temper(done)
                advance = partial(
                    TaskAnnealing.advance,
                    changes=SLICE,
                    temperature=temperature,
                    only_insides=stage.only_insides,
                )
                list(threads.map(advance, chains))
                slices += 1
                incumbent.work += SLICE / CHANGES_PER_WORK
                if slices % LOOK == 0:
                    self._offer(chains, WORTH_SHOWING)
                if self._bound is not None:
                    self._bound.tell()
                incumbent.tell()
        return self._offer(chains, 1.0).roster()

    def _stopped(self) -> bool:
        """Whether to stop, after telling that time goes by."""
        self._incumbent.tell()
        return self._incumbent.stopped()

    def _offer(self, chains: list[TaskAnnealing], share: float) -> TaskAnnealing:
        """The one with the best roster, which is offered if it costs less than a share of the last one."""
        worth, place = min((chain.worth(), place) for place, chain in enumerate(chains))
        proven = self._bound is not None and worth <= self._bound.bound + SLACK
        if self._least is None or worth < (1.0 if proven else share) * self._least:
            self._least = worth
            self._incumbent.offer(chains[place].roster())
        return chains[place]


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
