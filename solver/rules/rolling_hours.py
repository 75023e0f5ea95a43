"""Rolling hours: not too much work in any so many hours on end, wherever these begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Linear
from solver.rules.rule import PersonalRule, timeline
from solver.spans import Span, overlap_minutes
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingHours(PersonalRule):
    """Any ``hours`` consecutive hours hold at most ``maximum`` minutes of work, breaks included.

    "60 hours of duty in any 168" is ``RollingHours(maximum=3600, hours=168)``. `Minutes` with a rolling
    period counts whole civil days; this counts the very minutes. A fullest window begins where some work
    begins, so the windows judged are those, and each is charged. What history and upcoming work fill beyond
    the maximum already is not charged.

    Parameters
    ----------
    maximum
        Minutes between start and end of work, >= 0.
    hours
        Length of the window in elapsed hours, > 0.

    References
    ----------
    14 CFR 117.23(c)(1): 60 flight duty period hours in any 168 consecutive hours.
    """

    id: ClassVar[str] = "rolling_hours"

    maximum: int = 3600
    hours: int = 168

    def check_parameters(self) -> None:
        """There is a window, and the bound is no larger than it."""
        if self.hours < 1:
            raise ValueError(f"hours is {self.hours}; a window has at least 1 hour")
        if not 0 <= self.maximum < 60 * self.hours:
            raise ValueError(
                f"maximum is {self.maximum}; {self.hours} hours need one from 0 to {60 * self.hours - 1}"
            )

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each span of work with which too full a window begins."""
        found: list[Violation] = []
        works = list(self.counted(problem, timeline(employee, own)))
        fixed = list(self.counted(problem, [*employee.history, *employee.upcoming]))
        for first in works:
            window = self._window(first.start)
            actual = _minutes_in(window, works)
            short_by = actual - max(self.maximum, _minutes_in(window, fixed))
            if short_by > 0:
                facts = {"maximum": self.maximum, "actual": actual, "hours": self.hours}
                within = [work for work in works if work.start < window.end and work.end > window.start]
                found.append(self.breach(short_by, employee=employee.id, works=within, facts=facts))
        return found

    def _window(self, start: int) -> Span:
        return Span(start, start + 60 * self.hours)

    def post(self, model: Model) -> None:
        """A linear constraint for each possible start, enforced where work starts then."""
        for person in model.people(self):
            elements = [element for element in person.everything if element.counts(self.scope)]
            whole = {id(e): model.program.named(e.minutes("present")) for e in elements}
            for first in elements:
                others = [e for e in elements if e is not first and not person.exclusive(first, e)]
                for start in first.starts():
                    self._post_window(model, person, first, self._window(start), others, whole)

    def _post_window(
        self,
        model: Model,
        person: Person,
        first: Element,
        window: Span,
        others: Sequence[Element],
        whole: Mapping[int, Linear],
    ) -> None:
        program, total = model.program, Linear()
        for element in (first, *others):
            if element.earliest_start >= window.end or element.latest_end <= window.start:
                continue
            begins_in = element is first or element.earliest_start >= window.start
            inside = begins_in and element.latest_end <= window.end
            total.add_all(whole[id(element)] if inside else element.overlap([window]))
        fixed = [element.work for element in person.past if element is first or element in others]
        beyond = total.plus(-max(self.maximum, _minutes_in(window, fixed)))
        most = program.bounds(beyond)[1]
        if most <= 0:
            return  # cannot be broken
        when = [first.started_before(window.start + 1), ~first.started_before(window.start)]
        if not model.is_hard(self):
            charged = program.amount(most)
            beyond.add(charged, -1)
            program.charge(self.level, self.weight, Linear.of(charged))
        program.at_most(beyond, 0, when=when)


def _minutes_in(window: Span, works: Sequence[Work]) -> int:
    return sum(overlap_minutes(work.start, work.end, [window]) for work in works)
