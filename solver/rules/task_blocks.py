"""Task blocks: how long a person stays on one task before changing to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.cpsat.linear import FALSE
from solver.rules.rule import PersonalRule
from solver.rules.window_sum import check_range
from solver.violation import Violation
from solver.work import Assignment, Task, Work

if TYPE_CHECKING:
    from solver.cpsat.elements import Element
    from solver.cpsat.inner_slot import InnerSlot
    from solver.cpsat.model import Model
    from solver.problem import Employee, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskBlocks(PersonalRule):
    """Each uninterrupted stretch of one task inside a shift is within a range of minutes.

    It is about work with tasks; breaks do not interrupt a task. Charged is each minute short or over.

    Parameters
    ----------
    shortest, longest
        Bounds in minutes; None for no such bound.
    skills
        The tasks it is about; None means all.
    """

    id: ClassVar[str] = "task_blocks"
    looks_inside: ClassVar[bool] = True

    shortest: int | None = None
    longest: int | None = None
    skills: tuple[str, ...] | None = None

    def looks_at(self) -> Literal["work", "days", "times"]:
        """Each assignment by itself."""
        return "work"

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.shortest, self.longest)

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each stretch that is too short or too long."""
        found: list[Violation] = []
        for work in self.counted(problem, own):
            for block in self._blocks(work):
                if not self._is_about(block.skill):
                    continue
                actual = block.end - block.start
                facts: dict[str, int | str] = {"task": block.skill, "actual": actual}
                if self.shortest is not None and actual < self.shortest:
                    facts = {"minimum": self.shortest, **facts}
                    short_by = self.shortest - actual
                    found.append(self.breach(short_by, employee=employee.id, works=[work], facts=facts))
                if self.longest is not None and actual > self.longest:
                    facts = {"maximum": self.longest, **facts}
                    over = actual - self.longest
                    found.append(self.breach(over, employee=employee.id, works=[work], facts=facts))
        return found

    def _blocks(self, work: Work) -> Iterator[Task]:
        """The stretches it is about; the same task listed twice in a row is one."""
        begun: Task | None = None
        for task in work.tasks:
            if begun is not None and task.skill == begun.skill:
                begun = Task(begun.start, task.end, task.skill)
                continue
            if begun is not None:
                yield begun
            begun = task
        if begun is not None:
            yield begun

    def _is_about(self, skill: str) -> bool:
        return self.skills is None or skill in self.skills

    def post(self, model: Model) -> None:
        """For each task and time: no stretch that begins there is too short or too long."""
        for person in model.people(self):
            for slot in person.slots:
                if slot.counts(self.scope):
                    self._post(model, person.employee, slot)

    def _post(self, model: Model, employee: Employee, slot: Element) -> None:
        from solver.cpsat.inner_slot import InnerSlot

        if isinstance(slot, InnerSlot):
            for skill in slot.template.tasks if slot.grid is not None else ():
                if self._is_about(skill):
                    self._post_short(model, slot, skill)
                    self._post_long(model, slot, skill)
        elif isinstance(slot.work, Assignment):
            breaches = self.check_person(model.problem, employee, [slot.work])
            if short_by := sum(breach.short_by for breach in breaches):
                model.clause(self, [~slot.present], charged=short_by)

    def _post_short(self, model: Model, slot: InnerSlot, skill: str) -> None:
        step, row = slot.template.task_step, _row(slot, skill)
        for cells in range(1, -(-(self.shortest or 0) // step)):
            for first in range(1, len(row) - cells):
                inside = row[first : first + cells]
                ends = [row[first - 1], row[first + cells]]
                charged = (self.shortest or 0) - cells * step
                model.clause(self, [*ends, *(~literal for literal in inside)], charged=charged)

    def _post_long(self, model: Model, slot: InnerSlot, skill: str) -> None:
        """The first cell too many is charged for what it is too long, each further one as a whole."""
        if self.longest is None:
            return
        step, row = slot.template.task_step, _row(slot, skill)
        cells = self.longest // step + 1
        over = cells * step - self.longest
        for length, charged in ((cells, over), (cells + 1, step - over)):
            for first in range(len(row) - length + 1):
                if charged:
                    window = row[first : first + length]
                    model.clause(self, [~literal for literal in window], charged=charged)


def _row(slot: InnerSlot, skill: str) -> list[int]:
    """The literals of a task cell by cell, with a cell without it before and after."""
    return [FALSE, *(slot.grid.row(skill) if slot.grid is not None else ()), FALSE]
