"""Maximum rest: the next work does not start too long after the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import FALSE, Lit
from solver.rules.rule import PersonalRule, after, timeline
from solver.violation import Violation
from solver.work import Assignment

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxRest(PersonalRule):
    """The next span of work starts at most ``minutes`` after the end of one, unless time off lies between.

    The scope names the work that is followed. Where nothing is known to follow, nothing is asked. Soft levels
    charge 1 per rest that is too long.

    Parameters
    ----------
    minutes
        Longest rest, minutes, >= 0.
    time_off_minutes
        A rest of so many minutes or more is time off, which may last as long as it likes; above ``minutes``.
        None for no such rest, which makes for a large model.
    """

    id: ClassVar[str] = "max_rest"

    minutes: int = 960
    time_off_minutes: int | None = 1920

    def check_parameters(self) -> None:
        """The bounds are in order."""
        if self.minutes < 0:
            raise ValueError(f"minutes is {self.minutes}; a rest lasts 0 minutes or more")
        if self.time_off_minutes is not None and self.time_off_minutes <= self.minutes:
            raise ValueError(
                f"time_off_minutes is {self.time_off_minutes}; use more than the {self.minutes} of minutes"
            )

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each span whose next one starts too late."""
        found: list[Violation] = []
        works = timeline(employee, own)
        for place, work in enumerate(works):
            following = next(after(works, place), None)
            if following is None:
                continue
            rest = following.start - work.end
            off = self.time_off_minutes is not None and rest >= self.time_off_minutes
            if rest <= self.minutes or off or not self.scope.counts(problem, work):
                continue
            if isinstance(work, Assignment) or isinstance(following, Assignment):
                facts = {"maximum": self.minutes, "actual": rest}
                beyond, both = rest - self.minutes, [work, following]
                found.append(self.breach(beyond, employee=employee.id, works=both, facts=facts, charged=1))
        return found

    def post(self, model: Model) -> None:
        """For each span and each one that could be the next: not at a time between rest and time off."""
        for person in model.people(self):
            for work in person.everything:
                if work.counts(self.scope):
                    for other in person.everything:
                        if other is not work and (work.own or other.own) and self._can_break(work, other):
                            self._post_pair(model, work, other, person.everything)

    def _can_break(self, work: Element, other: Element) -> bool:
        too_soon = other.latest_start <= work.earliest_end + self.minutes
        off = self.time_off_minutes
        return not too_soon and (off is None or other.earliest_start < work.latest_end + off)

    def _post_pair(self, model: Model, work: Element, other: Element, everything: Sequence[Element]) -> None:
        unless: list[Lit] = [~model.directly(work, other, everything)]
        if not model.is_hard(self):
            broken = model.program.literal()
            model.clause(self, [~broken])
            unless.append(broken)
        before: Lit = FALSE
        for end in work.ends():
            ended_then = [~work.ended_by(end), before]
            late = [~other.present, other.started_before(end + self.minutes + 1)]
            off = FALSE
            if self.time_off_minutes is not None:
                off = ~other.started_before(end + self.time_off_minutes)
            model.program.clause([*unless, *ended_then, *late, off])
            before = work.ended_by(end)
