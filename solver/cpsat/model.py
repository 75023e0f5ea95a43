"""The model of a problem: people, the spans they may work, and the words rules are posted in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from solver.cpsat.draft import Draft
from solver.cpsat.elements import Element
from solver.cpsat.linear import FALSE, TRUE, Linear, Lit
from solver.cpsat.part import Part
from solver.cpsat.person import Person
from solver.cpsat.program import Program
from solver.cpsat.slots import Slot, Values
from solver.cpsat.time_order import TimeOrder
from solver.problem import Coverage, Problem, Shift
from solver.rules.rule import Rule, Scope
from solver.work import Assignment, Roster, Work


class OutOfTime(Exception):
    """It was time to stop before a model was built."""


class Covering(Protocol):
    """What covers some time: a span of one person, or of several."""

    work: Work

    def starts(self) -> Sequence[int]:
        """Possible starts."""

    def ends(self) -> Sequence[int]:
        """Possible ends."""

    def changes(self) -> Iterable[int]:
        """Every minute at which the number of people it has at work can change."""

    def serving(self, minute: int, skill: str | None) -> Linear:
        """How many people are at work at the minute, and on that task where there are tasks."""


class Model(TimeOrder):
    """A CP-SAT model of a problem or of a part of it.

    Parameters
    ----------
    draft
        What everybody could work.
    base, part
        Only what ``part`` names is to be decided, the rest of ``base`` stays as it is; by default
        everything is to be decided.
    stopped
        Asked many times while the model is built whether to give up.

    Raises
    ------
    OutOfTime
        If ``stopped`` said so.

    Notes
    -----
    Of people with nothing to decide only what others depend on is in the model: their cover and the places
    they fill. The costs of a partial model therefore differ from the roster's by a constant.
    """

    def __init__(
        self,
        draft: Draft,
        *,
        base: Roster | None = None,
        part: Part | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> None:
        """Create the variables and post all rules that the draft has not dealt with."""
        super().__init__(draft.problem, draft.rules)
        self._draft = draft
        self._stopped = stopped
        self._program = Program()
        self._part = part or Part()
        self._supply: dict[tuple[str | None, str | None], _SupplyModel] = {}
        for who, person in draft.persons.items():
            self.go_on()
            self.persons[who] = self._person(person, base or Roster())
        for rule in self.rules:
            self.go_on()
            if not draft.thins(rule) and self.posts(rule):
                rule.post(self)

    @classmethod
    def of(cls, problem: Problem, rules: Sequence[Rule] | None = None) -> Model:
        """The model of a whole problem, with all its rules or some others."""
        return cls(Draft(problem, problem.all_rules if rules is None else rules))

    @property
    def program(self) -> Program:
        """The CP-SAT program."""
        return self._program

    def go_on(self) -> None:
        """Raise `OutOfTime` where it is time to stop."""
        if self._stopped is not None and self._stopped():
            raise OutOfTime

    def people(self, rule: Rule) -> Iterator[Person]:
        """The people in the rule's scope about whom there is something to decide."""
        for person in super().people(rule):
            self.go_on()
            yield person

    def _person(self, drafted: Person, base: Roster) -> Person:
        who = drafted.employee.id
        day_of = self.problem.calendar.index
        kept = [
            self._draft.given(work, own=True)
            for work in base.of(who)
            if not self._part.decides(who, day_of(work.start))
        ]
        slots: list[Slot] = []
        for slot in drafted.slots:
            if self._part.decides(who, slot.day):
                fresh = self.fresh(slot, base)
                if fresh.realise(self._program):
                    slots.append(fresh)
        return Person(drafted.employee, drafted.past, kept, slots, one_a_day=drafted.one_a_day)

    def posts(self, rule: Rule) -> bool:
        """Whether the rule is in the model."""
        return True

    def fresh(self, slot: Slot, base: Roster) -> Slot:
        """A slot of this model for one of the draft."""
        return self._part.narrow(slot, base)

    def coverers(self) -> Iterable[Covering]:
        """Everything that covers."""
        return (element for person in self.persons.values() for element in person.everything)

    def person(self, employee: str) -> Person | None:
        """A person about whom there is something to decide."""
        return self.persons[employee] if self._part.concerns(employee) else None

    def decides(self, person: Person, minute: int) -> bool:
        """Whether the work the person starts on the day of a minute is to be decided."""
        return self._part.decides(person.employee.id, self.problem.calendar.index(minute))

    def works_on(self, person: Person, day: int, scope: Scope | None = None) -> Lit:
        """Some work of the person starts on the day (and is in the scope)."""
        present = [
            e.present for e in person.everything if e.day == day and (scope is None or e.counts(scope))
        ]
        return self.any_of(present)

    def any_of(self, literals: Sequence[Lit]) -> Lit:
        """A literal that holds where any of some holds, and only there."""
        kept = sorted(set(literals) - {FALSE})
        if TRUE in kept or not kept:
            return TRUE if kept else FALSE
        key = ("any_of", *kept)
        if len(kept) > 1 and key not in self._literals:
            some = self._literals[key] = self.program.literal()
            self.program.clause([~some, *kept])
            for literal in kept:
                self.program.clause([~literal, some])
        return self._literals[key] if len(kept) > 1 else kept[0]

    def all_of(self, literals: Iterable[Lit]) -> Lit:
        """A literal that holds where all of some hold, and only there."""
        return ~self.any_of([~literal for literal in literals])

    def touches(self, person: Person, day: int) -> Lit:
        """A literal that must hold if any minute of the day is worked."""
        start, end = self.problem.calendar.span(day)
        touching = [element for first, last, element in person.reaches if first < end and last > start]
        key = ("touches", person.employee.id, day)
        if key not in self._literals and touching:
            some = self._literals[key] = self.program.literal()
            for element in touching:
                self.program.clause([some, ~element.started_before(end), element.ended_by(start)])
        return self._literals[key] if touching else FALSE

    def free(self, person: Person, start: int, end: int) -> Lit:
        """A literal that implies that no minute of ``[start, end)`` is worked."""
        key = ("free", person.employee.id, start, end)
        if key not in self._literals:
            rests = self._literals[key] = self.program.literal()
            for first, last, element in person.reaches:
                if first < end and last > start:
                    self.program.clause([~rests, ~element.started_before(end), element.ended_by(start)])
        return self._literals[key]

    def exclusive(self, person: Person, elements: Sequence[Element]) -> bool:
        """Whether at most one of the elements can be there anyway."""
        return len(elements) < 2 or all(person.exclusive(elements[0], other) for other in elements[1:])

    def clause(self, rule: Rule, literals: Iterable[Lit], charged: int = 1) -> None:
        """One of the literals holds, or the rule's weight times ``charged`` is paid."""
        if self.is_hard(rule):
            self.program.clause(literals)
        elif charged:
            broken = self.program.literal()
            self.program.clause([broken, *literals])
            self.program.charge(rule.level, rule.weight * charged, Linear.of(broken))

    def at_most(self, rule: Rule, total: Linear, bound: int, when: Sequence[Lit] = ()) -> None:
        """Where all of ``when`` hold the total is at most the bound, or the excess is paid."""
        if self.is_hard(rule):
            self.program.at_most(total, bound, when=when)
        elif not when:
            self.program.charge_excess(rule.level, rule.weight, total.plus(-bound))
        elif (most := self.program.bounds(total)[1] - bound) > 0:
            excess = Linear.of(self.program.amount(most))
            self.program.at_most(total.minus(excess), bound, when=when)
            self.program.charge(rule.level, rule.weight, excess)

    def at_least(self, rule: Rule, total: Linear, bound: int, when: Sequence[Lit] = ()) -> None:
        """Where all of ``when`` hold the total is at least the bound, or what is missing is paid."""
        self.at_most(rule, total.times(-1), -bound, when)

    def within(self, rule: Rule, distance: Linear, tolerance: int) -> None:
        """The distance is at most the tolerance in both directions, or what is beyond is paid."""
        self.at_most(rule, distance, tolerance)
        self.at_least(rule, distance, -tolerance)

    def charge_shortest_gap(
        self, rule: Rule, work: Element, others: Sequence[Element], minutes: int, given: Sequence[Lit] = ()
    ) -> None:
        """Where all of ``given`` hold, pay per minute by which the next of ``others`` follows too early."""
        reach = max(other.latest_end for other in others) - min(
            work.earliest_start, *(o.earliest_start for o in others)
        )
        short = self.program.amount(minutes + reach)
        for other in others:
            missing = work.end_minute().minus(other.start_minute()).plus(minutes)
            missing.add(short, -1)
            when = [*given, work.present, other.present, self.before(work, other)]
            self.program.at_most(missing, 0, when=when)
        self.program.charge(rule.level, rule.weight, Linear.of(short))

    def filled(self, shift: Shift) -> Linear:
        """How many people work a given shift."""
        self.go_on()
        return Linear.total(element.presence() for element in self._filling.get(shift.id, ()))

    @cached_property
    def _filling(self) -> dict[str, list[Element]]:
        """Who can fill each given shift."""
        filling: dict[str, list[Element]] = {}
        for person in self.persons.values():
            for element in person.own:
                if isinstance(element.work, Assignment) and element.work.shift is not None:
                    filling.setdefault(element.work.shift, []).append(element)
        return filling

    def supply_steps(self, cover: Coverage) -> Iterator[tuple[int, int, Linear]]:
        """The pieces of a coverage requirement between two possible changes, with the people at work."""
        self.go_on()
        key = (cover.skill, cover.location)
        if key not in self._supply:
            elements = [element for element in self.coverers() if cover.counts(element.work)]
            self._supply[key] = _SupplyModel(elements, cover.skill, self.program)
        return self._supply[key].steps(cover.start, cover.end)

    def roster(self, values: Values) -> Roster:
        """The roster that a solution stands for."""
        made: list[Assignment] = []
        for person in self.persons.values():
            made += [e.work for e in person.kept if isinstance(e.work, Assignment)]
            made += [work for slot in person.slots if (work := slot.chosen(values)) is not None]
        return Roster(made)

    def hint(self, roster: Roster) -> None:
        """Suggest a roster; assignments that are none of the options are left out."""
        values: dict[int, int] = {}
        for person in self.persons.values():
            open_works = list(roster.of(person.employee.id))
            for slot in person.slots:
                work = next((work for work in open_works if slot.can_be(work)), None)
                if work is not None:
                    open_works.remove(work)
                values |= slot.hint(work)
        self.program.hint(values)


class _SupplyModel:
    """The people at work for one skill and location: a variable per time between two possible changes."""

    def __init__(self, elements: Sequence[Covering], skill: str | None, program: Program) -> None:
        self._program = program
        self._skill = skill
        self._reaches = [(e.starts()[0], e.ends()[-1], e) for e in elements]
        self._times = sorted({t for e in elements for t in e.changes()})
        self._people: dict[int, Linear] = {}

    def steps(self, start: int, end: int) -> Iterator[tuple[int, int, Linear]]:
        place = bisect_right(self._times, start) - 1
        at = start
        while at < end:
            until = min(end, self._times[place + 1]) if place + 1 < len(self._times) else end
            yield at, until, self._at(place)
            at, place = until, place + 1

    def _at(self, place: int) -> Linear:
        if place < 0:
            return Linear()
        if place not in self._people:
            minute = self._times[place]
            nearby = (e for first, last, e in self._reaches if first <= minute < last)
            people = Linear.total(e.serving(minute, self._skill) for e in nearby)
            self._people[place] = self._program.named(people)
        return self._people[place]
