"""The civil days a person works: those on which work starts, or those of which any minute is worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.cpsat.linear import Lit
from solver.rules.rule import Scope
from solver.work import Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Problem


def days_of(problem: Problem, work: Work, *, touching: bool) -> range:
    """Indexes of the days a span of work is on: that of its start, or all that it touches."""
    first = problem.calendar.index(work.start)
    return range(first, (problem.calendar.index(work.end - 1) if touching else first) + 1)


def is_on(model: Model, element: Element, day: int, *, touching: bool) -> Lit:
    """A literal that holds where an element is there and on the day, and only there."""
    if not touching:
        return element.present
    start, end = model.problem.calendar.span(day)
    return ~model.any_of([~element.started_before(end), element.ended_by(start)])


def is_worked(model: Model, person: Person, day: int, scope: Scope, *, touching: bool) -> Lit:
    """A literal that holds where any work in the scope is on the day, and only there."""
    if not touching:
        return model.works_on(person, day, scope)
    start, end = model.problem.calendar.span(day)
    near = (
        e for e in person.everything if e.earliest_start < end and e.latest_end > start and e.counts(scope)
    )
    return model.any_of([is_on(model, element, day, touching=True) for element in near])
