"""The rules about one person as tables: totals, gaps and rests, and what is left to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from random import Random
from typing import Any

import numpy as np

from solver.cpsat.person import Person
from solver.lns.kernel import FORBIDDEN, Ints
from solver.problem import Problem
from solver.resources import Distinct, Follows, Gap, PerWork, Resource, Runs, Total
from solver.rules.rule import PersonalRule
from solver.work import Assignment, Work

BITS = 31
"""How many different things one number can hold."""

Rules = Sequence[tuple[PersonalRule, int]]
"""Rules with the weight of their level."""


class Personal:
    """Fills the tables of all people.

    Parameters
    ----------
    problem
        The problem.
    works
        One for each option.
    listed
        Puts numbers into the lists and tells their place.

    Attributes
    ----------
    by_days, by_times
        Rules of each person that have to be asked: about the days on which work starts and its tags, or about
        more than that.
    """

    def __init__(
        self, problem: Problem, works: Sequence[Assignment], listed: Callable[[Iterable[int]], int]
    ) -> None:
        """No people yet."""
        self._listed = listed
        day_of = problem.calendar.index
        classes: dict[object, int] = {}
        kinds = [classes.setdefault((day_of(w.start), w.tags), len(classes)) for w in works]
        self._class_of = np.array(kinds, np.int64)
        self._examples = [works[kinds.index(kind)] for kind in range(len(classes))]
        self._alive: list[object] = []
        self._distincts: list[list[tuple[int, ...]]] = []
        self._runs: list[list[tuple[int, ...]]] = []
        self._follows: list[list[tuple[int, ...]]] = []
        self._problem = problem
        self._works = works
        self._measures: dict[object, int] = {}
        self._amounts: list[Any] = []
        self._places: dict[bytes, int] = {}
        self._totals: list[list[tuple[int, ...]]] = []
        self._gaps: list[list[tuple[int, ...]]] = []
        self._rests: list[list[tuple[int, tuple[tuple[int, int, int], ...]]]] = []
        self._fixed: list[tuple[Sequence[Work], Sequence[Work]]] = []
        self._constants: list[int] = []
        self._on_day: Mapping[int, Ints] | None = None
        self._one_a_day: list[bool] = []
        self.by_days: list[list[tuple[PersonalRule, int]]] = []
        self.by_times: list[list[tuple[PersonalRule, int]]] = []

    def add(self, person: Person, rules: Rules, on_day: Mapping[int, Ints]) -> None:
        """Add a person's rules.

        Parameters
        ----------
        on_day
            The options the person has on each day.
        """
        self._on_day = on_day if person.one_a_day else None
        for table in (self._totals, self._gaps, self._rests, self._distincts, self._runs, self._follows):
            table.append([])
        self.by_days.append([])
        self.by_times.append([])
        self._constants.append(0)
        self._one_a_day.append(person.one_a_day)
        employee = person.employee
        self._fixed.append((employee.history, employee.upcoming))
        for rule, weight in rules:
            resources = rule.resources(self._problem, employee)
            if resources is not None and all(map(self._fits, resources)):
                for resource in resources:
                    self._add(resource, weight * rule.weight)
            elif rule.looks_at() != "work":
                asked = self.by_days if rule.looks_at() == "days" else self.by_times
                asked[-1].append((rule, weight))

    def _fits(self, resource: Resource) -> bool:
        """Whether the tables can hold it: of different things only so many as a number has bits."""
        if not isinstance(resource, Distinct):
            return True
        return len({thing for work in self._examples for thing in resource.things(work)}) <= BITS

    def _add(self, resource: Resource, weight: int) -> None:
        """To the person added last; what `PerWork` charges for a span is in the prices."""
        if isinstance(resource, PerWork):
            self._constants[-1] += weight * resource.constant
        elif isinstance(resource, Total):
            least = -FORBIDDEN if resource.least is None else resource.least
            most = FORBIDDEN if resource.most is None else resource.most
            days, measure = resource.days, self._measure(resource.amount)
            if self._always_within(resource, measure):
                return
            self._totals[-1].append((measure, days.start, days.stop, least, most, weight))
        elif isinstance(resource, Gap):
            measure = self._measure(resource.counts)
            until = self._until(resource, self._fixed[-1][0])
            self._gaps[-1].append((measure, resource.minutes, int(resource.from_start), weight, until))
        elif isinstance(resource, Distinct):
            self._add_distinct(resource, weight)
        elif isinstance(resource, Runs):
            self._add_runs(resource, weight)
        elif isinstance(resource, Follows):
            self._add_follows(resource, weight)
        else:
            self._rests[-1].append((weight, resource.windows))

    def _add_distinct(self, distinct: Distinct, weight: int) -> None:
        found = [list(distinct.things(work)) for work in self._examples]
        numbers = {thing: place for place, thing in enumerate(dict.fromkeys(t for own in found for t in own))}
        least = distinct.least or 0
        if least <= 0 and (distinct.most is None or len(numbers) <= distinct.most):
            return
        sets = [sum(1 << numbers[thing] for thing in set(own)) for own in found]
        most = FORBIDDEN if distinct.most is None else distinct.most
        self._distincts[-1].append((self._by_class(sets), least, most, weight))

    def _add_runs(self, runs: Runs, weight: int) -> None:
        size = len(runs.base)
        steps = [runs.step(work) for work in self._examples]
        measure = self._by_class([-1 if step is None else step - runs.first for step in steps])
        lists = self._listed(map(int, (*runs.base, *runs.fixed, *runs.unlimited)))
        horizon = (runs.horizon.start - runs.first, runs.horizon.stop - runs.first)
        bounds = (runs.least or 0, FORBIDDEN if runs.most is None else runs.most)
        self._runs[-1].append((measure, lists, size, *horizon, int(runs.made_by_work), *bounds, weight))

    def _add_follows(self, follows: Follows, weight: int) -> None:
        tags = list(dict.fromkeys(work.tags for work in self._examples))
        one = {work.tags: work for work in self._examples}
        refused = self._remembered(
            ("refused", follows.refuses),
            lambda: self._listed(int(follows.refuses(one[a], one[b])) for a in tags for b in tags),
        )
        measure = self._by_class([tags.index(work.tags) for work in self._examples])
        self._follows[-1].append((measure, refused, len(tags), follows.within_days, weight))

    def _by_class(self, amounts: Sequence[int]) -> int:
        """The place of amounts that depend on the day and the tags only."""
        return self._remembered(tuple(amounts), lambda: self._append(np.array(amounts)[self._class_of]))

    def _remembered(self, key: object, make: Callable[[], int]) -> int:
        if key not in self._measures:
            self._measures[key] = make()
        return self._measures[key]

    def _append(self, amounts: Any) -> int:
        """The place of amounts, the same for equal ones."""
        amounts = np.asarray(amounts, np.int32)
        place = self._places.setdefault(amounts.tobytes(), len(self._amounts))
        if place == len(self._amounts):
            self._amounts.append(amounts)
        return place

    def _always_within(self, total: Total, measure: int) -> bool:
        """Whether the person added last cannot leave the range, having one span a day at most."""
        if self._on_day is None or (total.least or 0) > 0 or self._amounts[measure].min(initial=0) < 0:
            return False
        amounts = (self._amounts[measure][own] for day, own in self._on_day.items() if day in total.days)
        return total.most is None or sum(int(own.max(initial=0)) for own in amounts) <= total.most

    def _until(self, gap: Gap, history: Sequence[Work]) -> int:
        """Before which minute work starts too early after history."""
        if not history or not gap.counts(history[-1]):
            return -FORBIDDEN
        return (history[-1].start if gap.from_start else history[-1].end) + gap.minutes

    def _measure(self, amount: Callable[[Work], int]) -> int:
        """The place of the amounts of all options."""
        key = (amount.func, *map(id, amount.args)) if isinstance(amount, partial) else amount
        self._alive.append(amount)  # what is known by its id must not make room for something else
        return self._remembered(key, lambda: self._append([int(amount(work)) for work in self._works]))

    def tables(self, open_days: Sequence[int]) -> dict[str, Any]:
        """The fields of the compiled world about people.

        Parameters
        ----------
        open_days
            The place of the list of each person's open days, and the end of the lists.
        """
        rests = [row for rows in self._rests for row in rows]
        window_firsts = _firsts(len(windows) for _, windows in rests)
        weights = [weight for weight, _ in rests]
        random = Random(2)
        return {
            "amounts": np.array(self._amounts, np.int32).reshape(len(self._amounts), len(self._works)),
            "people": self._people(open_days),
            "person_key": np.array([random.getrandbits(64) for _ in self._constants], np.uint64),
            "totals": _table([sorted(own) for own in self._totals], 6),
            "gaps": _table(self._gaps, 5),
            "rests": np.array([*zip(window_firsts, [*weights, 0], strict=True)], np.int64),
            "windows": _table([windows for _, windows in rests], 3),
            "distincts": _table(self._distincts, 4),
            "runs": _table(self._runs, 9),
            "follows": _table(self._follows, 5),
            "past": _spans(past for past, _ in self._fixed),
            "later": _spans(later for _, later in self._fixed),
        }

    def _people(self, open_days: Sequence[int]) -> Any:
        """The columns of the people, with a last row that ends everybody's lists."""
        next_starts = [min((w.start for w in later), default=FORBIDDEN) for _, later in self._fixed]
        columns = [
            [*self._constants, 0],
            [*next_starts, 0],
            [*self._one_a_day, 0],
            [*map(bool, self.by_days), 0],
            [*map(bool, self.by_times), 0],
            _firsts(map(len, self._totals)),
            _firsts(map(len, self._gaps)),
            _firsts(map(len, self._rests)),
            _firsts(len(past) for past, _ in self._fixed),
            _firsts(len(later) for _, later in self._fixed),
            open_days,
            _firsts(map(len, self._distincts)),
            _firsts(map(len, self._runs)),
            _firsts(map(len, self._follows)),
        ]
        return np.array(columns, np.int64).T.copy()


def _table(rows: Sequence[Sequence[tuple[int, ...]]], columns: int) -> Any:
    return np.array([row for part in rows for row in part], np.int64).reshape(-1, columns)


def _spans(works: Iterable[Sequence[Work]]) -> Any:
    return _table([[(work.start, work.end) for work in own] for own in works], 2)


def _firsts(sizes: Iterable[int]) -> list[int]:
    return [0, *accumulate(sizes)]
