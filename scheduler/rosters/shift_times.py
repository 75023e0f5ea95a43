"""When a shift is, and what paid minutes follow from it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scheduler.kernel.clock import as_utc, minutes_between
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.rosters.timeframe import Timeframe

LONGEST = timedelta(hours=24)


def paid_minutes(starts_at: datetime, ends_at: datetime, breaks: list[dict[str, Any]]) -> int:
    """The length of a shift less its unpaid breaks."""
    unpaid: int = sum(pause["minutes"] for pause in breaks if not pause["paid"])
    return minutes_between(starts_at, ends_at) - unpaid


def checked_times(starts_at: datetime, ends_at: datetime, frame: Timeframe) -> tuple[datetime, datetime]:
    """The times in UTC to the minute, or every reason against them."""
    try:
        start, end = as_utc(starts_at), as_utc(ends_at)
    except ValueError as error:
        hint = "an instant with an offset, such as 2026-11-23T08:00:00+01:00"
        raise InvalidInput([FieldError("starts_at", str(starts_at), str(error), hint)]) from error
    errors = []
    for name, at in (("starts_at", start), ("ends_at", end)):
        if at.second or at.microsecond:
            errors.append(FieldError(name, at.isoformat(), "is not a whole minute", "a whole minute"))
    if not start < end <= start + LONGEST:
        problem = "is not after the start" if end <= start else "is more than 24 hours after the start"
        errors.append(
            FieldError(
                "ends_at", end.isoformat(), problem, f"later than {start.isoformat()}, by at most 24 h"
            )
        )
    if not frame.starts_at <= start < frame.ends_at:
        hint = f"from {frame.first_day} up to, not including, {frame.end_day} ({frame.zone.key})"
        errors.append(FieldError("starts_at", start.isoformat(), "is outside the days of the roster", hint))
    if errors:
        raise InvalidInput(errors)
    return start, end
