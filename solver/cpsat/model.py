"""The model of a problem: people, the spans they may work, and the words rules are posted in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from solver.cpsat.elements import Element, Given
from solver.cpsat.linear import FALSE, TRUE, Linear, Lit
from solver.cpsat.person import Person
from solver.cpsat.program import Program
from solver.cpsat.slots import ShiftSlot, Slot, TemplateSlot, Values, pairs_of
from solver.problem import Coverage, Employee, Problem, Shift
from solver.rules.option_rule import OptionRule
from solver.rules.rule import Rule, Scope
from solver.rules.shift_count import ShiftCount
from solver.work import Assignment, Roster, Work

Free = Callable[[str, int], bool]
"""Whether the work that an employee starts on a day (by index) is to be decided."""


class Model:
    """A CP-SAT model of a problem or of a part of it.

    Parameters
    ----------
    problem
        The problem.
    rules
        The rules to post; by default all that hold.
    base, free
        Where ``free`` says no, the work of ``base`` stays as it is; by default everything is to be decided.

    Notes
    -----
    Of people with nothing to decide only what others depend on is in the model: their cover and the places
    they fill. The costs of a partial model therefore differ from the roster's by a constant.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        rules: Sequence[Rule] | None = None,
        base: Roster | None = None,
        free: Free | None = None,
    ) -> None:
        """Create the slots, let hard rules on single assignments thin them out, post all other rules."""
        self.problem = problem
        self.rules = problem.all_rules if rules is None else tuple(rules)
        self.program = Program()
        self._free = free or (lambda employee, day: True)
        self._literals: dict[tuple[object, ...], Lit] = {}
        self._supply: dict[tuple[str | None, str | None], _SupplyModel] = {}
        self._pairs = {
            (template.id, day): pairs_of(template, day, problem)
            for template in problem.templates
            for day in range(len(problem.days))
        }
        self.persons = {e.id: self._person(e, base or Roster()) for e in problem.employees}
        self._deciding = {
            who for who in self.persons if any(self._free(who, d) for d in range(len(problem.days)))
        }
        self._post()

    def _post(self) -> None:
        first = [rule for rule in self.rules if isinstance(rule, OptionRule) and self.is_hard(rule)]
        for option_rule in first:
            option_rule.post(self)
        for person in self.persons.values():
            person.slots = [slot for slot in person.slots if slot.realise(self.program)]
        for rule in self.rules:
            if rule not in first:
                rule.post(self)

    def _person(self, employee: Employee, base: Roster) -> Person:
        past = [self._given(work, own=False) for work in (*employee.history, *employee.upcoming)]
        day_of = self.problem.calendar.index
        kept = [
            self._given(work, own=True)
            for work in base.of(employee.id)
            if not self._free(employee.id, day_of(work.start))
        ]
        one_a_day = any(_is_one_a_day(rule, employee) for rule in self.rules)
        return Person(employee, past, kept, list(self._slots(employee)), one_a_day=one_a_day)

    def _given(self, work: Work, *, own: bool) -> Element:
        day = self.problem.calendar.index(work.start)
        return Given(work, TRUE, own=own, day=day, date=self.problem.calendar.date(day))

    def _slots(self, employee: Employee) -> Iterator[Slot]:
        who = employee.id
        spans = [
            *(self.problem.fill(who, shift.id) for shift in self.problem.shifts),
            *(
                self.problem.pinned(pin)
                for pin in self.problem.pins
                if pin.employee == who and pin.kind == "fixed" and pin.work is not None
            ),
        ]
        for work in dict.fromkeys(spans):
            day = self.problem.calendar.index(work.start)
            if self._free(who, day):
                yield ShiftSlot(employee, work, day=day, date=self.problem.calendar.date(day))
        for template in self.problem.templates:
            for day in range(len(self.problem.days)):
                pairs = self._pairs[template.id, day]
                if pairs and self._free(who, day):
                    yield TemplateSlot(employee, template, pairs, self.problem)

    def is_hard(self, rule: Rule) -> bool:
        """Whether the rule is a constraint."""
        return rule.level == "hard"

    def people(self, rule: Rule) -> Iterator[Person]:
        """The people in the rule's scope about whom there is something to decide."""
        for employee in rule.scope.people(self.problem):
            if employee.id in self._deciding:
                yield self.persons[employee.id]

    def person(self, employee: str) -> Person | None:
        """A person about whom there is something to decide."""
        return self.persons[employee] if employee in self._deciding else None

    def decides(self, employee: str, minute: int) -> bool:
        """Whether the employee's work that starts on the day of a minute is to be decided."""
        return self._free(employee, self.problem.calendar.index(minute))

    def works_on(self, person: Person, day: int, scope: Scope | None = None) -> Lit:
        """Some work of the person starts on the day (and is in the scope)."""
        present = [
            e.present for e in person.everything if e.day == day and (scope is None or e.counts(scope))
        ]
        if TRUE in present or not present:
            return TRUE if present else FALSE
        key = ("works_on", *present)
        if len(present) > 1 and key not in self._literals:
            some = self._literals[key] = self.program.literal()
            self.program.clause([~some, *present])
            for literal in present:
                self.program.clause([~literal, some])
        return self._literals[key] if len(present) > 1 else present[0]

    def touches(self, person: Person, day: int) -> Lit:
        """A literal that must hold if any minute of the day is worked."""
        start, end = self.problem.calendar.span(day)
        touching = [e for e in person.everything if e.earliest_start < end and e.latest_end > start]
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
            for element in person.everything:
                self.program.clause([~rests, ~element.started_before(end), element.ended_by(start)])
        return self._literals[key]

    def before(self, one: Element, other: Element) -> Lit:
        """If both are there, ``one`` lies before ``other``; without it, after."""
        if one.latest_start < other.earliest_start:
            return TRUE
        if other.latest_start < one.earliest_start:
            return FALSE
        key, opposite = ("before", id(one), id(other)), ("before", id(other), id(one))
        if opposite in self._literals:
            return ~self._literals[opposite]
        if key not in self._literals:
            first = self._literals[key] = self.program.literal()
            self._push([first], one, other, 0)
            self._push([~first], other, one, 0)
        return self._literals[key]

    def _push(self, given: Sequence[Lit], first: Element, second: Element, minutes: int) -> None:
        """If all of ``given`` hold and both are there, ``minutes`` or more lie between the two."""
        unless = [~literal for literal in given]
        last: Lit = FALSE
        for end in first.ends():
            too_early = second.started_before(end + minutes)
            if too_early not in (FALSE, last):
                still_on = [~first.present, first.ended_by(end - 1)]
                self.program.clause([*unless, *still_on, ~too_early])
                last = too_early

    def exclusive(self, person: Person, elements: Sequence[Element]) -> bool:
        """Whether at most one of the elements can be there anyway."""
        return len(elements) < 2 or all(person.exclusive(elements[0], other) for other in elements[1:])

    def rest_after(self, work: Element, other: Element, minutes: int) -> None:
        """If ``other`` comes after ``work``, it starts so many minutes after its end or later."""
        self._push([self.before(work, other)], work, other, minutes)

    def rest_free_after(self, rests: Lit, last: Element, minutes: int, person: Person) -> None:
        """``rests`` implies that ``last`` is there and so many minutes after its end are free."""
        self.program.clause([~rests, last.present])
        for other in person.near(last, minutes):
            self._push([rests, self.before(last, other)], last, other, minutes)

    def ends_within(self, rests: Lit, last: Element, work: Element, minutes: int) -> None:
        """``rests`` implies that ``last`` is ``work`` or after it and ends so soon after its start."""
        if last is not work:
            self.program.clause([~rests, self.before(work, last)])
        for end in last.ends():
            too_early = work.started_before(end - minutes)
            self.program.clause([~rests, ~last.present, last.ended_by(end - 1), ~too_early])

    def clause(self, rule: Rule, literals: Iterable[Lit], charged: int = 1) -> None:
        """One of the literals holds, or the rule's weight times ``charged`` is paid."""
        if self.is_hard(rule):
            self.program.clause(literals)
        elif charged:
            broken = self.program.literal()
            self.program.clause([broken, *literals])
            self.program.charge(rule.level, rule.weight * charged, Linear.of(broken))

    def at_most(self, rule: Rule, total: Linear, bound: int) -> None:
        """The total is at most the bound, or the excess is paid."""
        if self.is_hard(rule):
            self.program.at_most(total, bound)
        else:
            self.program.charge_excess(rule.level, rule.weight, total.plus(-bound))

    def at_least(self, rule: Rule, total: Linear, bound: int) -> None:
        """The total is at least the bound, or what is missing is paid."""
        self.at_most(rule, total.times(-1), -bound)

    def within(self, rule: Rule, distance: Linear, tolerance: int) -> None:
        """The distance is at most the tolerance in both directions, or what is beyond is paid."""
        self.at_most(rule, distance, tolerance)
        self.at_least(rule, distance, -tolerance)

    def charge_shortest_gap(self, rule: Rule, work: Element, others: Sequence[Element], minutes: int) -> None:
        """Pay for each minute by which the next of ``others`` starts too early after ``work``."""
        reach = max(other.latest_end for other in others) - min(
            work.earliest_start, *(o.earliest_start for o in others)
        )
        short = self.program.amount(minutes + reach)
        for other in others:
            missing = work.end_minute().minus(other.start_minute()).plus(minutes)
            missing.add(short, -1)
            when = [work.present, other.present, self.before(work, other)]
            self.program.at_most(missing, 0, when=when)
        self.program.charge(rule.level, rule.weight, Linear.of(short))

    def filled(self, shift: Shift) -> Linear:
        """How many people work a given shift."""
        return Linear.total(
            element.presence()
            for person in self.persons.values()
            for element in person.own
            if isinstance(element.work, Assignment) and element.work.shift == shift.id
        )

    def supply_steps(self, cover: Coverage) -> Iterator[tuple[int, int, Linear]]:
        """The pieces of a coverage requirement between two possible changes, with the people at work."""
        key = (cover.skill, cover.location)
        if key not in self._supply:
            elements = [e for p in self.persons.values() for e in p.everything if cover.counts(e.work)]
            self._supply[key] = _SupplyModel(elements, self.program)
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

    def __init__(self, elements: Sequence[Element], program: Program) -> None:
        self._program = program
        self._elements = sorted(elements, key=lambda element: element.earliest_start)
        self._times = sorted({t for e in elements for t in (*e.starts(), *e.ends())})
        self._longest = max((e.latest_end - e.earliest_start for e in elements), default=0)
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
            nearby = (e for e in self._elements if e.may_cover(minute))
            self._people[place] = self._program.named(Linear.total(e.covering(minute) for e in nearby))
        return self._people[place]


def _is_one_a_day(rule: Rule, employee: Employee) -> bool:
    return (
        isinstance(rule, ShiftCount)
        and rule.level == "hard"
        and rule.maximum is not None
        and rule.maximum <= 1
        and rule.period.days is not None
        and rule.scope.tags is None
        and rule.scope.days is None
        and (rule.scope.employees is None or employee.id in rule.scope.employees)
    )
