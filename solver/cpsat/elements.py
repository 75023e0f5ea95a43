"""The spans of work in a model: those that are fixed and those the solver decides on.

Times are order-encoded: a slot knows for each possible time whether it has started before it and whether it
has ended by it. Cover at a minute, rest between two slots and length limits are then clauses and sums of
two literals.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from solver.cpsat.linear import FALSE, Linear, Lit
from solver.rules.minutes import Count, minutes_of
from solver.rules.pins import same_work
from solver.spans import Span, overlap_minutes
from solver.work import Assignment, Work

if TYPE_CHECKING:
    from solver.cpsat.model import Model
    from solver.problem import Pin, Published
    from solver.rules.pins import Pins
    from solver.rules.rule import Scope


class Element(ABC):
    """A span of work of one employee that may or may not be there.

    Attributes
    ----------
    own
        Whether it is the roster's (false for history and upcoming work).
    day
        Index of the day on which it starts.
    date
        The ISO date of that day.
    present
        The literal that says it is there.
    work
        The span itself where it is certain, otherwise the longest envelope of what it can be.
    """

    own: bool
    day: int
    date: str
    present: Lit
    work: Work

    @abstractmethod
    def starts(self) -> Sequence[int]:
        """Possible starts in order."""

    @abstractmethod
    def ends(self) -> Sequence[int]:
        """Possible ends in order."""

    @abstractmethod
    def works(self) -> Iterable[Work]:
        """A span of each length it can have."""

    @abstractmethod
    def started_before(self, minute: int) -> Lit:
        """It is there and starts before the minute."""

    @abstractmethod
    def ended_by(self, minute: int) -> Lit:
        """It is there and ends at the minute or earlier."""

    @abstractmethod
    def minutes(self, count: Count) -> Linear:
        """Its minutes, 0 where it is not there."""

    @abstractmethod
    def start_minute(self) -> Linear:
        """Its start, where it is there."""

    @abstractmethod
    def end_minute(self) -> Linear:
        """Its end, where it is there."""

    @abstractmethod
    def overlap(self, spans: Sequence[Span]) -> Linear:
        """Its minutes in some spans that do not overlap each other."""

    @abstractmethod
    def keeps(self, meant: Pin | Published, model: Model) -> list[Lit]:
        """Literals any of which says that it is what a pin or a published assignment means."""

    def example(self) -> Work:
        """One of the spans it can be, with the template or shift it fills."""
        return self.work

    @property
    def earliest_start(self) -> int:
        """First possible start."""
        return self.starts()[0]

    @property
    def latest_start(self) -> int:
        """Last possible start."""
        return self.starts()[-1]

    @property
    def earliest_end(self) -> int:
        """First possible end."""
        return self.ends()[0]

    @property
    def latest_end(self) -> int:
        """Last possible end."""
        return self.ends()[-1]

    def counts(self, scope: Scope) -> bool:
        """Whether a scope is about it."""
        if not scope.counts_tags(self.work):
            return False
        if scope.days is not None and self.date not in scope.days:
            return False
        return scope.weekdays is None or date.fromisoformat(self.date).weekday() in scope.weekdays

    def covering(self, minute: int) -> Linear:
        """1 if it covers the minute."""
        covers = Linear.of(self.started_before(minute + 1))
        covers.add(self.ended_by(minute), -1)
        return covers

    def changes(self) -> Iterable[int]:
        """Every minute at which what it serves can change."""
        yield from self.starts()
        yield from self.ends()

    def serving(self, minute: int, skill: str | None) -> Linear:
        """1 if it counts for coverage at the minute: it covers it, on no placed break and on that task.

        Parameters
        ----------
        minute
            When.
        skill
            Which task, of work that has tasks; None for any.
        """
        return self.covering(minute)

    def presence(self) -> Linear:
        """1 if it is there."""
        return Linear.of(self.present)

    def forbid(self, pin: Pin, rule: Pins, model: Model) -> None:
        """Keep it away from what a pin forbids."""
        if pin.work is None:
            if self.keeps(pin, model):
                model.clause(rule, [~literal for literal in self.keeps(pin, model)])
        elif self.earliest_start < pin.work.end and pin.work.start < self.latest_end:
            model.clause(rule, [~self.started_before(pin.work.end), self.ended_by(pin.work.start)])


class Given(Element):
    """A span whose time is known: fixed work, a given shift or work a pin describes.

    Parameters
    ----------
    work
        The span.
    present
        Whether it is there: a literal, or TRUE.
    own
        Whether it is the roster's.
    day, date
        Where it starts.
    """

    def __init__(self, work: Work, present: Lit, *, own: bool, day: int, date: str) -> None:
        """Keep what is given."""
        self.work = work
        self.present = present
        self.own = own
        self.day = day
        self.date = date

    def starts(self) -> Sequence[int]:
        """The one start."""
        return (self.work.start,)

    def ends(self) -> Sequence[int]:
        """The one end."""
        return (self.work.end,)

    def works(self) -> Iterable[Work]:
        """The one span."""
        return (self.work,)

    def changes(self) -> Iterable[int]:
        """The starts and ends of its pieces."""
        return {minute for start, end, _ in self.work.pieces for minute in (start, end)}

    def serving(self, minute: int, skill: str | None) -> Linear:
        """Its presence, if one of its pieces is then and of that skill."""
        tasks = self.work.tasks
        if any(
            start <= minute < end and (skill is None or not tasks or does == skill)
            for start, end, does in self.work.pieces
        ):
            return Linear.of(self.present)
        return Linear()

    def started_before(self, minute: int) -> Lit:
        """Its presence, if it starts so early."""
        return self.present if self.work.start < minute else FALSE

    def ended_by(self, minute: int) -> Lit:
        """Its presence, if it ends so early."""
        return self.present if self.work.end <= minute else FALSE

    def minutes(self, count: Count) -> Linear:
        """Its minutes times its presence."""
        return Linear.of(self.present, minutes_of(self.work, count))

    def start_minute(self) -> Linear:
        """Constant."""
        return Linear(self.work.start)

    def end_minute(self) -> Linear:
        """Constant."""
        return Linear(self.work.end)

    def overlap(self, spans: Sequence[Span]) -> Linear:
        """Its minutes in the spans times its presence."""
        return Linear.of(self.present, overlap_minutes(self.work.start, self.work.end, spans))

    def keeps(self, meant: Pin | Published, model: Model) -> list[Lit]:
        """Its presence, if it is what is meant."""
        if not isinstance(self.work, Assignment):
            return []
        if meant.shift is not None:
            return [self.present] if self.work.shift == meant.shift else []
        return [self.present] if meant.work is not None and same_work(meant.work, self.work) else []
