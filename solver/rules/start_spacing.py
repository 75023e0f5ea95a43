"""Start spacing: time that passes from one start of work to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.resources import Gap, any_work
from solver.rules.rule import PersonalRule, timeline
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSpacing(PersonalRule):
    """At least ``minutes`` pass from a start of work to the next one.

    With 1440 minutes it says that work does not start twice in the 24 h that begin with it: on consecutive
    days it starts no earlier on the clock than the day before. Over a night on which the clocks go forward
    the same time on the clock is enough. Soft levels charge 1 per pair of starts.

    Parameters
    ----------
    minutes
        Least distance of starts, minutes, > 0.

    References
    ----------
    Kodeks pracy, art. 128 par. 3 pkt 1: the 24 h begin with the start of work in the schedule.
    """

    id: ClassVar[str] = "start_spacing"

    minutes: int = 1440

    def check_parameters(self) -> None:
        """A distance has a length."""
        if self.minutes < 1:
            raise ValueError(f"minutes is {self.minutes}; starts are at least 1 minute apart")

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each pair of starts that are too close."""
        found: list[Violation] = []
        works = list(self.counted(problem, timeline(employee, own)))
        for first, second in self._close_pairs(works):
            required = self.required_from(problem, first.start)
            apart = second.start - first.start
            if apart < required:
                facts = {"required": required, "actual": apart}
                found.append(
                    self.breach(
                        required - apart, employee=employee.id, works=[first, second], facts=facts, charged=1
                    )
                )
        return found

    def _close_pairs(self, works: Sequence[Work]) -> Iterator[tuple[Work, Work]]:
        """Pairs with an assignment that may be too close, of work in order of start."""
        for place, first in enumerate(works):
            for second in works[place + 1 :]:
                if second.start >= first.start + self.minutes:
                    break
                if isinstance(first, Assignment) or isinstance(second, Assignment):
                    yield first, second

    def required_from(self, problem: Problem, start: int) -> int:
        """The distance after a start: less by the hour that the clocks skip meanwhile."""
        skipped = 0
        for day in (*problem.past_days, *problem.days):
            lost = 1440 - (day.end - day.start)
            changes_at = day.end - 1440 + day.clock_change
            if lost > 0 and start < changes_at <= start + self.minutes - lost:
                skipped += lost
        return self.minutes - skipped

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """A gap from start to start, if the rule is hard, about all work, and no clock goes forward."""
        days = (*problem.past_days, *problem.days)
        simple = self.level == "hard" and self.scope.all_work
        if not simple or any(day.end - day.start < 1440 for day in days):
            return None
        return [Gap(any_work, self.minutes, from_start=True)]

    def post(self, model: Model) -> None:
        """For each possible start of a span: no other one begins until the distance has passed."""
        for person in model.people(self):
            counted = [element for element in person.everything if element.counts(self.scope)]
            for first in counted:
                for second in counted:
                    if second is not first and (first.own or second.own):
                        self._post_pair(model, first, second)

    def _post_pair(self, model: Model, first: Element, second: Element) -> None:
        starts = first.starts()
        untils = [start + self.required_from(model.problem, start) for start in starts]
        ordered = first.latest_start < second.earliest_start and untils == sorted(untils)
        for start, until in zip(starts, untils, strict=True):
            if second.latest_start < start or until <= second.earliest_start:
                continue
            begins = [first.present, ~first.started_before(start)]
            if not (ordered and model.is_hard(self)):  # a later start would be charged once more
                begins.append(first.started_before(start + 1))
            if model.may_overlap(first, second):  # of two that start at once only one is the earlier one
                begins.append(model.earlier(first, second))
            unless = [~literal for literal in begins]
            model.clause(self, [*unless, ~second.started_before(until), second.started_before(start)])
