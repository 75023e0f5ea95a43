"""Who did what with a timesheet, and which days became other, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.pages.formats import hours, short_day, span
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.sheet_history import Lapse, SheetEvent, lapses, sheet_history

WHAT: Mapping[str, str] = {
    "timesheet.submit": "confirmed these hours",
    "timesheet.approve": "approved",
    "timesheet.reopen": "opened it again",
    "timesheet.lapse": "punches made other hours, so that nobody stands for them any more",
    "timesheet.remind": "reminded",
    "dispute.raised": "disputed hours",
    "dispute.answered": "answered the dispute",
    "dispute.accepted": "accepted the answer",
    "dispute.withdrawn": "took the dispute back",
    "dispute.closed": "closed the dispute",
    "exception.accepted": "accepted an exception as it is",
    "exception.corrected": "corrected an exception",
}
"""What people read of each; what is not here is said as the audit record says it."""


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """A line of the history."""

    at: datetime
    who: str
    what: str
    reason: str | None
    days: tuple[str, ...]


def told_history(session: Session, sheet: Timesheet, zone: str) -> list[ToldEvent]:
    """The history of a timesheet, oldest first."""
    return [_told(each, zone) for each in sheet_history(session, sheet.id)]


def _told(event: SheetEvent, zone: str) -> ToldEvent:
    what = WHAT.get(event.what, event.what.replace(".", " ").replace("_", " "))
    if event.for_whom:
        what += f" for {event.for_whom}"
    if event.worked_minutes is not None:
        what += f": {hours(event.worked_minutes)}"
    who = "" if event.what == "timesheet.lapse" else event.by
    return ToldEvent(event.at, who, what, event.reason, changed_days(event.days, zone))


def changed_days(days: Sequence[Mapping[str, Any]], zone: str) -> tuple[str, ...]:
    """A sentence for each day, before and after.

    Examples
    --------
    >>> at = ["2026-11-18T07:00:00+00:00", "2026-11-18T15:00:00+00:00"]
    >>> day = {"day": "2026-11-18", "before": {"minutes": 0, "spans": []}}
    >>> changed_days([{**day, "after": {"minutes": 480, "spans": [at]}}], "Europe/Warsaw")
    ('Wed 18 Nov: nothing before, now 8 h (08:00–16:00)',)
    """
    return tuple(
        f"{short_day(date.fromisoformat(each['day']))}: {_work(each['before'], zone)} before, "
        f"now {_work(each['after'], zone)}"
        for each in days
    )


def _work(day: Mapping[str, Any], zone: str) -> str:
    if not day["spans"]:
        return "nothing"
    spans = (
        span(datetime.fromisoformat(start), datetime.fromisoformat(end), zone) for start, end in day["spans"]
    )
    return f"{hours(day['minutes'])} ({', '.join(spans)})"


def lapse_of(session: Session, sheet: Timesheet) -> Lapse | None:
    """What made a timesheet open again since it was last confirmed."""
    return lapses(session, [sheet]).get(sheet.id)
