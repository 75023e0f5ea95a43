"""A problem whose shifts are made of tasks as tables of numbers: what can be done inside, and its price."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from math import lcm
from typing import Any

import numpy as np

from solver.cpsat.draft import Draft
from solver.cpsat.inner_slot import InnerSlot
from solver.cpsat.person import Person
from solver.lns.kernel import END, FORBIDDEN, OPTIONS, START, Ints, Longs
from solver.lns.tables import WEIGHTS, Tables
from solver.pooling import pooled_roster, unpooled
from solver.problem import Coverage, ShiftTemplate
from solver.rules.coverage import Kind, fixed_work, kinds_of
from solver.rules.option_rule import OptionRule
from solver.rules.task_blocks import TaskBlocks
from solver.tasks.kernel import SPAN_CELLS, SPAN_FIRST, UNIT, Fixed
from solver.work import Assignment, Roster, Task, Work, tasks_of

Activity = tuple[str | None, str | None]
"""A skill and a location."""

Cell = tuple[int, int]
"""An activity and a cell, by their numbers."""

NO_MOST = 1 << 30
"""More units than any shift has."""


class TaskTables:
    """The tables of a problem with tasks.

    Who works when has those of the problem in which all tasks are one; here is what is done meanwhile.

    Parameters
    ----------
    draft, together
        What everybody could work, and the rules; the same where all tasks are one.
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
    together, fixed
        The tables of who works when, and of what is done.
    """

    def __init__(
        self, draft: Draft, together: Draft, base: Roster, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        """Number everything and fill the tables."""
        self.problem = draft.problem
        self._draft = draft
        self._base = base
        self.together = Tables(together, pooled_roster(self.problem, base), stopped)
        self.step = self.together.step
        self._people = list(draft.persons.values())
        self._examples = self._menu_examples()
        self._activities: dict[Activity, int] = {}
        self.fixed = self._fixed()

    # -- rosters

    def numbers(self, roster: Roster) -> tuple[list[list[int]], Ints]:
        """The options that each person works, and what each person does in each cell; -1 for nothing."""
        doing = np.full((len(self._people), self.fixed.more.shape[1]), -1, np.int32)
        for place, person in enumerate(self._people):
            for work in roster.of(person.employee.id):
                self._write(doing[place], work)
        return self.together.numbers(pooled_roster(self.problem, roster)), doing

    def _write(self, doing: Ints, work: Assignment) -> None:
        """Note what is done when; where tasks may change, breaks are passed over."""
        pieces = work.pieces
        if self._template_of_tasks(work):
            pieces = tuple((task.start, task.end, task.skill) for task in work.tasks)
        for start, end, skill in pieces:
            activity = self._activities.get((skill, work.location), -1)
            doing[max(0, self._cell(start)) : self._cell(end)] = activity

    def _template_of_tasks(self, work: Assignment) -> ShiftTemplate | None:
        """The template of work whose tasks may change; None for all other work."""
        template = self.problem.template_by_id.get(work.template or "")
        return template if template is not None and template.tasks else None

    def roster(self, works: Sequence[tuple[Sequence[int], Ints]]) -> Roster:
        """The roster in which people work some options and do something in each cell."""
        skills = [skill for skill, _ in self._activities]
        together = (
            (work, doing)
            for person, (options, doing) in enumerate(works)
            for work in self.together.works(person, options)
        )
        made = []
        for pooled_work, doing in together:
            work = unpooled(self.problem, [pooled_work], self._base).assignments[0]
            if self._template_of_tasks(work):
                times = range(work.start, work.end, self.step)
                first = self._cell(work.start)
                steps = [(at, skills[doing[first + place]] or "") for place, at in enumerate(times)]
                work = replace(work, tasks=tasks_of(steps, work.end))
            made.append(work)
        return Roster(made)

    def _cell(self, minute: int) -> int:
        return (minute - self.problem.start) // self.step

    # -- what does not change

    def _menu_examples(self) -> list[Assignment]:
        """One option of each menu, of somebody who may work it."""
        world = self.together.world
        found = []
        for menu in range(len(world.menus) - 1):
            person = int(np.argmax(world.price_at[:, menu] >= 0))
            found.append(self.together.works(person, [int(world.menus[menu, OPTIONS])])[0])
        return found

    def _fixed(self) -> Fixed:
        options = self.together.world.options
        first = (options[:, START] - self.problem.start) // self.step
        lengths = (options[:, END] - options[:, START]) // self.step
        spans = np.stack([first, lengths], axis=1).astype(np.int32)
        cells = int((spans[:, SPAN_FIRST] + spans[:, SPAN_CELLS]).max(initial=1))
        cells = max(cells, -(-(self.problem.end - self.problem.start) // self.step))
        menus, tasks, layouts = self._menu_rows()
        kinds, extra, has_extra = self._kinds(cells)
        least, most = self._block_lengths(kinds, menus)
        return Fixed(
            spans=spans,
            menus=np.array(menus, np.int32),
            layouts=np.array(layouts, np.int32),
            tasks=np.array(tasks, np.int32),
            **self._curves(cells),
            kind=np.array(kinds, np.int32),
            extra=extra,
            has_extra=has_extra,
            least=least,
            most=most,
        )

    def _menu_rows(self) -> tuple[list[tuple[int, int, int]], list[int], list[int]]:
        rows: list[tuple[int, int, int]] = []
        tasks: list[int] = []
        layouts: list[int] = []
        for work in self._examples:
            template = self.problem.template_by_id.get(work.template or "")
            layout, unit, first = -1, 1, len(tasks)
            if template is None:
                layout = len(layouts)
                layouts += self._layout(unpooled(self.problem, [work], self._base).assignments[0])
            else:
                skills = template.tasks or (template.skill,)
                tasks += [self._activity(skill, template.location) for skill in skills]
                unit = lcm(template.task_step, self.step) // self.step if template.tasks else 1
            rows.append((layout, unit, first))
        rows.append((-1, 1, len(tasks)))
        return rows, tasks, layouts

    def _activity(self, skill: str | None, location: str | None) -> int:
        return self._activities.setdefault((skill, location), len(self._activities))

    def _layout(self, work: Work) -> list[int]:
        """What is done cell by cell in work of which that is given."""
        doing = np.full(work.minutes // self.step, -1, np.int32)
        for start, end, skill in work.pieces:
            first, last = ((at - work.start) // self.step for at in (start, end))
            doing[first:last] = self._activity(skill, work.location)
        return [int(one) for one in doing]

    def _curves(self, cells: int) -> dict[str, Any]:
        self.by_curve: dict[Activity, list[Coverage]] = {}
        for cover in self.problem.coverage:
            self.by_curve.setdefault((cover.skill, cover.location), []).append(cover)
        people = len(self._people)
        self._more = {
            level: np.zeros((len(self.by_curve), cells, people + 2), np.int64)
            for level in ("mandatory", "soft")
        }
        self._nobody: dict[str, int] = dict.fromkeys(self._more, 0)
        self._mandatory = WEIGHTS["mandatory"]
        known: dict[tuple[Kind, ...], dict[str, Longs]] = {}
        for place, covers in enumerate(self.by_curve.values()):
            for cover in covers:
                since, until = (min(cells, max(0, self._cell(at))) for at in (cover.start, cover.end))
                kinds = tuple(kinds_of(cover))
                if kinds not in known:
                    known[kinds] = {level: _costs_of(kinds, level, people + 3) for level in self._more}
                for level, more in self._more.items():
                    costs = known[kinds][level] * self.step
                    more[place, since:until] += np.diff(costs)
                    self._nobody[level] += int(costs[0]) * (until - since)
        pairs = [
            (place, number)
            for place, wanted in enumerate(self.by_curve)
            for activity, number in self._activities.items()
            if _counts(wanted, activity)
        ]
        return {
            "more": WEIGHTS["mandatory"] * self._more["mandatory"] + self._more["soft"],
            **_lists("curves", "curve_list", sorted((a, c) for c, a in pairs), len(self._activities)),
            **_lists("counting", "counting_list", pairs, len(self.by_curve)),
        }

    def set_mandatory(self, weight: int) -> None:
        """Let a unit of the mandatory level of coverage count so many of the soft one."""
        self._mandatory = weight
        self.fixed.more[:] = weight * self._more["mandatory"] + self._more["soft"]

    def cost_of(self, doing: Ints, now: Ints, mandatory: int | None = None) -> int:
        """What coverage costs, and what is done costs besides.

        Parameters
        ----------
        doing, now
            What each person does in each cell, and the people counted by each curve in it.
        mandatory
            What a unit of the mandatory level counts; None for as it was set.
        """
        more, weight = self.fixed.more, self._mandatory
        if mandatory is not None:
            more, weight = mandatory * self._more["mandatory"] + self._more["soft"], mandatory
        there = np.arange(more.shape[2]) < now[:, :, None]
        cost = int(more.sum(where=there)) + weight * self._nobody["mandatory"] + self._nobody["soft"]
        for person, kind in enumerate(self.fixed.kind):
            if self.fixed.has_extra[kind]:
                cells = np.flatnonzero(doing[person] >= 0)
                cost += int(self.fixed.extra[kind, doing[person, cells], cells].sum())
        return cost

    def people_at(self, doing: Ints) -> Ints:
        """How many people are counted in each cell of each curve."""
        fixed = self.fixed
        now = np.zeros(fixed.more.shape[:2], np.int32)
        for activity in range(len(self._activities)):
            here = (doing == activity).sum(axis=0)
            for place in range(fixed.curves[activity], fixed.curves[activity + 1]):
                now[fixed.curve_list[place]] += here
        for work in fixed_work(self.problem):
            for start, end, skill in work.pieces:
                since, until = (max(0, self._cell(at)) for at in (start, end))
                for place, wanted in enumerate(self.by_curve):
                    if _counts(wanted, (skill, work.location)):
                        now[place, since:until] += 1
        return now

    # -- people

    def _kinds(self, cells: int) -> tuple[list[int], Longs, Ints]:
        """The kind of each person, and what activities cost a person of each kind besides."""
        blocks = [rule for rule in self._draft.rules if isinstance(rule, TaskBlocks)]
        priced = [
            rule
            for rule in self._draft.rules
            if isinstance(rule, OptionRule) and not self._draft.thins(rule) and rule.looks_inside
        ]
        numbers: dict[object, int] = {}
        kinds = []
        prices: list[dict[Cell, int]] = []
        self._blocks: list[list[TaskBlocks]] = []
        for person in self._people:
            charged = dict(self._charged(person, priced))
            own = [rule for rule in blocks if person.employee in rule.scope.people(self.problem)]
            key = (frozenset(charged.items()), tuple(map(id, own)))
            if key not in numbers:
                numbers[key] = len(numbers)
                prices.append(charged)
                self._blocks.append(own)
            kinds.append(numbers[key])
        extra = np.zeros((len(prices), len(self._activities), cells), np.int64)
        for kind, charged in enumerate(prices):
            for (activity, cell), price in charged.items():
                extra[kind, activity, cell] = price
        return kinds, extra, np.array([bool(charged) for charged in prices], np.int32)

    def _charged(self, person: Person, priced: Sequence[OptionRule]) -> Iterator[tuple[Cell, int]]:
        """What a person must not do in some cells, or what that costs."""
        for slot in person.slots:
            if not isinstance(slot, InnerSlot) or not slot.template.tasks:
                continue
            width = slot.template.task_step
            for skill, minute in sorted(slot.barred):
                for cell in range(
                    self._cell(minute), max(self._cell(minute + width), self._cell(minute) + 1)
                ):
                    yield (self._activity(skill, slot.template.location), cell), FORBIDDEN
            if not priced:
                continue
            first, last = slot.pairs[0][0], max(end for _, end in slot.pairs)
            for skill in slot.template.tasks:
                for at in range(first, last, self.step):
                    task = Task(at, at + self.step, skill)
                    cost = sum(
                        WEIGHTS[rule.level]
                        * rule.weight
                        * rule.task_shortfall(self.problem, person.employee, task)
                        for rule in priced
                        if slot.counts(rule.scope)
                    )
                    if cost and (skill, at) not in slot.barred:
                        yield (self._activity(skill, slot.template.location), self._cell(at)), cost

    def _block_lengths(
        self, kinds: Sequence[int], menus: Sequence[tuple[int, int, int]]
    ) -> tuple[Ints, Ints]:
        """How many units a task lasts at least and at most, by kind of person, menu and activity."""
        shape = (len(self._blocks), len(menus), len(self._activities))
        least, most = np.ones(shape, np.int32), np.full(shape, NO_MOST, np.int32)
        skills = [skill for skill, _ in self._activities]
        for kind, rules in enumerate(self._blocks):
            for rule in rules:
                about = [
                    place for place, skill in enumerate(skills) if rule.skills is None or skill in rule.skills
                ]
                for menu, work in enumerate(self._examples):
                    if not self._template_of_tasks(work) or not rule.scope.counts(self.problem, work):
                        continue
                    minutes = menus[menu][UNIT] * self.step
                    if rule.shortest is not None:
                        shortest = -(-rule.shortest // minutes)
                        least[kind, menu, about] = np.maximum(least[kind, menu, about], shortest)
                    if rule.longest is not None:
                        longest = max(1, rule.longest // minutes)
                        most[kind, menu, about] = np.minimum(most[kind, menu, about], longest)
        return least, np.maximum(least, most)


def _costs_of(kinds: Iterable[Kind], level: str, numbers: int) -> Longs:
    """What each number of people costs a minute on a level."""
    people = np.arange(numbers, dtype=np.int64)
    total = np.zeros(numbers, np.int64)
    for kind in kinds:
        if kind.level == level:
            total += kind.price * np.maximum(0, kind.sign * (people - kind.bound))
    return total


def _counts(wanted: Activity, activity: Activity) -> bool:
    return all(asked in (None, given) for asked, given in zip(wanted, activity, strict=True))


def _lists(firsts: str, members: str, pairs: Iterable[tuple[int, int]], owners: int) -> dict[str, Any]:
    """What belongs to each owner, one list after the other, and where each begins."""
    pairs = list(pairs)
    sizes = np.bincount([owner for owner, _ in pairs], minlength=owners) if pairs else [0] * owners
    return {
        firsts: np.array([0, *accumulate(int(size) for size in sizes)], np.int32),
        members: np.array([member for _, member in pairs], np.int32),
    }
