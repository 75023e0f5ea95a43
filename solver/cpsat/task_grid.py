"""What a person does at each time of a shift still to be created."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from solver.cpsat.linear import FALSE, Linear, Lit
from solver.work import Task, Work, tasks_of

if TYPE_CHECKING:
    from solver.cpsat.program import Program
    from solver.cpsat.slots import TemplateSlot, Values


class TaskGrid:
    """A literal for each task and each cell of time: it is done then.

    Starts and ends of the shift lie between two cells.

    Parameters
    ----------
    slot
        The slot; its own variables exist already.
    barred
        Tasks and first minutes of cells at which they cannot be done.
    program
        Where variables and constraints go.
    """

    def __init__(self, slot: TemplateSlot, barred: Collection[tuple[str, int]], program: Program) -> None:
        """Create the literals: one of them in each cell that is worked."""
        self._step = slot.template.task_step
        self._skills = slot.template.tasks
        self.cells = range(slot.starts()[0], slot.ends()[-1], self._step)
        self._on: dict[tuple[str, int], Lit] = {
            (skill, cell): program.literal()
            for cell in self.cells
            for skill in self._skills
            if (skill, cell) not in barred
        }
        for cell in self.cells:
            idle = Linear.total(Linear.of(self.doing(skill, cell)) for skill in self._skills)
            idle.add(slot.started_before(cell + 1), -1)
            idle.add(slot.ended_by(cell), 1)
            program.equal(idle, 0)

    def doing(self, skill: str, minute: int) -> Lit:
        """The task is done at the minute."""
        cell = self.cells.start + (minute - self.cells.start) // self._step * self._step
        return self._on.get((skill, cell), FALSE)

    def row(self, skill: str) -> list[Lit]:
        """The literals of a task, cell by cell."""
        return [self._on.get((skill, cell), FALSE) for cell in self.cells]

    def chosen(self, values: Values, start: int, end: int) -> tuple[Task, ...]:
        """The tasks that a solution says."""
        cells = range(start, end, self._step)
        done = (next(s for s in self._skills if holds(values, self.doing(s, cell))) for cell in cells)
        return tasks_of(zip(cells, done, strict=True), end)

    def hint(self, tasks: Sequence[Task]) -> dict[int, int]:
        """All literals, where these are the tasks."""
        return {
            literal: int(any(t.skill == skill and t.start <= cell < t.end for t in tasks))
            for (skill, cell), literal in self._on.items()
        }

    def can_be(self, work: Work) -> bool:
        """Whether the tasks of some work fill it, cell by cell, and none of them is barred."""
        done = {(cell, t.skill) for t in work.tasks for cell in range(t.start, t.end, self._step)}
        cells = sorted(cell for cell, _ in done)
        possible = all((skill, cell) in self._on for cell, skill in done)
        return possible and cells == list(range(work.start, work.end, self._step))


def holds(values: Values, literal: Lit) -> bool:
    """Whether a literal is true in a solution."""
    return bool(values(literal)) if literal >= 0 else not values(~literal)
