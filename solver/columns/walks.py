"""How the rules of a person walk along the days: what pricing reads, made from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from solver.columns.labels import FAR, NEVER, Floats, Walk, run_steps
from solver.columns.paces import Runs, paces_of
from solver.columns.rests import rests_of
from solver.lns import kernel
from solver.lns.kernel import HARD, Ints, Longs, World

LOOKS = 2_000_000
"""Steps of looking ahead that pricing a person may take at most."""


@dataclass(frozen=True)
class Route:
    """One person's way along the days.

    Parameters
    ----------
    walk
        What the compiled code reads.
    options
        For each option of the walk its number in the world.
    prices
        What the rules charge for each option by itself.
    constant
        What they charge in any case.
    relaxed
        For each counter whether it may be left out until some work breaks it.
    exact
        Whether the walk has all rules of the person.
    """

    walk: Walk
    options: Ints
    prices: Floats
    constant: float
    relaxed: Ints
    exact: bool


def route_of(world: World, person: int, days: int) -> Route:
    """One person's way along the days.

    Parameters
    ----------
    world
        The tables of the problem.
    person
        The person's place in them.
    days
        The number of days of the horizon.
    """
    return _Surveyor(world, person, days).route()


class _Surveyor:
    """Makes the route of one person."""

    def __init__(self, world: World, person: int, days: int) -> None:
        self.world = world
        self.person = person
        self.days = days
        self.own, self.after = world.people[person], world.people[person + 1]
        self.one_a_day = bool(self.own[kernel.ONE_A_DAY])
        self.exact = not (self.own[kernel.ASKS_DAYS] or self.own[kernel.ASKS_TIMES])
        self.lists: list[int] = []
        self.slots = 0
        self._options()

    def _options(self) -> None:
        world, found, prices = self.world, [], []
        for day in range(self.days):
            at = self.person * self.days + day
            for menu in world.lists[world.on_day[at] : world.on_day[at + 1]]:
                first, last = world.menus[menu, kernel.OPTIONS], world.menus[menu + 1, kernel.OPTIONS]
                price = world.price_at[self.person, menu]
                found.append(np.arange(first, last))
                prices.append(world.price[price : price + last - first])
        options = np.concatenate([np.zeros(0, np.int64), *found])
        price = np.concatenate([np.zeros(0, np.int64), *prices])
        possible = price < HARD
        options, price = options[possible], price[possible]
        rows = world.options[options]
        order = np.lexsort((options, rows[:, kernel.START], rows[:, kernel.DAY]))
        self.options = options[order].astype(np.int32)
        self.prices = price[order].astype(np.float64)
        self.rows = rows[order]
        self.day = self.rows[:, kernel.DAY]
        self.start = self.rows[:, kernel.START].astype(np.int64)
        self.end = self.rows[:, kernel.END].astype(np.int64)
        self.first = np.searchsorted(self.day, np.arange(self.days + 1)).astype(np.int32)

    def _own(self, table: Longs, column: int) -> Longs:
        return table[self.own[column] : self.after[column]]

    def _amounts_of(self, measure: int) -> Longs:
        amounts: Longs = self.world.amounts[measure, self.options].astype(np.int64)
        return amounts

    def route(self) -> Route:
        """The route."""
        self.constant = float(self.own[kernel.CONSTANT])
        counters = self._counters()
        gaps = self._gaps()
        rests = self._rests()
        distincts = self._distincts()
        runs = self._runs()
        follows = self._follows()
        gap_at = self.slots
        end_at = gap_at + len(gaps["gaps"])
        bits_at = end_at + 1
        distinct_at = bits_at + 1
        run_at = distinct_at + 2 * len(distincts["distincts"])
        follow_at = run_at + 2 * len(runs["runs"])
        places = np.cumsum([0, *(row[0] + 1 for row in follows["follows"])])
        for row, place in zip(follows["follows"], places, strict=False):
            row[5] = follow_at + place
        begin = self._begin(follow_at + int(places[-1]), gaps["gaps"], gap_at, run_at, follow_at)
        scalars = np.zeros(9, np.int64)
        scalars[:] = (
            min(FAR, self.own[kernel.NEXT_START]), 0, self.one_a_day,
            gap_at, end_at, bits_at, distinct_at, run_at, follow_at,
        )  # fmt: skip
        _, menus = np.unique(self.rows[:, kernel.MENU], return_inverse=True)
        walked = Runs(runs["runs"], runs["steps"], runs["closed"], self.run_begins, self.lists)
        pace = paces_of(walked, self.day, self.days, one_a_day=self.one_a_day)
        main, room = self._main(counters, len(pace["pace_next"][0]))
        alike = self._alike(counters, gaps, distincts, runs, follows)
        walk = Walk(
            scalars=scalars,
            first=self.first,
            times=np.stack([self.start, self.end, menus.reshape(-1)], 1).astype(np.int32).reshape(-1, 3),
            begin=begin,
            alike=alike,
            main=main,
            room=room,
            earliest=self._earliest(),
            lists=np.array([*self.lists, 0], np.int32),
            **_arrays(counters | gaps | rests | distincts | runs | follows | pace),
        )
        return Route(walk, self.options, self.prices, self.constant, self.relaxed, self.exact)

    def _begin(self, size: int, gaps: Sequence[list[int]], gap_at: int, run_at: int, follow_at: int) -> Ints:
        """The state before the first day."""
        begin = np.zeros(size, np.int32)
        end_at = gap_at + len(gaps)
        begin[gap_at:end_at] = [max(-FAR, row[3]) for row in gaps]
        begin[end_at], begin[end_at + 1] = self.free, self.rested
        begin[run_at:follow_at:2] = [now for now, _ in self.run_begins]
        begin[run_at + 1 : follow_at : 2] = [limited for _, limited in self.run_begins]
        begin[follow_at:] = -1
        return begin

    def _earliest(self) -> Longs:
        starts = np.full(self.days, FAR, np.int64)
        for day in range(self.days - 1):
            first = self.first[day + 1]
            starts[day] = self.start[first:].min() if first < len(self.start) else FAR
        return starts

    # -- counters

    def _reach(self, amounts: Longs) -> tuple[Longs, Longs]:
        """What each day can add at least and at most."""
        low, high = np.zeros(self.days, np.int64), np.zeros(self.days, np.int64)
        for day in range(self.days):
            own = amounts[self.first[day] : self.first[day + 1]]
            if not len(own):
                continue
            if self.one_a_day:
                low[day], high[day] = min(0, own.min()), max(0, own.max())
            else:
                menus = self.rows[self.first[day] : self.first[day + 1], kernel.MENU]
                for menu in np.unique(menus):
                    of_menu = own[menus == menu]
                    low[day] += min(0, of_menu.min())
                    high[day] += max(0, of_menu.max())
        return low, high

    def _counters(self) -> dict[str, Any]:
        kept: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
        reach: dict[int, tuple[Longs, Longs]] = {}
        for measure, since, until, least, most, weight in self._own(
            self.world.totals, kernel.TOTALS
        ).tolist():
            since, until = max(0, since), min(self.days, until)
            if measure not in reach:
                reach[measure] = self._reach(self._amounts_of(measure))
            low, high = (int(each[since:until].sum()) for each in reach[measure])
            if low >= least and high <= most:
                continue
            inside = (self.day >= since) & (self.day < until)
            if high <= least:
                self.constant += weight * least
                self.prices -= weight * self._amounts_of(measure) * inside
            elif low >= most:
                self.constant -= weight * most
                self.prices += weight * self._amounts_of(measure) * inside
            else:
                kept.setdefault((measure, since, until), []).append((least, most, weight))
        self._drop_impossible()
        return self._counter_tables(kept)

    def _drop_impossible(self) -> None:
        """Options that a hard limit on single days forbids are priced out."""
        self.prices[self.prices >= HARD / 2] = NEVER

    def _counter_tables(self, kept: dict[tuple[int, int, int], list[tuple[int, int, int]]]) -> dict[str, Any]:
        order = sorted(kept, key=lambda key: (key[1], key[2]))
        rows: list[list[int]] = []
        limits: list[tuple[int, int, int]] = []
        ends: list[int] = []
        amounts = np.zeros((len(self.options), len(order)), np.int32)
        ahead = np.zeros((self.days, len(order), 2), np.int64)
        self.relaxed = np.zeros(len(order), np.int32)
        for place, (measure, since, until) in enumerate(order):
            slot = next((at for at, end in enumerate(ends) if end <= since), len(ends))
            ends[slot : slot + 1] = [until]
            rows.append([since, until, slot, len(limits)])
            limits += kept[measure, since, until]
            inside = (self.day >= since) & (self.day < until)
            amounts[:, place] = self._amounts_of(measure) * inside
            for side, of_days in enumerate(self._reach(amounts[:, place].astype(np.int64))):
                ahead[:, place, side] = of_days.sum() - np.cumsum(of_days)
            self.relaxed[place] = all(least <= 0 for least, _, _ in kept[measure, since, until])
        self.slots = len(ends)
        active = [
            [place for place, row in enumerate(rows) if row[0] <= day < row[1]] for day in range(self.days)
        ]
        return {
            "counters": [*rows, [0, 0, 0, len(limits)]],
            "limits": limits,
            "amounts": amounts,
            "ahead": ahead,
            "active_first": np.cumsum([0, *map(len, active)]).astype(np.int32),
            "active": np.array([place for own in active for place in own], np.int32),
        }

    def _main(self, tables: dict[str, Any], paces: int) -> tuple[Longs, Longs]:
        """The counter of each day that is looked ahead by, with its unit, and how many units there can be."""
        rows, amounts = tables["counters"][:-1], tables["amounts"]
        main, room = np.full((self.days + 1, 2), -1, np.int64), np.ones(self.days + 1, np.int64)

        def rank(place: int) -> tuple[int, int]:
            return self.relaxed[place], rows[place][0] - rows[place][1]

        for place in sorted(range(len(rows)), key=rank) if self.one_a_day else ():
            since, until, _, _ = rows[place]
            unit = max(1, int(np.gcd.reduce(amounts[:, place])))
            if self.relaxed[place] or amounts[:, place].min() < 0 or np.any(main[since:until, 0] >= 0):
                continue
            days = (amounts[self.first[day] : self.first[day + 1], place] for day in range(since, until - 1))
            used = 1 + np.cumsum([0, *(own.max(initial=0) for own in days)]) // unit
            if int(used.sum()) * paces * max(1, len(self.options) // self.days) <= LOOKS:
                main[since:until] = place, unit
                room[since:until] = used
        return main, room

    # -- gaps and rests

    def _gaps(self) -> dict[str, Any]:
        rows, counts = [], []
        for measure, minutes, from_start, weight, before in self._own(self.world.gaps, kernel.GAPS).tolist():
            rows.append([minutes, from_start, weight, before])
            counts.append(self._amounts_of(measure) != 0)
        return {"gaps": rows, "gap_counts": _columns(counts, len(self.options))}

    def _rests(self) -> dict[str, Any]:
        world = self.world
        past, later = self._own(world.past, kernel.PAST), self._own(world.later, kernel.LATER)
        own = range(self.own[kernel.RESTS], self.after[kernel.RESTS])
        first = world.rests[:, kernel.WINDOWS]
        rests = rests_of(
            (
                (int(world.rests[row, kernel.REST_WEIGHT]), world.windows[first[row] : first[row + 1]])
                for row in own
            ),
            past,
            later,
            (self.day, self.start),
            self.days,
        )
        self.constant += rests.constant
        self.exact = self.exact and rests.exact
        self.free, self.rested, self.windows = rests.free, rests.rested, rests.windows
        return {"rests": rests.rows, "windows": rests.windows, "later": later}

    # -- distincts, runs, follows

    def _distincts(self) -> dict[str, Any]:
        rows, things, coming = [], [], []
        for measure, least, most, weight in self._own(self.world.distincts, kernel.DISTINCTS).tolist():
            own = self._amounts_of(measure)
            ahead = np.zeros(self.days, np.int64)
            for day in range(self.days - 2, -1, -1):
                today = own[self.first[day + 1] : self.first[day + 2]]
                ahead[day] = ahead[day + 1] | np.bitwise_or.reduce(today, initial=0)
            rows.append([least, most, weight])
            things.append(own)
            coming.append(ahead)
        return {
            "distincts": rows,
            "things": _columns(things, len(self.options)),
            "coming": _columns(coming, self.days),
        }

    def _runs(self) -> dict[str, Any]:
        rows, steps, closed = [], [], []
        self.run_begins: list[tuple[int, int]] = []
        for row in self._own(self.world.runs, kernel.RUNS).tolist():
            made = self._run(row)
            if made is None:
                self.exact = False
                continue
            rows.append(made[0])
            steps.append(made[1])
            closed.append(made[2])
        table = np.array([*rows, [0] * 8], np.int64)
        lists = np.array([*self.lists, 0], np.int32)
        for place, decided in enumerate(closed):
            now, limited, cost = run_steps(table, lists, place, 0, 0, 0, int(decided[0]))
            self.run_begins.append((int(now), int(limited)))
            self.constant += float(cost)
        return {
            "runs": rows,
            "steps": _columns(steps, len(self.options)),
            "closed": _columns(closed, self.days + 1),
        }

    def _run(self, row: list[int]) -> tuple[list[int], Longs, Longs] | None:
        """A run's row, steps of the options and steps decided before each day; None where days do not do."""
        measure, lists, size, start, end, by_work, least, most, weight = row
        own = self._amounts_of(measure)
        last_day = np.full(size, -1, np.int64)
        for day, step in zip(self.day.tolist(), own.tolist(), strict=True):
            if step >= 0:
                last_day[step] = max(last_day[step], day)
        until = np.maximum.accumulate(last_day)
        decided = np.searchsorted(until, np.arange(self.days + 1), side="left")
        if np.any((own >= 0) & (own != decided[self.day])):
            return None
        base, fixed, unlimited = (
            self.world.lists[lists + at * size : lists + (at + 1) * size] for at in range(3)
        )
        window, row_of_fixed, counts = most + 1, 0, []
        for step in range(size):
            row_of_fixed = row_of_fixed + 1 if fixed[step] else 0
            counts.append(int(step + 1 - window < end and step >= start and row_of_fixed < window))
        place = len(self.lists)
        self.lists += [*base.tolist(), *np.concatenate([[0], np.cumsum(fixed)[:-1]]).tolist()] if size else []
        self.lists += [*unlimited.tolist(), *counts]
        return [by_work, least, min(most, FAR), weight, place, size, start, end], own, decided

    def _follows(self) -> dict[str, Any]:
        rows, classes = [], []
        for measure, refused, number, within, weight in self._own(
            self.world.follows, kernel.FOLLOWS
        ).tolist():
            if not self.one_a_day:
                self.exact = False
                continue
            table = self.world.lists[refused : refused + number * number].reshape(number, number) != 0
            free = np.concatenate([np.zeros((1, number), bool), table])
            better = [int(not np.any(one & ~two)) for one in free for two in free]
            place = len(self.lists)
            self.lists += [*table.astype(int).reshape(-1).tolist(), *better]
            rows.append([within, number, place, place + number * number, weight, 0])
            classes.append(self._amounts_of(measure))
        return {"follows": rows, "classes": _columns(classes, len(self.options))}

    # -- options of which one can replace another

    def _alike(self, *tables: dict[str, Any]) -> Ints:
        """For each option the kind of its effects and the ranks of its start and end among what matters."""
        counters, gaps, distincts, runs, follows = tables
        starts = [np.zeros(0, np.int64)]
        ends = [np.zeros(0, np.int64)]
        for row in gaps["gaps"]:
            starts.append(self.end + row[0])
            ends.append(self.start - row[0])
        ends.append(
            np.array([min(FAR, self.own[kernel.NEXT_START]) - row[0] for row in gaps["gaps"]], np.int64)
        )
        later = [start for start, _ in self._own(self.world.later, kernel.LATER).tolist()]
        for since, until, minutes in dict.fromkeys(self.windows):
            starts += [self.end + minutes, np.array([since + minutes])]
            ends += [self.start - minutes, np.array([until - minutes, *(start - minutes for start in later)])]
        columns = [
            self.rows[:, kernel.DAY],
            counters["amounts"], gaps["gap_counts"], distincts["things"], runs["steps"], follows["classes"],
        ]  # fmt: skip
        if not self.one_a_day:
            columns.append(self.rows[:, kernel.MENU])
        if any(row[1] or row[2] < HARD for row in gaps["gaps"]):
            columns += [self.start, self.end]
        effects = np.column_stack(columns)
        _, kind = np.unique(effects, axis=0, return_inverse=True) if len(effects) else (0, np.zeros(0, int))
        start_rank = np.searchsorted(np.unique(np.concatenate(starts)), self.start, side="right")
        end_rank = np.searchsorted(np.unique(np.concatenate(ends)), self.end, side="left")
        return np.stack([kind.reshape(-1), start_rank, end_rank], 1).astype(np.int32).reshape(-1, 3)


def _arrays(tables: dict[str, Any]) -> dict[str, Any]:
    widths = {
        "counters": 4, "limits": 3, "gaps": 4, "rests": 6, "windows": 3, "later": 2, "distincts": 3,
        "runs": 8, "follows": 6,
    }  # fmt: skip
    made = {}
    for name, table in tables.items():
        made[name] = (
            np.ascontiguousarray(np.array(table, np.int64).reshape(-1, widths[name]))
            if name in widths
            else np.ascontiguousarray(table)
        )
    return made


def _columns(columns: Sequence[Any], size: int) -> Ints:
    return np.array(columns, np.int32).reshape(len(columns), size).T.copy()
