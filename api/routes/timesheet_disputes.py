"""Disputes of timesheets, and who did what with a timesheet."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.timesheet_disputes import (
    DisputeRemark,
    DisputeView,
    DisputeWords,
    NewDispute,
    SheetEventView,
)
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.dispute import About, answer_dispute, close_dispute, raise_dispute, settle_dispute
from scheduler.timekeeping.disputes import disputes_of, unended
from scheduler.timekeeping.models import Dispute, Timesheet
from scheduler.timekeeping.sheet_history import sheet_history

router = APIRouter(prefix="/v1", tags=["timesheets"])

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]
MaySubmit = Annotated[Access, Depends(allow(Permission.TIMESHEETS_SUBMIT))]
MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]


@router.get("/disputes", summary="List disputes")
def get_disputes(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    location_id: Annotated[UUID | None, Query(description="Of timesheets of this location only.")] = None,
    is_open: Annotated[bool, Query(description="Only those that nobody ended yet.")] = True,
) -> Page[DisputeView]:
    """The disputes within reach, oldest first."""
    query = select(Dispute).join(Timesheet, Timesheet.id == Dispute.timesheet_id)
    query = query.where(access.reach.criterion(Timesheet.location_id, Timesheet.employee_id))
    if location_id is not None:
        query = query.where(Timesheet.location_id == location_id)
    if is_open:
        query = query.where(unended())
    query = query.options(selectinload(Dispute.events))
    return page_of(session, query, Dispute.id, cursor, DisputeView.of)


@router.get("/timesheets/{timesheet_id}/disputes", summary="List disputes of a timesheet")
def get_timesheet_disputes(access: MayRead, session: ReadSession, timesheet_id: UUID) -> list[DisputeView]:
    """Every dispute with all its steps, oldest first."""
    return [DisputeView.of(each) for each in disputes_of(session, timesheet_id)]


@router.post("/timesheets/{timesheet_id}/disputes", summary="Dispute a timesheet", status_code=201)
def post_timesheet_dispute(
    access: MaySubmit, session: WriteSession, timesheet_id: UUID, body: NewDispute
) -> DisputeView:
    """Says that hours are wrong, in any state of the timesheet; it takes a submission back."""
    about = About(body.day, body.entry_id)
    return DisputeView.of(
        raise_dispute(session, timesheet_id, about=about, words=body.words, actor=access.actor)
    )


@router.post("/disputes/{dispute_id}/answers", summary="Answer a dispute")
def post_dispute_answer(
    access: MayApprove, session: WriteSession, dispute_id: UUID, body: DisputeWords
) -> DisputeView:
    """Keeps the words, and what became other in the hours since it was raised."""
    return DisputeView.of(answer_dispute(session, dispute_id, words=body.words, actor=access.actor))


@router.post("/disputes/{dispute_id}/closing", summary="Close a dispute")
def post_dispute_closing(
    access: MayApprove, session: WriteSession, dispute_id: UUID, body: DisputeWords
) -> DisputeView:
    """Decides it without the person's consent; the words are the reason."""
    return DisputeView.of(close_dispute(session, dispute_id, reason=body.words, actor=access.actor))


@router.post("/disputes/{dispute_id}/acceptance", summary="Accept the answer to a dispute")
def post_dispute_acceptance(
    access: MaySubmit, session: WriteSession, dispute_id: UUID, body: DisputeRemark
) -> DisputeView:
    """Only by the person whose timesheet it is, after an answer."""
    return DisputeView.of(
        settle_dispute(session, dispute_id, accept=True, words=body.words, actor=access.actor)
    )


@router.post("/disputes/{dispute_id}/withdrawal", summary="Take a dispute back")
def post_dispute_withdrawal(
    access: MaySubmit, session: WriteSession, dispute_id: UUID, body: DisputeRemark
) -> DisputeView:
    """Only by the person whose timesheet it is."""
    return DisputeView.of(
        settle_dispute(session, dispute_id, accept=False, words=body.words, actor=access.actor)
    )


@router.get("/timesheets/{timesheet_id}/history", summary="Show the history of a timesheet")
def get_timesheet_history(access: MayRead, session: ReadSession, timesheet_id: UUID) -> list[SheetEventView]:
    """Who did what with it, when and why, oldest first."""
    return [SheetEventView.model_validate(each) for each in sheet_history(session, timesheet_id)]
