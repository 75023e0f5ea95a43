"""One person in an annealing: the work now, its cost by the rules, and what else could be."""

from __future__ import annotations

from collections.abc import Sequence

from solver.cpsat.draft import Draft
from solver.cpsat.person import Person
from solver.cpsat.slots import Slot, TemplateSlot
from solver.lns.cover_cost import CoverCost, Place, Weights
from solver.rules.rule import PersonalRule
from solver.work import Assignment, Roster

WEIGHTS: Weights = {"hard": 100_000, "mandatory": 30, "soft": 1}
"""What a unit of each level counts in an annealing; true levels decide afterwards."""

REMEMBERED = 4000
"""How many weeks of work a person remembers the cost of."""


class Option:
    """An assignment a person could have, with what is asked of it again and again.

    Compared by identity: there is one object for each person and assignment.

    Parameters
    ----------
    work
        The assignment.
    day
        Index of the day on which it starts.
    name
        Id of its given shift or template; empty for work placed by hand.
    place
        Where it counts for coverage.
    """

    __slots__ = ("day", "name", "place", "work")

    def __init__(self, work: Assignment, day: int, place: Place) -> None:
        """Keep the parts."""
        self.work = work
        self.day = day
        self.name = work.shift or work.template or ""
        self.place = place


Options = tuple[Option, ...]


class Worker:
    """A person's work and its cost by all rules about one person.

    Parameters
    ----------
    draft, person
        What the person could work, and the rules.
    base
        Where the work begins.
    cover
        Tells where work counts.

    Attributes
    ----------
    works, cost
        The work now, by start, and its weighted cost.
    menus
        Options by day and name of the template or given shift.
    days
        Days on which there is an option.
    """

    def __init__(self, draft: Draft, person: Person, base: Roster, cover: CoverCost) -> None:
        """Sort the rules by what they look at."""
        self._problem = draft.problem
        self._employee = person.employee
        self._one_a_day = person.one_a_day
        self.menus = {(slot.day, slot.name): Menu(slot, cover) for slot in person.slots}
        self.days = sorted({day for day, _ in self.menus})
        self._on_day = {day: [m for (d, _), m in self.menus.items() if d == day] for day in self.days}
        rules = [
            (rule, WEIGHTS[rule.level])
            for rule in draft.rules
            if isinstance(rule, PersonalRule)
            and not draft.thins(rule)
            and (rule.scope.employees is None or person.employee.id in rule.scope.employees)
            and rule.can_break(draft, person)
        ]
        self._by_work = [(rule, weight) for rule, weight in rules if rule.looks_at() == "work"]
        self._by_days = [(rule, weight) for rule, weight in rules if rule.looks_at() == "days"]
        self._by_times = [(rule, weight) for rule, weight in rules if rule.looks_at() == "times"]
        self._known: dict[Options, int] = {}
        self._work_costs: dict[Option, int] = {}
        self._day_costs: dict[tuple[object, ...], int] = {}
        self.works: Options = tuple(self._option(work, cover) for work in base.of(person.employee.id))
        self.cost = self.judge(self.works)

    def _option(self, work: Assignment, cover: CoverCost) -> Option:
        day = self._problem.calendar.index(work.start)
        menu = self.menus.get((day, work.shift or work.template or ""))
        known = menu.at(work.start, work.end) if menu is not None else None
        return known or Option(work, day, cover.place(work))

    def judge(self, works: Options) -> int:
        """The cost of some work by the rules about one person, the first hard breach being enough."""
        known = self._known.get(works)
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[works] = self._cost(works)
        return known

    def _cost(self, works: Options) -> int:
        days = tuple((option.day, option.work.tags) for option in works)
        total = self._day_costs.get(days, -1)
        assignments = tuple(option.work for option in works)
        if total < 0:
            total = self._day_costs[days] = self._sum(self._by_days, assignments)
        if self._by_work:
            total += sum(self._cost_of(option) for option in works)
        for rule, weight in self._by_times:
            if total >= WEIGHTS["hard"]:
                break
            for violation in rule.check_person(self._problem, self._employee, assignments):
                total += weight * violation.cost
        return total

    def _cost_of(self, option: Option) -> int:
        cost = self._work_costs.get(option)
        if cost is None:
            cost = self._work_costs[option] = self._sum(self._by_work, (option.work,))
        return cost

    def _sum(self, rules: Sequence[tuple[PersonalRule, int]], works: Sequence[Assignment]) -> int:
        return sum(
            weight * violation.cost
            for rule, weight in rules
            for violation in rule.check_person(self._problem, self._employee, works)
        )

    def replaced(self, gone: Options, come: Options) -> Options:
        """The work with some taken away and some added, by start."""
        kept = [option for option in self.works if option not in gone]
        if come:
            kept += come
            kept.sort(key=_start)
        return tuple(kept)

    def on(self, day: int) -> Option | None:
        """The first work that starts on a day."""
        return next((option for option in self.works if option.day == day), None)

    def has_room(self, day: int) -> bool:
        """Whether another span can start on the day."""
        return not self._one_a_day or self.on(day) is None

    def menus_on(self, day: int) -> Sequence[Menu]:
        """The slots of a day."""
        return self._on_day.get(day, ())

    def near(self, option: Option) -> Sequence[Option]:
        """Nearly the same work."""
        menu = self.menus.get((option.day, option.name))
        return menu.near(option.work) if menu is not None else ()

    def same(self, other: Option) -> Option | None:
        """The person's own option for the same span as somebody else's."""
        menu = self.menus.get((other.day, other.name))
        return menu.at(other.work.start, other.work.end) if menu is not None else None

    def like(self, option: Option, day: int) -> Option | None:
        """The same template at the same times on another day."""
        calendar = self._problem.calendar
        later = calendar.span(day)[0] - calendar.span(option.day)[0]
        menu = self.menus.get((day, option.name))
        return menu.at(option.work.start + later, option.work.end + later) if menu is not None else None


class Menu:
    """The options of one slot.

    Parameters
    ----------
    slot
        A given shift or a template on a day, for one person.
    cover
        Tells where work counts.
    """

    def __init__(self, slot: Slot, cover: CoverCost) -> None:
        """Options are made when first asked for."""
        self._slot = slot
        self._cover = cover
        self._options: list[Option] = []
        self._at: dict[tuple[int, int], Option] = {}
        self._near: dict[tuple[int, int], list[Option]] = {}

    def options(self) -> Sequence[Option]:
        """All of them."""
        if not self._options:
            self._options = [
                Option(work, self._slot.day, self._cover.place(work)) for work in self._slot.assignments()
            ]
            self._at = {(option.work.start, option.work.end): option for option in self._options}
        return self._options

    def at(self, start: int, end: int) -> Option | None:
        """The option at those times."""
        self.options()
        return self._at.get((start, end))

    def near(self, work: Assignment) -> Sequence[Option]:
        """The options that begin and end up to two steps from ``work``."""
        times = (work.start, work.end)
        known = self._near.get(times)
        if known is None and isinstance(self._slot, TemplateSlot):
            step, longer = self._slot.template.start_step, self._slot.template.length_step
            around = (
                self.at(work.start + one * step, work.end + two * longer)
                for one in range(-2, 3)
                for two in range(-2, 3)
                if one or two
            )
            known = self._near[times] = [option for option in around if option is not None]
        return known or ()


def _start(option: Option) -> int:
    return option.work.start
