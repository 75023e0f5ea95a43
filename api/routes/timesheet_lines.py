"""Many timesheets at once: list, approve, reopen, remind; and by which day they are due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.pagination import PageCursor
from api.permissions import Access, allow
from api.schemas.base import Day
from api.schemas.timesheet_lines import (
    DeadlinesDocument,
    LeftSheet,
    ManyDone,
    ManyReminded,
    ManyToApprove,
    ManyToRemind,
    ManyToReopen,
    NotRemindedSheet,
    SeenSheet,
    TimesheetLine,
    TimesheetLines,
)
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.permissions import Permission
from scheduler.timekeeping.approve_many import (
    Left,
    ManyApproved,
    approve_many,
    consider,
    hold_sheets,
    reopen_many,
)
from scheduler.timekeeping.models import Duty, Timesheet, TimesheetState
from scheduler.timekeeping.remind import remind
from scheduler.timekeeping.sheet_duties import USUAL, Deadlines, deadlines, set_deadlines
from scheduler.timekeeping.sheet_list import Oddness, SheetFilter, SheetLine, list_sheets

router = APIRouter(prefix="/v1", tags=["timesheets"])

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]
MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]


def wanted_sheets(
    location_id: Annotated[UUID | None, Query(description="Of this location only.")] = None,
    department_id: Annotated[UUID | None, Query(description="Of people of this department only.")] = None,
    employee_id: Annotated[UUID | None, Query(description="Of this person only.")] = None,
    day: Annotated[Day | None, Query(description="Those whose period holds this day.")] = None,
    state: Annotated[TimesheetState | None, Query(description="In this state only.")] = None,
    exceptions: Annotated[
        Oddness | None, Query(description="With some exception, such that hours are unknown, or none.")
    ] = None,
    disputed: Annotated[bool | None, Query(description="With an open dispute, or without.")] = None,
    off_plan_minutes: Annotated[
        int | None, Query(ge=0, le=100_000, description="More than so many minutes off the published shifts.")
    ] = None,
    overdue: Annotated[Duty | None, Query(description="With this still to be done after its day.")] = None,
) -> SheetFilter:
    """The filters that a query names, without what bounds them."""
    return SheetFilter(
        within=Timesheet.id.is_not(None),
        location_id=location_id,
        department_id=department_id,
        employee_id=employee_id,
        day=day,
        state=state,
        oddness=exceptions,
        disputed=disputed,
        off_plan_minutes=off_plan_minutes,
        overdue=overdue,
    )


@router.get("/timesheet-lines", summary="List timesheets with what is to be done")
def get_timesheet_lines(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    wanted: Annotated[SheetFilter, Depends(wanted_sheets)],
) -> TimesheetLines:
    """Those within reach that fit the filters, unknown hours first, then by name.

    Closed ones are there only where `day`, `state` or `disputed` is asked for.
    """
    reachable = access.reach.criterion(Timesheet.location_id, Timesheet.employee_id)
    lines = list_sheets(session, wanted.bounded(reachable).without_old())
    start = _start_after(lines, cursor.after)
    shown = lines[start : start + cursor.limit]
    more = len(lines) > start + cursor.limit
    return TimesheetLines(
        items=[TimesheetLine.of(line) for line in shown],
        total=len(lines),
        overdue=sum(bool(line.overdue) for line in lines),
        next=shown[-1].sheet.id if more else None,
    )


def _start_after(lines: Sequence[SheetLine], after: UUID | None) -> int:
    if after is None:
        return 0
    for index, line in enumerate(lines):
        if line.sheet.id == after:
            return index + 1
    raise InvalidInput(
        [
            FieldError(
                "after", str(after), "this timesheet is not in the list any more", "begin again without it"
            )
        ]
    )


@router.post("/timesheet-approvals", summary="Approve many timesheets")
def post_many_approvals(access: MayApprove, session: WriteSession, body: ManyToApprove) -> ManyDone:
    """Approves what can be and says what was left and why; with `preview` nothing is changed."""
    seen = {each.timesheet_id: each.expected_revision for each in body.timesheets}
    if not body.preview:
        return _done(approve_many(session, seen, within=access.reach, actor=access.actor))
    sheets = hold_sheets(session, seen, access.reach)
    considered = consider(session, list(sheets.values()), actor=access.actor, seen=seen)
    why = {each.sheet.id: each.left for each in considered}
    return _done(
        ManyApproved(
            tuple(each.sheet for each in considered if each.left is None),
            tuple((key, left) for key in seen if (left := why.get(key, Left.NOT_FOUND)) is not None),
        )
    )


@router.post("/timesheet-reopenings", summary="Take the approvals of many timesheets back")
def post_many_reopenings(access: MayApprove, session: WriteSession, body: ManyToReopen) -> ManyDone:
    """The way back from approving many: those that nobody changed since are open again."""
    seen = {each.timesheet_id: each.expected_revision for each in body.timesheets}
    return _done(reopen_many(session, seen, reason=body.reason, within=access.reach, actor=access.actor))


def _done(done: ManyApproved) -> ManyDone:
    return ManyDone(
        done=[SeenSheet(timesheet_id=each.id, expected_revision=each.revision) for each in done.approved],
        left=[LeftSheet(timesheet_id=key, why=why) for key, why in done.left],
    )


@router.post("/timesheet-reminders", summary="Remind people of timesheets")
def post_timesheet_reminders(access: MayApprove, session: WriteSession, body: ManyToRemind) -> ManyReminded:
    """They read it on their pages until it is done; at most once a day for each person and timesheet."""
    done = remind(
        session,
        list(dict.fromkeys(body.timesheet_ids)),
        body.duty,
        within=access.reach,
        actor=access.actor,
    )
    left = [NotRemindedSheet(timesheet_id=key, why=why) for key, why in done.left]
    return ManyReminded(reminded=list(done.reminded), left=left)


@router.get("/locations/{location_id}/timesheet-deadlines", summary="Show when timesheets are due")
def get_timesheet_deadlines(access: MayRead, session: ReadSession, location_id: UUID) -> DeadlinesDocument:
    """Days after the last day of the period; a location that says nothing has 1 and 2."""
    return DeadlinesDocument.model_validate(deadlines(session).get(location_id, USUAL))


@router.put("/locations/{location_id}/timesheet-deadlines", summary="Say when timesheets are due")
def put_timesheet_deadlines(
    access: Annotated[Access, Depends(allow(Permission.PAY_CLOSE))],
    session: WriteSession,
    location_id: UUID,
    body: DeadlinesDocument,
) -> DeadlinesDocument:
    """Holds at once, for periods that are over too."""
    wanted = Deadlines(body.confirm_days, body.approve_days)
    return DeadlinesDocument.model_validate(set_deadlines(session, location_id, wanted, actor=access.actor))
