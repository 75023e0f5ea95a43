"""Creating shifts from demand, before anybody is assigned: the fewest minutes of shifts that cover it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from time import perf_counter

from solver.cpsat.linear import TRUE, Linear
from solver.cpsat.program import Program
from solver.cpsat.run import Limits, search
from solver.cpsat.slots import Values, pairs_of
from solver.open_shifts import open_shifts
from solver.problem import Coverage, Problem, Shift, ShiftTemplate
from solver.result import OpenShift
from solver.rules.coverage import CoverageCurves, fixed_work, kinds_of
from solver.rules.option_rule import OptionRule
from solver.score import score_of
from solver.spans import Span, merged
from solver.work import Assignment, Roster, Task


@dataclass(frozen=True, slots=True)
class CreatedShifts:
    """Shifts that cover a demand.

    Parameters
    ----------
    shifts
        By start; equal ones are one shift with a headcount.
    mandatory, soft
        What coverage costs when all of them are worked.
    minutes
        Their paid minutes in all.
    proven
        Whether no shifts of the templates cost less, or as little with fewer paid minutes.
    nobody_can
        Ids of the created shifts that no employee may work, whatever else is worked: they stay open.
    uncovered
        Where people are missing although all shifts are worked, because no template reaches there or it
        would cost more than it is worth.
    """

    shifts: tuple[Shift, ...]
    mandatory: int
    soft: int
    minutes: int
    proven: bool
    nobody_can: tuple[str, ...]
    uncovered: tuple[OpenShift, ...]

    def added_to(self, problem: Problem) -> Problem:
        """The problem with these shifts to be filled, and no templates to create any further ones."""
        return replace(problem, shifts=(*problem.shifts, *self.shifts), templates=())


def create_shifts(
    problem: Problem,
    *,
    seconds: float | None = 10,
    seed: int = 0,
    workers: int = 1,
    stopped: Callable[[], bool] = lambda: False,
) -> CreatedShifts:
    """The shifts of a problem's templates that cover its demand, whoever works them.

    Given shifts, history and upcoming work count as worked. First the mandatory cost of coverage is made
    small, then the soft cost, then the paid minutes. Breaks with a window lie about evenly, and a shift of a
    template with tasks is of one task throughout.

    Parameters
    ----------
    problem
        Its employees matter only for the shifts that none of them may work.
    seconds
        The most it takes, about; None for as long as it takes to be sure.
    seed, workers
        With one worker and no limit the same problem gives the same shifts.
    stopped
        Asked several times a second; true ends it.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from solver.problem import Day
    >>> day = ShiftTemplate(id="day", earliest_start=360, latest_start=720, start_step=60, length_step=60)
    >>> problem = Problem(origin=datetime(2026, 11, 23, tzinfo=UTC), days=(Day("2026-11-23", 0, 1440),),
    ...                   templates=(day,), coverage=(
    ...                       Coverage(id="all", start=480, end=1020, minimum=1),
    ...                       Coverage(id="noon", start=660, end=780, minimum=2)))
    >>> created = create_shifts(problem)
    >>> [(shift.start, shift.end) for shift in created.shifts], created.minutes
    ([(480, 780), (660, 1020)], 660)
    >>> created.mandatory, created.proven, created.nobody_can
    (0, True, ('day@480-780', 'day@660-1020'))
    """
    counts, proven = _all_counts(problem, Limits(seed=seed, workers=workers, seconds=seconds), stopped)
    given = [problem.fill("", shift.id) for shift in problem.shifts for _ in range(shift.headcount)]
    worked = Roster([*given, *(work for work, count in counts.items() for _ in range(count))])
    score = score_of(CoverageCurves().check(problem, worked))
    shifts = tuple(_shifts(problem, counts))
    return CreatedShifts(
        shifts=shifts,
        mandatory=score.mandatory,
        soft=score.soft,
        minutes=sum(work.paid * count for work, count in counts.items()),
        proven=proven,
        nobody_can=tuple(_nobody_can(problem, shifts)),
        uncovered=open_shifts(replace(problem, shifts=()), worked),
    )


def _all_counts(
    problem: Problem, limits: Limits, stopped: Callable[[], bool]
) -> tuple[dict[Assignment, int], bool]:
    """How many of each option, and whether that is proven best: stretch of time after stretch of time."""
    options = [work for template in problem.templates for work in _options(problem, template)]
    stretches = merged(
        [Span(cover.start, cover.end) for cover in problem.coverage] + [work.span for work in options]
    )
    counts: dict[Assignment, int] = {}
    proven, begun = True, perf_counter()
    for place, stretch in enumerate(stretches):
        covers = [cover for cover in problem.coverage if stretch.start <= cover.start < stretch.end]
        within = [work for work in options if stretch.start <= work.start < stretch.end]
        if not covers or not within:
            continue
        creation = _Creation(problem, covers, within)
        left = None if limits.seconds is None else limits.seconds - (perf_counter() - begun)
        seconds = None if left is None else max(0.1, left / (len(stretches) - place))
        values, sure = _solve(creation, replace(limits, seconds=seconds), stopped)
        proven = proven and sure
        if values is not None:
            counts |= creation.counts(values)
    return counts, proven


class _Creation:
    """A program with the number of shifts of each template, start, length and task.

    It is about a stretch of time that no shift or requirement reaches out of: such stretches are independent.
    """

    def __init__(self, problem: Problem, covers: Sequence[Coverage], options: Sequence[Assignment]) -> None:
        self.program = Program()
        kinds: dict[tuple[str | None, str | None], list[Coverage]] = {}
        for cover in covers:
            kinds.setdefault((cover.skill, cover.location), []).append(cover)
        self._numbers = {work: self.program.amount(_most(work, kinds.values())) for work in options}
        given = [problem.fill("", shift.id) for shift in problem.shifts for _ in range(shift.headcount)]
        self._fixed = [*fixed_work(problem), *given]
        for covers in kinds.values():
            self._charge(covers)
        self.minutes = Linear()
        for work, number in self._numbers.items():
            self.minutes.add(number, work.paid)

    def _charge(self, covers: Sequence[Coverage]) -> None:
        """Charge requirements of one skill and location, counting people from change to change."""
        changes = self._changes(covers[0])
        people = Linear()
        times = sorted({*changes, *(at for cover in covers for at in (cover.start, cover.end))})
        for at, until in pairwise(times):
            people.add_all(changes.get(at, Linear()))
            people = self.program.named(people).plus(0)
            for cover in covers:
                if cover.start <= at < cover.end:
                    for kind in kinds_of(cover):
                        off = people.times(kind.sign).plus(-kind.sign * kind.bound)
                        self.program.charge_excess(kind.level, kind.price * (until - at), off)

    def _changes(self, cover: Coverage) -> dict[int, Linear]:
        """How many come and how many go at each time."""
        changes: dict[int, Linear] = {}
        certain = ((work, TRUE) for work in self._fixed)
        for work, number in chain(self._numbers.items(), certain):
            for start, end, skill in work.pieces if cover.counts(work) else ():
                if cover.skill in (None, skill):
                    changes.setdefault(start, Linear()).add(number, 1)
                    changes.setdefault(end, Linear()).add(number, -1)
        return changes

    def counts(self, values: Values) -> dict[Assignment, int]:
        """How many of each option a solution has."""
        return {work: count for work, number in self._numbers.items() if (count := values(number))}


def _options(problem: Problem, template: ShiftTemplate) -> Iterator[Assignment]:
    """Every shift of a template, with each of its tasks throughout."""
    for day in range(len(problem.days)):
        for start, end in pairs_of(template, day, problem):
            work = problem.create("", template.id, start, end - start)
            if not template.tasks:
                yield work
            for task in template.tasks:
                yield replace(work, tasks=(Task(start, end, task),))


def _most(work: Assignment, kinds: Iterable[Sequence[Coverage]]) -> int:
    """The most that can be of use: as many as are wanted at once by all kinds of cover."""
    return sum(
        max((c.wanted for c in covers if c.start < work.end and work.start < c.end), default=0)
        for covers in kinds
        if covers[0].counts(work)
    )


def _solve(creation: _Creation, limits: Limits, stopped: Callable[[], bool]) -> tuple[Values | None, bool]:
    """The best solution, one thing made small after the other, and whether it is proven."""
    program, found, proven, begun = creation.program, None, True, perf_counter()
    for cost, share in (
        (program.costs["mandatory"], 0.5),
        (program.costs["soft"], 0.5),
        (creation.minutes, 1.0),
    ):
        left = None if limits.seconds is None else limits.seconds - (perf_counter() - begun)
        seconds = None if left is None else max(0.1, share * left)
        program.minimise(cost)
        result = search(program, replace(limits, seconds=seconds), lambda *_: stopped())
        proven = proven and result.ending == "optimal"
        if result.values is None:
            return found, False
        found = result.values
        program.at_most(cost, result.objective or 0)
        program.hint({variable: found(variable) for variable in range(len(program.upper))})
    return found, proven


def _shifts(problem: Problem, counts: Mapping[Assignment, int]) -> Iterator[Shift]:
    taken = {shift.id for shift in problem.shifts}
    for work, count in sorted(
        counts.items(), key=lambda one: (one[0].start, one[0].end, one[0].template or "")
    ):
        tasks = "".join(f":{task.skill}" for task in work.tasks)
        name = f"{work.template}@{work.start}-{work.end}{tasks}"
        while name in taken:
            name += "'"
        taken.add(name)
        wanted = [c for c in problem.coverage if c.start < work.end and work.start < c.end and c.counts(work)]
        yield Shift(
            id=name,
            start=work.start,
            end=work.end,
            paid_minutes=work.paid_minutes,
            breaks=work.breaks,
            skill=work.skill,
            location=work.location,
            tags=work.tags,
            tasks=work.tasks,
            requires=work.requires,
            preferred_skills=work.preferred_skills,
            headcount=count,
            mandatory=any(cover.minimum for cover in wanted),
        )


def _nobody_can(problem: Problem, shifts: Sequence[Shift]) -> Iterator[str]:
    """Ids of the shifts that hard rules about a single assignment keep from everybody."""
    known = replace(problem, shifts=(*problem.shifts, *shifts))
    rules = [rule for rule in known.all_rules if isinstance(rule, OptionRule) and rule.level == "hard"]
    concerned = [(rule, {employee.id for employee in rule.scope.people(known)}) for rule in rules]
    for shift in shifts:
        if not any(
            all(
                employee.id not in people
                or not rule.check_person(known, employee, [known.fill(employee.id, shift.id)])
                for rule, people in concerned
            )
            for employee in known.employees
        ):
            yield shift.id
