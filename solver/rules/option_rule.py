"""Rules that judge a single assignment by itself, whatever else the person works."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.rule import PersonalRule
from solver.violation import Violation
from solver.work import Assignment, Task, Work

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRule(PersonalRule):
    """A rule on one assignment alone; where hard, it decides which assignments are possible at all."""

    by_length: ClassVar[bool] = False
    """Whether it looks at length and breaks alone; if not, what holds for a span holds inside it."""

    @abstractmethod
    def shortfall(self, problem: Problem, employee: Employee, work: Work) -> int:
        """How far the work is from keeping the rule; 0 where it keeps it."""

    def task_shortfall(self, problem: Problem, employee: Employee, task: Task) -> int:
        """The part of the shortfall that a task brings: the sum of what its minutes bring."""
        return 0

    def excludes(self, problem: Problem, employee: Employee, work: Work) -> bool:
        """Whether nothing like ``work`` (same skill and location, any time in its span) can keep the rule."""
        return False

    def facts_of(self, problem: Problem, employee: Employee, work: Work) -> Mapping[str, int | str]:
        """Figures for the message."""
        return {}

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Each assignment by itself."""
        return "work"

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each assignment that falls short."""
        found: list[Violation] = []
        for work in self.counted(problem, own):
            short_by = self.shortfall(problem, employee, work)
            if short_by:
                facts = self.facts_of(problem, employee, work)
                found.append(self.breach(short_by, employee=employee.id, works=[work], facts=facts))
        return found

    def post(self, model: Board) -> None:
        """Forbid the options that fall short, or charge for them."""
        for person in model.people(self):
            for slot in person.slots:
                if slot.counts(self.scope):
                    slot.judge(self, model)
