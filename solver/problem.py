"""The problem a roster solves: pure integers, minutes from an origin, checked once as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal, TypeVar, cast

from solver.civil_days import Calendar, Day
from solver.rules.rule import Rule
from solver.spans import Span
from solver.work import Assignment, Break, Work

T = TypeVar("T")

__all__ = [
    "BreakPolicy",
    "Coverage",
    "Day",
    "Employee",
    "Fault",
    "Pin",
    "Problem",
    "ProblemError",
    "Published",
    "Shift",
    "ShiftTemplate",
    "SkillHeld",
    "Span",
]


@dataclass(frozen=True, slots=True)
class SkillHeld:
    """A skill of an employee and when it is valid.

    Parameters
    ----------
    skill
        Name of the skill.
    start, end
        Half-open validity, minutes from the origin; None where it has no such limit.
    """

    skill: str
    start: int | None = None
    end: int | None = None

    def holds(self, start: int, end: int) -> bool:
        """Whether the skill is valid for the whole of ``[start, end)``."""
        return (self.start is None or self.start <= start) and (self.end is None or end <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """A person who can be given work.

    Parameters
    ----------
    id, name
        Unique id, and the name for messages (the id where it is empty).
    skills
        What the person can do and when.
    locations
        Where the person may work; None means anywhere.
    unavailable
        Times without work, for instance leave; may overlap each other.
    available
        If given, the only times the person can work; an empty tuple means never.
    preferred, unpreferred
        Times the person would like and would not like to work.
    cost_per_minute
        Price of a paid minute, an integer in the same unit as the other soft prices.
    minimum_minutes, maximum_minutes
        Contract range of paid minutes in the horizon; None means no such bound.
    target_minutes
        Fair share of paid minutes in the horizon; None leaves the person out of fairness.
    balance_minutes
        Carried over from earlier rosters: positive for whoever had more than the fair share.
    history
        Work that starts before the horizon; it may end inside and then covers there too.
    upcoming
        Work already fixed that starts at or after the end of the horizon.
    """

    id: str
    name: str = ""
    skills: tuple[SkillHeld, ...] = ()
    locations: tuple[str, ...] | None = None
    unavailable: tuple[Span, ...] = ()
    available: tuple[Span, ...] | None = None
    preferred: tuple[Span, ...] = ()
    unpreferred: tuple[Span, ...] = ()
    cost_per_minute: int = 0
    minimum_minutes: int | None = None
    maximum_minutes: int | None = None
    target_minutes: int | None = None
    balance_minutes: int = 0
    history: tuple[Work, ...] = ()
    upcoming: tuple[Work, ...] = ()

    def __post_init__(self) -> None:
        """Put the work in order of time."""
        object.__setattr__(self, "history", tuple(sorted(self.history, key=_by_start)))
        object.__setattr__(self, "upcoming", tuple(sorted(self.upcoming, key=_by_start)))

    def can(self, skill: str | None, start: int, end: int) -> bool:
        """Whether the person holds ``skill`` for the whole of ``[start, end)``; None asks for nothing."""
        return skill is None or any(held.skill == skill and held.holds(start, end) for held in self.skills)


def _by_start(work: Work) -> tuple[int, int]:
    return work.start, work.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A given span of work that ``headcount`` people shall fill.

    Parameters
    ----------
    id
        Unique id.
    start, end
        Minutes from the origin, half-open; the start lies in the horizon.
    paid_minutes
        None means: the length less the unpaid breaks.
    breaks, skill, location, tags
        As in `Work`.
    headcount
        How many people it takes, >= 1. More are never assigned.
    mandatory
        A place left open counts in the mandatory level, otherwise in the soft level.
    priority
        Price of each person-minute left open, > 0.
    """

    id: str
    start: int
    end: int
    paid_minutes: int | None = None
    breaks: tuple[Break, ...] = ()
    skill: str | None = None
    location: str | None = None
    tags: tuple[str, ...] = ()
    headcount: int = 1
    mandatory: bool = True
    priority: int = 1


