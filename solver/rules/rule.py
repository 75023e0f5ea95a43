"""What every rule has: a scope, a level, a citation and two readings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from solver.rules.period import DAILY as DAILY
from solver.rules.period import HORIZON as HORIZON
from solver.rules.period import WEEKLY as WEEKLY
from solver.rules.period import Period as Period
from solver.rules.period import known_days as known_days
from solver.spans import Span
from solver.violation import LEVELS, Level, Violation
from solver.work import Assignment, Roster, Work

if TYPE_CHECKING:
    from solver.cpsat.board import Board
    from solver.cpsat.model import Model
    from solver.cpsat.person import Person
    from solver.problem import Employee, Problem
    from solver.resources import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whom and what a rule is about; what is None is not narrowed.

    Parameters
    ----------
    employees
        Ids of the employees it holds for.
    tags
        It counts work that has any of these tags.
    days
        It counts work that starts on one of these civil days (ISO dates); days before the horizon may be
        named.
    weekdays
        It counts work that starts on one of these days of the week, 0 = Monday to 6 = Sunday.
    without_tags
        It does not count work that has any of these tags.
    """

    employees: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    days: tuple[str, ...] | None = None
    weekdays: tuple[int, ...] | None = None
    without_tags: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse weekdays that are none."""
        check_weekdays(self.weekdays or ())

    @property
    def all_work(self) -> bool:
        """Whether it is about all work of its people."""
        return (self.tags, self.without_tags, self.days, self.weekdays) == (None, None, None, None)

    def people(self, problem: Problem) -> Sequence[Employee]:
        """The employees it holds for."""
        if self.employees is None:
            return problem.employees
        return [problem.employee_by_id[who] for who in self.employees]

    def counts(self, problem: Problem, work: Work) -> bool:
        """Whether it is about that work, by its tags and the day on which it starts."""
        return self.counts_tags(work) and self.counts_day(problem, problem.calendar.index(work.start))

    def counts_tags(self, work: Work) -> bool:
        """Whether it is about work with such tags."""
        if self.tags is not None and not set(self.tags).intersection(work.tags):
            return False
        return self.without_tags is None or not set(self.without_tags).intersection(work.tags)

    def counts_day(self, problem: Problem, day: int) -> bool:
        """Whether it is about work that starts on the day with that index."""
        if self.days is not None and problem.calendar.date(day) not in self.days:
            return False
        return self.weekdays is None or problem.calendar.weekday(day) in self.weekdays


def check_weekdays(weekdays: tuple[int, ...]) -> None:
    """Raise ValueError unless all are days of the week, each named once."""
    if not set(weekdays) <= set(range(7)) or len(set(weekdays)) < len(weekdays):
        raise ValueError(f"weekdays {list(weekdays)}: name each day once, from 0 for Monday to 6 for Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(ABC):
    """A rule in two independent readings: `check` on a roster and `post` on a CP-SAT model.

    A breach that the past alone causes is not the roster's: rules charge only for what the roster adds to it.

    Parameters
    ----------
    scope
        Whom and what it is about.
    level
        ``hard`` always holds in what the solver returns; ``mandatory`` and ``soft`` are paid for.
    weight
        Cost per unit charged, >= 1.
    source
        Citation, copied to every violation.
    name
        The caller's own key, for instance the law parameter it comes from.
    """

    id: ClassVar[str]
    """snake_case, for ever."""
    unit: ClassVar[str] = "minutes"
    """Natural unit of ``short_by``."""
    narrows: ClassVar[tuple[str, ...]] = ("employees", "tags", "days")
    """The parts of a scope that mean something to it; with ``days`` and ``tags`` their siblings."""
    looks_inside: ClassVar[bool] = False
    """Whether it depends on when in a shift the breaks are and what is done when."""

    scope: Scope = Scope()
    level: Level = "hard"
    weight: int = 1
    source: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"level is {self.level!r}; use one of {', '.join(LEVELS)}")
        if self.weight < 1:
            raise ValueError(f"weight is {self.weight}; use 1 or more, or leave the rule out")
        for part in ("employees", "tags", "days", "weekdays", "without_tags"):
            meant = {"weekdays": "days", "without_tags": "tags"}.get(part, part)
            if getattr(self.scope, part) is not None and meant not in self.narrows:
                raise ValueError(f"scope.{part} means nothing to {self.id}; leave it out")
        self.check_parameters()

    def check_parameters(self) -> None:  # noqa: B027 (a rule without parameters has nothing to check)
        """Raise ValueError where a parameter makes no sense."""

    @abstractmethod
    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """All breaches of the rule in a roster."""

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, quicker where much stayed the same.

        A rule about several people that can tell what a change does not touch overrides this.

        Parameters
        ----------
        problem, roster
            As in `check`.
        changed
            Every assignment that came or went since the roster of which ``before`` was said.
        before
            What `check` gave for that roster; violations that stay are the same objects in what is returned.
        """
        return self.check(problem, roster)

    @abstractmethod
    def post(self, model: Model) -> None:
        """Add the rule to a CP-SAT model: as constraints where hard, else as costs."""

    def ignores_times(self) -> bool:
        """Whether it is about days, minutes and the cover of all together, not about when one works.

        A relaxation that knows no times of single people posts only such rules.
        """
        return False

    def breach(
        self,
        short_by: int,
        *,
        employee: str | None = None,
        works: Sequence[Work] = (),
        spans: Sequence[Span] = (),
        facts: Mapping[str, int | str] | None = None,
        charged: int | None = None,
    ) -> Violation:
        """A violation of this rule; ``charged`` is what the weight multiplies if not ``short_by``."""
        return Violation(
            rule=self.id,
            name=self.name,
            level=self.level,
            employee=employee,
            short_by=short_by,
            unit=self.unit,
            cost=self.weight * (short_by if charged is None else charged),
            shifts=tuple(work.label for work in works if isinstance(work, Assignment)),
            spans=tuple(spans) or tuple(work.span for work in works),
            facts=facts or {},
            citation=self.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalRule(Rule):
    """A rule that looks at one person at a time."""

    def check(self, problem: Problem, roster: Roster) -> list[Violation]:
        """All breaches of the rule in a roster."""
        return [
            violation
            for employee in self.scope.people(problem)
            for violation in self.check_person(problem, employee, roster.of(employee.id))
        ]

    def recheck(
        self, problem: Problem, roster: Roster, changed: Sequence[Assignment], before: Sequence[Violation]
    ) -> Sequence[Violation]:
        """What `check` gives, asking again only about the people whose work has changed."""
        people = self.scope.people(problem)
        concerned = {work.employee for work in changed}
        again = [employee for employee in people if employee.id in concerned]
        if not again:
            return before
        kept: dict[str | None, list[Violation]] = {}
        for violation in before:
            if violation.employee not in concerned:
                kept.setdefault(violation.employee, []).append(violation)
        for employee in again:
            if found := self.check_person(problem, employee, roster.of(employee.id)):
                kept[employee.id] = found
        if not kept:
            return ()
        return [violation for employee in people for violation in kept.get(employee.id, ())]

    @abstractmethod
    def check_person(
        self, problem: Problem, employee: Employee, own: Sequence[Assignment]
    ) -> list[Violation]:
        """All breaches by one employee whose assignments, sorted by start, are ``own``."""

    def looks_at(self) -> Literal["work", "days", "times"]:
        """What the verdict depends on, so that searches need not ask again.

        ``work``: each assignment by itself; ``days``: the days on which work starts, and its tags; ``times``:
        more than that.
        """
        return "times"

    def resources(self, problem: Problem, employee: Employee) -> Sequence[Resource] | None:
        """A third reading, for compiled search: what of an employee's work is added up and charged.

        The charges of all, times the weight, are what `check_person` charges; a hard rule is kept where they
        are 0. None where the rule cannot be said so: searches then ask `check_person`.
        """
        return None

    def can_break(self, board: Board, person: Person) -> bool:
        """Whether anything the person could work breaks the rule; where in doubt, yes."""
        return True

    def counted(self, problem: Problem, works: Sequence[Work]) -> Iterator[Work]:
        """The works in the rule's scope."""
        if self.scope.all_work:
            return iter(works)
        scope = self.scope
        if scope.days is None or (scope.tags, scope.without_tags, scope.weekdays) != (None, None, None):
            return (work for work in works if scope.counts(problem, work))
        days, date, index = frozenset(scope.days), problem.calendar.date, problem.calendar.index
        return (work for work in works if date(index(work.start)) in days)


def timeline(employee: Employee, own: Sequence[Assignment]) -> list[Work]:
    """All known work of an employee by start: history, the roster's, upcoming."""
    return [*employee.history, *own, *employee.upcoming]


def after(works: Sequence[Work], place: int) -> Iterator[Work]:
    """The works of a timeline that start when the one in that place has ended, in order.

    Examples
    --------
    >>> works = [Work(start=0, end=8), Work(start=4, end=12), Work(start=8, end=9)]
    >>> [work.start for work in after(works, 0)]
    [8]
    """
    end = works[place].end
    return (works[at] for at in range(place + 1, len(works)) if works[at].start >= end)
