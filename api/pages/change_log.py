"""The log of a published roster: each change of what people knew, and each short rest, with its price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.pages.formats import hours, stamp, stamp_span
from api.pages.page import draw
from api.pages.publishing import CAUSES
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.transaction import ReadSession
from scheduler.organisation.actors import name_of
from scheduler.organisation.permissions import Permission
from scheduler.rosters.change_log import changes_of
from scheduler.rosters.models import PremiumColumns, RosterChange, ShortRest
from scheduler.rosters.rest_log import rests_of
from scheduler.rosters.rosters import find_roster

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]
Shift = Mapping[str, Any]
"""A shift as a log keeps it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Parameters
    ----------
    what
        The change, or the rest, in words.
    row
        With its premium.
    finding
        Why it came too late without consent; None where it did not.
    """

    told_at: datetime
    by: str
    employee: str
    what: str
    notice_minutes: int
    cause: str
    agreed: bool
    reason: str
    row: PremiumColumns
    finding: Mapping[str, Any] | None = None


@router.get("/rosters/{roster_id}/changes")
def change_log_page(request: Request, access: MayRead, session: ReadSession, roster_id: UUID) -> Response:
    """What people were told otherwise after they knew it, newest first, and what it cost."""
    roster = find_roster(session, roster_id)
    zone = roster.location.zone
    found = [
        _of_change(row, name_of(session, row.changed_by), zone) for row in changes_of(session, roster_id)
    ]
    found += [_of_rest(row, name_of(session, row.changed_by), zone) for row in rests_of(session, roster)]
    return draw(
        request,
        "change_log.html",
        access.principal,
        section="/rosters",
        roster=roster,
        location=roster.location,
        entries=sorted(found, key=lambda entry: entry.told_at, reverse=True),
        back=week_address(roster.location_id, roster.starts_on),
    )


def _of_change(row: RosterChange, by: str, zone: str) -> Entry:
    side = row.before or row.after or {}
    return Entry(
        told_at=row.told_at,
        by=by,
        employee=side.get("employee") or "",
        what=f"{_when(row.before, zone)} → {_when(row.after, zone)}",
        notice_minutes=row.notice_minutes,
        cause=CAUSES[row.cause],
        agreed=row.consented,
        reason=row.reason,
        row=row,
        finding=row.finding,
    )


def _of_rest(row: ShortRest, by: str, zone: str) -> Entry:
    ends, starts = (datetime.fromisoformat(text) for text in (row.before["ends_at"], row.after["starts_at"]))
    span = f"from {stamp(ends, zone)} to {stamp(starts, zone)}"
    if row.rest_minutes is None:
        what = f"no short rest any more {span}"
    else:
        what = f"short rest {span}: {hours(row.rest_minutes)} of {hours(row.due_minutes)}"
    return Entry(
        told_at=row.told_at,
        by=by,
        employee=row.after.get("employee") or "",
        what=what,
        notice_minutes=row.notice_minutes,
        cause="",
        agreed=row.consented,
        reason=row.reason or "first publication",
        row=row,
    )


def _when(shift: Shift | None, zone: str) -> str:
    if shift is None:
        return "no work"
    starts, ends = (datetime.fromisoformat(shift[name]) for name in ("starts_at", "ends_at"))
    return stamp_span(starts, ends, zone)
