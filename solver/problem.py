"""The problem a roster solves: pure integers, minutes from an origin, checked once as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Literal, TypeVar, cast

from solver.civil_days import Calendar, Day
from solver.rules.rule import Rule
from solver.spans import EARLIEST, LATEST, Span, merged
from solver.work import Assignment, Break, Task, Work

T = TypeVar("T")

__all__ = [
    "BreakPolicy",
    "BreakWindow",
    "Coverage",
    "Day",
    "Employee",
    "Fault",
    "Pin",
    "Problem",
    "ProblemError",
    "ProhibitedTag",
    "Published",
    "Shift",
    "ShiftGroup",
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


@dataclass(frozen=True, slots=True)
class ProhibitedTag:
    """Work that an employee must not do, and while that is so.

    Parameters
    ----------
    tag
        Tag of the work, for instance the risk factor ``lifting``.
    start, end
        Half-open span, minutes from the origin; None where it has no such limit.
    """

    tag: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What an employee brings along from earlier rosters, for rules that look further back than history.

    Parameters
    ----------
    ledger
        Name under which rules look it up.
    amount
        Minutes, shifts, days or weekends, as the rule counts. For fairness it is the balance: how many more
        than the fair share, negative for fewer.
    days
        Civil days it was gathered over, without the neutral ones; averages need it.
    """

    ledger: str
    amount: int
    days: int = 0


