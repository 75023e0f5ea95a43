"""What people worked, and who stands for it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Day, Page
from api.schemas.timesheets import ApprovalsView, Reopening, SeenTimesheet, TimesheetView, TimesheetWeek
from api.transaction import ReadSession, WriteSession
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.approve_many import approve_all
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.reopen import reopen
from scheduler.timekeeping.submit import submit
from scheduler.timekeeping.timesheets import find_timesheet

router = APIRouter(prefix="/v1", tags=["timesheets"])

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]
MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]


@router.get("/timesheets", summary="List timesheets")
def get_timesheets(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    location_id: Annotated[UUID | None, Query(description="Of this location only.")] = None,
    employee_id: Annotated[UUID | None, Query(description="Of this person only.")] = None,
    starts_on: Annotated[Day | None, Query(description="Of the week that starts on this day only.")] = None,
    state: Annotated[TimesheetState | None, Query(description="In this state only.")] = None,
) -> Page[TimesheetView]:
    """The timesheets within reach, oldest records first."""
    sheets = select(Timesheet).options(selectinload(Timesheet.entries))
    sheets = sheets.where(access.reach.criterion(Timesheet.location_id, Timesheet.employee_id))
    for column, wanted in (
        (Timesheet.location_id, location_id),
        (Timesheet.employee_id, employee_id),
        (Timesheet.starts_on, starts_on),
        (Timesheet.state, state),
    ):
        if wanted is not None:
            sheets = sheets.where(column == wanted)
    return page_of(session, sheets, Timesheet.id, cursor, TimesheetView.model_validate)


@router.get("/timesheets/{timesheet_id}", summary="Show a timesheet")
def get_timesheet(access: MayRead, session: ReadSession, timesheet_id: UUID) -> TimesheetView:
    """The worked spans and what a person must look at."""
    return TimesheetView.model_validate(find_timesheet(session, timesheet_id))


@router.post("/timesheets/{timesheet_id}/submission", summary="Submit a timesheet")
def post_timesheet_submission(
    access: Annotated[Access, Depends(allow(Permission.TIMESHEETS_SUBMIT))],
    session: WriteSession,
    timesheet_id: UUID,
    body: SeenTimesheet,
) -> TimesheetView:
    """The person says: these are my hours."""
    sheet = submit(session, timesheet_id, expected_revision=body.expected_revision, actor=access.actor)
    return TimesheetView.model_validate(sheet)


@router.post("/timesheets/{timesheet_id}/approval", summary="Approve a timesheet")
def post_timesheet_approval(
    access: MayApprove, session: WriteSession, timesheet_id: UUID, body: SeenTimesheet
) -> TimesheetView:
    """Somebody else than the person stands for the hours. 409 with what is unclear, if anything is."""
    sheet = approve(session, timesheet_id, expected_revision=body.expected_revision, actor=access.actor)
    return TimesheetView.model_validate(sheet)


@router.post("/timesheets/{timesheet_id}/reopening", summary="Reopen a timesheet")
def post_timesheet_reopening(
    access: MayApprove, session: WriteSession, timesheet_id: UUID, body: Reopening
) -> TimesheetView:
    """Takes back a submission or an approval; a closed one is corrected by new pay lines instead."""
    sheet = reopen(
        session,
        timesheet_id,
        expected_revision=body.expected_revision,
        reason=body.reason,
        actor=access.actor,
    )
    return TimesheetView.model_validate(sheet)


@router.post("/locations/{location_id}/timesheets", summary="Bring the timesheets of a week up to date")
def post_location_timesheets(
    access: MayApprove, session: WriteSession, location_id: UUID, body: TimesheetWeek
) -> list[TimesheetView]:
    """The timesheets of everybody employed there, derived anew from punches and published shifts."""
    sheets = refresh_location(session, location_id, body.starts_on, actor=access.actor)
    return [TimesheetView.model_validate(sheet) for sheet in sheets]


@router.post("/locations/{location_id}/timesheet-approvals", summary="Approve the timesheets of a week")
def post_timesheet_approvals(
    access: MayApprove, session: WriteSession, location_id: UUID, body: TimesheetWeek
) -> ApprovalsView:
    """Approves every timesheet with hours and nothing unclear, and names those that need a person."""
    approvals = approve_all(session, location_id, body.starts_on, actor=access.actor)
    return ApprovalsView.model_validate(approvals)
