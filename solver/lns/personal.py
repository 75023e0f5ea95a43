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
from solver.resources import Gap, PerWork, Rest, Total
from solver.rules.rule import PersonalRule
from solver.work import Assignment, Work

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

    Attributes
    ----------
    by_days, by_times
        Rules of each person that have to be asked: about the days on which work starts and its tags, or about
        more than that.
    """

    def __init__(self, problem: Problem, works: Sequence[Assignment]) -> None:
        """No people yet."""
        self._problem = problem
        self._works = works
        self._measures: dict[object, int] = {}
        self._amounts: list[Any] = []
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
        for table in (self._totals, self._gaps, self._rests, self.by_days, self.by_times):
            table.append([])
        self._constants.append(0)
        self._one_a_day.append(person.one_a_day)
        employee = person.employee
        self._fixed.append((employee.history, employee.upcoming))
        for rule, weight in rules:
            resources = rule.resources(self._problem, employee)
            if resources is not None:
                for resource in resources:
                    self._add(resource, weight * rule.weight)
            elif rule.looks_at() != "work":
                asked = self.by_days if rule.looks_at() == "days" else self.by_times
                asked[-1].append((rule, weight))

    def _add(self, resource: PerWork | Total | Gap | Rest, weight: int) -> None:
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
        else:
            self._rests[-1].append((weight, resource.windows))

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
        if key not in self._measures:
            self._measures[key] = len(self._amounts)
            self._amounts.append(np.fromiter((int(amount(work)) for work in self._works), np.int32))
        return self._measures[key]

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
            "amounts": np.array(self._amounts, np.int32).reshape(-1, len(self._works)),
            "people": self._people(open_days),
            "person_key": np.array([random.getrandbits(64) for _ in self._constants], np.uint64),
            "totals": _table(self._totals, 6),
            "gaps": _table(self._gaps, 5),
            "rests": np.array([*zip(window_firsts, [*weights, 0], strict=True)], np.int64),
            "windows": _table([windows for _, windows in rests], 3),
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
        ]
        return np.array(columns, np.int64).T.copy()


def _table(rows: Sequence[Sequence[tuple[int, ...]]], columns: int) -> Any:
    return np.array([row for part in rows for row in part], np.int64).reshape(-1, columns)


def _spans(works: Iterable[Sequence[Work]]) -> Any:
    return _table([[(work.start, work.end) for work in own] for own in works], 2)


def _firsts(sizes: Iterable[int]) -> list[int]:
    return [0, *accumulate(sizes)]