@dataclass(frozen=True, slots=True)
class CostTier:
    """What a paid minute costs above so many minutes of a period.

    Parameters
    ----------
    after_minutes
        Paid minutes of the period at the lower price, > 0.
    cost_per_minute
        Price of each further one, not below the price before.
    """

    after_minutes: int
    cost_per_minute: int


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
    preferred_tags
        Tags of the work the person would like; empty where it does not matter.
    unpreferred_tags
        Tags of the work the person would rather not do.
    prohibited_tags
        Tags of the work, such as risk factors, that the person must not do.
    priority
        Who gets work first: 0 before 1 before 2, where the rule ``employee_priority`` asks for it.
    cost_per_minute
        Price of a paid minute, an integer in the same unit as the other soft prices.
    cost_tiers
        Higher prices above so many minutes of a period of `LabourCost`: overtime, then double time. In order.
    minimum_minutes, maximum_minutes
        Contract range of paid minutes in the horizon; None means no such bound.
    target_minutes
        Fair share of paid minutes in the horizon; None leaves the person out of fairness.
    balance_minutes
        Carried over from earlier rosters: positive for whoever had more than the fair share.
    carried
        What rules with a ledger carry over, one entry for each ledger.
    neutral_days
        Civil days (ISO dates) that averages leave out: annual leave, sickness. Days before the horizon may
        be named.
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
    preferred_tags: tuple[str, ...] = ()
    unpreferred_tags: tuple[str, ...] = ()
    prohibited_tags: tuple[ProhibitedTag, ...] = ()
    priority: int = 0
    cost_per_minute: int = 0
    cost_tiers: tuple[CostTier, ...] = ()
    minimum_minutes: int | None = None
    maximum_minutes: int | None = None
    target_minutes: int | None = None
    balance_minutes: int = 0
    carried: tuple[Carried, ...] = ()
    neutral_days: tuple[str, ...] = ()
    history: tuple[Work, ...] = ()
    upcoming: tuple[Work, ...] = ()

    def __post_init__(self) -> None:
        """Put the work in order of time."""
        object.__setattr__(self, "history", tuple(sorted(self.history, key=_by_start)))
        object.__setattr__(self, "upcoming", tuple(sorted(self.upcoming, key=_by_start)))

    def brought(self, ledger: str) -> Carried | None:
        """What is carried over under that name."""
        return next((one for one in self.carried if one.ledger == ledger), None)

    def can(self, skill: str | None, start: int, end: int) -> bool:
        """Whether the person holds ``skill`` for the whole of ``[start, end)``; None asks for nothing."""
        if skill is None or any(held.skill == skill and held.holds(start, end) for held in self.skills):
            return True
        return any(span.start <= start and end <= span.end for span in self.validity(skill))

    def validity(self, skill: str) -> tuple[Span, ...]:
        """When the person holds a skill: spans that neither overlap nor touch, a renewed one being one.

        Examples
        --------
        >>> Employee(id="ann", skills=(SkillHeld("x", 0, 9), SkillHeld("x", 9, 20))).validity("x")
        (Span(start=0, end=20),)
        """
        return merged(
            Span(EARLIEST if held.start is None else held.start, LATEST if held.end is None else held.end)
            for held in self.skills
            if held.skill == skill
        )

    def meets(self, work: Work) -> bool:
        """Whether the person holds all skills some work asks for, from its first minute to its last."""
        start, end = work.start, work.end
        return self.can(work.skill, start, end) and all(
            any(self.can(skill, start, end) for skill in alternatives) for alternatives in work.requires
        )


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
    breaks, skill, location, tags, tasks, requires, preferred_skills
        As in `Work`.
    headcount
        How many people it takes, >= 1. More are never assigned.
    mandatory
        A place left open counts in the mandatory level, otherwise in the soft level.
    priority
        Price of each person-minute left open, > 0.
    preferred_employees
        Ids of those who should take it rather than others; empty where nobody is preferred.
    unpreferred_employees
        Ids of those who should rather not take it. Whoever must not has a forbidden pin.
    """

    id: str
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
    headcount: int = 1
    mandatory: bool = True
    priority: int = 1
    preferred_employees: tuple[str, ...] = ()
    unpreferred_employees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftGroup:
    """Given shifts that are alternatives to each other.

    Parameters
    ----------
    id
        Unique id.
    shifts
        Ids of given shifts, all mandatory or all optional, none of them in another group.
    fill
        How many of them are to be filled, > 0; no more are.
    """

    id: str
    shifts: tuple[str, ...]
    fill: int = 1


@dataclass(frozen=True, slots=True)
class BreakWindow:
    """Where in a shift a break may lie; all are minutes.

    Parameters
    ----------
    earliest
        From the start of the shift to the start of the break, at least.
    latest
        From the start of the shift to the start of the break, at most; None for no such bound.
    before_end
        From the end of the break to the end of the shift, at least.
    step
        Between two possible starts of the break, counted from ``earliest``.
    """

    earliest: int = 0
    latest: int | None = None
    before_end: int = 0
    step: int = 15

    def offsets(self, length: int, minutes: int) -> range:
        """The possible starts of a break of so many minutes, from the start of a shift of that length.

        Examples
        --------
        >>> list(BreakWindow(earliest=120, before_end=150, step=30).offsets(360, 30))
        [120, 150, 180]
        """
        last = length - self.before_end - minutes
        if self.latest is not None:
            last = min(last, self.latest)
        return range(self.earliest, last + 1, self.step)


@dataclass(frozen=True, slots=True)
class BreakPolicy:
    """A break that every shift from some length on contains.

    Placed breaks of a shift lie in the order in which the template lists them and do not overlap.

    Parameters
    ----------
    from_minutes
        Shortest shift that has it, minutes, inclusive ("more than 6 h" is 361, "at least 6 h" is 360).
    minutes
        Length of the break.
    paid
        Whether it is paid.
    window
        Where it may lie: the solver then places it so that coverage suffers least, and whoever is on it does
        not cover. None leaves it unplaced.
    """

    from_minutes: int
    minutes: int
    paid: bool = False
    window: BreakWindow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTemplate:
    """Shifts that may be created: when they can start, how long they can be, what they are.

    The solver gives one person a template at most once a day. A roster made by hand may have it twice where
    the rules allow that; it is judged like any other.

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
    skill, location, tags, requires, preferred_skills
        As in `Work`.
    tasks
        Instead of ``skill``, skills of which the person does one after the other, as the solver chooses.
        How long one lasts is a matter of the rule ``task_blocks``.
    task_step
        Tasks change at whole multiples of so many minutes from the start of a shift.
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
    tasks: tuple[str, ...] = ()
    task_step: int = 15
    requires: tuple[tuple[str, ...], ...] = ()
    preferred_skills: tuple[str, ...] = ()

    def breaks_of(self, minutes: int) -> tuple[Break, ...]:
        """The breaks of a shift of that length.

        Examples
        --------
        >>> ShiftTemplate(id="t", breaks=(BreakPolicy(361, 30),)).breaks_of(480)
        (Break(minutes=30, paid=False, start=None),)
        """
        return tuple(Break(p.minutes, p.paid) for p in self.breaks if minutes >= p.from_minutes)

    def breaks_at(self, start: int, minutes: int) -> tuple[Break, ...]:
        """The breaks of a shift, those with a window placed about evenly.

        Examples
        --------
        >>> lunch = BreakPolicy(361, 30, window=BreakWindow(earliest=120))
        >>> ShiftTemplate(id="t", breaks=(lunch,)).breaks_at(480, 480)
        (Break(minutes=30, paid=False, start=705),)
        """
        from solver.break_places import even_places

        policies = [policy for policy in self.breaks if minutes >= policy.from_minutes]
        places = even_places(policies, minutes) or [None] * len(policies)
        return tuple(
            Break(policy.minutes, policy.paid, None if place is None else start + place)
            for policy, place in zip(policies, places, strict=True)
        )

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
    surplus_prices
        Instead of ``surplus_price``, the prices of a minute of the first, second, ... person above the target
        (soft), never falling; the last holds for everybody further.
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
    surplus_prices: tuple[int, ...] = ()

    @property
    def wanted(self) -> int:
        """The target, or the minimum where no target is given."""
        return self.minimum if self.target is None else self.target

    def counts(self, work: Work) -> bool:
        """Whether ``work`` is, at least in part, of the skill and at the location that are wanted."""
        if self.location is not None and self.location != work.location:
            return False
        return self.skill in (None, work.skill) or any(task.skill == self.skill for task in work.tasks)


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
        Name of the time zone (IANA), for display only; empty for the offset of the origin.
    names
        What skills and locations are called, by id, for display only; the id itself where there is none.
    employees, shifts, templates, coverage, rules, pins, published, shift_groups
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
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    employees: tuple[Employee, ...] = ()
    shifts: tuple[Shift, ...] = ()
    templates: tuple[ShiftTemplate, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    rules: tuple[Rule, ...] = ()
    pins: tuple[Pin, ...] = ()
    published: tuple[Published, ...] = ()
    shift_groups: tuple[ShiftGroup, ...] = ()

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
        # Minutes are of elapsed time: added to the hands of a clock they would miss its changes.
        return (self.origin.astimezone(UTC) + timedelta(minutes=minute)).astimezone(self.origin.tzinfo)

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
            tasks=s.tasks,
            requires=s.requires,
            preferred_skills=s.preferred_skills,
        )

    def create(self, employee: str, template: str, start: int, minutes: int) -> Assignment:
        """The assignment of a shift created from a template to an employee.

        Breaks with a window lie about evenly; of the template's tasks it is the first throughout.
        """
        t = self.template_by_id[template]
        return Assignment(
            employee=employee,
            template=t.id,
            start=start,
            end=start + minutes,
            paid_minutes=t.paid_of(minutes),
            breaks=t.breaks_at(start, minutes),
            skill=t.skill,
            location=t.location,
            tags=t.tags,
            tasks=tuple(Task(start, start + minutes, skill) for skill in t.tasks[:1]),
            requires=t.requires,
            preferred_skills=t.preferred_skills,
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
            tasks=work.tasks,
            requires=work.requires,
            preferred_skills=work.preferred_skills,
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
