"""Placing the breaks and choosing the tasks inside the shifts of a finished roster, whose times stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from time import perf_counter

from solver.cpsat.draft import Draft
from solver.cpsat.inner_slot import InnerSlot, has_inside
from solver.cpsat.model import Model
from solver.cpsat.run import Limits, search
from solver.cpsat.slots import Slot, Values
from solver.evaluate import evaluate
from solver.problem import Employee, Problem
from solver.violation import Level
from solver.work import Assignment, Roster

DAYS_AT_ONCE = 2
"""Shifts that start on so many days are looked at together, and then those of the next days."""

PATIENCE = 20.0
"""Work such days may take for each level, about seconds on an idle core."""

LEVELS_AND_SHARES: tuple[tuple[Level, float], ...] = (("mandatory", 0.5), ("soft", 1.0))
"""What is made small one after the other, and the part of the time left that it may take."""


def has_insides(problem: Problem) -> bool:
    """Whether the problem asks for placed breaks or for tasks."""
    return any(has_inside(template) for template in problem.templates)


def place_inside(
    problem: Problem,
    roster: Roster,
    *,
    seconds: float | None = 10,
    seed: int = 0,
    workers: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> Roster:
    """The roster with the breaks and tasks of its shifts where coverage suffers least.

    Shifts made from templates keep their people and times; breaks with a window are placed and tasks chosen
    anew, by the mandatory level first. It is proven best if all shifts start on two days, otherwise best for
    any two days in a row. Given shifts and work placed by hand stay as they are. The roster comes back as it
    is where nothing better was found in time, or where the inside of a shift cannot keep a hard rule.

    Parameters
    ----------
    problem, roster
        Any roster of the problem.
    seconds
        The most it takes, about; None for as long as it takes to be sure.
    seed, workers
        With one worker and no limit the same roster gives the same answer.
    stopped
        Asked several times a second; true ends it.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import BreakPolicy, BreakWindow, Coverage, Day, Employee, ShiftTemplate
    >>> lunch = BreakPolicy(361, 30, window=BreakWindow(earliest=120, before_end=120, step=30))
    >>> day = ShiftTemplate(id="day", earliest_start=480, latest_start=480, breaks=(lunch,))
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   employees=(Employee(id="ann"),), templates=(day,),
    ...                   coverage=(Coverage(id="busy", start=630, end=960, minimum=1),))
    >>> roster = Roster([problem.create("ann", "day", 480, 480)])
    >>> [work.breaks[0].start for one in (roster, place_inside(problem, roster)) for work in one]
    [690, 600]
    """
    movable = [work for work in roster if _is_movable(problem, work)]
    begun = perf_counter()
    best, days = roster, sorted({problem.calendar.index(work.start) for work in movable})
    windows = [range(day, day + DAYS_AT_ONCE) for day in days[: max(1, len(days) - DAYS_AT_ONCE + 1)]]
    in_vain, turn = 0, 0
    while in_vain < len(windows) and not stopped():
        left = None if seconds is None else seconds - (perf_counter() - begun)
        if left is not None and left <= 0:
            break
        limits = Limits(seed=seed, workers=workers, seconds=left, work=PATIENCE)
        better = _place(problem, best, windows[turn % len(windows)], limits, stopped)
        in_vain = in_vain + 1 if better is None else (1 if len(windows) > 1 else len(windows))
        best, turn = better or best, turn + 1
    return best


def _place(
    problem: Problem, roster: Roster, days: range, limits: Limits, stopped: Callable[[], bool]
) -> Roster | None:
    """A better roster that differs inside shifts that start on some days; None if none was found."""
    movable = {
        work for work in roster if _is_movable(problem, work) and problem.calendar.index(work.start) in days
    }
    model = Model(_Insides(problem, roster, movable))
    for person in model.persons.values():
        for slot in person.slots:
            model.program.clause([slot.present])
    values = _solve(model, roster, limits, stopped)
    if values is None:
        return None
    placed = Roster([*(work for work in roster if work not in movable), *model.roster(values)])
    return placed if evaluate(problem, placed).score < evaluate(problem, roster).score else None


def _is_movable(problem: Problem, work: Assignment) -> bool:
    template = problem.template_by_id.get(work.template or "")
    if work.shift is not None or template is None or not has_inside(template):
        return False
    return not template.tasks or work.minutes % template.task_step == 0


class _Insides(Draft):
    """Only the shifts of a roster, at their times; what has nothing to decide inside is like the past."""

    def __init__(self, problem: Problem, roster: Roster, movable: Collection[Assignment]) -> None:
        self._roster = roster
        self._movable = movable
        super().__init__(problem, [rule for rule in problem.all_rules if rule.looks_inside])
        for who, person in self.persons.items():
            left = {(slot.name, slot.work.start, slot.work.end) for slot in person.slots}
            fixed = [work for work in roster.of(who) if (work.template, work.start, work.end) not in left]
            person.past = [*person.past, *(self.given(work, own=False) for work in fixed)]

    def _slots(self, employee: Employee) -> Iterator[Slot]:
        for work in self._roster.of(employee.id):
            if work in self._movable:
                template = self.problem.template_by_id[work.template or ""]
                yield InnerSlot(employee, template, [(work.start, work.end)], self.problem)


def _solve(model: Model, roster: Roster, limits: Limits, stopped: Callable[[], bool]) -> Values | None:
    """The values of the best solution, the mandatory level first; None if there is none."""
    model.hint(roster)
    found: Values | None = None
    begun = perf_counter()
    for level, share in LEVELS_AND_SHARES:
        left = None if limits.seconds is None else limits.seconds - (perf_counter() - begun)
        cost = model.program.costs[level]
        model.program.minimise(cost)
        seconds = None if left is None else max(0.1, share * left)
        result = search(model.program, replace(limits, seconds=seconds), lambda *_: stopped())
        if result.values is None:
            return found
        found = result.values
        model.program.at_most(cost, result.objective or 0)
        model.hint(model.roster(found))
    return found
