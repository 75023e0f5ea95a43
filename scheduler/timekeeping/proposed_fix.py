"""How an exception could be put right: a proposal that does nothing until a person agrees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from scheduler.kernel.clock import as_utc
from scheduler.timekeeping.exceptions import ExceptionCode, TimeException
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.pairing import LONGEST_SPAN


class Grounds(StrEnum):
    """What a proposal rests on."""

    SHIFT_END = "shift_end"
    """The end of the published shift in which the person clocked in."""
    SHIFT_START = "shift_start"
    """The start of the published shift in which the person clocked out."""
    NO_WORK = "no_work"
    """Without these punches nothing is lost: they hold no work."""


@dataclass(frozen=True, slots=True)
class ProposedFix:
    """Punches to add and punches to take back, and what says so."""

    grounds: Grounds
    add: tuple[tuple[PunchKind, datetime], ...] = ()
    void: tuple[UUID, ...] = ()


EARLIEST = timedelta(hours=4)
"""Whoever clocks in longer than this before a shift has not come for it."""

Span = tuple[datetime, datetime]
"""When a shift starts and ends."""

_NO_WORK = frozenset({ExceptionCode.EMPTY_SPAN, ExceptionCode.BREAK_OUTSIDE_WORK})


def proposed_fix(found: TimeException, shifts: Sequence[Span], *, as_of: datetime) -> ProposedFix | None:
    """What the records offer as a fix; None where they say nothing, because nothing is guessed.

    Parameters
    ----------
    shifts
        The published shifts of the person around the exception.
    as_of
        The present instant: nothing is proposed for the future.
    """
    if found.code in _NO_WORK and found.punch_ids:
        return ProposedFix(Grounds.NO_WORK, void=found.punch_ids)
    if found.code is ExceptionCode.MISSING_OUT:
        return _leaving(found, shifts, as_of)
    if found.code is ExceptionCode.MISSING_IN:
        starts = [
            starts_at
            for starts_at, _ in shifts
            if starts_at < found.at and found.at - starts_at <= LONGEST_SPAN
        ]
        if starts:
            return ProposedFix(Grounds.SHIFT_START, add=((PunchKind.IN, max(starts)),))
    return None


def _leaving(found: TimeException, shifts: Sequence[Span], as_of: datetime) -> ProposedFix | None:
    """Leaving at the end of the shift that was under way, if all punches there are lie before it."""
    punches = found.facts.get("punches", ())
    if not punches or punches[-1]["kind"] == PunchKind.BREAK_START.value:
        return None
    last_at = datetime.fromisoformat(punches[-1]["at"])
    next_in = found.facts.get("next_in_at")
    until = as_utc(as_of) if next_in is None else datetime.fromisoformat(next_in)
    ends = [
        ends_at
        for starts_at, ends_at in shifts
        if last_at < ends_at <= until
        and starts_at - found.at <= EARLIEST
        and ends_at - found.at <= LONGEST_SPAN
    ]
    return ProposedFix(Grounds.SHIFT_END, add=((PunchKind.OUT, min(ends)),)) if ends else None
