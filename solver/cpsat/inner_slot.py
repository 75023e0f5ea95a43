"""A shift to be created whose inside is to be decided too: when its breaks are and what is done when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.cpsat.linear import FALSE, Linear, Lit
from solver.cpsat.pauses import Pause
from solver.cpsat.slots import TemplateSlot, Values
from solver.cpsat.task_grid import TaskGrid, holds
from solver.work import Assignment, Break, Task, Work, tasks_of

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.program import Program
    from solver.problem import Problem, ShiftTemplate
    from solver.rules.option_rule import OptionRule


def has_inside(template: ShiftTemplate) -> bool:
    """Whether there is more to decide about its shifts than start and end."""
    return bool(template.tasks) or any(policy.window is not None for policy in template.breaks)


class InnerSlot(TemplateSlot):
    """One employee working one template on one day, with breaks to be placed or tasks to be chosen.

    What it is made of is said in `TemplateSlot`.
    """

    grid: TaskGrid | None = None
    _barred: frozenset[tuple[str, int]] = frozenset()
    _at_work: dict[tuple[str, int], Lit]

    def _envelope(self, start: int, end: int) -> Work:
        work = super()._envelope(start, end)
        return replace(work, tasks=tuple(Task(start, end, skill) for skill in self.template.tasks))

    @property
    def size(self) -> int:
        """One for each start and end, for each place of a break and for each task at each time."""
        first, last = self.pairs[0][0], max(end for _, end in self.pairs)
        cells = len(self.template.tasks) * ((last - first) // self.template.task_step)
        windows = [policy.window for policy in self.template.breaks if policy.window is not None]
        return super().size + cells + sum((last - first) // window.step for window in windows)

    def judge(self, rule: OptionRule, board: Board) -> None:
        """Drop the times and the tasks that fall short, or charge for them."""
        super().judge(rule, board)
        cells = self._cells()
        whole = [Task(cells.start, cells.stop, skill) for skill in self.template.tasks if cells]
        short = {
            (task.skill, cell): amount
            for task in whole
            if rule.task_shortfall(board.problem, self.employee, task)
            for cell in cells
            if (amount := self._task_shortfall(rule, task.skill, cell, board.problem))
        }
        if not short:
            return
        if board.is_hard(rule):
            self._barred |= short.keys()
            self.pairs = [pair for pair in self.pairs if all(map(self._allowed, self._run(*pair)))]
        elif self.grid is not None:
            for (skill, cell), amount in short.items():
                done = Linear.of(self.grid.doing(skill, cell))
                board.program.charge(rule.level, rule.weight * amount, done)

    def _task_shortfall(self, rule: OptionRule, skill: str, cell: int, problem: Problem) -> int:
        return rule.task_shortfall(problem, self.employee, Task(cell, cell + self.template.task_step, skill))

    def _cells(self) -> range:
        return self._run(self.pairs[0][0], max(end for _, end in self.pairs)) if self.pairs else range(0)

    def _run(self, start: int, end: int) -> range:
        return range(start, end, self.template.task_step)

    def _allowed(self, cell: int) -> list[str]:
        return [skill for skill in self.template.tasks if (skill, cell) not in self._barred]

    @property
    def barred(self) -> frozenset[tuple[str, int]]:
        """Tasks with the first minute of each cell in which a hard rule forbids them."""
        return self._barred

    def allowed(self) -> frozenset[tuple[str, int]]:
        """Each task with the first minute of each cell in which it can be done."""
        return frozenset((skill, cell) for cell in self._cells() for skill in self._allowed(cell))

    def realise(self, program: Program) -> bool:
        """The literals of the times, then those of the inside."""
        if not super().realise(program):
            return False
        self.pauses, self.grid, self._at_work = [], None, {}
        for number, policy in enumerate(self.template.breaks):
            there = self.at_least(policy.from_minutes)
            if policy.window is not None and there != FALSE:
                self.pauses.append(Pause(number, policy.window, self, there, self.pauses, program))
        if self.template.tasks:
            self.grid = TaskGrid(self, self._barred, program)
        return True

    def changes(self) -> Iterable[int]:
        """Starts, ends, breaks and, where there are tasks, every cell."""
        yield from super().changes()
        for pause in self.pauses:
            yield from pause.changes()
        if self.grid is not None:
            yield from self.grid.cells

    def serving(self, minute: int, skill: str | None) -> Linear:
        """1 if it is there, not on a break and on that task."""
        on_break = [pause for pause in self.pauses if pause.may_be_on(minute)]
        if skill is not None and self.grid is not None:
            doing = self.grid.doing(skill, minute)
            return Linear.of(self._without(on_break, skill, doing, minute) if on_break else doing)
        total = self.covering(minute)
        for pause in on_break:
            total.add(pause.begun_before(minute + 1), -1)
            total.add(pause.ended_by(minute), 1)
        return total

    def _without(self, on_break: Sequence[Pause], skill: str, doing: Lit, minute: int) -> Lit:
        """A literal for: on the task and on none of the breaks."""
        key, program = (skill, minute), self._program
        if key not in self._at_work:
            assert program is not None  # noqa: S101 (cover is asked of realised slots only)
            for pause in on_break:
                begun, ended = pause.begun_before(minute + 1), pause.ended_by(minute)
                at_work = program.literal()
                program.clause([~at_work, doing])
                program.clause([~at_work, ~begun, ended])
                program.clause([at_work, ~doing, begun])
                program.clause([at_work, ~doing, ~ended])
                doing = at_work
            self._at_work[key] = doing
        return self._at_work[key]

    def chosen(self, values: Values) -> Assignment | None:
        """The times, breaks and tasks that the literals say."""
        work = super().chosen(values)
        if work is None:
            return None
        starts = {
            pause.number: next(at for at in pause.times if holds(values, pause.begun_before(at + 1)))
            for pause in self.pauses
            if holds(values, pause.there)
        }
        tasks = () if self.grid is None else self.grid.chosen(values, work.start, work.end)
        breaks = tuple(
            Break(policy.minutes, policy.paid, starts.get(number))
            for number, policy in enumerate(self.template.breaks)
            if work.minutes >= policy.from_minutes
        )
        return replace(work, breaks=breaks, tasks=tasks)

    def assignments(self) -> Iterator[Assignment]:
        """One for each pair, with its inside as `made` has it."""
        return (self.made(start, end) for start, end in self.pairs)

    def made(self, start: int, end: int) -> Assignment:
        """The assignment of one of its pairs: breaks about evenly, as few changes of task as can be."""
        work = super().made(start, end)
        steps: list[tuple[int, str]] = []
        for cell in self._run(start, end) if self.template.tasks else ():
            allowed = self._allowed(cell)
            last = steps[-1][1] if steps else ""
            steps.append((cell, last if last in allowed else allowed[0]))
        breaks = self.template.breaks_at(start, end - start)
        return replace(work, breaks=breaks, tasks=tasks_of(steps, end))

    def can_be(self, work: Assignment) -> bool:
        """Whether the times are possible, and the tasks if there are any."""
        return super().can_be(work) and (self.grid is None or self.grid.can_be(work))

    def hint(self, work: Assignment | None) -> dict[int, int]:
        """All literals, but for breaks that are not placed."""
        values = super().hint(work)
        starts = {} if work is None else self._break_starts(work)
        for pause in self.pauses:
            if work is None or work.minutes < pause.policy.from_minutes:
                values |= {literal: 0 for _, literal in pause.by_time()}
            elif pause.number in starts:
                at = starts[pause.number]
                values |= {literal: int(at <= time) for time, literal in pause.by_time()}
        if self.grid is not None:
            values |= self.grid.hint(() if work is None else work.tasks)
        return values

    def _break_starts(self, work: Assignment) -> dict[int, int]:
        """Where the breaks lie that are placed, by their number in the template."""
        listed = enumerate(self.template.breaks)
        there = [number for number, policy in listed if work.minutes >= policy.from_minutes]
        pauses = zip(there, work.breaks, strict=False)
        return {number: pause.start for number, pause in pauses if pause.start is not None}
