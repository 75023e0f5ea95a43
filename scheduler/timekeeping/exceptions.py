"""What a person must look at in somebody's time: coded, with facts, and never guessed away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class ExceptionCode(StrEnum):
    """What is odd. All but the `REMARKS` say that hours are not known."""

    MISSING_IN = "missing_in"
    """Punched out without having punched in."""
    MISSING_OUT = "missing_out"
    """Punched in, and never out."""
    CLOCKED_IN = "clocked_in"
    """Punched in and not out yet, so recently that the person may still be at work."""
    DOUBLE_IN = "double_in"
    """Punched in twice in a row."""
    BREAK_WITHOUT_END = "break_without_end"
    """A break that was begun and not ended: how long it was is not known."""
    BREAK_WITHOUT_START = "break_without_start"
    """A break that was ended and not begun."""
    BREAK_OUTSIDE_WORK = "break_outside_work"
    """A break punched by somebody who was not clocked in."""
    TRANSFER_OUTSIDE_WORK = "transfer_outside_work"
    """A change of job or place punched by somebody who was not clocked in."""
    LONG_SPAN = "long_span"
    """In and out lie further apart than anybody works: two punches between them are likely missing."""
    EMPTY_SPAN = "empty_span"
    """In and out within the same minute."""

    UNSCHEDULED = "unscheduled"
    """Worked without a published shift."""
    EARLY_IN = "early_in"
    """Came before the published shift."""
    LATE_IN = "late_in"
    EARLY_OUT = "early_out"
    LATE_OUT = "late_out"
    """Stayed after the published shift."""
    LONG_BREAK = "long_break"
    """Breaks longer than the published shift has."""
    SHORT_BREAK = "short_break"
    """Breaks shorter than the law or the published shift asks for."""
    NO_BREAK = "no_break"
    """No break where the law or the published shift asks for one."""
    NOT_HERE_YET = "not_here_yet"
    """A published shift has begun, and nobody has punched."""
    NO_SHOW = "no_show"
    """A published shift without any punch."""
    OUTSIDE_PLACE = "outside_place"
    """Punched from outside the geofence and the networks of the location."""
    PLACE_UNKNOWN = "place_unknown"
    """Punched without a word about from where, though the location asks."""
    OVER_DAY = "over_day"
    """More work in a day than the law allows."""
    OVER_WEEK = "over_week"
    """More work in a week than the law allows, or on average."""
    SHORT_REST = "short_rest"
    """Less rest than the law asks for."""
    OVER_LIMIT = "over_limit"
    """Work that another limit of the law forbids: at night, on Sundays, before school, too many days."""
    CHANGED_AFTER_APPROVAL = "changed_after_approval"
    """A punch changed hours that somebody had already approved."""


BY_LAW = frozenset(
    {
        ExceptionCode.SHORT_BREAK,
        ExceptionCode.NO_BREAK,
        ExceptionCode.OVER_DAY,
        ExceptionCode.OVER_WEEK,
        ExceptionCode.SHORT_REST,
        ExceptionCode.OVER_LIMIT,
    }
)
"""What `scheduler.timekeeping.limits` finds when it sets hours beside the law; punches alone do not tell."""

REMARKS = BY_LAW | {
    ExceptionCode.UNSCHEDULED,
    ExceptionCode.EARLY_IN,
    ExceptionCode.LATE_IN,
    ExceptionCode.EARLY_OUT,
    ExceptionCode.LATE_OUT,
    ExceptionCode.LONG_BREAK,
    ExceptionCode.NOT_HERE_YET,
    ExceptionCode.NO_SHOW,
    ExceptionCode.OUTSIDE_PLACE,
    ExceptionCode.PLACE_UNKNOWN,
    ExceptionCode.CHANGED_AFTER_APPROVAL,
}
"""Codes that only ask for a look; every other leaves hours unknown, and a timesheet with one cannot be
approved.
"""


class Severity(StrEnum):
    """How much depends on somebody looking at it."""

    HOURS_UNKNOWN = "hours_unknown"
    """Nobody can be paid for it before the punches are put right."""
    WARNING = "warning"
    """Hours are known, and somebody has to say whether they are as they should be."""
    NOTE = "note"
    """Small, or likely to go away by itself."""


class Owner(StrEnum):
    """Who is to act."""

    MANAGER = "manager"
    EMPLOYEE = "employee"


class Resolution(StrEnum):
    """What ends it."""

    CORRECT = "correct"
    """Punches are added or taken back."""
    ACCEPT = "accept"
    """Somebody says with a reason that it is as it is, or corrects the punches."""
    WAIT = "wait"
    """It goes away when the person comes or leaves; it can be accepted or corrected before."""


_NOTES = frozenset(
    {
        ExceptionCode.CLOCKED_IN,
        ExceptionCode.EARLY_IN,
        ExceptionCode.LATE_IN,
        ExceptionCode.EARLY_OUT,
        ExceptionCode.LATE_OUT,
        ExceptionCode.LONG_BREAK,
        ExceptionCode.PLACE_UNKNOWN,
    }
)


_WAITS = frozenset({ExceptionCode.CLOCKED_IN, ExceptionCode.NOT_HERE_YET})


@dataclass(frozen=True, slots=True)
class TimeException:
    """One odd thing in the time of one employee.

    Parameters
    ----------
    code
        What is odd.
    day
        The civil day, at the place concerned, on which it starts.
    at
        The instant it starts.
    punch_ids
        The punches that make no time entry because of it; empty for a remark on something else.
    facts
        JSON-ready details, instants in ISO form.
    """

    code: ExceptionCode
    day: date
    at: datetime
    punch_ids: tuple[UUID, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def blocking(self) -> bool:
        """Whether hours are unknown until a person corrects the punches."""
        return self.code not in REMARKS

    @property
    def severity(self) -> Severity:
        """How much depends on it.

        Examples
        --------
        >>> from datetime import UTC
        >>> at = datetime(2026, 11, 16, 7, tzinfo=UTC)
        >>> TimeException(ExceptionCode.NO_SHOW, date(2026, 11, 16), at).severity.value
        'warning'
        """
        if self.code in _NOTES:
            return Severity.NOTE
        return Severity.HOURS_UNKNOWN if self.blocking else Severity.WARNING

    @property
    def owner(self) -> Owner:
        """Who is to act: whoever is at work ends it by clocking out, all else is the manager's."""
        return Owner.EMPLOYEE if self.code is ExceptionCode.CLOCKED_IN else Owner.MANAGER

    @property
    def resolution(self) -> Resolution:
        """What ends it."""
        if self.code in _WAITS:
            return Resolution.WAIT
        return Resolution.CORRECT if self.blocking else Resolution.ACCEPT

    def to_json(self) -> dict[str, Any]:
        """As a timesheet stores it."""
        return {
            "code": self.code.value,
            "day": self.day.isoformat(),
            "at": self.at.isoformat(),
            "punch_ids": [str(punch_id) for punch_id in self.punch_ids],
            "facts": dict(self.facts),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> TimeException:
        """The exception that `to_json` wrote."""
        return cls(
            code=ExceptionCode(stored["code"]),
            day=date.fromisoformat(stored["day"]),
            at=datetime.fromisoformat(stored["at"]),
            punch_ids=tuple(UUID(punch_id) for punch_id in stored["punch_ids"]),
            facts=dict(stored["facts"]),
        )


def blocking(exceptions: Iterable[TimeException]) -> list[TimeException]:
    """Those that leave hours unknown, in the order given."""
    return [exception for exception in exceptions if exception.blocking]
