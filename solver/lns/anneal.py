"""Annealing: many small changes of single shifts, judged by the plain reading of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log
from random import Random

from solver.cpsat.draft import Draft
from solver.cpsat.person import Person
from solver.cpsat.slots import ShiftSlot, Slot, TemplateSlot
from solver.lns.cover_cost import CoverCost, Weights
from solver.problem import Shift
from solver.rules.coverage import fixed_work
from solver.rules.headcount import place_price
from solver.rules.rule import PersonalRule
from solver.work import Assignment, Roster

WEIGHTS: Weights = {"hard": 100_000, "mandatory": 30, "soft": 1}
"""What a unit of each level counts in an annealing; true levels decide afterwards."""

HOT, COLD = 300.0, 4.0
"""Temperatures at the start and at the end, in units of soft cost."""

LOOK = 200
"""Changes between two looks at the clock."""

Swap = tuple["_Worker", Assignment | None, Assignment | None]
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
    """

    def __init__(self, draft: Draft, base: Roster, seed: int) -> None:
        """Take stock of the roster."""
        self._problem = draft.problem
        self._random = Random(seed)
        self._workers = [_Worker(draft, person, base) for person in draft.persons.values()]
        self._cover = CoverCost(self._problem, self._minutes(draft, base), WEIGHTS)
        for work in (*base, *fixed_work(self._problem)):
            self._cover.move(None, work)
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
        return Roster(work for works in self._best_works for work in works)

    def run(self, share: Callable[[int], float]) -> None:
        """Change the roster until ``share`` of the changes made so far is 1 or more."""
        changes = 0
        while (done := share(changes)) < 1:
            temperature = HOT * (COLD / HOT) ** done
            for _ in range(LOOK):
                self._step(temperature)
            changes += LOOK

    def _step(self, temperature: float) -> None:
        worker = self._random.choice(self._workers)
        swaps = self._propose(worker)
        if not swaps:
            return
        limit = -temperature * log(1.0 - self._random.random())
        change = self._change_of_places(swaps)
        if change is None:
            return
        if len(swaps) == 1:
            change += self._cover.change(swaps[0][1], swaps[0][2])
        if change - sum(one.cost for one, _, _ in swaps) > limit:
            return
        trials = []
        for one, old, new in swaps:
            works = one.replaced(old, new)
            cost = one.judge(works)
            if cost is None:
                return
            change += cost - one.cost
            trials.append((works, cost))
        if change <= limit:
            self._take(swaps, trials, change)

    def _take(
        self, swaps: Sequence[Swap], trials: Sequence[tuple[tuple[Assignment, ...], int]], change: int
    ) -> None:
        for (one, old, new), (works, cost) in zip(swaps, trials, strict=True):
            one.works, one.cost = works, cost
            self._cover.move(old, new)
            for work, places in ((old, -1), (new, 1)):
                if work is not None and work.shift is not None:
                    self._filled[work.shift] += places
        self._total += change
        if self._total < self._best:
            self._best = self._total
            self._best_works = [worker.works for worker in self._workers]

    def _change_of_places(self, swaps: Sequence[Swap]) -> int | None:
        """What is lost and won by places of given shifts; None where a shift would have too many people."""
        change = 0
        moved: Counter[str] = Counter()
        for _, old, new in swaps:
            for work, places in ((old, -1), (new, 1)):
                if work is not None and work.shift is not None:
                    moved[work.shift] += places
        for name, places in moved.items():
            shift = self._problem.shift_by_id[name]
            filled = self._filled[name]
            if places > 0 and filled + places > shift.headcount:
                return None
            change -= places * _price(shift)
        return change

    def _propose(self, worker: _Worker) -> list[Swap]:
        """One of the small changes, drawn at random; empty where it makes no sense."""
        draw = self._random.random()
        if not worker.works or draw < 0.1:
            return self._add(worker)
        work = self._random.choice(worker.works)
        if draw < 0.5:
            return self._single(worker, work, worker.nudge(work, self._random))
        if draw < 0.62:
            return self._single(worker, work, worker.any_on(worker.day_of(work), self._random))
        if draw < 0.74:
            return self._to_another_day(worker, work)
        if draw < 0.95:
            return self._exchange(worker, work)
        return [(worker, work, None)]

    def _single(self, worker: _Worker, old: Assignment, new: Assignment | None) -> list[Swap]:
        return [] if new is None or new is old else [(worker, old, new)]

    def _add(self, worker: _Worker) -> list[Swap]:
        """The best of three: new work on a day."""
        day = self._random.choice(worker.days) if worker.days else None
        if day is None or not worker.has_room(day):
            return []
        offers = [work for _ in range(3) if (work := worker.any_on(day, self._random)) is not None]
        if not offers:
            return []
        return [(worker, None, min(offers, key=lambda work: self._cover.change(None, work)))]

    def _to_another_day(self, worker: _Worker, work: Assignment) -> list[Swap]:
        day = self._random.choice(worker.days)
        if day == worker.day_of(work) or not worker.has_room(day):
            return []
        new = worker.like(work, day) if self._random.random() < 0.5 else worker.any_on(day, self._random)
        return self._single(worker, work, new)

    def _exchange(self, worker: _Worker, work: Assignment) -> list[Swap]:
        """Give the work to somebody else, against what that person works on the day."""
        other = self._random.choice(self._workers)
        if other is worker:
            return []
        day = worker.day_of(work)
        theirs = next((w for w in other.works if other.day_of(w) == day), None)
        mine = other.same(work, day)
        yours = worker.same(theirs, day) if theirs is not None else None
        if mine is None or (theirs is not None and yours is None):
            return []
        return [(worker, work, yours), (other, theirs, mine)]


