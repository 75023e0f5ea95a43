"""Reduced rest: how often the rest between two spans may be shorter, and what makes up for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import FALSE, TRUE, Linear, Lit
from solver.rules.rule import WEEKLY, Period, PersonalRule, after, timeline
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem

Bound = tuple[str, range, int]
"""What is bounded (``maximum`` or ``compensated``), over which days, and by how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReducedRest(PersonalRule):
    """In each window at most ``maximum`` rests are shorter than ``minutes``.

    A rest is the time from a span of work to the next one, and counts on the day on which the span starts.
    How short a reduced rest may be at all is said by `MinRest` beside it: 11 h with 9 h at most three times a
    week is ``MinRest(minutes=540)`` and ``ReducedRest(minutes=660, maximum=3)``. What lies before or after
    the horizon counts; what it has used up beyond the maximum is not charged.

    Parameters
    ----------
    minutes
        Full rest, minutes, > 0.
    maximum
        Most reduced rests in a window.
    period
        The windows.
    compensation_minutes
        If given, each window that ends within what is known has as many rests of so many minutes or more as
        it has reduced ones. A rest that nothing is known to follow lasts to the end of the horizon.

    References
    ----------
    Regulation (EC) 561/2006, art. 8(4): at most three reduced daily rests between two weekly ones.
    Arbeitszeitgesetz, par. 5(2): ten hours, made up for by another rest of twelve within four weeks.
    """

    id: ClassVar[str] = "reduced_rest"
    unit: ClassVar[str] = "rests"

    minutes: int = 660
    maximum: int = 3
    period: Period = WEEKLY
    compensation_minutes: int | None = None

    def check_parameters(self) -> None:
        """Rests have a length, and one that makes up is longer than what it makes up for."""
        if self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; a rest lasts at least 1 minute")
        if self.maximum < 0:
            raise ValueError(f"maximum is {self.maximum}; use 0 or more")
        if self.compensation_minutes is not None and self.compensation_minutes < self.minutes:
            raise ValueError(
                f"compensation_minutes is {self.compensation_minutes}; use {self.minutes} (minutes) or more"
            )

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each window with too many reduced rests, or too few that make up for them."""
        found: list[Violation] = []
        works = timeline(employee, own)
        rests = self._rests(problem, works)
        for name, days, allowed in self.bounds(problem, employee):
            actual = self._sum(name, days, rests)
            if actual > allowed:
                reduced = [work for day, work, is_reduced, _ in rests if day in days and is_reduced]
                facts: dict[str, int | str] = {
                    "required": self.minutes,
                    "actual": len(reduced),
                    "maximum" if name == "maximum" else "made_up_for": (
                        self.maximum if name == "maximum" else len(reduced) - actual
                    ),
                    "from": problem.calendar.date(days[0]),
                }
                found.append(self.breach(actual - allowed, employee=employee.id, works=reduced, facts=facts))
        return found

    def _rests(self, problem: Problem, works: Sequence[Work]) -> list[tuple[int, Work, bool, bool]]:
        """The day of each span in scope, the span, and whether its rest is reduced or makes up for one."""
        found = []
        for place, work in enumerate(works):
            if self.scope.counts(problem, work):
                following = next(after(works, place), None)
                ends = following is None
                rest = (problem.end if following is None else following.start) - work.end
                reduced, long = rest < self.minutes and not ends, self._makes_up(works, work, rest)
                found.append((problem.calendar.index(work.start), work, reduced, long))
        return found

    def _makes_up(self, works: Sequence[Work], work: Work, rest: int) -> bool:
        """Whether the rest after a span makes up for a reduced one: no other work runs into it."""
        required = self.compensation_minutes
        if required is None or rest < required:
            return False
        return all(each.end <= work.end for each in works if each.start < work.end)

    def _sum(self, name: str, days: range, rests: Sequence[tuple[int, Work, bool, bool]]) -> int:
        within = [(reduced, long) for day, _, reduced, long in rests if day in days]
        reduced = sum(reduced for reduced, _ in within)
        return reduced if name == "maximum" else reduced - sum(long for _, long in within)

    def bounds(self, problem: Problem, employee: Employee) -> list[Bound]:
        """What each window allows: the maximum, or what history and upcoming work take beyond it."""
        return problem.remember(self, employee.id, lambda: list(self._bounds(problem, employee)))

    def _bounds(self, problem: Problem, employee: Employee) -> Iterator[Bound]:
        rests = self._rests(problem, timeline(employee, ()))
        for days in self.period.windows(problem, employee, closed=False):
            yield "maximum", days, max(self.maximum, self._sum("maximum", days, rests))
        if self.compensation_minutes is not None:
            for days in self.period.windows(problem, employee, closed=True):
                yield "compensated", days, max(0, self._sum("compensated", days, rests))

    def post(self, model: Model) -> None:
        """A literal for each rest that may be reduced and for each that makes up, and sums of them."""
        for person in model.people(self):
            fixed = timeline(person.employee, ())
            known = {id(work): kinds for _, work, *kinds in self._rests(model.problem, fixed)}
            counted = [element for element in person.everything if element.counts(self.scope)]
            reduced, long = {}, {}
            for element in counted:
                was = known.get(id(element.work), [False, False])
                settled = person.settled(element)
                reduced[id(element)] = self._reduced(model, person, element, bool(was[0]), settled)
                long[id(element)] = self._long(model, person, element, bool(was[1]), settled)
            for name, days, allowed in self.bounds(model.problem, person.employee):
                total = Linear()
                for element in counted:
                    if element.day in days:
                        total.add(reduced[id(element)], 1)
                        if name != "maximum":
                            total.add(long[id(element)], -1)
                model.at_most(self, total, allowed)

    def _reduced(self, model: Model, person: Person, work: Element, was: bool, settled: bool) -> Lit:
        """Must hold if the rest after the span is reduced; so it is once and for all if it was without us."""
        if settled or was:
            return TRUE if was else FALSE
        close = list(person.near(work, self.minutes))
        if not close:
            return FALSE
        reduced = model.program.literal()
        for other in close:
            model.rest_after(work, other, self.minutes, [~reduced])
        return reduced

    def _long(self, model: Model, person: Person, work: Element, was: bool, settled: bool) -> Lit:
        """Implies that the rest after the span makes up for a reduced one."""
        if self.compensation_minutes is None or (settled and not was):
            return FALSE
        long = model.program.literal()
        model.rest_free_after(long, work, self.compensation_minutes, person)
        if not person.employee.upcoming and not settled:
            model.program.clause([~long, work.ended_by(model.problem.end - self.compensation_minutes)])
        return long
