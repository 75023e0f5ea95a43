"""Placing the breaks and choosing the tasks inside the shifts of a finished roster, whose times stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    anew, by the mandatory level first. Given shifts and work placed by hand stay as they are. The roster
    comes back as it is where nothing better was found in time, or where the inside of a shift cannot keep a
    hard rule.

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
    if not movable:
        return roster
    model = Model(_Insides(problem, roster, movable))
    for person in model.persons.values():
        for slot in person.slots:
            model.program.clause([slot.present])
    limits = Limits(seed=seed, workers=workers, seconds=seconds, relaxed=True)
    values = _solve(model, roster, limits, stopped)
    if values is None:
        return roster
    still = [work for work in roster if work not in set(movable)]
    placed = Roster([*still, *model.roster(values)])
    return placed if evaluate(problem, placed).score < evaluate(problem, roster).score else roster


def _is_movable(problem: Problem, work: Assignment) -> bool:
    template = problem.template_by_id.get(work.template or "")
    if work.shift is not None or template is None or not has_inside(template):
        return False
    return not template.tasks or work.minutes % template.task_step == 0


class _Insides(Draft):
    """Only the shifts of a roster, at their times; what has nothing to decide inside is like the past."""

    def __init__(self, problem: Problem, roster: Roster, movable: Sequence[Assignment]) -> None:
        self._roster = roster
        self._movable = set(movable)
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
