"""Disputes on the page of a timesheet: raising, answering, settling them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.pages.timesheets import changed_sheet, present_sheet
from api.permissions import Access, allow
from api.schemas.base import Day
from api.transaction import WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.dispute import About, answer_dispute, close_dispute, raise_dispute, settle_dispute

router = APIRouter()

MaySubmit = Annotated[Access, Depends(allow(Permission.TIMESHEETS_SUBMIT))]
MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
Words = Annotated[str, Form()]


@router.post("/timesheets/{employee_id}/{monday}/disputes")
def raise_on_page(
    request: Request,
    access: MaySubmit,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    about: Words = "",
    words: Words = "",
) -> Response:
    """Hours are wrong."""

    def change() -> None:
        sheet = present_sheet(session, employee_id, monday)
        raise_dispute(session, sheet.id, about=_about(about), words=words, actor=access.actor)

    return changed_sheet(request, access, session, employee_id, monday, change)


@router.post("/timesheets/{employee_id}/{monday}/disputes/{dispute_id}/answer")
def answer_on_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    dispute_id: UUID,
    words: Words = "",
) -> Response:
    """Somebody who may approve answers."""
    return changed_sheet(
        request,
        access,
        session,
        employee_id,
        monday,
        lambda: answer_dispute(session, dispute_id, words=words, actor=access.actor),
    )


@router.post("/timesheets/{employee_id}/{monday}/disputes/{dispute_id}/close")
def close_on_page(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    dispute_id: UUID,
    words: Words = "",
) -> Response:
    """Somebody who may approve decides it, with a reason."""
    return changed_sheet(
        request,
        access,
        session,
        employee_id,
        monday,
        lambda: close_dispute(session, dispute_id, reason=words, actor=access.actor),
    )


@router.post("/timesheets/{employee_id}/{monday}/disputes/{dispute_id}/accept")
def accept_on_page(
    request: Request,
    access: MaySubmit,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    dispute_id: UUID,
) -> Response:
    """The person accepts the answer."""
    change = _settling(session, dispute_id, access, accept=True)
    return changed_sheet(request, access, session, employee_id, monday, change)


@router.post("/timesheets/{employee_id}/{monday}/disputes/{dispute_id}/withdraw")
def withdraw_on_page(
    request: Request,
    access: MaySubmit,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    dispute_id: UUID,
) -> Response:
    """The person takes it back."""
    change = _settling(session, dispute_id, access, accept=False)
    return changed_sheet(request, access, session, employee_id, monday, change)


def _settling(session: Session, dispute_id: UUID, access: Access, *, accept: bool) -> Callable[[], object]:
    return lambda: settle_dispute(session, dispute_id, accept=accept, actor=access.actor)


def _about(chosen: str) -> About:
    """What the choice of the page names: nothing, ``day:<day>`` or ``entry:<id>``."""
    kind, _, value = chosen.partition(":")
    try:
        if kind == "day":
            return About(day=date.fromisoformat(value))
        if kind == "entry":
            return About(entry_id=UUID(value))
    except ValueError:
        kind = "?"
    if kind:
        hint = "choose from the list of the page"
        raise InvalidInput([FieldError("about", chosen[:80], "it is nothing of the timesheet", hint)])
    return About()
