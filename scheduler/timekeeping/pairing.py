"""From punches to worked time: pure, the same for every order of arrival, and nothing is guessed.

Every punch that stands (is no void and was not voided) ends up in exactly one place: in one worked span,
whose minutes are then certain, or in one exception, which a person resolves by voiding or adding punches.
A transfer parts two spans that meet, and is in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise, takewhile
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import as_utc, local_day, minutes_between
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import PunchKind

LONGEST_SPAN = timedelta(hours=16)
"""Nobody is taken to have worked longer than this without punching out."""


@dataclass(frozen=True, slots=True)
class Clocking:
    """A punch, as pairing needs it.

    Parameters
    ----------
    id
        The punch's id.
    at
        Instant, aware; seconds do not count (see `pair`).
    kind
        What it says.
    location_id, zone
        Where it was made, and the zone of that place.
    voids_id
        The punch that this one takes back, for a void.
    job_role_id
        The job from then on, for ``in`` and ``transfer``; None is the person's own.
    """

    id: UUID
    at: datetime
    kind: PunchKind
    location_id: UUID
    zone: ZoneInfo
    voids_id: UUID | None = None
    job_role_id: UUID | None = None


Instants = tuple[datetime, datetime]
"""A stretch of time, half-open."""


@dataclass(frozen=True, slots=True)
class Exact:
    """What was punched, of a span whose counted minutes were rounded; see `Worked` for the fields."""

    starts_at: datetime
    ends_at: datetime
    breaks: tuple[Instants, ...] = ()

    @property
    def worked_minutes(self) -> int:
        """Elapsed minutes less the breaks."""
        resting = sum(minutes_between(start, end) for start, end in self.breaks)
        return minutes_between(self.starts_at, self.ends_at) - resting


@dataclass(frozen=True, slots=True)
class Worked:
    """A span ``[starts_at, ends_at)`` of work whose minutes are certain.

    Parameters
    ----------
    day
        The civil day it counts for: the local day on which it starts, until `day_rules` says otherwise.
    location_id
        Where it was worked.
    starts_at, ends_at
        UTC instants on full minutes.
    breaks
        Half-open spans inside it, in order, all unpaid.
    punch_ids
        The punches it is made of, in order of time; a transfer is in the two spans it parts.
    job_role_id
        The job it was worked in; None is the person's own.
    exact
        As it was punched, where the instants above were rounded; None where they are the exact minutes.
    """

    day: date
    location_id: UUID
    starts_at: datetime
    ends_at: datetime
    breaks: tuple[tuple[datetime, datetime], ...]
    punch_ids: tuple[UUID, ...]
    job_role_id: UUID | None = None
    exact: Exact | None = None

    @property
    def as_punched(self) -> Exact:
        """The exact minutes, rounded or not."""
        return self.exact or Exact(self.starts_at, self.ends_at, self.breaks)

    @property
    def break_minutes(self) -> int:
        """Minutes of all breaks."""
        return sum(minutes_between(start, end) for start, end in self.breaks)

    @property
    def worked_minutes(self) -> int:
        """Elapsed minutes less the breaks: 420 for 22:00 to 06:00 in the spring night of the clock change."""
        return minutes_between(self.starts_at, self.ends_at) - self.break_minutes


@dataclass(frozen=True, slots=True)
class Paired:
    """What punches amount to: spans of work and exceptions, both in order of time."""

    worked: tuple[Worked, ...]
    exceptions: tuple[TimeException, ...]


def pair(punches: Iterable[Clocking], *, as_of: datetime) -> Paired:
    """The work and the exceptions in the punches of one employee.

    Parameters
    ----------
    punches
        In any order, voids included.
    as_of
        The present instant: tells somebody who forgot to punch out from somebody who may still be at work.

    Notes
    -----
    A span opens with an ``in`` and ends with the next ``out``. An ``in`` inside an open span starts a new
    one: what follows it was worked in any reading, and the punches before it become an exception. Seconds are
    dropped from each punch before anything is counted, so that the minutes of neighbouring spans add up and
    are those people see on the clock.
    """
    worked: list[Worked] = []
    exceptions: list[TimeException] = []
    span: list[Clocking] = []
    waiting = sorted(_standing(punches), key=lambda punch: (as_utc(punch.at), punch.id))
    while waiting:
        punch = waiting.pop(_next_of(waiting, span))
        if punch.kind is PunchKind.IN:
            if span:
                exceptions.append(_interrupted(span, punch))
            span = [punch]
        elif not span:
            exceptions.append(_stray(punch))
        elif punch.kind is PunchKind.OUT:
            ended = _ended([*span, punch])
            if isinstance(ended, TimeException):
                exceptions.append(ended)
            else:
                worked += ended
            span = []
        else:
            span.append(punch)
    if span:
        still_there = as_utc(as_of) - as_utc(span[0].at) <= LONGEST_SPAN
        code = ExceptionCode.CLOCKED_IN if still_there else ExceptionCode.MISSING_OUT
        exceptions.append(_exception(code, span))
    return Paired(tuple(worked), tuple(sorted(exceptions, key=lambda found: (found.at, found.code))))


def continues(before: Worked, span: Worked) -> bool:
    """Whether a span is the same stay as the one before it: a transfer, or the end of a day, parted them."""
    return before.ends_at == span.starts_at and not set(before.punch_ids).isdisjoint(span.punch_ids)


def joined(spans: Iterable[Worked], *, across_days: bool = True) -> list[Worked]:
    """The spans in order, each stay as one again: the law asks how long somebody worked.

    Such a span is where it began, and names the punches of all its parts.

    Parameters
    ----------
    across_days
        Whether parts that count for different days are joined too; pay has lines for each day.
    """
    whole: list[Worked] = []
    for span in sorted(spans, key=lambda one: one.starts_at):
        before = whole[-1] if whole else None
        if before and continues(before, span) and (across_days or before.day == span.day):
            whole[-1] = replace(
                before,
                ends_at=span.ends_at,
                breaks=_one_after_another(before.breaks, span.breaks),
                punch_ids=tuple(dict.fromkeys(before.punch_ids + span.punch_ids)),
                exact=_together(before, span),
            )
        else:
            whole.append(span)
    return whole


def _together(before: Worked, span: Worked) -> Exact | None:
    if before.exact is None and span.exact is None:
        return None
    one, other = before.as_punched, span.as_punched
    return Exact(one.starts_at, other.ends_at, _one_after_another(one.breaks, other.breaks))


def _one_after_another(before: tuple[Instants, ...], after: tuple[Instants, ...]) -> tuple[Instants, ...]:
    """Breaks in order; one that was parted is one again."""
    if before and after and before[-1][1] == after[0][0]:
        return (*before[:-1], (before[-1][0], after[0][1]), *after[1:])
    return before + after


def to_minute(at: datetime) -> datetime:
    """The full minute, in UTC, in which an instant falls.

    Examples
    --------
    >>> from datetime import UTC
    >>> to_minute(datetime(2026, 11, 16, 8, 0, 59, tzinfo=UTC)).isoformat()
    '2026-11-16T08:00:00+00:00'
    """
    return as_utc(at).replace(second=0, microsecond=0)


def _standing(punches: Iterable[Clocking]) -> list[Clocking]:
    punches = list(punches)
    voided = {punch.voids_id for punch in punches}
    return [punch for punch in punches if punch.kind is not PunchKind.VOID and punch.id not in voided]


_EXPECTED = {
    None: (PunchKind.IN,),
    PunchKind.IN: (PunchKind.BREAK_START, PunchKind.TRANSFER, PunchKind.OUT),
    PunchKind.BREAK_END: (PunchKind.BREAK_START, PunchKind.TRANSFER, PunchKind.OUT),
    PunchKind.TRANSFER: (PunchKind.BREAK_START, PunchKind.TRANSFER, PunchKind.OUT),
    PunchKind.BREAK_START: (PunchKind.BREAK_END,),
}
"""What may follow the latest punch of a span; tells in which order punches of one instant are meant."""


def _next_of(waiting: Sequence[Clocking], span: Sequence[Clocking]) -> int:
    first = as_utc(waiting[0].at)
    expected = _EXPECTED[span[-1].kind if span else None]
    at_once = [index for index, _ in enumerate(takewhile(lambda one: as_utc(one.at) == first, waiting))]
    for kind in expected:
        for index in at_once:
            if waiting[index].kind is kind:
                return index
    return min(at_once, key=lambda index: (waiting[index].kind.value, index))


def _ended(span: Sequence[Clocking]) -> list[Worked] | TimeException:
    first, last = span[0], span[-1]
    if as_utc(last.at) - as_utc(first.at) > LONGEST_SPAN:
        return _exception(ExceptionCode.LONG_SPAN, span, longest_minutes=LONGEST_SPAN // timedelta(minutes=1))
    if to_minute(first.at) == to_minute(last.at):
        return _exception(ExceptionCode.EMPTY_SPAN, span)
    if fault := _break_fault(span):
        return _exception(fault, span)
    day = local_day(first.at, first.zone)
    return [_worked(part, where, day) for where, part in _parts(span)]


def _parts(span: Sequence[Clocking]) -> list[tuple[Clocking, list[Clocking]]]:
    """The span cut at its transfers, each in both parts, beside the punch that says where a part was worked.

    A transfer in the first minute of a part only says where the part was; one in the last minute, nothing.
    """
    parts = [(span[0], [span[0]])]
    for punch in span[1:]:
        part = parts[-1][1]
        part.append(punch)
        if punch.kind is PunchKind.TRANSFER:
            if to_minute(part[0].at) == to_minute(punch.at):
                parts[-1] = (punch, part)
            elif to_minute(punch.at) < to_minute(span[-1].at):
                parts.append((punch, [punch]))
    return parts


def _worked(part: Sequence[Clocking], where: Clocking, day: date) -> Worked:
    first, *middle, last = part
    rests = [punch for punch in middle if punch.kind is not PunchKind.TRANSFER]
    return Worked(
        day=day,
        location_id=where.location_id,
        starts_at=to_minute(first.at),
        ends_at=to_minute(last.at),
        breaks=tuple(
            (to_minute(start.at), to_minute(end.at))
            for start, end in zip(rests[::2], rests[1::2], strict=True)
        ),
        punch_ids=tuple(punch.id for punch in part),
        job_role_id=where.job_role_id,
    )


def _break_fault(span: Sequence[Clocking]) -> ExceptionCode | None:
    for earlier, later in pairwise(span):
        on_break = earlier.kind is PunchKind.BREAK_START
        if on_break and later.kind is not PunchKind.BREAK_END:
            return ExceptionCode.BREAK_WITHOUT_END
        if later.kind is PunchKind.BREAK_END and not on_break:
            return ExceptionCode.BREAK_WITHOUT_START
    return None


def _interrupted(span: Sequence[Clocking], by: Clocking) -> TimeException:
    near = as_utc(by.at) - as_utc(span[0].at) <= LONGEST_SPAN
    code = ExceptionCode.DOUBLE_IN if near else ExceptionCode.MISSING_OUT
    return _exception(code, span, next_in_at=as_utc(by.at).isoformat())


_STRAY = {
    PunchKind.OUT: ExceptionCode.MISSING_IN,
    PunchKind.TRANSFER: ExceptionCode.TRANSFER_OUTSIDE_WORK,
}


def _stray(punch: Clocking) -> TimeException:
    return _exception(_STRAY.get(punch.kind, ExceptionCode.BREAK_OUTSIDE_WORK), [punch])


def _exception(code: ExceptionCode, span: Sequence[Clocking], **facts: Any) -> TimeException:
    first = span[0]
    punches = [{"kind": punch.kind.value, "at": as_utc(punch.at).isoformat()} for punch in span]
    return TimeException(
        code=code,
        day=local_day(first.at, first.zone),
        at=as_utc(first.at),
        punch_ids=tuple(punch.id for punch in span),
        facts={"punches": punches, **facts},
    )
