"""The typed values a law parameter can have, each read from one line and written back the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

from scheduler.law.amounts import Factor, Flag, Money, PunchRounding, Sentence, Share

DAY_MINUTES = 1440
COUNTED = ("day", "working day", "week", "month", "Sunday", "Saturday", "employee", "place")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time.

    Parameters
    ----------
    minutes
        Minutes, >= 0.

    Examples
    --------
    >>> Duration.parse("4 h 30 min")
    Duration(minutes=270)
    >>> str(Duration(660)), str(Duration(15)), str(Duration(270))
    ('11 h', '15 min', '4 h 30 min')
    """

    minutes: int

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``11 h``, ``15 min`` or ``4 h 30 min``."""
        match = re.fullmatch(r"(?:(\d+) h)?(?: ?(\d+) min)?", text)
        if not text or match is None:
            raise ValueError(f"{text!r} is no duration; write 11 h, 15 min or 4 h 30 min")
        return cls(int(match[1] or 0) * 60 + int(match[2] or 0))

    def __str__(self) -> str:
        hours, minutes = divmod(self.minutes, 60)
        parts = ([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes or not hours else [])
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number of things, such as days or months.

    Examples
    --------
    >>> Count.parse("7 days"), str(Count(4, "months"))
    (Count(number=7, unit='days'), '4 months')
    """

    number: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Count:
        """Read ``7 days`` or ``1 month``."""
        match = re.fullmatch(rf"(\d+) ({'|'.join(COUNTED)})s?", text)
        if match is None:
            raise ValueError(f"{text!r} is no count; write 7 days, 4 weeks or 1 month")
        return cls(int(match[1]), match[2] + "s")

    def __str__(self) -> str:
        return f"{self.number} {self.unit if self.number != 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True)
class OneIn:
    """Once in every so many.

    Examples
    --------
    >>> OneIn.parse("1 in 4")
    OneIn(of=4)
    """

    of: int

    @classmethod
    def parse(cls, text: str) -> OneIn:
        """Read ``1 in 4``."""
        match = re.fullmatch(r"1 in (\d+)", text)
        if match is None or int(match[1]) < 1:
            raise ValueError(f"{text!r} is no share; write 1 in 4")
        return cls(int(match[1]))

    def __str__(self) -> str:
        return f"1 in {self.of}"


@dataclass(frozen=True, slots=True)
class ClockWindow:
    """A span of the wall clock, half-open; one that ends no later than it starts ends on the next day.

    Parameters
    ----------
    start_minute, end_minute
        Minutes after midnight; ``end_minute`` is above ``start_minute`` and at most 2880.

    Examples
    --------
    >>> ClockWindow.parse("22:00-06:00")
    ClockWindow(start_minute=1320, end_minute=1800)
    >>> ClockWindow.parse("22:00-06:00").covers(ClockWindow.parse("00:00-05:00"))
    True
    """

    start_minute: int
    end_minute: int

    @classmethod
    def parse(cls, text: str) -> ClockWindow:
        """Read ``22:00-06:00``."""
        match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", text)
        if match is None:
            raise ValueError(f"{text!r} is no clock window; write 22:00-06:00")
        start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
        return cls(start, end if end > start else end + DAY_MINUTES)

    def covers(self, other: ClockWindow) -> bool:
        """Whether every minute of the clock that is in ``other`` is in this window too."""
        length = other.end_minute - other.start_minute
        offset = (other.start_minute - self.start_minute) % DAY_MINUTES
        return offset + length <= self.end_minute - self.start_minute

    def __str__(self) -> str:
        start, end = (divmod(minute % DAY_MINUTES, 60) for minute in (self.start_minute, self.end_minute))
        return f"{start[0]:02}:{start[1]:02}-{end[0]:02}:{end[1]:02}"


@dataclass(frozen=True, slots=True)
class BreakStep:
    """From some length of work on, breaks add up to at least so much.

    Parameters
    ----------
    from_minutes
        Shortest working time it holds for, inclusive ("over 6 h" is 361, "from 6 h" is 360).
    minutes
        Least sum of breaks; None where the law asks for a break and leaves its length to somebody else.
    paid
        Whether the breaks are working time.
    """

    from_minutes: int
    minutes: int | None
    paid: bool

    @property
    def least_minutes(self) -> int:
        """The least sum of breaks; a break of any length lasts a minute at least."""
        return 1 if self.minutes is None else self.minutes

    def __str__(self) -> str:
        length = "any break" if self.minutes is None else str(Duration(self.minutes))
        paid = " paid" if self.paid else ""
        if self.from_minutes % 15:
            return f"{length}{paid} over {Duration(self.from_minutes - 1)}"
        return f"{length}{paid} from {Duration(self.from_minutes)}"


@dataclass(frozen=True, slots=True)
class Breaks:
    """Breaks by length of work, shortest work first.

    Examples
    --------
    >>> breaks = Breaks.parse("15 min paid from 6 h, 30 min paid over 9 h")
    >>> [(step.from_minutes, step.minutes) for step in breaks.steps]
    [(360, 15), (541, 30)]
    >>> str(breaks), str(Breaks.parse("any break over 6 h"))
    ('15 min paid from 6 h, 30 min paid over 9 h', 'any break over 6 h')
    >>> breaks.least_minutes(540), breaks.least_minutes(541), breaks.least_minutes(359)
    (15, 30, 0)
    """

    steps: tuple[BreakStep, ...]

    @classmethod
    def parse(cls, text: str) -> Breaks:
        """Read steps, each the sum of all breaks: ``15 min paid from 6 h, 30 min paid over 9 h``."""
        steps = tuple(_break_step(part.strip()) for part in text.split(","))
        for step, following in pairwise(steps):
            if step.from_minutes >= following.from_minutes or step.least_minutes > following.least_minutes:
                raise ValueError(f"{text!r} does not rise; write the shortest work first, and sums of breaks")
        return cls(steps)

    def least_minutes(self, work_minutes: int) -> int:
        """The least sum of breaks in so much work; 0 where none is due."""
        due = [step.least_minutes for step in self.steps if step.from_minutes <= work_minutes]
        return due[-1] if due else 0

    def __str__(self) -> str:
        return ", ".join(map(str, self.steps))


def _break_step(text: str) -> BreakStep:
    match = re.fullmatch(r"(any break|\d+ (?:h|min)(?: \d+ min)?)( paid)? (from|over) (.+)", text)
    if match is None:
        raise ValueError(f"{text!r} is no break; write 15 min paid from 6 h, or any break over 6 h")
    minutes = None if match[1] == "any break" else Duration.parse(match[1]).minutes
    threshold = Duration.parse(match[4]).minutes
    return BreakStep(threshold + (match[3] == "over"), minutes, match[2] is not None)


@dataclass(frozen=True, slots=True)
class Name:
    """One of the names that the topic knows.

    Examples
    --------
    >>> str(Name.parse("scheduled_start"))
    'scheduled_start'
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Name:
        """Read a name; whether the topic knows it, the loader checks."""
        return cls(text)

    def __str__(self) -> str:
        return self.text


Value: TypeAlias = (
    Duration | Count | OneIn | ClockWindow | Breaks | Name
    | Money | Factor | Share | Flag | Sentence | PunchRounding
)  # fmt: skip

V = TypeVar("V", bound=Value)


def of_kind(value: Value, kind: type[V]) -> V:
    """The value, if it is of a kind.

    Raises
    ------
    TypeError
        If it is of another.

    Examples
    --------
    >>> of_kind(Duration(90), Duration).minutes
    90
    """
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
