"""Good rosters of any size in a given time: greedy start, annealing, exact improvement of parts."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import repeat

from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.cpsat.part import Part
from solver.cpsat.place_inside import has_insides
from solver.evaluate import evaluate
from solver.lns.anneal import Annealing
from solver.lns.crowds import CrowdAnnealing, crowds_of
from solver.lns.greedy import greedy
from solver.lns.improve import improve, solve_part
from solver.lns.inside_search import settle
from solver.lns.tables import Tables, can_hold
from solver.standing import Incumbent
from solver.work import Roster

FIRST_CHANGES = 400_000
"""Changes that the first annealing tries; each further one tries `GROWTH` times as many."""

GROWTH = 8

SHARE = 0.95
"""The part of the time left that an annealing may take. The rest is for exact parts."""

SHARE_WITH_INSIDES = 0.85
"""The same where breaks are placed, or tasks, once it is done."""

WORTH_WHILE = 0.1
"""An annealing that would take more than this part of what it may take takes all of it, as the last one.

One slow cooling is worth more than two faster ones; those before it give a good roster early.
"""

CHANGES_PER_WORK = 2_000_000
"""Changes that count as one unit of deterministic work."""

SLICE, LONG_SLICE = 20_000, 100_000
"""Changes between two looks at the clock, in short annealings and in the last one."""

SHORTEST_SLICE = 5_000
"""Changes of each thread at least, where several share one roster."""

PREPARING = 0.5
"""The share of the time that the tables may take at most."""

UNHURRIED = 300_000
"""Changes for each person with which an annealing can begin at the temperature at which much melts."""

A_SECOND = 1_500_000
"""Changes that a thread tries in a second, as long as that is not measured."""

FILLING, COLD = 1000, 1.0
"""Changes for each person that fill a first roster, and the temperature then."""

MADE_CHANGES = 1_000_000
"""Changes for each person of the annealing of a roster that was made otherwise."""

FRUITLESS = 25
"""Parts in a row that gain nothing before annealing starts again."""

SHOW, SHOW_SHARE = 0.5, 0.05
"""Seconds between two looks at the best roster of an annealing, and the share of time they may take."""


def tables_of(incumbent: Incumbent, draft: Draft, base: Roster) -> Tables | None:
    """The tables of a problem; None where they cannot say all of it, or that would take too long.

    Parameters
    ----------
    base
        Work that may stay although it is none of the options.
    """
    tables = None
    if can_hold(draft):
        incumbent.phase = "prepare"
        incumbent.tell()
        with suppress(OutOfTime):
            tables = Tables(draft, base, lambda: incumbent.share > PREPARING)
    return tables


def first_roster(
    incumbent: Incumbent, draft: Draft, tables: Tables | None, warm_start: Roster | None, *, seed: int
) -> Roster:
    """A first roster, offered if it keeps all.

    With tables, changes that make it cheaper fill it; without, one person after the other is put together.

    Returns
    -------
    Roster
        The roster, whether or not it keeps the hard rules; see `mend`.
    """
    incumbent.phase = "construct"
    if tables is None:
        built = greedy(draft, stopped=incumbent.stopped)
    else:
        built = _filled(incumbent, tables, warm_start or Roster(), seed)
    rosters = [built] if warm_start is None else [warm_start, built]
    roster = min(rosters, key=lambda one: evaluate(draft.problem, one).score.levels)
    incumbent.offer(roster)
    return roster


def mend(incumbent: Incumbent, draft: Draft, roster: Roster, *, seed: int) -> Roster:
    """A roster in which those who break hard rules are planned anew one by one; offered if it keeps all."""
    broken = {
        violation.employee
        for violation in evaluate(draft.problem, roster).violations
        if violation.level == "hard" and violation.employee is not None
    }
    for employee in sorted(broken):
        if not incumbent.stopped():
            part = Part(employees=frozenset([employee]))
            _, mended = solve_part(incumbent, draft, part, roster, seed=seed, workers=1)
            roster = mended or roster
    if broken:
        incumbent.offer(roster)
    return roster


def _filled(incumbent: Incumbent, tables: Tables, base: Roster, seed: int) -> Roster:
    chain = Annealing(tables, base, seed)
    tried = 0
    while tried < FILLING * len(tables.employees) and not (tried and incumbent.stopped()):
        chain.advance(SLICE, COLD)
        tried += SLICE
    incumbent.work += tried / CHANGES_PER_WORK
    return chain.roster()


@dataclass(frozen=True)
class Made:
    """A roster that was made otherwise than by small changes, and keeps the hard rules.

    Parameters
    ----------
    roster
        The roster.
    heat
        The temperature from which on small changes can make it fit, where there are many; else less.
    """

    roster: Roster
    heat: float


def search_locally(
    incumbent: Incumbent,
    draft: Draft,
    tables: Tables | None,
    made: Made | None = None,
    *,
    seed: int,
    workers: int,
) -> None:
    """Improve the best roster until it is proven or time is up: with tables by annealing first.

    Parameters
    ----------
    made
        A roster that is annealed before the best one is.
    """
    if tables is not None and made is not None:
        plan = Plan.of(incumbent, MADE_CHANGES * len(tables.employees))
        anneal(incumbent, tables, plan, Pace(melted=made.heat), seed=seed, workers=workers, begin=made.roster)
        if plan.last:
            tables = None
    changes, pace = FIRST_CHANGES, Pace()
    while incumbent.roster is not None and not incumbent.stopped() and not incumbent.proven:
        if tables is not None:
            plan = Plan.of(incumbent, changes)
            anneal(incumbent, tables, plan, pace, seed=seed, workers=workers)
            changes *= GROWTH
            if not plan.last:
                continue
        incumbent.phase = "improve"
        improve(incumbent, draft, seed=seed, workers=workers, fruitless=FRUITLESS)
        seed += workers


@dataclass
class Pace:
    """What annealings find out for those after them.

    Parameters
    ----------
    melted
        The temperature at which many changes are taken; None before it is known.
    a_second
        Changes of one roster tried in a second; None before it is known.
    """

    melted: float | None = None
    a_second: float | None = None


@dataclass(frozen=True)
class Plan:
    """How long an annealing is.

    Parameters
    ----------
    begun
        Seconds and work when it began.
    changes
        Changes it tries; None where time or work ends it.
    seconds, work
        How much it may take; None for as much as it likes.
    """

    begun: tuple[float, float]
    changes: int | None
    seconds: float | None
    work: float | None

    @classmethod
    def of(cls, incumbent: Incumbent, changes: int) -> Plan:
        """So many changes, or all that can be had where that would leave little for another one."""
        now = incumbent.standing()
        limits = [incumbent.stop.seconds_left(now), incumbent.stop.work_left(now)]
        share = SHARE_WITH_INSIDES if has_insides(incumbent.problem) else SHARE
        seconds, work = (None if left is None else share * left for left in limits)
        needed = changes / CHANGES_PER_WORK
        last = any(limit is not None and needed > WORTH_WHILE * limit for limit in (seconds, work))
        return cls((now.seconds, now.work), None if last else changes, seconds, work)

    @classmethod
    def short(cls, incumbent: Incumbent, changes: int, share: float) -> Plan:
        """So many changes, or as many as there are in a share of what is left."""
        now = incumbent.standing()
        limits = (incumbent.stop.seconds_left(now), incumbent.stop.work_left(now))
        seconds, work = (None if left is None else share * left for left in limits)
        return cls((now.seconds, now.work), changes, seconds, work)

    def part(self, incumbent: Incumbent, share: float) -> Plan:
        """A share of what is left of it."""
        now = incumbent.standing()
        seconds = self.seconds and share * max(0.0, self.begun[0] + self.seconds - now.seconds)
        work = self.work and share * max(0.0, self.begun[1] + self.work - now.work)
        changes = self.changes and round(share * self.changes)
        return Plan((now.seconds, now.work), changes, seconds, work)

    @property
    def last(self) -> bool:
        """Whether it takes all it may."""
        return self.changes is None

    def expected(self, a_second: float) -> float:
        """About how many changes it tries where so many are tried in a second."""
        limits = [
            self.changes,
            self.seconds and self.seconds * a_second,
            self.work and self.work * CHANGES_PER_WORK,
        ]
        return min((limit for limit in limits if limit is not None), default=float("inf"))

    def done(self, incumbent: Incumbent, tried: int) -> float:
        """The share of it that is done, 1 at the end, or when nothing better is left to be found."""
        if incumbent.stopped() or incumbent.proven:
            return 1.0
        now = incumbent.standing()
        shares = [tried / self.changes] if self.changes else []
        for spent, limit in (
            (now.seconds - self.begun[0], self.seconds),
            (now.work - self.begun[1], self.work),
        ):
            if limit:
                shares.append(spent / limit)
        return min(1.0, max(shares, default=1.0))


def anneal(
    incumbent: Incumbent,
    tables: Tables,
    plan: Plan,
    pace: Pace,
    *,
    seed: int,
    workers: int,
    begin: Roster | None = None,
) -> None:
    """Anneal the best roster in as many threads as there are workers and offer what comes out.

    It begins the colder, the fewer changes it can try for each person. Where people fall into crowds that
    share no coverage, all threads anneal one roster; otherwise each has its own, and the best counts.

    Parameters
    ----------
    begin
        Another roster that is annealed instead of the best.
    pace
        What annealings before it found out; what this one does is added.
    """
    base = begin or incumbent.roster or Roster()
    chains = _Chains(tables, base, seed, max(1, workers))
    if pace.melted is None:
        pace.melted = chains.first.melt(incumbent.stopped)
    incumbent.phase = "anneal"
    unhurried = UNHURRIED * max(1, len(tables.employees))
    expected = plan.expected(pace.a_second or A_SECOND * chains.sharing)
    heat = pace.melted * min(1.0, expected / unhurried)
    cooling = chains.first.cooling(heat)
    begun = incumbent.seconds
    changes = LONG_SLICE if plan.last else max(SHORTEST_SLICE, SLICE // chains.sharing)
    tried, shown, pause = 0, incumbent.seconds, SHOW
    with ThreadPoolExecutor(max(1, workers)) as threads:
        while (done := plan.done(incumbent, tried)) < 1:
            more = chains.advance(threads, changes, heat * cooling**-done)
            tried += more
            incumbent.work += more / CHANGES_PER_WORK
            if incumbent.seconds - shown > pause:
                began = incumbent.seconds
                _offer(incumbent, chains.all)
                shown = incumbent.seconds
                pause = max(SHOW, (shown - began) / SHOW_SHARE)
    pace.a_second = tried / max(0.001, incumbent.seconds - begun)
    best = _offer(incumbent, chains.all)
    if has_insides(incumbent.problem) and not incumbent.stopped():
        settle(incumbent, best, seed=seed, workers=workers)


class _Chains:
    """What several threads anneal: one roster that they share where that can be, or one each.

    Attributes
    ----------
    all, first
        The rosters.
    sharing
        How many threads share one of them.
    """

    def __init__(self, tables: Tables, base: Roster, seed: int, workers: int) -> None:
        crowds = crowds_of(tables)
        self.sharing = crowds.number(workers)
        number = 1 if self.sharing > 1 else workers
        self.all = [Annealing(tables, base, seed + place) for place in range(number)]
        self.first = self.all[0]
        self._shared = CrowdAnnealing(self.first, crowds, self.sharing, seed) if self.sharing > 1 else None

    def advance(self, threads: ThreadPoolExecutor, changes: int, temperature: float) -> int:
        """Try so many changes in each thread; how many each roster had."""
        if self._shared is not None:
            return self._shared.advance(threads, changes, temperature)
        list(threads.map(Annealing.advance, self.all, repeat(changes), repeat(temperature)))
        return changes


def _offer(incumbent: Incumbent, chains: Sequence[Annealing]) -> Roster:
    best = min(chains, key=lambda chain: chain.cost).roster()
    if not incumbent.offer(best):
        incumbent.tell()
    return best
