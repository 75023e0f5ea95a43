"""Kinds of work and of days, as rules about the order of work name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.cpsat.linear import TRUE, Lit
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkKind:
    """Some kind of work; what is None is not asked, and what is asked must all hold.

    Parameters
    ----------
    tags
        It has any of these tags.
    without_tags
        It has none of these tags.
    templates
        It was created from one of these templates; history and upcoming work never was.
    shifts
        It fills one of these given shifts.

    Examples
    --------
    >>> night = Work(start=0, end=480, tags=("night",))
    >>> WorkKind(tags=("night", "late")).includes(night), WorkKind(without_tags=("night",)).includes(night)
    (True, False)
    """

    tags: tuple[str, ...] | None = None
    without_tags: tuple[str, ...] | None = None
    templates: tuple[str, ...] | None = None
    shifts: tuple[str, ...] | None = None

    def includes(self, work: Work) -> bool:
        """Whether the work is of this kind."""
        if self.tags is not None and not set(self.tags).intersection(work.tags):
            return False
        if self.without_tags is not None and set(self.without_tags).intersection(work.tags):
            return False
        if self.templates is None and self.shifts is None:
            return True
        if not isinstance(work, Assignment):
            return False
        fits_template = self.templates is None or work.template in self.templates
        return fits_template and (self.shifts is None or work.shift in self.shifts)

    def of(self, elements: Iterable[Element]) -> list[Element]:
        """The elements of a model that are of this kind."""
        return [element for element in elements if self.includes(element.example())]

    @property
    def by_tags_alone(self) -> bool:
        """Whether tags are all it asks about."""
        return self.templates is None and self.shifts is None


ANY_WORK = WorkKind()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKind:
    """Some kind of day: one on which such work starts, or one on which none does.

    Parameters
    ----------
    day
        ``on``: some such work starts on it; ``off``: none does; ``any``: whatever it is.
    work
        The kind of work; by default any, so that ``off`` is a day off.

    Examples
    --------
    >>> DayKind(day="off").fits([]), DayKind(work=WorkKind(tags=("night",))).fits([Work(start=0, end=9)])
    (True, False)
    """

    day: Literal["on", "off", "any"] = "on"
    work: WorkKind = ANY_WORK

    def fits(self, works: Iterable[Work]) -> bool:
        """Whether a day on which these works start is of this kind."""
        return self.day == "any" or any(map(self.work.includes, works)) == (self.day == "on")

    def literal(self, model: Model, elements: Iterable[Element]) -> Lit:
        """A literal that holds exactly if a day on which some of these elements may start is of this kind."""
        if self.day == "any":
            return TRUE
        some = model.any_of([element.present for element in self.work.of(elements)])
        return some if self.day == "on" else ~some


def by_tags_alone(days: Sequence[DayKind]) -> bool:
    """Whether tags are all that some kinds of day ask about."""
    return all(day.work.by_tags_alone for day in days)


def works_by_day(problem: Problem, works: Iterable[Work]) -> dict[int, list[Work]]:
    """Works by the index of the day on which they start, in their order."""
    found: dict[int, list[Work]] = {}
    for work in works:
        found.setdefault(problem.calendar.index(work.start), []).append(work)
    return found


def elements_by_day(elements: Iterable[Element]) -> dict[int, list[Element]]:
    """Elements of a model by the index of the day on which they start."""
    found: dict[int, list[Element]] = {}
    for element in elements:
        found.setdefault(element.day, []).append(element)
    return found


def known_days(problem: Problem, employee: Employee) -> int:
    """The index of the day after the last one of which it is known what the employee works.

    That is the end of the horizon, or the day after the last upcoming work.
    """
    return max(
        [problem.calendar.size, *(problem.calendar.index(work.start) + 1 for work in employee.upcoming)]
    )
