"""A problem as tables of numbers for the compiled search: what everybody can work and what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from math import gcd
from random import Random
from typing import Any, NamedTuple

import numpy as np

from solver.cpsat.draft import Draft
from solver.cpsat.model import OutOfTime
from solver.cpsat.person import Person
from solver.cpsat.place_inside import has_insides
from solver.cpsat.slots import Pair, ShiftSlot, Slot
from solver.lns.kernel import FORBIDDEN, HARD, Ints, Longs, World
from solver.lns.menus import Kind, Menu, key_of, made, pairs_of, shift_of
from solver.lns.personal import Personal
from solver.problem import Coverage, Employee, Problem
from solver.resources import PerWork
from solver.rules.alternatives import Alternatives
from solver.rules.coverage import CoverageCurves, fixed_work, kinds_of
from solver.rules.coverage import Kind as CoverageKind
from solver.rules.headcount import Headcount, OpenShifts, place_price
from solver.rules.option_rule import OptionRule
from solver.rules.rule import PersonalRule
from solver.score import Score
from solver.violation import Level
from solver.work import Assignment, Roster, Work

WEIGHTS: dict[Level, int] = {"hard": HARD, "mandatory": 30, "soft": 1}
"""What a unit of each level counts, where one number has to stand for all; true levels decide afterwards."""


def weighted(score: Score) -> int:
    """A score as one number, all levels added up by their weights."""
    return sum(weight * score.of(level) for level, weight in WEIGHTS.items())


Rules = list[tuple[PersonalRule, int]]
"""Rules with the weight of their level."""


class Tables:
    """The tables of a problem.

    Parameters
    ----------
    draft
        What everybody could work, and the rules.
    base
        Work that may stay although it is none of the options.
    stopped
        Asked now and then.

    Raises
    ------
    OutOfTime
        Once ``stopped`` says so.

    Attributes
    ----------
    draft, problem
        What everybody could work, and the problem.
    employees, world
        The people in the order in which they are numbered, and the tables.
    by_days, by_times
        Rules of each person that have to be asked: about the days on which work starts and its tags, or about
        more than that.
    """

    def __init__(self, draft: Draft, base: Roster, stopped: Callable[[], bool] = lambda: False) -> None:
        """Number everything and fill the tables."""
        self._stopped = stopped
        self.problem = draft.problem
        self.draft = draft
        self._people = list(draft.persons.values())
        self.employees = [person.employee for person in self._people]
        self._menus: dict[object, Menu] = {}
        self._slots: list[tuple[int, Menu, Slot]] = []
        self._slot_at: list[dict[int, Slot]] = [{} for _ in self._people]
        self._menu_of: list[Menu] = []
        self.by_days: list[Rules] = []
        self.by_times: list[Rules] = []
        self._gather(base)
        self._rules = [self._rules_of(place) for place in range(len(self._people))]
        self._known_charges: dict[tuple[int, bool], list[_Charge]] = {}
        self._kinds = list(dict.fromkeys(menu.kind for menu in self._menus.values()))
        self.step = self._step()
        self._lists: list[int] = []
        fields = self._options() | self._curves() | self._prices() | self._menu_rows() | self._personal()
        self.world = World(**fields, lists=np.array(self._lists, np.int32))

    def _check_time(self) -> None:
        if self._stopped():
            raise OutOfTime

    @property
    def whole(self) -> bool:
        """Whether what is proven of the tables is proven of the problem.

        It is not where the draft left something out, nor where breaks are still to be placed: they can take
        people away where there are too many.
        """
        return self.draft.whole and not has_insides(self.problem)

    def numbers(self, roster: Roster) -> list[list[int]]:
        """The options that each person works in a roster, by start."""
        return [
            [self._option_of(place, work) for work in roster.of(person.employee.id)]
            for place, person in enumerate(self._people)
        ]

    def works(self, person: int, options: Iterable[int]) -> list[Assignment]:
        """What a person works, by the numbers of the options."""
        found = []
        for option in options:
            menu = self._menu_of[option]
            found.append(made(self._slot_at[person][menu.number], menu.pairs[option - menu.first]))
        return found

    def options_of(self, slot: Slot) -> dict[Pair, int]:
        """The numbers of the options of a slot of the draft, by start and end."""
        option = self._menus[key_of(slot)].option
        return {pair: option[pair] for pair in pairs_of(slot)}

    def curves_of(self, kind: Kind) -> list[int]:
        """The curves that count work of a kind."""
        return [place for place, wanted in enumerate(self._wanted) if _counts(wanted, kind)]

    # -- options

    def _gather(self, base: Roster) -> None:
        pairs: dict[object, set[Pair]] = {}
        found: list[tuple[int, object, Slot]] = []
        for place, person in enumerate(self._people):
            self._check_time()
            kept = [self._foreign(person, work) for work in base.of(person.employee.id)]
            for slot in chain(person.slots, (slot for slot in kept if slot is not None)):
                key = key_of(slot)
                pairs.setdefault(key, set()).update(pairs_of(slot))
                found.append((place, key, slot))
        first = 0
        for place, key, slot in found:
            if key not in self._menus:
                menu = self._menus[key] = Menu(len(self._menus), first, slot, sorted(pairs[key]))
                self._menu_of += [menu] * len(menu.pairs)
                first += len(menu.pairs)
            menu = self._menus[key]
            if menu.number not in self._slot_at[place]:
                self._slot_at[place][menu.number] = slot
                self._slots.append((place, menu, slot))

    def _foreign(self, person: Person, work: Assignment) -> Slot | None:
        """A slot for work that none of the person's slots can be."""
        if any(slot.can_be(work) for slot in person.slots):
            return None
        day = self.problem.calendar.index(work.start)
        return ShiftSlot(person.employee, work, day=day, date=self.problem.calendar.date(day))

    def _option_of(self, person: int, work: Assignment) -> int:
        for slot in self._slot_at[person].values():
            if slot.can_be(work):
                menu = self._menus[key_of(slot)]
                return menu.option[work.start, work.end]
        raise LookupError(f"{work.label} of {work.employee} is none of the options")

    def _options(self) -> dict[str, Any]:
        problem, random = self.problem, Random(1)
        cells = -(-(problem.end - problem.start) // self.step)
        classes: dict[tuple[int, tuple[str, ...]], int] = {}
        rows: list[tuple[int, ...]] = []
        keys: list[tuple[int, int]] = []
        for menu in self._menus.values():
            tags, day = menu.slot.work.tags, menu.slot.day
            day_key = classes.setdefault((day, tags), random.getrandbits(64))
            for start, end in menu.pairs:
                at = (menu.starts.index(start), menu.ends.index(end))
                covered = (min(cells, max(0, minute - problem.start) // self.step) for minute in (start, end))
                rows.append((start, end, day, menu.number, *at, *covered))
                keys.append((day_key, random.getrandbits(64)))
        return {
            "options": np.array(rows, np.int32).reshape(-1, 8),
            "keys": np.array(keys, np.uint64).reshape(-1, 2),
        }

    def _list(self, numbers: Iterable[int]) -> int:
        """Append to the lists; the place of the first."""
        first = len(self._lists)
        self._lists += numbers
        return first

    def _menu_rows(self) -> dict[str, Any]:
        ids = {shift.id: place for place, shift in enumerate(self.problem.shifts)}
        rivals: dict[int, list[int]] = {}
        for place, menu, _ in self._slots:
            rivals.setdefault(menu.number, []).append(place)
        menus = list(self._menus.values())
        grids = [
            self._list(menu.option.get((start, end), -1) for start in menu.starts for end in menu.ends)
            for menu in menus
        ]
        firsts = [self._list(rivals[menu.number]) for menu in menus]
        rows = [
            (menu.first, len(menu.starts), len(menu.ends), grid, first, self._kinds.index(menu.kind),
             ids.get(shift_of(menu.slot) or "", -1))
            for menu, grid, first in zip(menus, grids, firsts, strict=True)
        ]  # fmt: skip
        rows.append((len(self._menu_of), 0, 0, 0, len(self._lists), 0, -1))
        return {"menus": np.array(rows, np.int32)}

    # -- coverage and given shifts

    def _curves(self) -> dict[str, Any]:
        problem = self.problem
        by_curve: dict[Kind, list[Coverage]] = {}
        for cover in problem.coverage:
            by_curve.setdefault((cover.skill, cover.location), []).append(cover)
        self._wanted = list(by_curve)
        cells = -(-(problem.end - problem.start) // self.step)
        more = np.zeros((len(by_curve), cells, self._most_counted() + 2), np.int64)
        costs: dict[tuple[CoverageKind, ...], Any] = {}
        for place, covers in enumerate(by_curve.values()):
            for cover in covers:
                kinds = tuple(kinds_of(cover))
                if kinds not in costs:
                    costs[kinds] = np.diff([_cost_of(kinds, people) for people in range(more.shape[2] + 1)])
                since, until = (max(0, at - problem.start) // self.step for at in (cover.start, cover.end))
                more[place, since:until] += costs[kinds] * self.step
        places = [self._list(self.curves_of(kind)) for kind in self._kinds]
        prices = [
            (shift.headcount, place_price(shift) * WEIGHTS["mandatory" if shift.mandatory else "soft"])
            for shift in problem.shifts
        ]
        return {
            "more": more,
            "kinds": np.array([*places, len(self._lists)], np.int32),
            "shifts": np.array(prices, np.int64).reshape(-1, 2),
        }

    def _most_counted(self) -> int:
        """How many people a curve can count at a time at most."""
        curves = {kind: self.curves_of(kind) for kind in self._kinds}
        able: list[set[int]] = [set() for _ in self._wanted]
        for place, menu, _ in self._slots:
            for curve in curves[menu.kind]:
                able[curve].add(place)
        start, end = self.problem.start, self.problem.end
        fixed = sum(1 for work in fixed_work(self.problem) if start < work.end and work.start < end)
        return max(map(len, able), default=0) + fixed

    def _step(self) -> int:
        """The length of a cell: requirements and work begin and end between two of them."""
        problem = self.problem
        times = {at - problem.start for cover in problem.coverage for at in (cover.start, cover.end)}
        for menu in self._menus.values():
            times |= {at - problem.start for pair in menu.pairs for at in pair}
        times |= {at - problem.start for work in fixed_work(problem) for at in (work.start, work.end)}
        return gcd(*times) or 1440

    def people_at(self, works: Iterable[Work]) -> Any:
        """How many people are counted in each cell of each curve."""
        start, (curves, cells, _) = self.problem.start, self.world.more.shape
        now = np.zeros((curves, cells), np.int32)
        for work in works:
            since, until = (max(0, at - start) // self.step for at in (work.start, work.end))
            for place, wanted in enumerate(self._wanted):
                if _counts(wanted, (work.skill, work.location)):
                    now[place, since:until] += 1
        return now

    # -- people

    def _prices(self) -> dict[str, Any]:
        price_at = np.full((len(self._people), max(1, len(self._menus))), -1, np.int32)
        on_day: dict[tuple[int, int], list[int]] = {}
        prices: list[Longs] = []
        number = 0
        for place, menu, slot in self._slots:
            self._check_time()
            price_at[place, menu.number] = number
            on_day.setdefault((place, menu.slot.day), []).append(menu.number)
            prices.append(self._slot_prices(place, menu, slot))
            number += len(menu.pairs)
        size = self.problem.calendar.size
        people = range(len(self._people))
        on_days = [self._list(on_day.get((place, day), [])) for place in people for day in range(size)]
        on_days.append(len(self._lists))
        self._open = [self._list(day for day in range(size) if (place, day) in on_day) for place in people]
        self._open.append(len(self._lists))
        return {
            "price_at": price_at,
            "price": np.concatenate([np.zeros(0, np.int64), *prices]),
            "on_day": np.array(on_days, np.int32),
        }

    def _slot_prices(self, place: int, menu: Menu, slot: Slot) -> Longs:
        """What the rules about a single span charge for each option of a slot."""
        possible = set(pairs_of(slot))
        prices = np.array([0 if pair in possible else FORBIDDEN for pair in menu.pairs], np.int64)
        works: list[Assignment] = []
        kept = np.flatnonzero(prices == 0)
        foreign = slot not in self._people[place].slots
        person = self._people[place]
        for charge in self._charges(place, thinned=foreign):
            if charge.only_some and _keeps_all(charge.only_some, self.problem, person, slot):
                continue
            works = works or [made(slot, pair) for pair in menu.pairs if pair in possible]
            prices[kept] += np.fromiter((charge.amount(work) for work in works), np.int64, len(works))
        return prices

    def _charges(self, place: int, *, thinned: bool) -> list[_Charge]:
        """What the rules about a person charge for single spans, found once for all slots."""
        if (place, thinned) not in self._known_charges:
            rules = self._rules_of(place, thinned=True) if thinned else self._rules[place]
            employee = self._people[place].employee
            charges = (_charge_of(rule, weight, self.problem, employee) for rule, weight in rules)
            self._known_charges[place, thinned] = [charge for charge in charges if charge is not None]
        return self._known_charges[place, thinned]

    def _rules_of(self, place: int, *, thinned: bool = False) -> Rules:
        """The rules about one person that something the person could work breaks."""
        person = self._people[place]
        return [
            (rule, WEIGHTS[rule.level])
            for rule in self.draft.rules
            if isinstance(rule, PersonalRule)
            and (rule.scope.employees is None or person.employee.id in rule.scope.employees)
            and (not self.draft.thins(rule) or thinned)
            and rule.can_break(self.draft, person)
        ]

    def _personal(self) -> dict[str, Any]:
        works = [work for menu in self._menus.values() for work in menu.works()]
        personal = Personal(self.problem, works, self._list)
        for place, person in enumerate(self._people):
            self._check_time()
            personal.add(person, self._rules[place], self._options_by_day(place))
        self.by_days, self.by_times = personal.by_days, personal.by_times
        return personal.tables(self._open)

    def _options_by_day(self, place: int) -> dict[int, Ints]:
        """The options of a person on each day."""
        found: dict[int, list[int]] = {}
        menus = list(self._menus.values())
        for number, slot in self._slot_at[place].items():
            menu = menus[number]
            found.setdefault(menu.slot.day, []).extend(menu.option[pair] for pair in pairs_of(slot))
        return {day: np.array(own, np.int32) for day, own in found.items()}


def can_hold(draft: Draft) -> bool:
    """Whether tables say all there is: of several people only coverage and places, no tasks."""
    known = (PersonalRule, Headcount, OpenShifts, CoverageCurves)
    unknown = [rule for rule in draft.rules if not isinstance(rule, known)]
    if not draft.problem.shift_groups:
        unknown = [rule for rule in unknown if not isinstance(rule, Alternatives)]
    return not unknown and not any(template.tasks for template in draft.problem.templates)


class _Charge(NamedTuple):
    """What a rule charges for single spans; with ``only_some``, for none where all options keep that rule."""

    amount: Callable[[Assignment], int]
    only_some: OptionRule | None


def _charge_of(rule: PersonalRule, weight: int, problem: Problem, employee: Employee) -> _Charge | None:
    """What a rule charges for single spans of a person; None if nothing."""
    resources = rule.resources(problem, employee) or ()
    amounts = [resource.amount for resource in resources if isinstance(resource, PerWork)]
    if amounts:
        return _Charge(lambda work: weight * rule.weight * sum(amount(work) for amount in amounts), None)
    if rule.looks_at() != "work":
        return None
    return _Charge(
        lambda work: weight * sum(v.cost for v in rule.check_person(problem, employee, [work])),
        rule if isinstance(rule, OptionRule) else None,
    )


def _keeps_all(rule: OptionRule, problem: Problem, person: Person, slot: Slot) -> bool:
    """Whether all options of a slot keep a rule because the whole of their time does."""
    return not rule.by_length and not rule.shortfall(problem, person.employee, slot.work)


def _counts(wanted: Kind, kind: Kind) -> bool:
    return all(asked in (None, given) for asked, given in zip(wanted, kind, strict=True))


def _cost_of(kinds: Iterable[CoverageKind], people: int) -> int:
    return sum(WEIGHTS[kind.level] * kind.price * kind.off(people) for kind in kinds)
