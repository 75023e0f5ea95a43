"""Staff: which people at which work a rule about several people counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.spans import EARLIEST, LATEST, Span, gaps
from solver.work import Work

if TYPE_CHECKING:
    from solver.problem import Employee, Problem
    from solver.rules.rule import Scope

ALWAYS = (Span(EARLIEST, LATEST),)

Pick = Callable[["Employee", Work], Sequence[Span]]
"""The times in which somebody counts who does some work; empty for who never does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """People at work, by who they are, what they hold and what they do; what is None is not narrowed.

    Parameters
    ----------
    employees
        Ids of the people.
    holds
        A skill, such as ``senior``, that the person holds; counted are the minutes in which it is valid.
    lacks
        A skill that the person does not hold; counted are the minutes in which it is not valid.
    tags
        The work has any of these tags.
    skill, location
        The work covers this skill, or is at this location.
    """

    employees: tuple[str, ...] | None = None
    holds: str | None = None
    lacks: str | None = None
    tags: tuple[str, ...] | None = None
    skill: str | None = None
    location: str | None = None

    def when(self, employee: Employee, work: Work) -> Sequence[Span]:
        """The times in which the employee counts while doing such work.

        Examples
        --------
        >>> from solver.problem import Employee, SkillHeld
        >>> ann = Employee(id="ann", skills=(SkillHeld("senior", 600),))
        >>> [span.start for span in Staff(holds="senior").when(ann, Work(start=0, end=900))]
        [600]
        >>> Staff(holds="senior", location="shop").when(ann, Work(start=0, end=900))
        ()
        """
        if self.employees is not None and employee.id not in self.employees:
            return ()
        if self.tags is not None and not set(self.tags).intersection(work.tags):
            return ()
        if self.skill not in (None, work.skill) or self.location not in (None, work.location):
            return ()
        if self.holds is None and self.lacks is None:
            return ALWAYS
        without = () if self.lacks is None else employee.validity(self.lacks)
        if self.holds is None:
            return gaps(EARLIEST, LATEST, without)
        return tuple(
            free for held in employee.validity(self.holds) for free in gaps(held.start, held.end, without)
        )


ANYBODY = Staff()
"""Everybody at any work."""


def picked(problem: Problem, scope: Scope, staff: Staff) -> Pick:
    """Those of some staff that are in a rule's scope too."""
    people = {employee.id for employee in scope.people(problem)}

    def pick(employee: Employee, work: Work) -> Sequence[Span]:
        if employee.id not in people or not scope.counts(problem, work):
            return ()
        return staff.when(employee, work)

    return pick
