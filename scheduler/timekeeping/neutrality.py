"""Whether rounding is neutral: what it gave and took, person by person, and whether that is chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import comb, erfc, sqrt
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import MINUTE, minutes_between
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.locations import find_location
from scheduler.people.models import Employee
from scheduler.timekeeping.models import TimeEntry, Timesheet

FEWEST_EDGES = 20
"""Of fewer moved punches nothing is said: chance alone could explain any sum."""
CHANCE = 0.05
"""Rounding that chance explains less often than this is not neutral."""
MOST_DAYS = 366
EXACT_UP_TO = 1000
"""Of so many moved punches the chance is counted out; of more the bell curve is close enough."""

TEST = (
    f"At least {FEWEST_EDGES} moved punches, a sum to the workers' disadvantage, and a one-sided sign test: "
    f"were each moved punch as likely to help as to harm, so many that harm would come about in less than "
    f"{CHANCE:.0%} of all cases. For one person a sum below zero is enough to look at it."
)
"""What is tested, in words.

References
----------
29 CFR 785.48(b): rounding is accepted if it will not result, over a period of time, in failure to compensate
employees properly for all the time they have actually worked.
"""


class Verdict(StrEnum):
    """What the test says."""

    NOTHING_ROUNDED = "nothing_rounded"
    TOO_FEW = "too_few"
    """Moved punches are too few to say anything."""
    NEUTRAL = "neutral"
    AGAINST_WORKERS = "against_workers"


@dataclass(frozen=True, slots=True)
class Effect:
    """What rounding did to work.

    Parameters
    ----------
    exact_minutes, counted_minutes
        Of the entries in which it moved something: as punched, and as they count.
    helped, harmed
        Moved punches that made more, and less, of the time worked.
    """

    exact_minutes: int = 0
    counted_minutes: int = 0
    helped: int = 0
    harmed: int = 0

    @property
    def minutes(self) -> int:
        """Minutes given to the workers; negative where they were taken."""
        return self.counted_minutes - self.exact_minutes

    @property
    def moved(self) -> int:
        """Moved punches."""
        return self.helped + self.harmed

    @property
    def chance(self) -> float:
        """How likely so many harmful moves, or more, are if each could as well have helped."""
        return chance_of(self.harmed, self.moved)

    @property
    def verdict(self) -> Verdict:
        """What the test says.

        Examples
        --------
        >>> Effect(1000, 990, helped=6, harmed=14).verdict.value, Effect(1000, 990, 5, 15).verdict.value
        ('neutral', 'against_workers')
        """
        if not self.moved:
            return Verdict.NOTHING_ROUNDED
        if self.moved < FEWEST_EDGES:
            return Verdict.TOO_FEW
        against = self.minutes < 0 and self.chance < CHANCE
        return Verdict.AGAINST_WORKERS if against else Verdict.NEUTRAL

    def plus(self, other: Effect) -> Effect:
        """Both together."""
        return Effect(
            self.exact_minutes + other.exact_minutes,
            self.counted_minutes + other.counted_minutes,
            self.helped + other.helped,
            self.harmed + other.harmed,
        )


@dataclass(frozen=True, slots=True)
class PersonEffect:
    """What rounding did to the work of one person."""

    employee: Employee
    effect: Effect

    @property
    def loses(self) -> bool:
        """Whether the sum is to the person's disadvantage: somebody should look at it."""
        return self.effect.minutes < 0


@dataclass(frozen=True, slots=True)
class Neutrality:
    """What rounding did at a location on civil days ``[first_day, end_day)``; who lost most comes first."""

    first_day: date
    end_day: date
    people: tuple[PersonEffect, ...]

    @property
    def total(self) -> Effect:
        """Of all people together."""
        found = Effect()
        for each in self.people:
            found = found.plus(each.effect)
        return found


def neutrality(session: Session, location_id: UUID, first_day: date, end_day: date) -> Neutrality:
    """What rounding did to work at a location that counts for the civil days ``[first_day, end_day)``.

    Raises
    ------
    InvalidInput
        If the days are none, or more than a year.
    SchedulerError
        ``location_not_found``.
    """
    find_location(session, location_id)
    if not 1 <= (end_day - first_day).days <= MOST_DAYS:
        hint = f"{first_day + timedelta(1)} to {first_day + timedelta(MOST_DAYS)}"
        raise InvalidInput([FieldError("end_day", str(end_day), "leaves no days, or too many", hint)])
    columns = (
        Timesheet.employee_id, TimeEntry.starts_at, TimeEntry.ends_at, TimeEntry.worked_minutes,
        TimeEntry.breaks, TimeEntry.exact,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Timesheet, Timesheet.id == TimeEntry.timesheet_id)
        .where(
            TimeEntry.location_id == location_id,
            TimeEntry.day >= first_day,
            TimeEntry.day < end_day,
            TimeEntry.exact.is_not(None),
        )
    )
    found: dict[UUID, Effect] = {}
    for who, starts_at, ends_at, minutes, breaks, exact in session.execute(query):
        if exact is None:
            continue
        effect = _effect(((starts_at, ends_at), *_spans(breaks)), minutes, exact)
        found[who] = found.get(who, Effect()).plus(effect)
    people = {one.id: one for one in session.scalars(select(Employee).where(Employee.id.in_(found)))}
    every = [PersonEffect(people[who], effect) for who, effect in found.items()]
    ordered = sorted(every, key=lambda each: (each.effect.minutes, each.employee.name, each.employee.id))
    return Neutrality(first_day, end_day, tuple(ordered))


def chance_of(harmed: int, moved: int) -> float:
    """The chance of at least ``harmed`` heads in ``moved`` throws of a fair coin.

    Examples
    --------
    >>> chance_of(8, 10)
    0.0546875
    >>> chance_of(0, 0)
    1.0
    >>> round(chance_of(1100, 2000), 6)
    4e-06
    """
    if moved <= EXACT_UP_TO:
        return float(sum(comb(moved, each) for each in range(harmed, moved + 1)) / 2**moved)
    return erfc((harmed - 0.5 - moved / 2) / sqrt(moved / 2)) / 2


_Span = tuple[datetime, datetime]


def _effect(counted: tuple[_Span, ...], counted_minutes: int, exact: dict[str, object]) -> Effect:
    """Of one entry; each start and end that was moved counts once, and each break that was."""
    (start, end), *rests = counted
    punched_at, left_at = (datetime.fromisoformat(str(exact[name])) for name in ("starts_at", "ends_at"))
    punched_rests = _spans(exact["breaks"])
    resting = sum(minutes_between(*rest) for rest in rests)
    rested = sum(minutes_between(*rest) for rest in punched_rests)
    exact_minutes = minutes_between(punched_at, left_at) - rested
    gains = [(punched_at - start) // MINUTE, (end - left_at) // MINUTE, rested - resting]
    return Effect(
        exact_minutes, counted_minutes, sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    )


def _spans(stored: Iterable[Iterable[str]] | object) -> list[_Span]:
    if not isinstance(stored, list | tuple):
        return []
    return [(datetime.fromisoformat(one), datetime.fromisoformat(other)) for one, other in stored]
