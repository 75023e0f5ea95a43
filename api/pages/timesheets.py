"""The timesheet of a person for a week: reading, submitting, approving, correcting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.errors import explain
from api.pages.page import draw
from api.pages.problem import in_words
from api.pages.refusal import refusal_of
from api.pages.time_words import KINDS, STATES
from api.pages.timesheet_pay import pay_of_week
from api.pages.timesheet_view import WEEK, TimeWeek, time_week, timesheet_of_week
from api.permissions import Access, allow
from api.schemas.base import Count, Day, WallClock
from api.transaction import WriteSession
from scheduler.audit.record import SYSTEM
from scheduler.kernel.clock import local_instant, week_start
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission, reach
from scheduler.people.employees import find_employee
from scheduler.people.hold_employees import hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.approve import APPROVABLE, approve
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.models import PunchKind, Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_present
from scheduler.timekeeping.reopen import reopen
from scheduler.timekeeping.submit import submit

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.TIMESHEETS_READ))]
MaySubmit = Annotated[Access, Depends(allow(Permission.TIMESHEETS_SUBMIT))]
MayApprove = Annotated[Access, Depends(allow(Permission.TIMESHEETS_APPROVE))]
MayCorrect = Annotated[Access, Depends(allow(Permission.PUNCHES_CORRECT))]
Seen = Annotated[Count, Form(alias="revision")]
Reason = Annotated[str, Form()]


@router.get("/timesheets/{employee_id}/{monday}")
def timesheet_page(
    request: Request, access: MayRead, session: WriteSession, employee_id: UUID, monday: Day
) -> Response:
    """The week, with its timesheet derived anew from the punches."""
    return _page(request, access, session, employee_id, monday)


@router.post("/timesheets/{employee_id}/{monday}/submit")
def submit_timesheet(
    request: Request,
    access: MaySubmit,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    revision: Seen,
) -> Response:
    """The person says: these are my hours."""

    def change() -> None:
        sheet = _sheet(session, employee_id, monday)
        submit(session, sheet.id, expected_revision=revision, actor=access.actor)

    return _change(request, access, session, employee_id, monday, change)


@router.post("/timesheets/{employee_id}/{monday}/approve")
def approve_timesheet(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    revision: Seen,
) -> Response:
    """Somebody else stands for the hours."""

    def change() -> None:
        sheet = _sheet(session, employee_id, monday)
        approve(session, sheet.id, expected_revision=revision, actor=access.actor)

    return _change(request, access, session, employee_id, monday, change)


@router.post("/timesheets/{employee_id}/{monday}/reopen")
def reopen_timesheet(
    request: Request,
    access: MayApprove,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    revision: Seen,
    reason: Reason = "",
) -> Response:
    """Take a submission or an approval back."""

    def change() -> None:
        sheet = _sheet(session, employee_id, monday)
        reopen(session, sheet.id, expected_revision=revision, reason=reason, actor=access.actor)

    return _change(request, access, session, employee_id, monday, change)


@router.post("/timesheets/{employee_id}/{monday}/punches")
def add_forgotten_punch(
    request: Request,
    access: MayCorrect,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    kind: Annotated[PunchKind, Form()],
    at: Annotated[WallClock, Form()],
    reason: Reason = "",
) -> Response:
    """Add a punch that somebody forgot, at a time on the wall clock of the person's location."""
    employee = find_employee(session, employee_id)
    zone = ZoneInfo(find_location(session, employee.location_id).zone)

    def change() -> None:
        add_punch(
            session,
            employee_id=employee_id,
            location_id=employee.location_id,
            at=local_instant(at.date(), at.hour * 60 + at.minute, zone),
            kind=kind,
            reason=reason,
            actor=access.actor,
        )

    return _change(request, access, session, employee_id, monday, change)


@router.post("/timesheets/{employee_id}/{monday}/punches/{punch_id}/void")
def take_punch_back(
    request: Request,
    access: MayCorrect,
    session: WriteSession,
    employee_id: UUID,
    monday: Day,
    punch_id: UUID,
    reason: Reason = "",
) -> Response:
    """Take a punch back; it stays on record."""
    return _change(
        request,
        access,
        session,
        employee_id,
        monday,
        lambda: void_punch(session, punch_id, reason=reason, actor=access.actor),
    )


def _sheet(session: Session, employee_id: UUID, monday: date) -> Timesheet:
    sheet = timesheet_of_week(session, employee_id, week_start(monday))
    if sheet is None:
        raise SchedulerError("not_found", what="timesheet of that person and week", id=str(monday))
    return sheet


def _change(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    monday: date,
    change: Callable[[], object],
) -> Response:
    """Do it and show the page; what is refused is told on the page, which shows how things are now."""
    if error := refusal_of(session, change):
        return _page(request, access, session, employee_id, monday, refused=error)
    return RedirectResponse(f"/timesheets/{employee_id}/{week_start(monday)}?done=1", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    monday: date,
    refused: SchedulerError | None = None,
) -> Response:
    first = week_start(monday)
    employee = find_employee(session, employee_id)
    hold_employees(session, [employee_id])
    refresh_present(session, employee, first, actor=SYSTEM)
    session.flush()
    week = time_week(session, employee, find_location(session, employee.location_id).zone, first)
    told = in_words(explain(refused)) if refused else None
    rights = _rights(access, week)
    return draw(
        request,
        "timesheet.html",
        access.principal,
        status=told.explained.status if told else 200,
        section=_section(access, employee),
        week=week,
        before=first - WEEK,
        after=first + WEEK,
        address=f"/timesheets/{employee_id}/{first}",
        state=STATES[week.state],
        kinds=[(kind.value, KINDS[kind]) for kind in PunchKind if kind is not PunchKind.VOID],
        problem=told.explained if told else None,
        causes=told.causes if told else (),
        done="done" in request.query_params,
        pay=pay_of_week(session, week.sheet) if rights["can_see_pay"] and week.sheet else None,
        **rights,
    )


def _section(access: Access, employee: Employee) -> str:
    return "/my/time" if employee.id == access.principal.employee_id else "/timesheets"


def _rights(access: Access, week: TimeWeek) -> dict[str, bool]:
    """What whoever looks at the page may do with it as it stands."""

    def may(permission: Permission) -> bool:
        held = reach(access.principal, permission)
        return held is not None and held.covers(week.employee.location_id, week.employee.id)

    own = week.employee.id == access.principal.employee_id
    worked = week.sheet is not None and bool(week.sheet.entries)
    approves = may(Permission.TIMESHEETS_APPROVE) and not own
    return {
        "own": own,
        "can_submit": may(Permission.TIMESHEETS_SUBMIT) and worked and week.state is TimesheetState.OPEN,
        "can_approve": approves and worked and week.state in APPROVABLE,
        "can_reopen": may(Permission.TIMESHEETS_APPROVE)
        and week.state in (TimesheetState.SUBMITTED, TimesheetState.APPROVED),
        "can_correct": may(Permission.PUNCHES_CORRECT),
        "can_see_pay": own or may(Permission.PAY_READ),
        "can_list": may(Permission.TIMESHEETS_APPROVE),
    }
