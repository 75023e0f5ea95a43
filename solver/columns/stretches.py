"""Everybody's work in stretches of days, so that one linear program mixes those of half a year.

Between two stretches of a person some days stay as they are: days off with the days of work around them. What
happens in one stretch then costs the same whatever happens in another, but for totals: minutes, shifts of a
kind, weekends. Those are rows of the linear program, like the demand.

References
----------
Dantzig, Wolfe (1960), Decomposition Principle for Linear Programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from solver.columns.demand import Demand
from solver.columns.generation import Found, Generation
from solver.columns.keeping import KEPT, Kept, uncounted
from solver.columns.labels import (
    DISTINCT_WEIGHT,
    FEWEST,
    LEAST,
    MOST,
    MOST_THINGS,
    ROWS,
    SINCE,
    UNTIL,
    WEIGHT,
    Floats,
)
from solver.columns.master import Column
from solver.columns.walks import Route
from solver.lns.kernel import HARD, Ints, Longs

MUST = HARD / 10
"""What a unit costs by which a total is too low or too high that must not be."""

Days = tuple[int, int]
"""The first day, and the one after the last."""

Mask = NDArray[np.bool_]
"""For each day whether it is among some."""


@dataclass(frozen=True)
class Total:
    """A sum over the stretches of a person that rules limit.

    Parameters
    ----------
    row
        Its row.
    amounts
        What each option of the person's way adds, in units; of a distinct its things, as bits.
    distinct
        The distinct whose things are counted, once each; -1 for a counter.
    limits
        Least, most and weight, in units.
    """

    row: int
    amounts: Longs
    distinct: int
    limits: tuple[tuple[float, float, float], ...]

    def of(self, places: Sequence[int] | Longs, besides: int = 0) -> int:
        """What some options add; of a distinct besides some things that are there."""
        amounts = self.amounts[places]
        if self.distinct < 0:
            return int(amounts.sum())
        return (int(np.bitwise_or.reduce(amounts, initial=0)) & ~besides).bit_count()

    def things(self, places: Sequence[int] | Longs) -> int:
        """The things of some options; none of a counter."""
        return 0 if self.distinct < 0 else int(np.bitwise_or.reduce(self.amounts[places], initial=0))

    def cost(self, total: int, most: float = np.inf) -> float:
        """What the limits charge for a total; a unit at most so much."""
        return sum(
            min(weight, most) * (max(0.0, least - total) + max(0.0, total - above))
            for least, above, weight in self.limits
        )

    def slopes(self, begin: int, end: int) -> Floats:
        """What each unit more costs from one total to another."""
        return np.diff([self.cost(total, MUST) for total in range(begin, end + 1)])


@dataclass(frozen=True, eq=False)
class Stretch:
    """Some days of a person, most often in a row.

    Parameters
    ----------
    place
        Among all stretches.
    person
        The person's place in the tables.
    kept
        What the person does before and after, for now.
    route, on
        The person's way that keeps it, and which counters count on it: those that are no totals.
    """

    place: int
    person: int
    kept: Kept
    route: Route
    on: Ints


class StretchDemand:
    """What all people are wanted for besides what they keep, and the totals of each.

    Attributes
    ----------
    slopes, besides, following
        As those of `Demand`: first its rows, then those of the totals.
    """

    def __init__(self, demand: Demand, totals: Iterable[Floats]) -> None:
        """Put the rows together."""
        self._demand = demand
        self.own_rows = len(demand.slopes)
        self.slopes = [*demand.slopes, *totals]
        more = len(self.slopes) - self.own_rows
        self.besides = [*demand.besides, *[0.0] * more]
        self.following = np.append(demand.following, np.full(more, -1, np.int64))

    def gains(self, duals: Floats) -> Floats:
        """What each option is worth, then what a unit of each total is."""
        own: Floats = np.concatenate([self._demand.gains(duals[: self.own_rows]), duals[self.own_rows :]])
        return own

    def least(self, duals: Floats) -> float:
        """Nothing: stretches prove no bound."""
        return -np.inf


class Stretches:
    """Generates columns of stretches, each as if it were a person.

    Parameters
    ----------
    generation
        What generates whole columns.
    best
        One of each person, in the order of the people, that keep all hard rules.
    parts
        For each of them the days of each of its stretches; on all others it stays as it is.
    relaxed
        Whether distincts such as weekends are totals even where somebody has one stretch alone, which makes
        pricing quick, but some columns are then more than may be.

    Attributes
    ----------
    demand
        The rows.
    people
        The places of the stretches.
    columns
        What they are in ``best``.
    """

    def __init__(
        self,
        generation: Generation,
        best: Sequence[Column],
        parts: Sequence[Sequence[Mask]],
        *,
        relaxed: bool = False,
    ) -> None:
        """Cut everybody's work."""
        self._generation = generation
        self.stopped, self.spend = generation.stopped, generation.spend
        self.seconds_left = generation.seconds_left
        days = generation.tables.problem.calendar.size
        self._stay = [~np.any([np.zeros(days, np.bool_), *own], axis=0) for own in parts]
        self._best = best
        self._relaxed = relaxed
        staying = [generation.kept(column, stay) for column, stay in zip(best, self._stay, strict=True)]
        self._staying = [kept.options for kept in staying]
        filled = np.zeros(len(generation.demand.slopes))
        for options in self._staying:
            rows, counts = generation.demand.rows_of(np.array(options, np.int32))
            filled[rows] += counts
        rest = generation.demand.after(filled)
        self._place_of: list[dict[int, int]] = []
        self._totals: list[list[Total]] = []
        self.stretches: list[Stretch] = []
        slopes: list[Floats] = []
        for person in range(len(best)):
            options = generation.routes[person].options.tolist()
            self._place_of.append({option: at for at, option in enumerate(options)})
            self._cut(person, parts[person], len(rest.slopes) + len(slopes), slopes)
        self.demand = StretchDemand(rest, slopes)
        self._base = [self._charged(person, column.options) for person, column in enumerate(best)]
        self.people = range(len(self.stretches))
        self.columns = [self._own_column(stretch) for stretch in self.stretches]

    # -- cutting

    def _cut(self, person: int, parts: Sequence[Mask], row: int, slopes: list[Floats]) -> None:
        """Make the stretches of a person, and the totals over them with their rows."""
        day = self._generation.day[self._generation.routes[person].options]
        stays, moves = self._places(person, self._staying[person]), np.flatnonzero(~self._stay[person][day])
        on = np.ones(len(self._generation.routes[person].relaxed), np.int32)
        totals: list[Total] = []
        for counter, total in self._counted(person, parts):
            most = np.zeros(len(self._stay[person]), np.int64)
            np.maximum.at(most, day[moves], total.amounts[moves])
            begin = total.of(stays)
            on[counter] = 0
            totals.append(replace(total, row=row + len(totals)))
            slopes.append(total.slopes(begin, begin + int(most.sum())))
        for total in self._distinct(person) if self._relaxed or len(parts) > 1 else ():
            begin = total.of(stays)
            totals.append(replace(total, row=row + len(totals)))
            slopes.append(total.slopes(begin, begin + total.of(moves, total.things(stays))))
        self._totals.append(totals)
        for part in parts:
            kept = self._generation.kept(self._best[person], ~part)
            route = self._route(person, uncounted(kept.route, on), kept)
            self.stretches.append(Stretch(len(self.stretches), person, kept, route, on))

    def _counted(self, person: int, parts: Sequence[Mask]) -> Iterator[tuple[int, Total]]:
        """Counters of a person over more than one stretch, as totals."""
        walk = self._generation.routes[person].walk
        for counter, (since, until) in enumerate(walk.counters[:-1, [SINCE, UNTIL]].tolist()):
            within = sum(bool(part[max(0, since) : until].any()) for part in parts)
            amounts = walk.amounts[:, counter].astype(np.int64)
            if within < 2 or amounts.min(initial=0) < 0:
                continue
            unit = max(1, int(np.gcd.reduce(amounts)))
            rows = walk.limits[walk.counters[counter, ROWS] : walk.counters[counter + 1, ROWS]].tolist()
            limits = tuple((own[LEAST] / unit, own[MOST] / unit, float(own[WEIGHT]) * unit) for own in rows)
            yield counter, Total(-1, amounts // unit, -1, limits)

    def _distinct(self, person: int) -> Iterator[Total]:
        """Distincts of a person, as totals."""
        walk = self._generation.routes[person].walk
        for distinct, limit in enumerate(walk.distincts.tolist()):
            bounds = (limit[FEWEST], limit[MOST_THINGS], float(limit[DISTINCT_WEIGHT]))
            yield Total(-1, walk.things[:, distinct].astype(np.int64), distinct, (bounds,))

    def _route(self, person: int, route: Route, kept: Kept) -> Route:
        """A way on which what is there in any case is no more of any distinct than may be."""
        distincts = route.walk.distincts.copy()
        held = self._places(person, kept.options)
        for total in self._totals[person]:
            if total.distinct >= 0:
                distincts[total.distinct] = (0, total.of(held), 0)
        return replace(route, walk=route.walk._replace(distincts=distincts))

    def _places(self, person: int, options: Iterable[int]) -> list[int]:
        place_of = self._place_of[person]
        return [place_of[option] for option in options]

    # -- columns

    def _charged(self, person: int, options: Sequence[int]) -> float:
        """What rules charge for a person's work, but for totals."""
        places = self._places(person, options)
        cost = self._generation.cost_of(person, options)
        return cost - sum(total.cost(total.of(places)) for total in self._totals[person])

    def _own_column(self, stretch: Stretch) -> Column:
        own = np.array(self._best[stretch.person].options, np.int64)
        return self._column(stretch, own[~stretch.kept.days[self._generation.day[own]]])

    def _column(self, stretch: Stretch, own: Ints | Longs) -> Column:
        """Some work in a stretch as a column, with what it costs more than the work there in ``best``."""
        person, options = stretch.person, tuple(own.tolist())
        cost = self._charged(person, self._in_order(person, (*options, *stretch.kept.options)))
        rows, counts = self._generation.demand.rows_of(np.array(options, np.int32))
        places, stays = self._places(person, options), self._places(person, self._staying[person])
        added = {total.row: total.of(places, total.things(stays)) for total in self._totals[person]}
        more = {row: number for row, number in added.items() if number}
        return Column(
            stretch.place,
            options,
            cost - self._base[person],
            np.array([*rows, *more], np.int64),
            np.array([*counts, *more.values()], np.int64),
        )

    def _in_order(self, person: int, options: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(options, key=self._place_of[person].__getitem__))

    def price(
        self,
        people: Sequence[int],
        gains: Floats,
        bars: Sequence[float],
        effort: int,
        number: int,
        kept: Mapping[int, Kept] | None = None,
    ) -> list[Found]:
        """Columns of some stretches below their bars, in threads; nothing is proven."""
        stretches = [self.stretches[place] for place in people]
        return self._generation.in_threads(
            lambda stretch, bar: self._price(stretch, gains, bar, effort, number), stretches, bars
        )

    def _price(
        self, stretch: Stretch, gains: Floats, bar: float, effort: int, number: int
    ) -> tuple[Found, float]:
        person, route, kept = stretch.person, stretch.route, stretch.kept
        day = self._generation.day
        own, of_totals = gains[: len(day)].copy(), gains[len(day) :]
        distincts = route.walk.distincts.copy()
        for total in self._totals[person]:
            worth = of_totals[total.row - self.demand.own_rows]
            if total.distinct >= 0:
                distincts[total.distinct, DISTINCT_WEIGHT] = max(0, round(-worth))
            else:
                own[route.options] += worth * total.amounts
        own[list(kept.options)] = 0.0
        route = replace(route, walk=route.walk._replace(distincts=distincts))
        low = bar + self._base[person] - KEPT * len(kept.options)
        works, work = self._generation.works(route, stretch.on, own, low, effort, number)
        columns = [self._column(stretch, each[~kept.days[day[each]]]) for each in works]
        return ([column for column in columns if column.cost < HARD], -np.inf, False), work

    def again(self, columns: Iterable[Column]) -> list[Column]:
        """Columns of other stretches of the same days, but for those that break a hard rule here."""
        own = (self._column(self.stretches[one.person], np.array(one.options, np.int64)) for one in columns)
        return [*self.columns, *(column for column in own if column.cost < HARD)]

    # -- whole columns again

    def free(self, fixed: Mapping[int, Column]) -> list[Mask]:
        """For each person the days of the stretches that are not fixed."""
        days = [np.zeros(len(stay), np.bool_) for stay in self._stay]
        for stretch in self.stretches:
            if stretch.place not in fixed:
                days[stretch.person] |= ~stretch.kept.days
        return days

    def whole(self, fixed: Mapping[int, Column]) -> list[tuple[int, ...]]:
        """For each person what stays with what is worked in some stretches, by start."""
        options = [list(own) for own in self._staying]
        for place, column in fixed.items():
            options[self.stretches[place].person] += column.options
        return [self._in_order(person, own) for person, own in enumerate(options)]

    def leaving(self, number: int) -> Callable[[int, Mapping[int, Column]], bool]:
        """Whether a stretch is to be left as it is where so many of each person are not to be fixed."""
        of_person = np.bincount([stretch.person for stretch in self.stretches])

        def stays(place: int, fixed: Mapping[int, Column]) -> bool:
            person = self.stretches[place].person
            done = sum(self.stretches[other].person == person for other in fixed)
            return bool(of_person[person] - done <= number)

        return stays


def between(days: int, worked: Sequence[int], places: Iterable[float], slack: float) -> list[Mask]:
    """The days between days off, with the days of work around them, near some places.

    Parameters
    ----------
    days
        The number of days.
    worked
        The days on which somebody works, ascending.
    places
        Where to cut, ascending, in days.
    slack
        How many days from there at most.

    Examples
    --------
    >>> [np.flatnonzero(days).tolist() for days in between(11, [0, 1, 4, 5, 6, 9, 10], [5], 3)]
    [[0], [5, 6, 7, 8, 9, 10]]
    """
    off = [(one, two + 1) for one, two in pairwise(worked) if two - one > 1]
    cuts: list[Days] = [(0, 0)]
    for at in places:
        near = [own for own in off if abs(sum(own) / 2 - at) <= slack and own[0] >= cuts[-1][1]]
        if near:
            cuts.append(min(near, key=lambda own: abs(sum(own) / 2 - at)))
    parts = []
    for (_, first), (end, _) in pairwise([*cuts, (days, days)]):
        if first < end:
            parts.append(np.zeros(days, np.bool_))
            parts[-1][first:end] = True
    return parts
