"""Work as placed in time: breaks, spans of work, assignments to people, and a whole roster."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from solver.spans import Span, gaps


@dataclass(frozen=True, slots=True)
class Break:
    """A pause inside a span of work.

    Whoever is on a break that is placed does not cover meanwhile. A break that is not placed is taken on the
    day, when it suits: it takes nothing off the cover.

    Parameters
    ----------
    minutes
        Length, minutes, > 0.
    paid
        Whether the minutes count as paid.
    start
        Where it lies, minutes from the origin; None while it is not placed.
    """

    minutes: int
    paid: bool = False
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a span of work in which the person does one thing.

    Parameters
    ----------
    start, end
        Minutes from the origin, half-open.
    skill
        What the person does: an activity is the skill it takes.
    """

    start: int
    end: int
    skill: str


Piece = tuple[int, int, str | None]
"""A start, an end and the skill that is covered meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A span in which one person works at one location, on one skill throughout or on task after task.

    Parameters
    ----------
    start, end
        Minutes from the problem's origin, half-open.
    paid_minutes
        None means: the length less the unpaid breaks.
    breaks
        Pauses inside the span.
    skill
        What the person does; None where the work asks for no skill, and where there are tasks.
    location
        Where; None where places do not matter.
    tags
        Names rules filter by, such as ``night``, and risk factors, such as ``lifting``.
    tasks
        What the person does one after the other, from the start to the end without a gap; empty where it is
        one thing throughout.
    requires
        Further skills, all of which are needed: each entry lists alternatives, one of which will do.
        ``(("first_aid",), ("till", "floor"))`` is first aid, and till or floor.
    preferred_skills
        Skills that are welcome, each by itself.

    Examples
    --------
    >>> Work(start=480, end=990, breaks=(Break(30),)).paid
    480
    """

    start: int
    end: int
    paid_minutes: int | None = None
    breaks: tuple[Break, ...] = ()
    skill: str | None = None
    location: str | None = None
    tags: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    requires: tuple[tuple[str, ...], ...] = ()
    preferred_skills: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """Length including breaks."""
        return self.end - self.start

    @property
    def paid(self) -> int:
        """Paid minutes, as given or as the length less the unpaid breaks."""
        if self.paid_minutes is not None:
            return self.paid_minutes
        return self.end - self.start - sum(pause.minutes for pause in self.breaks if not pause.paid)

    @property
    def span(self) -> Span:
        """Start and end as a span."""
        return Span(self.start, self.end)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What it covers: the span cut at its tasks and without its placed breaks.

        Examples
        --------
        >>> shift = Work(start=480, end=960, breaks=(Break(30, start=720), Break(15)), skill="till")
        >>> shift.pieces
        ((480, 720, 'till'), (750, 960, 'till'))
        """
        whole: tuple[Piece, ...] = ((self.start, self.end, self.skill),)
        if self.tasks:
            whole = tuple((task.start, task.end, task.skill) for task in self.tasks)
        placed = [Span(one.start, one.start + one.minutes) for one in self.breaks if one.start is not None]
        if not placed:
            return whole
        return tuple(
            (free.start, free.end, skill) for start, end, skill in whole for free in gaps(start, end, placed)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Work):
    """A span of work given to one employee.

    Parameters
    ----------
    employee
        Id of the employee.
    shift
        Id of the given shift it fills; None for work that was created.
    template
        Id of the template it was created from; None for a given shift and for work placed by hand.
    """

    employee: str
    shift: str | None = None
    template: str | None = None

    @property
    def label(self) -> str:
        """The shift's id, or the template's id and the start: names the assignment in violations."""
        return self.shift or f"{self.template or 'by_hand'}@{self.start}"


@dataclass(frozen=True)
class Roster:
    """Who works when: assignments sorted by employee and start.

    Not slotted: it indexes itself by employee once.

    Parameters
    ----------
    assignments
        In any order; sorted on creation, so that equal rosters compare equal.

    Examples
    --------
    >>> roster = Roster([Assignment(employee=who, start=9, end=12) for who in ("bo", "al")])
    >>> [a.employee for a in roster]
    ['al', 'bo']
    >>> roster.of("bo")[0].minutes
    3
    """

    assignments: tuple[Assignment, ...] = ()
    _by_employee: dict[str, tuple[Assignment, ...]] = field(init=False, repr=False, compare=False)

    def __init__(self, assignments: Iterable[Assignment] = ()) -> None:
        """Sort and index the assignments."""
        ordered = tuple(sorted(assignments, key=_order))
        rows: dict[str, list[Assignment]] = {}
        for assignment in ordered:
            rows.setdefault(assignment.employee, []).append(assignment)
        object.__setattr__(self, "assignments", ordered)
        object.__setattr__(self, "_by_employee", {who: tuple(row) for who, row in rows.items()})

    def __iter__(self) -> Iterator[Assignment]:
        return iter(self.assignments)

    def __len__(self) -> int:
        return len(self.assignments)

    def of(self, employee: str) -> tuple[Assignment, ...]:
        """The assignments of one employee by start; empty for a person without work."""
        return self._by_employee.get(employee, ())

    def with_(self, *added: Assignment) -> "Roster":
        """A roster with the given assignments too."""
        return Roster((*self.assignments, *added))

    def with_row(self, employee: str, works: Iterable[Assignment]) -> "Roster":
        """A roster in which one employee has these assignments and no others; quicker than a new one.

        Examples
        --------
        >>> roster = Roster([Assignment(employee=who, start=9, end=12) for who in ("al", "bo", "cy")])
        >>> changed = roster.with_row("bo", [Assignment(employee="bo", start=5, end=7)])
        >>> [(a.employee, a.start) for a in changed]
        [('al', 9), ('bo', 5), ('cy', 9)]
        """
        row = tuple(sorted(works, key=_order))
        first = bisect_left(self.assignments, employee, key=_employee)
        last = bisect_right(self.assignments, employee, key=_employee)
        made = object.__new__(Roster)
        ordered = (*self.assignments[:first], *row, *self.assignments[last:])
        object.__setattr__(made, "assignments", ordered)
        object.__setattr__(made, "_by_employee", {**self._by_employee, employee: row})
        return made

    def without(self, *removed: Assignment) -> "Roster":
        """A roster less the given assignments."""
        gone = set(removed)
        return Roster(a for a in self.assignments if a not in gone)


def tasks_of(steps: Iterable[tuple[int, str]], end: int) -> tuple[Task, ...]:
    """Tasks from what is done from each of some minutes on, in order; the same twice in a row is one task.

    Examples
    --------
    >>> tasks_of([(0, "till"), (15, "till"), (30, "floor")], 45)
    (Task(start=0, end=30, skill='till'), Task(start=30, end=45, skill='floor'))
    """
    changes: list[tuple[int, str]] = []
    for minute, skill in steps:
        if not changes or changes[-1][1] != skill:
            changes.append((minute, skill))
    following = (*changes[1:], (end, ""))
    return tuple(
        Task(start, until, skill) for (start, skill), (until, _) in zip(changes, following, strict=False)
    )


def _employee(a: Assignment) -> str:
    return a.employee


def _order(a: Assignment) -> tuple[str, int, int, str, str, str, str]:
    return (
        a.employee, a.start, a.end, a.shift or "", a.template or "", a.skill or "", a.location or "",
    )  # fmt: skip
