"""One shift: who has it, who could take it, and changing it by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.errors import is_htmx
from api.pages.edit_answer import Refusal, acceptance, attempt
from api.pages.page import draw
from api.pages.weeks import week_address
from api.permissions import Access, allow
from api.schemas.base import Count, WallClock
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import local_day, local_instant
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Permission, reach
from scheduler.rosters.edit import assign, move, pin, remove, unassign, unpin
from scheduler.rosters.editing import Edited
from scheduler.rosters.models import Roster
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.undo import undo
from scheduler.rosters.what_would_do import what_would_do
from scheduler.rosters.why_open import why_open

router = APIRouter()

ReadAccess = Annotated[Access, Depends(allow(Permission.ROSTERS_READ))]
WriteAccess = Annotated[Access, Depends(allow(Permission.ROSTERS_WRITE))]
Seen = Annotated[Count, Form(alias="revision")]
Reason = Annotated[str, Form()]


@router.get("/rosters/{roster_id}/shifts/{lineage_id}")
def shift_panel(
    request: Request, access: ReadAccess, session: ReadSession, roster_id: UUID, lineage_id: UUID
) -> Response:
    """The shift with everybody who could take it, and why the others could not."""
    return _panel(request, access, session, find_roster(session, roster_id), lineage_id)


@router.post("/rosters/{roster_id}/shifts/{lineage_id}/assign")
def assign_shift(
    request: Request,
    access: WriteAccess,
    session: WriteSession,
    roster_id: UUID,
    lineage_id: UUID,
    revision: Seen,
    employee_id: Annotated[UUID, Form()],
    reason: Reason = "",
) -> Response:
    """Give it to somebody."""

    def change() -> Edited:
        return assign(
            session,
            roster_id,
            lineage_id,
            employee_id,
            expected_revision=revision,
            actor=access.actor,
            accept=acceptance(reason),
        )

    retry = {"action": "assign", "employee_id": str(employee_id)}
    return _edit(request, access, session, roster_id, lineage_id, change, retry)


@router.post("/rosters/{roster_id}/shifts/{lineage_id}/move")
def move_shift(
    request: Request,
    access: WriteAccess,
    session: WriteSession,
    roster_id: UUID,
    lineage_id: UUID,
    revision: Seen,
    starts: Annotated[WallClock, Form()],
    ends: Annotated[time, Form()],
    reason: Reason = "",
) -> Response:
    """Give it other times on its location's wall clock; an end not after the start is on the next day."""
    zone = ZoneInfo(find_roster(session, roster_id).location.zone)
    start, end = wall_clock_span(starts, ends, zone)

    def change() -> Edited:
        return move(
            session,
            roster_id,
            lineage_id,
            start,
            end,
            expected_revision=revision,
            actor=access.actor,
            accept=acceptance(reason),
        )

    retry = {"action": "move", "starts": starts.isoformat(timespec="minutes"), "ends": f"{ends:%H:%M}"}
    return _edit(request, access, session, roster_id, lineage_id, change, retry)


def wall_clock_span(starts: datetime, ends: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants of a span given on the wall clock; an end not after the start is on the next day.

    Examples
    --------
    >>> start, end = wall_clock_span(datetime(2026, 11, 23, 22), time(6), ZoneInfo("Europe/Warsaw"))
    >>> f"{start:%d %H} {end:%d %H}"
    '23 21 24 05'
    """
    start = local_instant(starts.date(), starts.hour * 60 + starts.minute, zone)
    end_day = starts.date() + timedelta(days=0 if ends > starts.time() else 1)
    return start, local_instant(end_day, ends.hour * 60 + ends.minute, zone)


_PLAIN: dict[str, Callable[..., Edited]] = {
    "unassign": unassign,
    "remove": remove,
    "pin": pin,
    "unpin": unpin,
}


@router.post("/rosters/{roster_id}/shifts/{lineage_id}/{verb}")
def change_shift(
    request: Request,
    access: WriteAccess,
    session: WriteSession,
    roster_id: UUID,
    lineage_id: UUID,
    verb: str,
    revision: Seen,
) -> Response:
    """Leave it open, take it out of the draft, pin it or unpin it."""
    if verb not in _PLAIN:
        raise SchedulerError("not_found", what="action", id=verb[:80])

    def change() -> Edited:
        return _PLAIN[verb](session, roster_id, lineage_id, expected_revision=revision, actor=access.actor)

    return _edit(request, access, session, roster_id, lineage_id, change, {"action": verb})


@router.post("/rosters/{roster_id}/undo")
def undo_edit(
    request: Request, access: WriteAccess, session: WriteSession, roster_id: UUID, revision: Seen
) -> Response:
    """Take back the last hand edit; if somebody changed the roster meanwhile, show it as it is now."""
    roster = find_roster(session, roster_id)

    def change() -> Edited:
        return undo(session, roster_id, expected_revision=revision, actor=access.actor)

    refusal = attempt(session, change, zone=roster.location.zone)
    if refusal is None:
        return to_week(request, find_roster(session, roster_id), edited="undone")
    return to_week(request, find_roster(session, roster_id), edited="conflict")


def _edit(
    request: Request,
    access: Access,
    session: Session,
    roster_id: UUID,
    lineage_id: UUID,
    change: Callable[[], Edited],
    retry: dict[str, str],
) -> Response:
    """Change the shift; where something stands against it, the panel again with what it is and a way on."""
    roster = find_roster(session, roster_id)
    refusal = attempt(session, change, zone=roster.location.zone)
    roster = find_roster(session, roster_id)
    if refusal is not None:
        return _panel(request, access, session, roster, lineage_id, refusal=refusal, retry=retry)
    return to_week(request, roster, edited=str(lineage_id))


def _panel(
    request: Request,
    access: Access,
    session: Session,
    roster: Roster,
    lineage_id: UUID,
    *,
    refusal: Refusal | None = None,
    retry: dict[str, str] | None = None,
) -> Response:
    found = why_open(session, roster.id, lineage_id)
    held = reach(access.principal, Permission.ROSTERS_WRITE)
    zone = ZoneInfo(roster.location.zone)
    return draw(
        request,
        "shift_panel.html" if is_htmx(request) else "shift_page.html",
        access.principal,
        status=refusal.status if refusal else 200,
        section="/rosters",
        roster=roster,
        zone=roster.location.zone,
        shift=found.shift,
        day=local_day(found.shift.starts_at, zone),
        local_start=found.shift.starts_at.astimezone(zone),
        local_end=found.shift.ends_at.astimezone(zone),
        found=found,
        would_do=() if found.able else what_would_do(session, roster.id, lineage_id).sentences,
        refusal=refusal,
        retry=retry or {},
        can_write=held is not None and held.covers(roster.location_id),
    )


def to_week(request: Request, roster: Roster, *, edited: str) -> Response:
    """Lead back to the week, which says what was done."""
    address = week_address(roster.location_id, roster.starts_on, edited=edited)
    if is_htmx(request):
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)
