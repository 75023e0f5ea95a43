"""Worked time beside the published roster: who came early or late, did not come, or was not expected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from scheduler.kernel.clock import MINUTE, minutes_between
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.pairing import Instants, Paired, Worked, joined


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What nobody remarks on, minutes; the fields mean what they mean in `TimeTolerances`."""

    early_in_minutes: int = 15
    late_in_minutes: int = 5
    early_out_minutes: int = 5
    late_out_minutes: int = 15
    break_minutes: int = 5
    not_here_minutes: int = 15
    no_show_minutes: int = 120


USUAL = Tolerances()
"""Those of a location that chose none."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A published shift ``[starts_at, ends_at)`` of one employee.

    Parameters
    ----------
    day
        The local day it starts on.
    break_minutes
        Unpaid break in it; None where that is not known.
    """

    shift_id: UUID
    day: date
    starts_at: datetime
    ends_at: datetime
    break_minutes: int | None = None


def remarks(
    paired: Paired, shifts: Sequence[Scheduled], *, as_of: datetime, tolerances: Tolerances = USUAL
) -> list[TimeException]:
    """Remarks on one employee's time, in order of time; none of them keeps a timesheet from being approved.

    Parameters
    ----------
    paired
        What the punches amount to, in exact minutes.
    shifts
        The published shifts of the same days.
    as_of
        The present instant: a shift that has not ended was not left early.
    tolerances
        What is no remark.

    Notes
    -----
    Edges of work are set beside the shift they are nearest to: whoever works two shifts in a row came early
    for the first alone, and left late from the second alone.
    """
    worked = joined(paired.worked)
    found = [
        remark
        for place, shift in enumerate(shifts)
        if not any(odd.blocking and odd.day == shift.day for odd in paired.exceptions)
        for remark in _on_shift(shift, worked, [*shifts[:place], *shifts[place + 1 :]], as_of, tolerances)
    ]  # the hours of a day with a blocking exception are not known yet, so nothing can be said of them
    found += [
        TimeException(ExceptionCode.UNSCHEDULED, span.day, span.starts_at, facts=_span_facts(span))
        for span in worked
        if not any(_overlap(span, shift) for shift in shifts)
    ]
    return sorted(found, key=lambda remark: (remark.at, remark.code))


def _on_shift(
    shift: Scheduled,
    worked: Sequence[Worked],
    others: Sequence[Scheduled],
    as_of: datetime,
    allowed: Tolerances,
) -> Iterator[TimeException]:
    spans = [span for span in worked if _overlap(span, shift)]
    if not spans:
        yield from absence(shift, as_of, allowed)
        return
    came, left = spans[0].starts_at, spans[-1].ends_at
    early_in = minutes_between(came, shift.starts_at)
    late_out = minutes_between(shift.ends_at, left)
    before = any(_overlap(spans[0], other) and other.starts_at < shift.starts_at for other in others)
    after = any(_overlap(spans[-1], other) and other.starts_at > shift.starts_at for other in others)
    if early_in > allowed.early_in_minutes and not before:
        yield _remark(ExceptionCode.EARLY_IN, shift, came, minutes=early_in)
    if -early_in > allowed.late_in_minutes:
        yield _remark(ExceptionCode.LATE_IN, shift, came, minutes=-early_in)
    if -late_out > allowed.early_out_minutes and shift.ends_at <= as_of:
        yield _remark(ExceptionCode.EARLY_OUT, shift, left, minutes=-late_out)
    if late_out > allowed.late_out_minutes and not after:
        yield _remark(ExceptionCode.LATE_OUT, shift, left, minutes=late_out)
    if shift.break_minutes is not None and not before and not after:
        yield from _long_break(shift, spans, shift.break_minutes, allowed)


def absence(shift: Scheduled, as_of: datetime, allowed: Tolerances) -> Iterator[TimeException]:
    """What is said of a shift for which nobody punched: nothing at first."""
    waited = as_of - shift.starts_at
    if shift.ends_at <= as_of or waited > allowed.no_show_minutes * MINUTE:
        yield _remark(ExceptionCode.NO_SHOW, shift, shift.starts_at)
    elif waited > allowed.not_here_minutes * MINUTE:
        yield _remark(ExceptionCode.NOT_HERE_YET, shift, shift.starts_at)


def _long_break(
    shift: Scheduled, spans: Sequence[Worked], planned_minutes: int, allowed: Tolerances
) -> Iterator[TimeException]:
    taken = rests_of(spans)
    minutes = sum(minutes_between(*rest) for rest in taken)
    if taken and minutes - planned_minutes > allowed.break_minutes:
        longest = max(taken, key=lambda rest: (rest[1] - rest[0], rest))
        facts = {"minutes": minutes, "planned_minutes": planned_minutes}
        yield _remark(ExceptionCode.LONG_BREAK, shift, longest[0], **facts)


def rests_of(spans: Sequence[Worked]) -> list[Instants]:
    """The breaks of spans in order, and the time off between them."""
    gaps = [(one.ends_at, other.starts_at) for one, other in pairwise(spans)]
    return sorted([*gaps, *(rest for span in spans for rest in span.breaks)])


def _remark(code: ExceptionCode, shift: Scheduled, at: datetime, **facts: Any) -> TimeException:
    return TimeException(code, shift.day, at, facts=shift_facts(shift) | facts)


def shift_facts(shift: Scheduled) -> dict[str, Any]:
    """Which shift, as an exception tells it."""
    return {
        "shift_id": str(shift.shift_id),
        "shift_starts_at": shift.starts_at.isoformat(),
        "shift_ends_at": shift.ends_at.isoformat(),
    }


def _overlap(span: Worked, shift: Scheduled) -> bool:
    return span.starts_at < shift.ends_at and shift.starts_at < span.ends_at


def _span_facts(span: Worked) -> dict[str, str]:
    return {"starts_at": span.starts_at.isoformat(), "ends_at": span.ends_at.isoformat()}