class _Worker:
    """One person: the works now, their cost by the rules about one person, and what else could be."""

    def __init__(self, draft: Draft, person: Person, base: Roster) -> None:
        self._problem = draft.problem
        self._calendar = draft.problem.calendar
        self._employee = person.employee
        self._one_a_day = person.one_a_day
        self._menus: dict[int, list[_Menu]] = {}
        for slot in person.slots:
            self._menus.setdefault(slot.day, []).append(_Menu(slot))
        self.days = sorted(self._menus)
        self._rules = [
            (rule, WEIGHTS[rule.level])
            for rule in draft.rules
            if isinstance(rule, PersonalRule)
            and not draft.thins(rule)
            and (rule.scope.employees is None or person.employee.id in rule.scope.employees)
        ]
        self._rules.sort(key=lambda one: -one[1])
        self.works: tuple[Assignment, ...] = base.of(person.employee.id)
        self.cost: int = WEIGHTS["hard"] * 10**6
        self.cost = self.judge(self.works) or 0

    def day_of(self, work: Assignment) -> int:
        """Index of the day on which the work starts."""
        return self._calendar.index(work.start)

    def judge(self, works: tuple[Assignment, ...]) -> int | None:
        """The cost of all rules about one person; None if that breaks hard rules more than now."""
        total = 0
        for rule, weight in self._rules:
            for violation in rule.check_person(self._problem, self._employee, works):
                total += weight * violation.cost
            if total >= WEIGHTS["hard"] and total > self.cost:
                return None
        return total

    def replaced(self, old: Assignment | None, new: Assignment | None) -> tuple[Assignment, ...]:
        """The works with one taken away and one added, by start."""
        works = [work for work in self.works if work is not old]
        if new is not None:
            place = next((n for n, work in enumerate(works) if work.start > new.start), len(works))
            works.insert(place, new)
        return tuple(works)

    def has_room(self, day: int) -> bool:
        """Whether another span can start on the day."""
        return not self._one_a_day or all(self.day_of(work) != day for work in self.works)

    def any_on(self, day: int, random: Random) -> Assignment | None:
        """Any work the person could start on a day."""
        menus = self._menus.get(day)
        return random.choice(menus).any(random) if menus else None

    def nudge(self, work: Assignment, random: Random) -> Assignment | None:
        """Nearly the same work."""
        for menu in self._menus.get(self.day_of(work), ()):
            if menu.slot.can_be(work):
                return menu.near(work, random)
        return None

    def same(self, work: Assignment, day: int) -> Assignment | None:
        """The person's own assignment for a span of somebody else."""
        for menu in self._menus.get(day, ()):
            if menu.slot.can_be(work):
                return menu.at(work.start, work.end)
        return None

    def like(self, work: Assignment, day: int) -> Assignment | None:
        """The same times of the day with the same skill on another day."""
        later = self._calendar.span(day)[0] - self._calendar.span(self.day_of(work))[0]
        for menu in self._menus.get(day, ()):
            if isinstance(menu.slot, TemplateSlot) and menu.slot.template.id == work.template:
                return menu.at(work.start + later, work.end + later)
        return None


class _Menu:
    """The options of one slot."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self._pairs = list(slot.pairs) if isinstance(slot, TemplateSlot) else []
        self._known: dict[tuple[int, int], Assignment | None] = dict.fromkeys(self._pairs)

    def any(self, random: Random) -> Assignment | None:
        if isinstance(self.slot, ShiftSlot):
            return self.slot.assignment
        return self.at(*random.choice(self._pairs))

    def at(self, start: int, end: int) -> Assignment | None:
        if isinstance(self.slot, ShiftSlot):
            return self.slot.assignment
        if (start, end) not in self._known:
            return None
        known = self._known[start, end]
        if known is None and isinstance(self.slot, TemplateSlot):
            known = self._known[start, end] = self.slot.made(start, end)
        return known

    def near(self, work: Assignment, random: Random) -> Assignment | None:
        if not isinstance(self.slot, TemplateSlot):
            return None
        template = self.slot.template
        start = work.start + random.randint(-2, 2) * template.start_step
        end = work.end + random.randint(-2, 2) * template.length_step
        return self.at(start, end)


def _price(shift: Shift) -> int:
    return place_price(shift) * WEIGHTS["mandatory" if shift.mandatory else "soft"]
