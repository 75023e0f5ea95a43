"""Annealing: many small changes of single shifts, judged by the plain reading of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log
from random import Random
from typing import TypeVar

from solver.cpsat.draft import Draft
from solver.cpsat.slots import TemplateSlot
from solver.lns.cover_cost import CoverCost
from solver.lns.worker import WEIGHTS, Menu, Option, Options, Worker
from solver.problem import Shift
from solver.rules.coverage import fixed_work
from solver.rules.headcount import place_price
from solver.work import Roster

HOT, COLD = 150.0, 6.0
"""Temperatures at the start and at the end, in units of soft cost."""

OFFERS = 12
"""Options that are drawn where work is put on another day, the best being taken."""

LOOK = 250
"""Changes between two looks at the clock."""

T = TypeVar("T")

Swap = tuple[Worker, Options, Options]
"""Somebody, what is taken away and what is given instead."""


class Annealing:
    """A roster that small random changes improve, worse ones being taken less and less often.

    Parameters
    ----------
    draft
        What everybody could work.
    base
        The roster to begin with.
    seed
        The same seed, roster and number of changes give the same result.

    References
    ----------
    Kirkpatrick, Gelatt, Vecchi (1983), Optimization by simulated annealing, Science 220.
    """

    def __init__(self, draft: Draft, base: Roster, seed: int) -> None:
        """Take stock of the roster."""
        self._problem = draft.problem
        self._random = Random(seed)
        self._cover = CoverCost(self._problem, self._minutes(draft, base), WEIGHTS)
        for work in (*base, *fixed_work(self._problem)):
            self._cover.count(self._cover.place(work), 1)
        self._workers = [Worker(draft, p, base, self._cover) for p in draft.persons.values()]
        self._rivals: dict[tuple[int, str], list[Worker]] = {}
        for worker in self._workers:
            for day, name in worker.menus:
                self._rivals.setdefault((day, name), []).append(worker)
        self._filled = Counter(work.shift for work in base if work.shift is not None)
        self._total = sum(worker.cost for worker in self._workers)
        self._best = self._total
        self._best_works = [worker.works for worker in self._workers]

    def _minutes(self, draft: Draft, base: Roster) -> Iterator[int]:
        for work in (*base, *fixed_work(self._problem)):
            yield from (work.start, work.end)
        for person in draft.persons.values():
            for slot in person.slots:
                pairs = slot.pairs if isinstance(slot, TemplateSlot) else [(slot.work.start, slot.work.end)]
                for pair in pairs:
                    yield from pair

    def roster(self) -> Roster:
        """The best roster so far."""
        return Roster(option.work for works in self._best_works for option in works)

    def run(self, share: Callable[[int], float]) -> None:
        """Change the roster until ``share`` of the changes tried so far is 1 or more."""
        tried = 0
        while (done := share(tried)) < 1:
            temperature = HOT * (COLD / HOT) ** done
            for _ in range(LOOK):
                self._step(temperature)
            tried += LOOK

    def _step(self, temperature: float) -> None:
        swaps = self._propose()
        if not swaps:
            return
        change = self._change_of_cover(swaps)
        if self._problem.shifts:
            places = self._change_of_places(swaps)
            if places is None:
                return
            change += places
        limit = -temperature * log(1.0 - self._random.random())
        if change - sum(worker.cost for worker, _, _ in swaps) > limit:
            return
        trials: list[tuple[Options, int]] = []
        for worker, gone, come in swaps:
            works = worker.replaced(gone, come)
            cost = worker.judge(works)
            change += cost - worker.cost
            trials.append((works, cost))
        if change <= limit:
            self._take(swaps, trials, change)

    def _take(self, swaps: Sequence[Swap], trials: Sequence[tuple[Options, int]], change: int) -> None:
        for (worker, gone, come), (works, cost) in zip(swaps, trials, strict=True):
            worker.works, worker.cost = works, cost
            for options, people in ((gone, -1), (come, 1)):
                for option in options:
                    self._cover.count(option.place, people)
                    if option.work.shift is not None:
                        self._filled[option.work.shift] += people
        self._total += change
        if self._total < self._best:
            self._best = self._total
            self._best_works = [worker.works for worker in self._workers]

    def _change_of_cover(self, swaps: Sequence[Swap]) -> int:
        """What the swaps add to the cost of coverage; an exchange between two people adds nothing."""
        if len(swaps) == 2:
            return 0
        _, gone, come = swaps[0]
        if len(gone) == len(come):
            return sum(self._cover.moved(old.place, new.place) for old, new in zip(gone, come, strict=True))
        lost = sum(self._cover.removed(old.place) for old in gone)
        return lost + sum(self._cover.added(new.place) for new in come)

    def _change_of_places(self, swaps: Sequence[Swap]) -> int | None:
        """What places of given shifts lose and win; None where a shift would have too many people."""
        moved: Counter[str] = Counter()
        for _, gone, come in swaps:
            for options, places in ((gone, -1), (come, 1)):
                for option in options:
                    if option.work.shift is not None:
                        moved[option.work.shift] += places
        change = 0
        for name, places in moved.items():
            shift = self._problem.shift_by_id[name]
            if places > 0 and self._filled[name] + places > shift.headcount:
                return None
            change -= places * _price(shift)
        return change

    def _propose(self) -> list[Swap]:
        """One of the small changes, drawn at random; empty where it makes no sense."""
        worker = self._pick(self._workers)
        draw = self._random.random()
        if not worker.works or draw < 0.05:
            return self._add(worker)
        option = self._pick(worker.works)
        if draw < 0.50:
            return self._single(worker, option, self._near(worker, option))
        if draw < 0.62:
            return self._two(worker, option)
        if draw < 0.72:
            return self._single(worker, option, self._good(worker.menus_on(option.day), option))
        if draw < 0.80:
            return self._to_another_day(worker, option)
        if draw < 0.98:
            return self._exchange(worker, option)
        return [(worker, (option,), ())]

    def _pick(self, choices: Sequence[T]) -> T:
        return choices[int(self._random.random() * len(choices))]

    def _any(self, menus: Sequence[Menu]) -> Option | None:
        """Any option of some slots."""
        return self._pick(self._pick(menus).options()) if menus else None

    def _good(self, menus: Sequence[Menu], old: Option | None = None) -> Option | None:
        """The best for coverage of some options drawn at random, to be added or to replace an old one."""
        offers = [option for _ in range(OFFERS) if (option := self._any(menus)) is not None]
        if old is None:
            return min(offers, key=lambda option: self._cover.added(option.place), default=None)
        return min(offers, key=lambda option: self._cover.moved(old.place, option.place), default=None)

    def _near(self, worker: Worker, option: Option) -> Option | None:
        """Nearly the same work."""
        near = worker.near(option)
        return self._pick(near) if near else None

    def _single(self, worker: Worker, old: Option, new: Option | None) -> list[Swap]:
        return [] if new is None or new is old else [(worker, (old,), (new,))]

    def _two(self, worker: Worker, option: Option) -> list[Swap]:
        """Change two shifts of a person a little, for instance one longer and one shorter."""
        other = self._pick(worker.works)
        one, two = self._near(worker, option), self._near(worker, other)
        if other is option or one is None or two is None:
            return []
        return [(worker, (option, other), (one, two))]

    def _add(self, worker: Worker) -> list[Swap]:
        """New work on a day."""
        day = self._pick(worker.days) if worker.days else None
        if day is None or not worker.has_room(day):
            return []
        best = self._good(worker.menus_on(day))
        return [(worker, (), (best,))] if best is not None else []

    def _to_another_day(self, worker: Worker, option: Option) -> list[Swap]:
        day = self._pick(worker.days)
        if not worker.has_room(day):
            return []
        same_times = self._random.random() < 0.3
        new = worker.like(option, day) if same_times else self._good(worker.menus_on(day))
        return self._single(worker, option, new)

    def _exchange(self, worker: Worker, option: Option) -> list[Swap]:
        """Give the work to somebody else, against what that person works on the day."""
        rivals = self._rivals.get((option.day, option.name), ())
        if not rivals:
            return []
        other = self._pick(rivals)
        mine = other.same(option)
        if other is worker or mine is None:
            return []
        theirs = other.on(option.day)
        if theirs is None:
            return [(worker, (option,), ()), (other, (), (mine,))]
        yours = worker.same(theirs)
        return [(worker, (option,), (yours,)), (other, (theirs,), (mine,))] if yours is not None else []


def _price(shift: Shift) -> int:
    return place_price(shift) * WEIGHTS["mandatory" if shift.mandatory else "soft"]
