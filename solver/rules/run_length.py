"""Rules that keep the length of runs in a range: of days worked, of days off, of weekends."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from solver.cpsat.linear import Lit
from solver.resources import Runs
from solver.rules.rule import PersonalRule, known_days, timeline
from solver.rules.window_sum import Bound, check_range
from solver.violation import Violation
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same for all rosters.

    Parameters
    ----------
    steps
        The steps.
    unlimited
        Those that make no run too long.
    fixed
        Those that history and upcoming work have put in a run.
    """

    steps: Steps
    unlimited: set[int]
    fixed: set[int]


@dataclass(frozen=True, slots=True)
class Steps:
    """The days, or weekends, a person's runs are made of, as consecutive numbers.

    Parameters
    ----------
    horizon
        Those the roster has a say in.
    known
        Those of which it is known, or for the roster to say, whether they are in a run.
    """

    horizon: range
    known: range


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLength(PersonalRule):
    """A run is at least ``minimum`` and at most ``maximum`` steps long.

    Steps before and after the horizon belong to a run; what is too long by history and upcoming work alone
    is not charged. **A run that reaches the edge of what is known is exempt from its minimum**: it may be
    longer than anybody can see. Where an employee has history, all before the horizon is known; where an
    employee has upcoming work, so is the day after the last of it; otherwise the horizon's edge is the edge.

    Parameters
    ----------
    minimum, maximum
        Bounds; None for no such bound.
    """

    made_by_work: ClassVar[bool] = True
    """Whether work makes a run, or the absence of work."""

    minimum: int | None = None
    maximum: int | None = None

    def check_parameters(self) -> None:
        """There is a bound, and the bounds are in order."""
        check_range(self.minimum, self.maximum)

    @abstractmethod
    def steps(self, problem: Problem, employee: Employee) -> Steps:
        """What runs are made of."""

    @abstractmethod
    def in_runs(self, problem: Problem, employee: Employee, works: Sequence[Work]) -> set[int]:
        """The known steps that are in a run."""

    @abstractmethod
    def in_run(self, model: Model, person: Person, step: int) -> Lit:
        """A literal that holds where a known step is in a run, and only there."""

    @abstractmethod
    def days_of_step(self, problem: Problem, step: int) -> range:
        """The days a step consists of."""

    def unlimited(self, problem: Problem, employee: Employee) -> set[int]:
        """Steps of the horizon that make no run too long."""
        return set()

    def frame(self, problem: Problem, employee: Employee) -> Frame:
        """What is the same for all rosters."""
        return problem.remember(self, employee.id, lambda: self._frame(problem, employee))

    def _frame(self, problem: Problem, employee: Employee) -> Frame:
        steps, unlimited = self.steps(problem, employee), self.unlimited(problem, employee)
        if not self.made_by_work:
            return Frame(steps, unlimited, set())
        return Frame(steps, unlimited, self.in_runs(problem, employee, timeline(employee, ())))

    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """One violation for each run that is too long or too short."""
        frame = self.frame(problem, employee)
        inside = self.in_runs(problem, employee, timeline(employee, own))
        broken: list[tuple[range, Bound, int, int]] = []
        if self.maximum is not None:
            for run in runs(inside - frame.unlimited):
                broken.append((run, "maximum", self.maximum, self._too_long(run, frame)))
        if self.minimum is not None:
            for run in runs(inside):
                if self._judged(run, frame):
                    broken.append((run, "minimum", self.minimum, self.minimum - len(run)))
        found: list[Violation] = []
        for run, bound, limit, short_by in broken:
            if short_by > 0:
                first, last = (self.days_of_step(problem, step) for step in (run[0], run[-1]))
                facts: dict[str, int | str] = {bound: limit, "actual": len(run)}
                facts["from"] = problem.calendar.date(first.start)
                works = self._within(problem, own, range(first.start, last.stop))
                found.append(self.breach(short_by, employee=employee.id, works=works, facts=facts))
        return found

    def _within(self, problem: Problem, own: Sequence[Assignment], days: range) -> list[Work]:
        return [work for work in self.counted(problem, own) if problem.calendar.index(work.start) in days]

    def _too_long(self, run: range, frame: Frame) -> int:
        """The number of windows of ``maximum + 1`` steps in the run in which the roster has a part."""
        length, horizon = (self.maximum or 0) + 1, frame.steps.horizon
        firsts = range(max(run.start, horizon.start - length + 1), min(run.stop - length + 1, horizon.stop))
        return sum(not frame.fixed.issuperset(range(first, first + length)) for first in firsts)

    def _judged(self, run: range, frame: Frame) -> bool:
        """Whether the roster has made the run, or ended it, and its length is known."""
        horizon, known = frame.steps.horizon, frame.steps.known
        reach = 0 if self.made_by_work else 1
        near = run.start < horizon.stop + reach and run.stop > horizon.start - reach
        seen = known.start < run.start and run.stop < known.stop
        return bool(horizon) and near and seen and not frame.fixed.issuperset(run)

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """The runs, where only days and tags count."""
        if self.looks_at() != "days":
            return None
        frame = self.frame(problem, employee)
        steps, without = frame.steps.known, self.in_runs(problem, employee, timeline(employee, ()))
        base, fixed, unlimited = (
            tuple(step in some for step in steps) for some in (without, frame.fixed, frame.unlimited)
        )
        number = partial(self._step_of, problem, employee)
        horizon = frame.steps.horizon
        return [
            Runs(
                number,
                self.made_by_work,
                steps.start,
                base,
                fixed,
                unlimited,
                horizon,
                self.minimum,
                self.maximum,
            )
        ]

    def _step_of(self, problem: Problem, employee: Employee, work: Work) -> int | None:
        """The step a span of work puts in a run, or takes out of one."""
        if not self.scope.counts(problem, work):
            return None
        inside = self.in_runs(problem, employee, [work])
        if self.made_by_work:
            return next(iter(inside), None)
        return next((step for step in self.frame(problem, employee).steps.known if step not in inside), None)

    def ignores_times(self) -> bool:
        """It does."""
        return True

    def post(self, model: Model) -> None:
        """No window one step longer than the maximum is all in a run; no run is shorter than the minimum."""
        for person in model.people(self):
            frame = self.frame(model.problem, person.employee)
            for window in self._long_windows(frame):
                model.clause(self, [~self.in_run(model, person, step) for step in window])
            for run in self._short_runs(frame):
                around = [self.in_run(model, person, step) for step in (run.start - 1, run.stop)]
                inside = [self.in_run(model, person, step) for step in run]
                broken_by = [*around, *(~step for step in inside)]
                model.clause(self, broken_by, charged=(self.minimum or 0) - len(run))

    def _long_windows(self, frame: Frame) -> Iterator[range]:
        """All runs that are one step too long and in which the roster can have a part."""
        if self.maximum is None:
            return
        length, horizon, known = self.maximum + 1, frame.steps.horizon, frame.steps.known
        for first in range(
            max(horizon.start - length + 1, known.start), min(horizon.stop, known.stop - length + 1)
        ):
            window = range(first, first + length)
            if horizon and frame.unlimited.isdisjoint(window) and not frame.fixed.issuperset(window):
                yield window

    def _short_runs(self, frame: Frame) -> Iterator[range]:
        """All runs that are judged and shorter than the minimum."""
        horizon = frame.steps.horizon
        for length in range(1, min(self.minimum or 0, len(frame.steps.known))):
            for first in range(horizon.start - length, horizon.stop + 1):
                run = range(first, first + length)
                if self._judged(run, frame):
                    yield run


def day_steps(problem: Problem, employee: Employee) -> Steps:
    """The days of the horizon, and those that are known with at least one on which nothing was."""
    known = known_days(problem, employee)
    before, after = bool(employee.history), bool(employee.upcoming)
    return Steps(range(problem.calendar.size), range(known.start - before, known.stop + after))


def runs(numbers: set[int]) -> list[range]:
    """The runs of consecutive numbers, in order.

    Examples
    --------
    >>> runs({1, 2, 5})
    [range(1, 3), range(5, 6)]
    """
    found: list[range] = []
    for number in sorted(numbers):
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found
