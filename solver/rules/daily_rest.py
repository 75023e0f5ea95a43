"""Daily rest: somewhere in the 24 hours that begin with work there is an uninterrupted rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.rules.rule import PersonalRule, timeline
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem

DAY = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyRest(PersonalRule):
    """In the 24 h from each start of work there are ``minutes`` of uninterrupted rest.

    Unlike `MinRest` it allows two spans of work close together, and it limits how long one span can be.
    Where the past alone makes it impossible, the roster keeps what rest there is. Soft levels charge 1 per
    start of work whose rest is short.

    Parameters
    ----------
    minutes
        Required rest, minutes, 1 to 1439.

    References
    ----------
    Directive 2003/88/EC, art. 3 (11 h in each period of 24 h); Kodeks pracy, art. 132 with art. 128 par. 3
    (the 24 h begin with the scheduled start of work).
    """

    id: ClassVar[str] = "daily_rest"

    minutes: int = 660

    def check_parameters(self) -> None:
        """A rest fits into a day."""
        if not 0 < self.minutes < DAY:
            raise ValueError(f"minutes is {self.minutes}; a daily rest lasts 1 to {DAY - 1} minutes")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each start of work without enough rest in the 24 h it begins."""
        found: list[Violation] = []
        works = timeline(employee, own)
        for work in self.counted(problem, works):
            # The window begins with the work itself, and earlier work may reach into it.
            longest = longest_gap(work.start, work.start + DAY, works)
            if longest >= self.minutes:
                continue
            required = self.required_after(work, employee)
            if longest < required:
                within = [w for w in works if work.start <= w.start < work.start + DAY]
                facts = {"required": self.minutes, "actual": longest}
                found.append(
                    self.breach(
                        required - longest, employee=employee.id, works=within, facts=facts, charged=1
                    )
                )
        return found

    def required_after(self, work: Work, employee: Employee) -> int:
        """The rest that the roster owes in the 24 h from the start of ``work``."""
        if isinstance(work, Assignment):
            return self.minutes
        fixed = [*employee.history, *employee.upcoming]
        return min(self.minutes, longest_gap(work.start, work.start + DAY, fixed))

    def post(self, model: Model) -> None:
        """For each start of work: a rest after it, or after another span that ends in its 24 h."""
        for person in model.people(self):
            for work in person.everything:
                if not work.counts(self.scope) or self._kept_anyway(model, person, work):
                    continue
                required = self.minutes if work.own else self.required_after(work.work, person.employee)
                if required:
                    self._post_after(model, person, work, required)

    def can_break(self, board: Board, person: Person) -> bool:
        """Whether a span of work could be without its rest."""
        return not all(self._kept_anyway(board, person, work) for work in person.everything)

    def _kept_anyway(self, model: Board, person: Person, work: Element) -> bool:
        """Whether a hard rest after every span does it, the span leaving room for it in 24 h."""
        short_enough = all(span.minutes <= DAY - self.minutes for span in work.works())
        return short_enough and model.rest_after_all(person) >= self.minutes

    def _post_after(self, model: Model, person: Person, work: Element, required: int) -> None:
        choices = []
        for last in person.everything:
            fits = last.earliest_end + required <= work.latest_start + DAY
            if last is work or (fits and last.latest_end > work.earliest_start):
                rests = model.program.literal()
                model.rest_free_after(rests, last, required, person)
                model.ends_within(rests, last, work, DAY - required)
                choices.append(rests)
        model.clause(self, [~work.present, *choices])


def longest_gap(start: int, end: int, works: Sequence[Work]) -> int:
    """The longest time without work inside ``[start, end)``, minutes; 0 if there is none.

    Parameters
    ----------
    works
        By start.

    Examples
    --------
    >>> longest_gap(0, 100, [Work(start=-10, end=20), Work(start=70, end=75)])
    50
    """
    longest, free_from = 0, start
    for work in works:
        if work.start >= end:
            break
        if work.end > free_from:
            longest = max(longest, work.start - free_from)
            free_from = work.end
    return max(longest, end - free_from)
