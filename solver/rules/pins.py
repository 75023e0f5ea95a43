"""Pins: what is fixed stays, what is forbidden does not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.resources import PerWork
from solver.rules.rule import PersonalRule
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Pin, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins(PersonalRule):
    """Fixed assignments are in the roster, forbidden ones are not. Always hard."""

    id: ClassVar[str] = "pins"
    unit: ClassVar[str] = "assignments"
    narrows: ClassVar[tuple[str, ...]] = ("employees",)

    def check_parameters(self) -> None:
        """A pin at a price is a preference."""
        if self.level != "hard":
            raise ValueError(f"level is {self.level!r}; pins are always hard")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each pin that is not kept."""
        found: list[Violation] = []
        for pin in problem.pins_of(employee.id):
            hits = [work for work in own if matches(pin, work)]
            if bool(hits) != (pin.kind == "fixed"):
                meant = [problem.pinned(pin)] if pin.kind == "fixed" else hits
                facts = {"kind": pin.kind, **({"note": pin.note} if pin.note else {})}
                found.append(self.breach(1, employee=employee.id, works=meant, facts=facts))
        return found

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource]:
        """What each pin forbids or asks for."""
        return [_resource(pin) for pin in problem.pins_of(employee.id)]

    def post(self, model: Model) -> None:
        """Each fixed one is present, no forbidden one is."""
        for person in model.people(self):
            for pin in model.problem.pins_of(person.employee.id):
                if pin.kind == "fixed":
                    self._fix(model, person, pin)
                    continue
                for element in person.own:
                    element.forbid(pin, self, model)

    def _fix(self, model: Model, person: Person, pin: Pin) -> None:
        if model.decides(person, model.problem.pinned(pin).start):
            meant = [literal for element in person.own for literal in element.keeps(pin, model)]
            model.clause(self, meant)


def _resource(pin: Pin) -> Resource:
    if pin.kind == "forbidden":
        return PerWork(lambda work: int(matches(pin, work)))
    return PerWork(lambda work: -int(matches(pin, work)), constant=1)


def matches(pin: Pin, work: Assignment) -> bool:
    """Whether an assignment of the pin's employee is what the pin means."""
    if pin.shift is not None:
        return work.shift == pin.shift
    if pin.work is None:
        return False
    if pin.kind == "forbidden":
        return work.start < pin.work.end and pin.work.start < work.end
    return same_work(pin.work, work)


def same_work(one: object, other: object) -> bool:
    """Whether two spans of work are at the same time, with the same skill and at the same location."""
    return all(getattr(one, name) == getattr(other, name) for name in ("start", "end", "skill", "location"))
