"""Annealing: many small changes of single shifts, judged by tables of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from itertools import chain
from typing import Any

import numpy as np

from solver.lns.kernel import (
    ASKED_ABOUT,
    BEST,
    EVENED_OUT,
    EXCHANGED,
    HARD,
    MISSING,
    PLACE_PRICE,
    SIZE,
    TOTAL,
    UNSAVED,
    WHO,
    Ints,
    State,
    person_cost,
    remember,
    run,
)
from solver.lns.tables import WEIGHTS, Tables
from solver.rules.coverage import fixed_work
from solver.rules.headcount import filled_places
from solver.work import Roster

MELTED = 0.25
"""The share of changes (exchanges aside) that are taken at the highest temperature."""

COOLING = 14.0
"""The highest temperature over the lowest at least."""

FROZEN = 0.25
"""The lowest temperature at most, as a share of the lowest price of a step of coverage or of a place."""

TRIED = 5000
"""Changes by which the share that is taken is estimated."""

KNOWN = 1 << 18
"""Verdicts that are remembered."""


class Annealing:
    """A roster that small random changes improve, worse ones being taken less and less often.

    Parameters
    ----------
    tables
        The problem.
    base
        The roster to begin with.
    seed
        The same seed, roster and number of changes give the same result.

    Attributes
    ----------
    state
        What changes, as the compiled code has it.

    References
    ----------
    Kirkpatrick, Gelatt, Vecchi (1983), Optimization by simulated annealing, Science 220.
    """

    def __init__(self, tables: Tables, base: Roster, seed: int) -> None:
        """Take stock of the roster."""
        self._tables = tables
        self._asked = 0
        self.state = self._begin(base, seed)

    def _begin(self, base: Roster, seed: int) -> State:
        world, numbers = self._tables.world, self._tables.numbers(base)
        most = max(2 * self._tables.problem.calendar.size, *map(len, numbers)) + 3
        works = np.full((len(numbers), most), -1, np.int32)
        for place, own in enumerate(numbers):
            works[place, : len(own) + 1] = [len(own), *own]
        filled = filled_places(base)
        now = self._tables.people_at(chain(base, fixed_work(self._tables.problem)))
        state = State(
            works=works,
            best=works.copy(),
            cost=np.zeros(len(numbers), np.int64),
            now=now,
            one_more=np.take_along_axis(world.more, now[:, :, None], 2)[:, :, 0].copy(),
            one_less=-np.take_along_axis(world.more, np.maximum(now - 1, 0)[:, :, None], 2)[:, :, 0].copy(),
            filled=np.array([filled[shift.id] for shift in self._tables.problem.shifts], np.int32),
            crowd=np.arange(len(numbers), dtype=np.int32),
            inside=np.ones(len(numbers), np.uint8),
            **self._own(most, seed),
        )
        for place in range(len(works)):
            state.cost[place] = self._cost(state, place, state.works[place])
        state.scalars[TOTAL] = state.scalars[BEST] = state.cost.sum()
        return state

    def _own(self, most: int, seed: int) -> dict[str, Any]:
        """The part of a state that each thread has for itself; ``most`` is the length of a row of works."""
        return {
            "scalars": np.zeros(8, np.int64),
            "random": np.array([2 * seed + 88172645463325253], np.uint64),
            "limit": np.zeros(1, np.float64),
            "trial": np.full((2, 5), -1, np.int32),
            "candidate": np.full((2, most + 2), -1, np.int32),
            "candidate_cost": np.zeros(2, np.int64),
            "known": np.zeros(KNOWN, np.uint64),
            "verdicts": np.zeros(KNOWN, np.int64),
            "scratch": np.zeros(max(1, int(self._tables.world.runs[:, SIZE].max(initial=0))), np.int32),
            "asked": np.zeros(2, np.uint64),
            "gains": np.zeros((EVENED_OUT + 1, 2), np.int64),
        }

    def share(self, seed: int) -> Annealing:
        """Another annealing of the same roster, by which another thread may change the work of a crowd.

        It counts only what its changes cost, and keeps no best roster; see `turn_to` and `gather`.
        """
        view = copy(self)
        view._asked = 0
        view.state = self.state._replace(**self._own(self.state.works.shape[1], seed))
        view.state.scalars[BEST] = -MISSING
        return view

    def turn_to(self, crowd: Ints, partners: Ints | None = None) -> None:
        """Change from now on the work of a crowd, and with it at most that of ``partners``.

        Annealings that share a roster may advance at the same time while nobody whose work one of them may
        change counts in a curve or a given shift in which somebody of another one counts; see
        `solver.lns.crowds`.
        """
        inside = np.zeros(len(self.state.cost), np.uint8)
        inside[crowd] = 1
        if partners is not None:
            inside[partners] = 1
        self.state = self.state._replace(crowd=crowd, inside=inside)

    def gather(self, views: Iterable[Annealing]) -> None:
        """Count what those who share the roster have changed, and keep it if it is the best."""
        scalars = self.state.scalars
        for view in views:
            scalars[TOTAL] += view.state.scalars[TOTAL]
            view.state.scalars[TOTAL] = 0
        if scalars[TOTAL] < scalars[BEST]:
            scalars[BEST], scalars[UNSAVED] = scalars[TOTAL], 1
        self.keep_best()

    def keep_best(self) -> None:
        """Copy the roster if it is the best and not copied yet."""
        if self.state.scalars[UNSAVED]:
            self.state.best[:] = self.state.works
            self.state.scalars[UNSAVED] = 0

    def cost_of(self, person: int, options: Sequence[int]) -> int:
        """What the rules about a person charge for work, given by the numbers of its options, by start."""
        return self._cost(self.state, person, np.array([len(options), *options], np.int32))

    def _cost(self, state: State, person: int, own: Ints) -> int:
        """What a person's work costs; ``own`` is the number of options, then the options."""
        while True:
            cost = person_cost(
                self._tables.world,
                state.known,
                state.verdicts,
                state.scratch,
                state.asked,
                person,
                own,
                MISSING,
            )
            if cost != MISSING:
                return int(cost)
            self._answer(state, person, own)

    def _answer(self, state: State, person: int, works: Ints) -> None:
        """Ask the rules that the tables do not hold."""
        rules = (self._tables.by_times if state.asked[1] else self._tables.by_days)[person]
        own = self._tables.works(person, works[1 : works[0] + 1])
        cost = 0
        for rule, weight in rules:
            found = rule.check_person(self._tables.problem, self._tables.employees[person], own)
            cost += weight * sum(violation.cost for violation in found)
            if cost >= WEIGHTS["hard"]:
                break
        if self._asked * 2 > KNOWN:
            state.known[:], self._asked = 0, 0
        self._asked += remember(state.known, state.verdicts, state.asked[0], cost)

    def roster(self) -> Roster:
        """The best roster so far."""
        return self._roster(self.state.works if self.state.scalars[UNSAVED] else self.state.best)

    def roster_now(self) -> Roster:
        """The roster that is being changed."""
        return self._roster(self.state.works)

    def _roster(self, works: Ints) -> Roster:
        return Roster(
            work
            for person, own in enumerate(works)
            for work in self._tables.works(person, own[1 : own[0] + 1])
        )

    @property
    def cost(self) -> int:
        """The weighted cost of the best roster, but for what no change can alter."""
        return int(self.state.scalars[BEST])

    def advance(self, changes: int, temperature: float) -> None:
        """Try so many changes."""
        state = self.state
        while changes := run(self._tables.world, state, changes, temperature):
            place = state.scalars[ASKED_ABOUT]
            self._answer(state, int(state.trial[place, WHO]), state.candidate[place])

    def melt(self, stopped: Callable[[], bool] = lambda: False) -> float:
        """Raise the temperature until many changes are taken (or it is time to stop); the temperature."""
        temperature = 1.0
        for _ in range(20):
            if not stopped():
                self.advance(TRIED, 1e-9)
        while not stopped() and self._taken(temperature) < MELTED and temperature < WEIGHTS["hard"]:
            temperature *= 1.4
        return temperature

    def cooling(self, heat: float) -> float:
        """How often the lowest temperature is contained in the highest one.

        Where prices differ much, much has to be cooled until the lowest ones count.
        """
        world = self._tables.world
        prices = np.abs(np.concatenate([world.more.reshape(-1), world.shifts[:, PLACE_PRICE]]))
        lowest = prices[prices > 0].min(initial=HARD)
        return max(COOLING, heat / (FROZEN * float(lowest)))

    def _taken(self, temperature: float) -> float:
        """The share of changes that are taken at a temperature."""
        gains = self.state.gains
        gains[:] = 0
        self.advance(TRIED, temperature)
        tried, taken = gains[:EXCHANGED].sum(axis=0)
        return float(taken) / max(1, int(tried))
