"""What everybody could work: all given shifts and templates, less what a hard rule forbids on its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeGuard

from solver.cpsat.board import Board
from solver.cpsat.elements import Given
from solver.cpsat.inner_slot import InnerSlot, has_inside
from solver.cpsat.linear import TRUE
from solver.cpsat.offers import offers
from solver.cpsat.person import Person
from solver.cpsat.slots import ShiftSlot, Slot, TemplateSlot, pairs_of
from solver.problem import Employee, Problem, ShiftTemplate
from solver.rules.option_rule import OptionRule
from solver.rules.rule import Rule
from solver.rules.shift_count import ShiftCount
from solver.work import Roster, Work


class Draft(Board):
    """The slots of everybody before any variable is made; models of all or of parts are made from it.

    Parameters
    ----------
    problem
        The problem.
    rules
        All rules; those that are hard and judge a single assignment thin out the slots.
    most
        About how many pairs of a person and a given shift to look at; None for all.
    people
        Ids of those who are given slots, where only their work is ever to be decided; None for everybody.

    Attributes
    ----------
    whole
        Whether it holds all that everybody could work, so that what is proven of it is of the problem.
    """

    def __init__(
        self,
        problem: Problem,
        rules: Sequence[Rule],
        most: int | None = None,
        people: Collection[str] | None = None,
    ) -> None:
        """Create all slots and thin them out."""
        super().__init__(problem, rules)
        self._offers = offers(problem, most)
        self._people = people
        self.whole = self._offers is None and people is None
        self._pairs = {
            (template.id, day): pairs_of(template, day, problem)
            for template in problem.templates
            for day in range(len(problem.days))
        }
        self._whole = {
            one.id: Work(
                start=problem.start,
                end=problem.end,
                skill=one.skill,
                location=one.location,
                tags=one.tags,
                requires=one.requires,
            )
            for one in problem.templates
        }
        self._barring = [rule for rule in self.rules if self.thins(rule) and _looks_at_all_days(rule)]
        self.persons = {employee.id: self._person(employee) for employee in problem.employees}
        for rule in self.rules:
            if self.thins(rule):
                rule.post(self)
        for person in self.persons.values():
            person.slots = [slot for slot in person.slots if slot.possible]

    def holds(self, roster: Roster) -> bool:
        """Whether each assignment of a roster is an option of a slot of its own."""
        for who, person in self.persons.items():
            open_slots = list(person.slots)
            for work in roster.of(who):
                slot = next((slot for slot in open_slots if slot.can_be(work)), None)
                if slot is None:
                    return False
                open_slots.remove(slot)
        return True

    def thins(self, rule: Rule) -> TypeGuard[OptionRule]:
        """Whether the rule has done its work here already."""
        return isinstance(rule, OptionRule) and self.is_hard(rule)

    def _person(self, employee: Employee) -> Person:
        past = [self.given(work, own=False) for work in (*employee.history, *employee.upcoming)]
        one_a_day = any(_is_one_a_day(rule, employee) for rule in self.rules)
        decided = self._people is None or employee.id in self._people
        slots = list(self._slots(employee)) if decided else []
        return Person(employee, past, [], slots, one_a_day=one_a_day)

    def _is_barred(self, employee: Employee, template: ShiftTemplate) -> bool:
        """Whether a hard rule forbids all of a template, whenever it is; most are at other places."""
        whole = self._whole[template.id]
        return any(
            (rule.scope.employees is None or employee.id in rule.scope.employees)
            and rule.scope.counts_tags(whole)
            and rule.excludes(self.problem, employee, whole)
            for rule in self._barring
        )

    def given(self, work: Work, *, own: bool) -> Given:
        """A span that is certain."""
        day = self.problem.calendar.index(work.start)
        return Given(work, TRUE, own=own, day=day, date=self.problem.calendar.date(day))

    def _slots(self, employee: Employee) -> Iterator[Slot]:
        who, problem = employee.id, self.problem
        offered = problem.shift_by_id if self._offers is None else self._offers[who]
        spans = [problem.fill(who, shift.id) for shift in problem.shifts if shift.id in offered]
        for pin in problem.pins:
            if pin.employee == who and pin.kind == "fixed" and pin.work is not None:
                spans.append(problem.pinned(pin))
        for work in dict.fromkeys(spans):
            day = problem.calendar.index(work.start)
            yield ShiftSlot(employee, work, day=day, date=problem.calendar.date(day))
        for template in problem.templates:
            if self._is_barred(employee, template):
                continue
            kind = InnerSlot if has_inside(template) else TemplateSlot
            for day in range(len(problem.days)):
                pairs = self._pairs[template.id, day]
                if pairs:
                    yield kind(employee, template, pairs, problem)


def _looks_at_all_days(rule: OptionRule) -> bool:
    """Whether it is about every day, and can say of all work of a kind that it is forbidden."""
    scope = rule.scope
    return scope.days is None and scope.weekdays is None and type(rule).excludes is not OptionRule.excludes


def _is_one_a_day(rule: Rule, employee: Employee) -> bool:
    return (
        isinstance(rule, ShiftCount)
        and rule.level == "hard"
        and rule.maximum is not None
        and rule.maximum <= 1
        and rule.period.days is not None
        and rule.scope.all_work
        and (rule.scope.employees is None or employee.id in rule.scope.employees)
    )
