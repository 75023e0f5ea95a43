"""What pay is worked out from: work, plans, contracts, facts about a person, choices of the employer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import minutes_between
from scheduler.law.public_holidays import HolidayClass
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.values import ClockWindow

Instants = tuple[datetime, datetime]
Ref = UUID | str
"""Id of what stands behind work, such as a punch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedTime:
    """A span of work.

    Parameters
    ----------
    day
        Civil day it counts for.
    start, end
        UTC, on full minutes, half-open.
    breaks
        Unpaid, inside the span, in order.
    breaks_known
        Whether no other meal breaks were taken; else nothing is said about missed ones.
    rests_given, rests_due
        Paid rest breaks; None where they are not recorded. ``rests_due`` of None takes what the law asks for.
    rate
        Agreed for this work, in units of the currency per hour, differentials included; None takes the
        contract's.
    called_back
        Whether the person was called back to work for it.
    refs
        Ids of what stands behind it, such as punches.
    began_on
        Civil day on which the work it is a part of began, where the employer counts it for another day; None
        for ``day``. The law asks for it, whatever the employer's days are.
    """

    day: date
    start: datetime
    end: datetime
    breaks: tuple[Instants, ...] = ()
    breaks_known: bool = True
    rests_given: int | None = None
    rests_due: int | None = None
    rate: Fraction | None = None
    called_back: bool = False
    refs: tuple[Ref, ...] = ()
    began_on: date | None = None

    @property
    def law_day(self) -> date:
        """Civil day on which the work began."""
        return self.began_on or self.day

    @property
    def minutes(self) -> int:
        """Elapsed minutes less the breaks."""
        resting = sum(minutes_between(start, end) for start, end in self.breaks)
        return minutes_between(self.start, self.end) - resting


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTime:
    """A shift as it was published: UTC, half-open, with its paid minutes."""

    start: datetime
    end: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a contract pays on the civil days ``[valid_from, valid_until)``.

    Parameters
    ----------
    contract
        Id of the contract and what tells its version.
    hourly, monthly
        In units of the currency, exact; one of them.
    weekly_minutes
        Agreed work of a week.
    guaranteed_weekly_minutes
        Paid in a week of less work, to who is paid by the hour; 0 without a guarantee.
    """

    valid_from: date
    valid_until: date | None
    contract: str
    currency: str
    hourly: Fraction | None = None
    monthly: Fraction | None = None
    weekly_minutes: int = 2400
    guaranteed_weekly_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTime:
    """Paid leave: so many minutes that count for a civil day."""

    day: date
    minutes: int


class BonusKind(StrEnum):
    """What a bonus does to overtime."""

    NONDISCRETIONARY = "nondiscretionary"
    """Promised: part of what overtime is paid on."""
    FLAT_SUM = "flat_sum"
    """Promised as one sum, however long somebody works."""
    DISCRETIONARY = "discretionary"
    """A gift: no part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """A bonus, or another amount by itself.

    Parameters
    ----------
    on
        Civil day it is paid for.
    amount
        In units of the currency; negative for one that is taken off.
    earned_from, earned_until
        The civil days it was earned on, half-open; None for the workweek of ``on``.
    code
        Pay code; empty for that of its kind.
    refs
        Ids of what stands behind it.
    """

    on: date
    amount: Fraction
    kind: BonusKind = BonusKind.NONDISCRETIONARY
    earned_from: date | None = None
    earned_until: date | None = None
    code: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A person, as pay asks about them.

    Parameters
    ----------
    permanent_nights
        Works nights only.
    rest_days
        Civil days without work by the schedule.
    agreed_week
        Minutes by weekday (0 is Monday) of an alternative workweek that was voted for; empty without one.
    daily_allowance
        Cost-of-living allowance of a day, in units of the currency.
    """

    subject: LawSubject
    terms: tuple[Terms, ...]
    permanent_nights: bool = False
    rest_days: frozenset[date] = frozenset()
    agreed_week: Mapping[int, int] = field(default_factory=dict)
    daily_allowance: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """What an employer chooses within the law.

    Parameters
    ----------
    week_starts_on, week_start_minute
        Weekday (0 is Monday) and wall-clock minute at which workweeks begin.
    workday_start_minute
        Wall-clock minute at which workdays begin where the law has a fixed hour.
    settlement
        Settlement periods.
    night_window
        The hours set as night, where the law lets the employer set them.
    leave_counts
        Whether paid leave counts towards overtime of the week; None takes what the law says on the day.
    minimum_wage_hour, minimum_wage_month
        Where packs know none for a day, or a place has a higher one; in units of the currency.
    """

    week_starts_on: int = 0
    week_start_minute: int = 0
    workday_start_minute: int = 0
    settlement: Settlement = field(default_factory=lambda: Settlement(date(2000, 1, 1)))
    night_window: ClockWindow | None = None
    leave_counts: bool | None = None
    minimum_wage_hour: Fraction | None = None
    minimum_wage_month: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayCase:
    """What one person's pay of some civil days ``[first, end)`` is worked out from.

    Parameters
    ----------
    worked, planned, leave
        In any order, with those around the days that weeks and settlement periods ask for.
    holidays
        Public holidays by civil day, each with the classes that fall on it.
    other_minutes
        Work of the settlement period that is not among ``worked``.
    free_days_owed
        Sundays and holidays worked for which no other day off was, or will be, given.
    sent_home_on
        Civil days on which the employer gave less work than scheduled to somebody who came.
    unexcused_on
        Civil days of absence without excuse and without pay.
    """

    zone: ZoneInfo
    worker: Worker
    first: date
    end: date
    worked: tuple[WorkedTime, ...]
    planned: tuple[PlannedTime, ...] = ()
    leave: tuple[LeaveTime, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    employer: Employer = field(default_factory=Employer)
    holidays: Mapping[date, tuple[HolidayClass, ...]] = field(default_factory=dict)
    other_minutes: int = 0
    free_days_owed: frozenset[date] = frozenset()
    sent_home_on: frozenset[date] = frozenset()
    unexcused_on: frozenset[date] = frozenset()
