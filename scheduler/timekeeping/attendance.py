"""Worked time beside the published roster: who came late, left early, did not come, or was not expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from scheduler.kernel.clock import minutes_between
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.pairing import Paired, Worked, joined

GRACE = timedelta(minutes=5)
"""Coming this much later or leaving this much earlier than published is no remark."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A published shift ``[starts_at, ends_at)`` of one employee; ``day`` is the local day it starts on."""

    shift_id: UUID
    day: date
    starts_at: datetime
    ends_at: datetime


def remarks(paired: Paired, shifts: Sequence[Scheduled], *, as_of: datetime) -> list[TimeException]:
    """Remarks on one employee's time, in order of time; none of them keeps a timesheet from being approved.

    Parameters
    ----------
    paired
        What the punches amount to.
    shifts
        The published shifts of the same days.
    as_of
        The present instant: a shift that has not ended is no no-show, and one not ended was not left early.
    """
    found = [remark for shift in shifts for remark in _on_shift(shift, paired, as_of)]
    found += [
        TimeException(ExceptionCode.UNSCHEDULED, span.day, span.starts_at, facts=_span_facts(span))
        for span in joined(paired.worked)
        if not any(_overlap(span, shift) for shift in shifts)
    ]
    return sorted(found, key=lambda remark: (remark.at, remark.code))


def _on_shift(shift: Scheduled, paired: Paired, as_of: datetime) -> list[TimeException]:
    if any(found.blocking and found.day == shift.day for found in paired.exceptions):
        return []  # the hours of that day are not known yet, so nothing can be said of them
    facts = {
        "shift_id": str(shift.shift_id),
        "shift_starts_at": shift.starts_at.isoformat(),
        "shift_ends_at": shift.ends_at.isoformat(),
    }
    over = shift.ends_at <= as_of
    spans = [span for span in paired.worked if _overlap(span, shift)]
    if not spans:
        return [TimeException(ExceptionCode.NO_SHOW, shift.day, shift.starts_at, facts=facts)] if over else []
    came, left = spans[0].starts_at, spans[-1].ends_at
    found = []
    if came - shift.starts_at > GRACE:
        late = facts | {"minutes": minutes_between(shift.starts_at, came)}
        found.append(TimeException(ExceptionCode.LATE_IN, shift.day, came, facts=late))
    if over and shift.ends_at - left > GRACE:
        early = facts | {"minutes": minutes_between(left, shift.ends_at)}
        found.append(TimeException(ExceptionCode.EARLY_OUT, shift.day, left, facts=early))
    return found


def _overlap(span: Worked, shift: Scheduled) -> bool:
    return span.starts_at < shift.ends_at and shift.starts_at < span.ends_at


def _span_facts(span: Worked) -> dict[str, str]:
    return {"starts_at": span.starts_at.isoformat(), "ends_at": span.ends_at.isoformat()}
