"""The spans of work the solver decides on: given shifts, and shifts created from templates."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.cpsat.elements import Element, Given
from solver.cpsat.linear import FALSE, Linear, Lit
from solver.rules.minutes import Count
from solver.rules.pins import same_work
from solver.spans import Span, overlap_minutes
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.model import Model
    from solver.cpsat.pauses import Pause
    from solver.cpsat.program import Program
    from solver.problem import Employee, Pin, Problem, Published, ShiftTemplate
    from solver.rules.option_rule import OptionRule

Values = Callable[[int], int]
"""The value of a variable in a solution, by index."""

Pair = tuple[int, int]
"""A start and an end, minutes from the origin."""


class Slot(Element):
    """A span of work the solver decides on."""

    employee: Employee
    name: str
    own = True

    @property
    @abstractmethod
    def size(self) -> int:
        """About how many variables it takes."""

    @property
    @abstractmethod
    def possible(self) -> bool:
        """Whether any option is left."""

    @abstractmethod
    def judge(self, rule: OptionRule, board: Board) -> None:
        """Remove the options that break a hard rule, or charge for those that break another."""

    @abstractmethod
    def realise(self, program: Program) -> bool:
        """Create the variables; False if no option is left."""

    @abstractmethod
    def chosen(self, values: Values) -> Assignment | None:
        """What a solution makes of it."""

    @abstractmethod
    def assignments(self) -> Iterator[Assignment]:
        """Every option."""

    @abstractmethod
    def can_be(self, work: Assignment) -> bool:
        """Whether that assignment is one of its options."""

    @abstractmethod
    def hint(self, work: Assignment | None) -> dict[int, int]:
        """The values of its variables where it is that assignment, or is not there."""


class ShiftSlot(Given, Slot):
    """One employee on one given shift, or on a span that a pin describes.

    Parameters
    ----------
    employee
        Who.
    work
        The assignment it stands for.
    """

    def __init__(self, employee: Employee, work: Assignment, *, day: int, date: str) -> None:
        """Not yet realised: its literal is FALSE."""
        super().__init__(work, FALSE, own=True, day=day, date=date)
        self.employee = employee
        self.assignment = work
        self.name = work.shift or ""
        self._possible = True

    @property
    def size(self) -> int:
        """One."""
        return 1

    @property
    def possible(self) -> bool:
        """Whether no hard rule has dropped it."""
        return self._possible

    def judge(self, rule: OptionRule, board: Board) -> None:
        """Drop it, or charge for its presence."""
        short_by = rule.shortfall(board.problem, self.employee, self.work)
        if short_by and board.is_hard(rule):
            self._possible = False
        elif short_by:
            board.program.charge(rule.level, rule.weight * short_by, self.presence())

    def realise(self, program: Program) -> bool:
        """One literal."""
        if self._possible:
            self.present = program.literal()
        return self._possible

    def chosen(self, values: Values) -> Assignment | None:
        """The assignment, if present."""
        return self.assignment if values(self.present) else None

    def assignments(self) -> Iterator[Assignment]:
        """The one."""
        yield self.assignment

    def can_be(self, work: Assignment) -> bool:
        """Whether it is that shift, or that span."""
        if work.shift is not None or self.assignment.shift is not None:
            return work.shift == self.assignment.shift
        return same_work(work, self.work)

    def hint(self, work: Assignment | None) -> dict[int, int]:
        """Its literal."""
        return {self.present: int(work is not None)}


class TemplateSlot(Slot):
    """One employee working one template on one day, at a start and an end still to be chosen.

    Variables: present; for each possible start but the last, started by then; for each possible end but the
    last, ended by then. A chain of implications orders them.

    Parameters
    ----------
    employee, template
        Who and what.
    pairs
        Possible (start, end), sorted, not empty.
    problem
        Gives the day of the starts.
    """

    def __init__(
        self, employee: Employee, template: ShiftTemplate, pairs: Sequence[Pair], problem: Problem
    ) -> None:
        """Not yet realised."""
        self.employee = employee
        self.template = template
        self.name = template.id
        self.day = problem.calendar.index(pairs[0][0])
        self.date = problem.calendar.date(self.day)
        self.present = FALSE
        self.pairs = pairs
        self.work = self._envelope(pairs[0][0], max(end for _, end in pairs))
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._started: list[Lit] = []
        self._ended: list[Lit] = []
        self._long: dict[int, Lit] = {}
        self._minutes: dict[Count, Linear] = {}
        self._works: list[Work] = []
        self._lengths_of: Sequence[Pair] = ()
        self._program: Program | None = None
        self.pauses: list[Pause] = []

    def _envelope(self, start: int, end: int) -> Work:
        """All that may be worked from its first possible start to its last possible end."""
        return self._work(start, end)

    def _work(self, start: int, end: int) -> Work:
        t = self.template
        breaks = t.breaks_of(end - start)
        return Work(
            start=start,
            end=end,
            breaks=breaks,
            skill=t.skill,
            location=t.location,
            tags=t.tags,
            requires=t.requires,
            preferred_skills=t.preferred_skills,
        )

    @property
    def size(self) -> int:
        """One for each start and end."""
        return len({start for start, _ in self.pairs}) + len({end for _, end in self.pairs})

    @property
    def possible(self) -> bool:
        """Whether any pair is left."""
        return bool(self.pairs)

    def judge(self, rule: OptionRule, board: Board) -> None:
        """Drop the pairs that fall short, or charge for them."""
        problem = board.problem
        if not rule.by_length and not rule.shortfall(problem, self.employee, self.work):
            return
        hard = board.is_hard(rule)
        if hard and rule.excludes(problem, self.employee, self.work):
            self.pairs = []
            return
        short = {p: rule.shortfall(problem, self.employee, self._work(*p)) for p in self._judged(rule)}
        if rule.by_length:
            short = {p: short.get((0, p[1] - p[0]), 0) for p in self.pairs}
        if hard:
            self.pairs = [pair for pair in self.pairs if not short[pair]]
            return
        for amount in sorted({amount for amount in short.values() if amount}):
            charged = board.program.literal()
            board.program.charge(rule.level, rule.weight * amount, Linear.of(charged))
            for pair, is_short in short.items():
                if is_short == amount:
                    board.program.clause([charged, *self._not_pair(*pair)])

    def _judged(self, rule: OptionRule) -> Sequence[Pair]:
        if rule.by_length:
            return sorted({(0, end - start) for start, end in self.pairs})
        return self.pairs

    def _not_pair(self, start: int, end: int) -> list[Lit]:
        """Literals any of which says that it does not last from ``start`` to ``end``."""
        return [
            ~self.started_before(start + 1),
            self.started_before(start),
            ~self.ended_by(end),
            self.ended_by(end - 1),
        ]

    def realise(self, program: Program) -> bool:
        """The literals and what ties starts to ends."""
        if not self.pairs:
            return False
        self._program = program
        self._long = {}
        self._minutes = {}
        self._starts = sorted({start for start, _ in self.pairs})
        self._ends = sorted({end for _, end in self.pairs})
        self.work = self._envelope(self._starts[0], self._ends[-1])
        self.present = program.literal()
        self._started = [*(program.literal() for _ in self._starts[1:]), self.present]
        self._ended = [*(program.literal() for _ in self._ends[1:]), self.present]
        for chain in (self._started, self._ended):
            for earlier, later in pairwise(chain):
                program.clause([~earlier, later])
        self._tie(program)
        return True

    def _tie(self, program: Program) -> None:
        """Bound the end by the start from both sides, then forbid single pairs that are not possible."""
        ends_of: dict[int, set[int]] = {start: set() for start in self._starts}
        for start, end in self.pairs:
            ends_of[start].add(end)
        latest, highest = -1, []
        for start in self._starts:
            latest = max(latest, max(ends_of[start]))
            highest.append(latest)
            program.clause([~self.started_before(start + 1), self.ended_by(latest)])
        earliest, lowest = self._ends[-1], []
        for start in reversed(self._starts):
            earliest = min(earliest, min(ends_of[start]))
            lowest.append(earliest)
            program.clause([~self.ended_by(earliest - 1), self.started_before(start)])
        for start, low, high in zip(self._starts, reversed(lowest), highest, strict=True):
            for end in self._ends[bisect_left(self._ends, low) : bisect_right(self._ends, high)]:
                if end not in ends_of[start]:
                    program.clause(self._not_pair(start, end))

    def example(self) -> Assignment:
        """Any of its assignments."""
        return self.made(*self.pairs[0])

    def starts(self) -> Sequence[int]:
        """Possible starts."""
        return self._starts

    def ends(self) -> Sequence[int]:
        """Possible ends."""
        return self._ends

    def works(self) -> Sequence[Work]:
        """One for each length."""
        if self._lengths_of is not self.pairs:
            self._lengths_of = self.pairs
            self._works = [self._work(0, length) for length in {end - start for start, end in self.pairs}]
        return self._works

    def started_before(self, minute: int) -> Lit:
        """The literal of the last start before the minute."""
        place = bisect_left(self._starts, minute) - 1
        return self._started[place] if place >= 0 else FALSE

    def ended_by(self, minute: int) -> Lit:
        """The literal of the last end up to the minute."""
        place = bisect_right(self._ends, minute) - 1
        return self._ended[place] if place >= 0 else FALSE

    def minutes(self, count: Count) -> Linear:
        """Its length less the breaks that do not count."""
        if count not in self._minutes:
            self._minutes[count] = self._minutes_of(count)
        return self._minutes[count].plus(0)

    def _minutes_of(self, count: Count) -> Linear:
        total = self._between(lambda minute: minute)
        if count == "present":
            return total
        for policy in self.template.breaks:
            if count == "worked" or not policy.paid:
                total.add(self.at_least(policy.from_minutes), -policy.minutes)
        return total

    def start_minute(self) -> Linear:
        """The last possible start less what each earlier one takes off."""
        start = Linear(self._starts[-1])
        for at, following, literal in zip(self._starts, self._starts[1:], self._started, strict=False):
            start.add(literal, at - following)
        return start

    def end_minute(self) -> Linear:
        """The last possible end less what each earlier one takes off."""
        end = Linear(self._ends[-1])
        for at, following, literal in zip(self._ends, self._ends[1:], self._ended, strict=False):
            end.add(literal, at - following)
        return end

    def overlap(self, spans: Sequence[Span]) -> Linear:
        """The part of its length in the spans."""
        first = self._starts[0]
        return self._between(lambda minute: overlap_minutes(first, minute, spans))

    def _between(self, reach: Callable[[int], int]) -> Linear:
        """``reach(end) - reach(start)`` of a function that never falls."""
        total = Linear.of(self.present, reach(self._ends[-1]) - reach(self._starts[-1]))
        for times, literals, sign in ((self._ends, self._ended, -1), (self._starts, self._started, 1)):
            for at, following, literal in zip(times, times[1:], literals, strict=False):
                total.add(literal, sign * (reach(following) - reach(at)))
        return total

    def at_least(self, minutes: int) -> Lit:
        """It is there and at least so long."""
        lengths = [work.minutes for work in self.works()]
        if minutes <= min(lengths):
            return self.present
        if minutes > max(lengths):
            return FALSE
        if minutes not in self._long:
            self._long[minutes] = self._define_at_least(minutes, min(lengths), max(lengths))
        return self._long[minutes]

    def _define_at_least(self, minutes: int, shortest: int, longest: int) -> Lit:
        program = self._program
        assert program is not None  # noqa: S101 (amounts are asked of realised slots only)
        long = program.literal()
        for start in self._starts:
            program.clause([self.started_before(start), ~self.ended_by(start + minutes - 1), ~long])
            program.clause([~self.started_before(start + 1), self.ended_by(start + minutes - 1), long])
        program.clause([~long, self.present])
        # The same for the linear relaxation.
        below_minutes = max(end - start for start, end in self.pairs if end - start < minutes)
        length = self._between(lambda minute: minute)
        above = length.minus(Linear.of(self.present, shortest))
        above.add(long, shortest - minutes)
        program.at_least(above, 0)
        below = length.minus(Linear.of(self.present, below_minutes))
        below.add(long, below_minutes - longest)
        program.at_most(below, 0)
        return long

    def keeps(self, meant: Pin | Published, model: Model) -> list[Lit]:
        """A literal that implies the start and the end that are meant."""
        work = meant.work
        if work is None or (work.skill, work.location) != (self.template.skill, self.template.location):
            return []
        if (work.start, work.end) not in set(self.pairs):
            return []
        same = model.program.literal()
        for literal in self._not_pair(work.start, work.end):
            model.program.clause([~same, ~literal])
        return [same]

    def chosen(self, values: Values) -> Assignment | None:
        """The start and the end that the literals say."""
        if not values(self.present):
            return None
        start = next(at for at, lit in self._by_start() if values(lit))
        end = next(at for at, lit in self._by_end() if values(lit))
        return self.made(start, end)

    def assignments(self) -> Iterator[Assignment]:
        """One for each pair."""
        return (self.made(start, end) for start, end in self.pairs)

    def made(self, start: int, end: int) -> Assignment:
        """The assignment of one of its pairs."""
        t, minutes = self.template, end - start
        return Assignment(
            employee=self.employee.id,
            template=t.id,
            start=start,
            end=end,
            paid_minutes=t.paid_of(minutes),
            breaks=t.breaks_of(minutes),
            skill=t.skill,
            location=t.location,
            tags=t.tags,
            requires=t.requires,
            preferred_skills=t.preferred_skills,
        )

    def can_be(self, work: Assignment) -> bool:
        """Whether the start and the end are possible and it is the same kind of work."""
        return (
            work.shift is None
            and work.template in (None, self.template.id)
            and (work.skill, work.location) == (self.template.skill, self.template.location)
            and (work.start, work.end) in self.pairs
        )

    def hint(self, work: Assignment | None) -> dict[int, int]:
        """All literals."""
        start, end, length = (work.start, work.end, work.minutes) if work else (None, None, 0)
        values = {lit: int(start is not None and start <= at) for at, lit in self._by_start()}
        values |= {lit: int(end is not None and end <= at) for at, lit in self._by_end()}
        return values | {lit: int(length >= minutes) for minutes, lit in self._long.items()}

    def _by_start(self) -> Iterator[tuple[int, Lit]]:
        return zip(self._starts, self._started, strict=True)

    def _by_end(self) -> Iterator[tuple[int, Lit]]:
        return zip(self._ends, self._ended, strict=True)


def pairs_of(template: ShiftTemplate, day: int, problem: Problem) -> list[Pair]:
    """The possible (start, end) of a template on a day of the horizon, sorted."""
    civil = problem.days[day]
    if template.days is not None and civil.on not in template.days:
        return []
    if template.starts:
        starts = [start for start in template.starts if civil.start <= start < civil.end]
    else:
        walls = range(template.earliest_start, template.latest_start + 1, template.start_step)
        starts = [civil.minute(wall) for wall in walls]
    limit = None if template.latest_end is None else civil.minute(template.latest_end)
    return sorted(
        {
            (start, start + length)
            for start in starts
            for length in template.lengths()
            if limit is None or start + length <= limit
        }
    )
