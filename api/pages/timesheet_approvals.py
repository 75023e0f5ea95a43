"""Many timesheets at once: a list with filters, approving what can be approved, reminding, the way back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.formats import short_day
from api.pages.page import draw
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.pages.sheet_notices import approver_notices
from api.pages.time_words import STATES, exception_words
from api.pages.timesheet_filters import Filters
from api.permissions import Access, allow
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.locations import list_departments, list_locations
from scheduler.organisation.permissions import Permission, reach
from scheduler.timekeeping.approve_many import (
    MOST,
    Left,
    ManyApproved,
    approve_many,
    consider,
    hold_sheets,
    reopen_many,
)
from scheduler.timekeeping.models import Duty, Timesheet
from scheduler.timekeeping.remind import Reminded, remind
from scheduler.timekeeping.sheet_duties import USUAL, Deadlines, deadlines, set_deadlines
from scheduler.timekeeping.sheet_list import Oddness, SheetFilter, SheetLine, list_sheets

router = APIRouter()

MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
Text = Annotated[str, Form()]
Chosen = Annotated[tuple[str, ...], Form()]

ON_A_PAGE = 50
SHOWN_OF_MANY = 100
"""How many names a long list tells before it only counts."""

LEFT: Mapping[Left, str] = {
    Left.NOT_FOUND: "it is gone, or out of your reach",
    Left.CHANGED: "it changed since you looked at it",
    Left.ALREADY: "it is approved already",
    Left.CLOSED: "its period is closed",
    Left.NOT_OVER: "its days are not over",
    Left.NO_HOURS: "it has no hours, and needs no approval",
    Left.LOCKED: "its period is locked; payroll can",
    Left.OWN: "it is your own, or of whoever lent you the right",
    Left.UNCLEAR: "its hours are not known; clear up what is odd",
    Left.DISPUTED: "it is disputed; answer, or close the dispute with a reason",
    Left.CHANGED_AFTER_APPROVAL: "it changed after an approval; look at it by itself",
}
"""Why a timesheet was left, in words."""

DUTIES: Mapping[Duty, str] = {Duty.CONFIRM: "confirm", Duty.APPROVE: "approve"}
EXCEPTIONS: Mapping[Oddness, str] = {
    Oddness.SOME: "with some",
    Oddness.UNCLEAR: "hours unknown",
    Oddness.NONE: "without",
}


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """A timesheet on the page of an approval."""

    line: SheetLine
    why: str = ""


@router.get("/timesheets/list")
def sheet_list_page(request: Request, access: MayApprove, session: ReadSession) -> Response:
    """The timesheets within reach that fit the filters of the address."""
    return _list(request, access, session, Filters.of(request.url.query))


@router.post("/timesheets/preview")
def preview_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    filters: Text = "",
    sheet: Chosen = (),
    every: Annotated[bool, Form()] = False,
) -> Response:
    """What would be approved of the chosen ones, or of all that fit, and what not and why."""
    asked = Filters.of(filters)
    lines = _chosen(session, access, asked, sheet, every=every)
    if not lines:
        error = InvalidInput(
            [FieldError("timesheets", "", "none is chosen", "choose some of the list, or all that fit")]
        )
        return _list(request, access, session, asked, refused=error)
    seen = {line.sheet.id: line.sheet.revision for line in lines[:MOST]}
    held = hold_sheets(session, seen, access.reach)
    considered = consider(session, list(held.values()), actor=access.actor)
    named = {line.sheet.id: line for line in lines}
    return draw(
        request,
        "timesheet_approval.html",
        access.principal,
        section="/timesheets",
        asked=asked,
        approved=[named[each.sheet.id] for each in considered if each.left is None],
        left=[NamedSheet(named[each.sheet.id], LEFT[each.left]) for each in considered if each.left],
        seen=_written(each.sheet for each in considered),
        shown=SHOWN_OF_MANY,
        beyond=len(lines) - len(held),
        is_done=False,
        states=STATES,
    )


@router.post("/timesheets/approve")
def approve_page(
    request: Request, access: MayApprove, session: WriteSession, filters: Text = "", seen: Text = ""
) -> Response:
    """Approve what still can be approved; what was left is told."""
    asked = Filters.of(filters)
    done: list[ManyApproved] = []

    def change() -> None:
        done.append(approve_many(session, _seen(seen), within=access.reach, actor=access.actor))

    if error := refusal_of(session, change):
        return _list(request, access, session, asked, refused=error)
    return _result(request, access, session, asked, done[0])


@router.post("/timesheets/reopen")
def reopen_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    filters: Text = "",
    seen: Text = "",
    reason: Text = "",
) -> Response:
    """Take approvals back that were just made."""
    asked = Filters.of(filters)
    done: list[ManyApproved] = []

    def change() -> None:
        wanted = _seen(seen)
        done.append(reopen_many(session, wanted, reason=reason, within=access.reach, actor=access.actor))

    if error := refusal_of(session, change):
        return _list(request, access, session, asked, refused=error)
    return _list(request, access, session, asked, said=f"{len(done[0].approved)} open again.")


@router.post("/timesheets/remind")
def remind_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    duty: Annotated[Duty, Form()],
    filters: Text = "",
    sheet: Chosen = (),
    every: Annotated[bool, Form()] = False,
) -> Response:
    """Remind of the chosen ones, or of all that fit."""
    asked = Filters.of(filters)
    keys = [line.sheet.id for line in _chosen(session, access, asked, sheet, every=every)][:MOST]
    done: list[Reminded] = []

    def change() -> None:
        done.append(remind(session, keys, duty, within=access.reach, actor=access.actor))

    if error := refusal_of(session, change):
        return _list(request, access, session, asked, refused=error)
    left = len(done[0].left)
    rest = f" {left} left out: done, not due yet, or reminded today." if left else ""
    return _list(request, access, session, asked, said=f"Reminded of {len(done[0].reminded)}.{rest}")


@router.post("/locations/{location_id}/timesheet-deadlines")
def deadlines_on_page(
    request: Request,
    access: Annotated[Access, Depends(allow(Permission.PAY_CLOSE))],
    session: WriteSession,
    location_id: UUID,
    confirm_days: Annotated[int, Form()],
    approve_days: Annotated[int, Form()],
) -> Response:
    """By which day timesheets of a location are due."""
    asked = Filters(location_id=location_id)
    wanted = Deadlines(confirm_days, approve_days)
    error = refusal_of(session, lambda: set_deadlines(session, location_id, wanted, actor=access.actor))
    if error:
        return _list(request, access, session, asked, refused=error)
    return RedirectResponse(f"/timesheets/list?{asked.query()}", 303)


def _list(
    request: Request,
    access: Access,
    session: Session,
    asked: Filters,
    *,
    refused: SchedulerError | None = None,
    said: str = "",
) -> Response:
    held = reach(access.principal, Permission.TIMESHEETS_APPROVE)
    places = [each for each in list_locations(session) if held is not None and held.covers(each.id)]
    lines = list_sheets(session, asked.wanted(_within(access)))
    pages = max(1, -(-len(lines) // ON_A_PAGE))
    page = min(max(asked.page, 1), pages)
    return draw_after(
        request,
        "timesheet_list.html",
        access.principal,
        refused,
        section="/timesheets",
        asked=asked,
        locations=places,
        departments=list_departments(session, asked.location_id) if asked.location_id else [],
        states=STATES,
        exceptions=EXCEPTIONS,
        duties=DUTIES,
        rows=lines[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        odd_words=_odd_words,
        total=len(lines),
        overdue={duty: sum(duty in line.overdue for line in lines) for duty in Duty},
        page=page,
        pages=pages,
        due=deadlines(session).get(asked.location_id, USUAL) if asked.location_id else None,
        can_set_due=_sets_deadlines(access, asked.location_id),
        notices=approver_notices(session, held),
        said=said,
    )


def _result(
    request: Request, access: Access, session: Session, asked: Filters, done: ManyApproved
) -> Response:
    keys = [each.id for each in done.approved] + [key for key, _ in done.left]
    named = {line.sheet.id: line for line in _named(session, access, keys)}
    return draw(
        request,
        "timesheet_approval.html",
        access.principal,
        section="/timesheets",
        asked=asked,
        approved=[named[each.id] for each in done.approved],
        left=[NamedSheet(named[key], LEFT[why]) for key, why in done.left if key in named],
        seen=_written(done.approved),
        shown=SHOWN_OF_MANY,
        beyond=0,
        is_done=True,
        states=STATES,
    )


def _sets_deadlines(access: Access, location_id: UUID | None) -> bool:
    held = reach(access.principal, Permission.PAY_CLOSE)
    return location_id is not None and held is not None and held.covers(location_id)


def _within(access: Access) -> ColumnElement[bool]:
    held = reach(access.principal, Permission.TIMESHEETS_APPROVE)
    return held.criterion(Timesheet.location_id) if held else false()


def _chosen(
    session: Session, access: Access, asked: Filters, sheets: Sequence[str], *, every: bool
) -> list[SheetLine]:
    """The lines that fit the filters, or of those named the ones within reach."""
    if every:
        return list_sheets(session, asked.wanted(_within(access)))
    return _named(session, access, _seen(" ".join(sheets)))


def _named(session: Session, access: Access, keys: Collection[UUID]) -> list[SheetLine]:
    found: list[SheetLine] = []
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        some = Timesheet.id.in_(wanted[start : start + 500])
        found += list_sheets(session, SheetFilter(within=_within(access) & some))
    return found


def _written(sheets: Iterable[Timesheet]) -> str:
    return " ".join(f"{each.id.hex}.{each.revision}" for each in sheets)


def _seen(text: str) -> dict[UUID, int]:
    """Revisions of timesheets by id, as `_written` writes them."""
    try:
        parts = [each.partition(".") for each in text.split()]
        return {UUID(key): int(revision) for key, _, revision in parts}
    except ValueError:
        hint = "choose from the list of the page"
        raise InvalidInput([FieldError("timesheets", text[:80], "means nothing here", hint)]) from None


def _odd_words(line: SheetLine) -> list[tuple[str, bool]]:
    """What is odd in a timesheet, and whether hours are unknown by it."""
    return [
        (f"{short_day(each.day)}: {exception_words(each, line.zone.key)}", each.blocking) for each in line.odd
    ]
