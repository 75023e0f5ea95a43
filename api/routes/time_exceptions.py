"""What waits for a person in the time that was worked."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.pagination import PageCursor
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.time_exceptions import (
    AddedPunch,
    ExceptionAcceptance,
    ExceptionCorrection,
    ExceptionDecisionView,
    FixView,
    OpenExceptionView,
)
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.exception_inbox import OpenException, Wanted, fixes_of, open_exceptions
from scheduler.timekeeping.exceptions import ExceptionCode, Severity
from scheduler.timekeeping.models import PunchKind, Timesheet
from scheduler.timekeeping.proposed_fix import ProposedFix
from scheduler.timekeeping.resolve_exception import (
    NamedException,
    accept_exception,
    correct_exception,
    decisions,
)
from scheduler.timekeeping.watch_time import watch_time

router = APIRouter(prefix="/v1", tags=["timesheets"])

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]


@router.get("/time-exceptions", summary="List open exceptions")
def get_time_exceptions(
    access: MayRead,
    session: WriteSession,
    cursor: PageCursor,
    location_id: Annotated[UUID | None, Query(description="Of timesheets of this location only.")] = None,
    employee_id: Annotated[UUID | None, Query(description="Of this person only.")] = None,
    code: Annotated[ExceptionCode | None, Query(description="With this code only.")] = None,
    severity: Annotated[Severity | None, Query(description="Of this severity only.")] = None,
    older_than_days: Annotated[int, Query(ge=0, le=3660, description="Older than this many days.")] = 0,
) -> Page[OpenExceptionView]:
    """What nobody has decided on in timesheets that are not approved, oldest first.

    Who has not come to a published shift, and hours over a limit of the law, are looked up first.
    """
    watch_time(session, access.reach)
    wanted = Wanted(
        within=access.reach.criterion(Timesheet.location_id, Timesheet.employee_id),
        location_id=location_id,
        employee_id=employee_id,
        code=code,
        severity=severity,
        before=utc_now() - timedelta(days=older_than_days) if older_than_days else None,
    )
    listed = open_exceptions(session, wanted)
    start = _start_after(listed, cursor.after)
    shown = listed[start : start + cursor.limit]
    fixes = fixes_of(session, shown, as_of=utc_now())
    more = len(listed) > start + cursor.limit
    views = [_view(each, fixes.get(each.id)) for each in shown]
    return Page(items=views, next=shown[-1].id if more else None)


@router.get("/timesheets/{timesheet_id}/exception-decisions", summary="List decisions on exceptions")
def get_exception_decisions(
    access: MayRead, session: ReadSession, timesheet_id: UUID
) -> list[ExceptionDecisionView]:
    """What was accepted and corrected in a timesheet, by whom and why, oldest first."""
    return [ExceptionDecisionView.model_validate(each) for each in decisions(session, timesheet_id)]


@router.post(
    "/timesheets/{timesheet_id}/exception-acceptances", summary="Accept an exception", status_code=201
)
def post_exception_acceptance(
    access: Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))],
    session: WriteSession,
    timesheet_id: UUID,
    body: ExceptionAcceptance,
) -> ExceptionDecisionView:
    """It is as it is; 409 where hours are unknown, because then there is nothing to accept."""
    named = NamedException(timesheet_id, body.code, body.at)
    decided = accept_exception(session, named, reason=body.reason, actor=access.actor)
    return ExceptionDecisionView.model_validate(decided)


@router.post(
    "/timesheets/{timesheet_id}/exception-corrections", summary="Correct an exception", status_code=201
)
def post_exception_correction(
    access: Annotated[Access, Depends(allow(Permission.PUNCHES_CORRECT))],
    session: WriteSession,
    timesheet_id: UUID,
    body: ExceptionCorrection,
) -> ExceptionDecisionView:
    """Adds and takes back punches; 409, and nothing is changed, if the exception stays."""
    decided = correct_exception(
        session,
        NamedException(timesheet_id, body.code, body.at),
        add=[(PunchKind(each.kind), each.at) for each in body.add],
        void=body.void,
        reason=body.reason,
        actor=access.actor,
    )
    return ExceptionDecisionView.model_validate(decided)


def _start_after(listed: list[OpenException], after: UUID | None) -> int:
    if after is None:
        return 0
    for index, each in enumerate(listed):
        if each.id == after:
            return index + 1
    hint = "begin again without it"
    raise InvalidInput([FieldError("after", str(after), "this exception is not open any more", hint)])


def _view(each: OpenException, fix: ProposedFix | None) -> OpenExceptionView:
    found = each.found
    return OpenExceptionView(
        id=each.id,
        timesheet_id=each.timesheet.id,
        employee_id=each.employee.id,
        employee_name=each.employee.name,
        location_id=each.timesheet.location_id,
        day=found.day,
        at=found.at,
        code=found.code,
        severity=found.severity,
        owner=found.owner,
        resolution=found.resolution,
        facts=dict(found.facts),
        punch_ids=list(found.punch_ids),
        proposed_fix=None if fix is None else _fix_view(fix),
    )


def _fix_view(fix: ProposedFix) -> FixView:
    add = [AddedPunch.model_validate({"kind": kind.value, "at": at}) for kind, at in fix.add]
    return FixView(grounds=fix.grounds, add=add, void=list(fix.void))
