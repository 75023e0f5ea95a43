"""Crowds: people who can be annealed at the same time, as no two crowds count in the same coverage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import ceil
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from solver.lns.anneal import Annealing
from solver.lns.kernel import KIND, SHIFT, Ints, World
from solver.lns.tables import Tables

Flags = NDArray[np.bool_]

LARGEST = 0.6
"""The share of all people that the largest place may have for two crowds; for more it is less accordingly."""

MOST_FLOATERS = 0.3
"""The share of all people who may belong to several places, whose turn comes one crowd at a time."""

SEVERAL = -1
"""The place of people who have several, or none."""


class Crowds:
    """The places of a problem: curves and given shifts joined by people who can work for several of them.

    Floaters are people at several places. Those who could work for more curves and given shifts than others
    are left out as long as that makes places small enough; so it is seen who is a floater.

    Parameters
    ----------
    tables
        The problem.

    Attributes
    ----------
    places
        The people of each place who belong to no other.
    floaters
        The people at several places.
    """

    def __init__(self, tables: Tables) -> None:
        """Find the places."""
        self._size = len(tables.employees)
        counted = counted_in(tables.world)
        teams, self._team = np.unique(counted, axis=0, return_inverse=True)
        self._team = self._team.reshape(-1)
        place = self._parted(teams)
        number = int(place.max(initial=-1)) + 1
        belongs = np.zeros((len(teams), number), bool)
        for one in range(number):
            belongs[:, one] = teams[:, place == one].any(axis=1)
        self._belongs = belongs[self._team]
        several = self._belongs.sum(axis=1)
        self.floaters = _numbers(several > 1)
        self.places = [_numbers(own & (several == 1)) for own in self._belongs.T]
        self._free = _numbers(several == 0)
        self._home = np.full(self._size, SEVERAL, np.int32)
        for number, people in enumerate(self.places):
            self._home[people] = number

    def _parted(self, teams: Flags) -> Ints:
        """The place of each curve and given shift, as many people as possible being no floaters."""
        width = teams.sum(axis=1)
        widths = np.unique(width)
        low, high = 0, len(widths)
        while high - low > 1:
            middle = (low + high) // 2
            small = self._largest(teams, _joined(teams[width <= widths[middle]])) <= LARGEST * self._size
            low, high = (middle, high) if small else (low, middle)
        return _joined(teams[width <= widths[low]]) if len(widths) else _joined(teams)

    def _largest(self, teams: Flags, place: Ints) -> int:
        """How many people the largest place has, without floaters."""
        first = np.where(teams, place, len(place)).min(axis=1, initial=len(place))
        last = np.where(teams, place, -1).max(axis=1, initial=-1)
        at = first[self._team][(first == last)[self._team]]
        return int(np.bincount(at).max(initial=0))

    def number(self, most: int) -> int:
        """Into how many crowds people can be parted, ``most`` at most; 1 where that is not worth while."""
        sizes = [len(place) for place in self.places]
        if len(self.floaters) > MOST_FLOATERS * self._size or max(sizes, default=0) == 0:
            return 1
        crowds = min(most, sum(map(bool, sizes)), int(2 * LARGEST * self._size / max(sizes)))
        return max(1, crowds)

    def can_split(self, number: int) -> bool:
        """Whether people can be parted into so many crowds, or at least into two."""
        return self.number(number) > 1

    def split(self, number: int, random: Random) -> list[Ints]:
        """Part the people at random into so many crowds of about the same size.

        No two of them count in the same curve or given shift. Floaters whose places fall into several
        crowds are in none.
        """
        sizes = [len(place) * (1 + random.random()) for place in self.places]
        filled = [0] * number
        crowd_of = np.zeros(len(self.places), np.int32)
        for place in sorted(range(len(sizes)), key=sizes.__getitem__, reverse=True):
            crowd_of[place] = min(range(number), key=filled.__getitem__)
            filled[crowd_of[place]] += len(self.places[place])
        first = np.where(self._belongs, crowd_of, number).min(axis=1, initial=number)
        last = np.where(self._belongs, crowd_of, -1).max(axis=1, initial=-1)
        first[self._free] = last[self._free] = np.arange(len(self._free)) % number
        return [_numbers((first == crowd) & (last == crowd)) for crowd in range(number)]

    def by_place(self, crowd: Ints) -> Iterator[tuple[Ints, Ints]]:
        """The people of a crowd, place by place, with those whose work may change with theirs.

        What one place is about fits into the cache of a processor, so changes are twice as quick.
        """
        home = self._home[crowd]
        for place in np.unique(home):
            people = crowd[home == place]
            yield people, crowd if place == SEVERAL else people

    @property
    def mean(self) -> float:
        """How many people a place has on average."""
        return self._size / max(1, len(self.places))

    def left_out(self, crowds: Sequence[Ints]) -> Ints:
        """The people who are in none of some crowds."""
        left = np.ones(self._size, bool)
        for crowd in crowds:
            left[crowd] = False
        return _numbers(left)


_found: WeakKeyDictionary[Tables, Crowds] = WeakKeyDictionary()


def crowds_of(tables: Tables) -> Crowds:
    """The crowds of a problem, found once for its tables."""
    if tables not in _found:
        _found[tables] = Crowds(tables)
    return _found[tables]


def counted_in(world: World) -> Flags:
    """In which curves, then in which given shifts, each person could ever count: a row for each person."""
    curves = len(world.more)
    people, menus = np.nonzero(world.price_at >= 0)
    able = np.zeros((len(world.price_at), len(world.kinds) - 1), bool)
    able[people, world.menus[menus, KIND]] = True
    counted = np.zeros((len(able), curves + len(world.shifts)), bool)
    for kind, own in enumerate(able.T):
        counted[:, world.lists[world.kinds[kind] : world.kinds[kind + 1]]] |= own[:, None]
    shift = world.menus[menus, SHIFT]
    counted[people[shift >= 0], curves + shift[shift >= 0]] = True
    return counted


def _joined(teams: Flags) -> Ints:
    """Number the parts into which columns fall, two being joined by a row that has both."""
    part = np.arange(teams.shape[1], dtype=np.int32)
    while True:
        lowest = np.where(teams, part, len(part)).min(axis=1, initial=len(part))
        new = np.minimum(part, np.where(teams, lowest[:, None], len(part)).min(axis=0, initial=len(part)))
        if (new == part).all():
            return np.unique(part, return_inverse=True)[1].astype(np.int32)
        part = new.astype(np.int32)


def _numbers(flags: Any) -> Ints:
    """The places of what is true."""
    return np.flatnonzero(flags).astype(np.int32)


class CrowdAnnealing:
    """A roster that several threads anneal at the same time, each of them other people.

    Parameters
    ----------
    chain
        The annealing of the roster.
    crowds
        Who may be annealed at the same time.
    number
        How many crowds there are at a time.
    seed
        The same seed, roster and numbers of changes give the same result.
    """

    def __init__(self, chain: Annealing, crowds: Crowds, number: int, seed: int) -> None:
        """Begin with the roster of the chain."""
        self._chain = chain
        self._crowds = crowds
        self._views = [chain.share(seed + place) for place in range(number)]
        self._everybody = chain.state.crowd
        self._random = Random(seed)

    def advance(self, threads: ThreadPoolExecutor, changes: int, temperature: float) -> int:
        """Part the people and try so many changes at each place (of average size) of each crowd.

        Then accordingly many of who was left out.

        Returns
        -------
        int
            How many changes of the roster were tried.
        """
        self._chain.keep_best()
        crowds = self._crowds.split(len(self._views), self._random)
        each = changes / self._crowds.mean

        def turn(view: Annealing, people: Ints, partners: Ints) -> int:
            view.turn_to(people, partners)
            view.advance(ceil(each * len(people)), temperature)
            return ceil(each * len(people))

        def turns(view: Annealing, crowd: Ints) -> int:
            return sum(turn(view, *part) for part in self._crowds.by_place(crowd))

        tried = sum(threads.map(turns, self._views, crowds))
        left = self._crowds.left_out(crowds)
        if len(left):
            tried += turn(self._views[0], left, self._everybody)
        self._chain.gather(self._views)
        return tried