@dataclass(frozen=True, slots=True)
class BreakPolicy:
    """A break that every shift from some length on contains.

    Parameters
    ----------
    from_minutes
        Shortest shift that has it, minutes, inclusive ("more than 6 h" is 361, "at least 6 h" is 360).
    minutes
        Length of the break.
    paid
        Whether it is paid.
    """

    from_minutes: int
    minutes: int
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTemplate:
    """Shifts that may be created: when they can start, how long they can be, what they are.

    One person works a template at most once a day.

    Parameters
    ----------
    id
        Unique id.
    days
        Civil days it can start on, ISO dates; None means every day of the horizon.
    earliest_start, latest_start, start_step
        Start window as wall-clock minutes after midnight, both ends possible; at most one day long.
    latest_end
        Wall-clock minutes after midnight by which it ends (over 1440 for the next day); None for no such
        bound.
    starts
        Explicit starts, minutes from the origin; if given, the start window is not used.
    shortest, longest, length_step
        Lengths in elapsed minutes including breaks.
    breaks
        Breaks by length.
    skill, location, tags
        As in `Work`.
    """

    id: str
    days: tuple[str, ...] | None = None
    earliest_start: int = 0
    latest_start: int = 0
    start_step: int = 30
    latest_end: int | None = None
    starts: tuple[int, ...] = ()
    shortest: int = 240
    longest: int = 480
    length_step: int = 30
    breaks: tuple[BreakPolicy, ...] = ()
    skill: str | None = None
    location: str | None = None
    tags: tuple[str, ...] = ()

    def breaks_of(self, minutes: int) -> tuple[Break, ...]:
        """The breaks of a shift of that length.

        Examples
        --------
        >>> ShiftTemplate(id="t", breaks=(BreakPolicy(361, 30),)).breaks_of(480)
        (Break(minutes=30, paid=False, start=None),)
        """
        return tuple(Break(p.minutes, p.paid) for p in self.breaks if minutes >= p.from_minutes)

    def paid_of(self, minutes: int) -> int:
        """The paid minutes of a shift of that length."""
        return minutes - sum(p.minutes for p in self.breaks if not p.paid and minutes >= p.from_minutes)

    def lengths(self) -> range:
        """The possible lengths."""
        return range(self.shortest, self.longest + 1, self.length_step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many people are wanted in a span.

    Parameters
    ----------
    id
        Unique id.
    start, end
        Minutes from the origin, half-open.
    skill, location
        Whom it counts: None counts any skill, or any location.
    minimum
        Fewer is a breach of the mandatory level.
    target
        Fewer costs in the soft level; None means the minimum.
    maximum
        More is a breach of the mandatory level; None means no such bound.
    missing_price
        Price of a missing person-minute (below the minimum mandatory, up to the target soft), >= 0.
    surplus_price
        Price of a person-minute above the target (soft), >= 0; above the maximum at least 1 (mandatory).
    """

    id: str
    start: int
    end: int
    skill: str | None = None
    location: str | None = None
    minimum: int = 0
    target: int | None = None
    maximum: int | None = None
    missing_price: int = 1
    surplus_price: int = 0

    @property
    def wanted(self) -> int:
        """The target, or the minimum where no target is given."""
        return self.minimum if self.target is None else self.target

    def counts(self, work: Work) -> bool:
        """Whether ``work`` is of the skill and at the location that are wanted."""
        return (self.skill is None or self.skill == work.skill) and (
            self.location is None or self.location == work.location
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A decision already taken for one person.

    Parameters
    ----------
    employee
        Whose.
    kind
        ``fixed``: is in the roster; ``forbidden``: is not (for a span: no work that overlaps it).
    shift
        Id of the shift meant, or
    work
        the span meant; where fixed, with skill, breaks and the rest.
    note
        Who decided it or why, for messages.
    """

    employee: str
    kind: Literal["fixed", "forbidden"] = "fixed"
    shift: str | None = None
    work: Work | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An assignment people already know, and what taking it away costs.

    Parameters
    ----------
    employee
        Who was told.
    shift
        Id of the shift, or
    work
        the span; it is kept where the person works that span with that skill and location.
    price
        Soft cost of withdrawing or altering it, >= 0; may rise as the shift comes near.
    """

    employee: str
    shift: str | None = None
    work: Work | None = None
    price: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a problem.

    Parameters
    ----------
    path
        Where, for instance ``shifts[3].end``.
    value
        What stands there.
    message
        What is wrong and what would do.
    """

    path: str
    value: object
    message: str

    def __str__(self) -> str:
        return f"{self.path} = {self.value!r}: {self.message}"


class ProblemError(ValueError):
    """A problem that makes no sense, with everything that is wrong in it.

    Parameters
    ----------
    errors
        At least one fault, in the order of the problem's fields.
    """

    def __init__(self, errors: list[Fault]) -> None:
        """Keep the faults and put them all in the message."""
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, errors)))


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything a roster depends on, valid as a whole once it exists.

    Not slotted: it computes its indexes once.

    Parameters
    ----------
    origin
        The aware instant of minute 0.
    days
        Civil days of the horizon, consecutive; the horizon is ``[days[0].start, days[-1].end)``.
    past_days
        Civil days before the horizon in order, the last one ending where the horizon starts; days before
        these are taken to be 1440 minutes long.
    zone
        Name of the time zone, for display only.
    employees, shifts, templates, coverage, rules, pins, published
        See their classes. Rules that always hold need not be listed (see `solver.rules.registry.rules_of`).

    Raises
    ------
    ProblemError
        With all faults, if there are any.
    """

    origin: datetime
    days: tuple[Day, ...]
    past_days: tuple[Day, ...] = ()
    zone: str = ""
    employees: tuple[Employee, ...] = ()
    shifts: tuple[Shift, ...] = ()
    templates: tuple[ShiftTemplate, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    rules: tuple[Rule, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: tuple[Published, ...] = ()

    def __post_init__(self) -> None:
        """Refuse the problem with all its faults at once."""
        from solver.validation import faults_of

        if faults := faults_of(self):
            raise ProblemError(faults)

    @property
    def start(self) -> int:
        """First minute of the horizon."""
        return self.days[0].start

    @property
    def end(self) -> int:
        """The minute after the horizon."""
        return self.days[-1].end

    @cached_property
    def calendar(self) -> Calendar:
        """Days by minute and by date, before and after the horizon too."""
        return Calendar(self.days, self.past_days)

    @cached_property
    def employee_by_id(self) -> Mapping[str, Employee]:
        """Employees by id."""
        return {employee.id: employee for employee in self.employees}

    @cached_property
    def shift_by_id(self) -> Mapping[str, Shift]:
        """Given shifts by id."""
        return {shift.id: shift for shift in self.shifts}

    @cached_property
    def template_by_id(self) -> Mapping[str, ShiftTemplate]:
        """Templates by id."""
        return {template.id: template for template in self.templates}

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules that always hold and the listed ones."""
        from solver.rules.registry import rules_of

        return rules_of(self)

    @cached_property
    def _pins(self) -> Mapping[str, tuple[Pin, ...]]:
        return {
            who: tuple(p for p in self.pins if p.employee == who) for who in {p.employee for p in self.pins}
        }

    @cached_property
    def _published(self) -> Mapping[str, tuple[Published, ...]]:
        who_was_told = {one.employee for one in self.published}
        return {who: tuple(one for one in self.published if one.employee == who) for who in who_was_told}

    @cached_property
    def _memory(self) -> dict[tuple[int, str], tuple[object, object]]:
        return {}

    def remember(self, owner: object, employee: str, work_out: Callable[[], T]) -> T:
        """What ``owner``, usually a rule, has worked out about an employee: done once per problem."""
        known = self._memory.get((id(owner), employee))
        if known is None:
            # The owner is kept too: its id stays its own for as long as it is remembered.
            known = self._memory[id(owner), employee] = (owner, work_out())
        return cast(T, known[1])

    def pins_of(self, employee: str) -> tuple[Pin, ...]:
        """The pins of an employee."""
        return self._pins.get(employee, ())

    def published_of(self, employee: str) -> tuple[Published, ...]:
        """What an employee was told."""
        return self._published.get(employee, ())

    def at(self, minute: int) -> datetime:
        """The instant of a minute."""
        return self.origin + timedelta(minutes=minute)

    def fill(self, employee: str, shift: str) -> Assignment:
        """The assignment of a given shift to an employee."""
        s = self.shift_by_id[shift]
        unpaid = sum(pause.minutes for pause in s.breaks if not pause.paid)
        return Assignment(
            employee=employee,
            shift=s.id,
            start=s.start,
            end=s.end,
            paid_minutes=s.end - s.start - unpaid if s.paid_minutes is None else s.paid_minutes,
            breaks=s.breaks,
            skill=s.skill,
            location=s.location,
            tags=s.tags,
        )

    def create(self, employee: str, template: str, start: int, minutes: int) -> Assignment:
        """The assignment of a shift created from a template to an employee."""
        t = self.template_by_id[template]
        return Assignment(
            employee=employee,
            template=t.id,
            start=start,
            end=start + minutes,
            paid_minutes=t.paid_of(minutes),
            breaks=t.breaks_of(minutes),
            skill=t.skill,
            location=t.location,
            tags=t.tags,
        )

    def pinned(self, pin: Pin | Published) -> Assignment:
        """The assignment that a pin to a shift or span, or a published one, means."""
        if pin.shift is not None:
            return self.fill(pin.employee, pin.shift)
        if pin.work is None:
            raise ValueError("a pin names a shift or a span of work")
        work = pin.work
        return Assignment(
            employee=pin.employee,
            start=work.start,
            end=work.end,
            paid_minutes=work.paid,
            breaks=work.breaks,
            skill=work.skill,
            location=work.location,
            tags=work.tags,
        )

    def to_json(self) -> dict[str, object]:
        """Plain values for ``json.dump``; fields at their defaults are left out."""
        from solver.codec import encode_object

        return encode_object(self)

    @classmethod
    def from_json(cls, data: object) -> "Problem":
        """Read what `to_json` writes.

        Raises
        ------
        ProblemError
            With every unknown field, wrong type, missing value and wrong reference.
        """
        from solver.codec import decode_problem

        return decode_problem(data)
