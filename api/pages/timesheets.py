"""The timesheet of a person for a week: reading, submitting, approving, correcting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.clock_card import choices
from api.pages.dispute_view import told_disputes
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.pages.time_words import KINDS, STATES
from api.pages.timesheet_history import changed_days, lapse_of, told_history
from api.pages.timesheet_pay import pay_of_week
from api.pages.timesheet_view import TimeWeek, time_week
from api.permissions import Access, allow
from api.schemas.base import Count, Day, WallClock
from api.transaction import WriteSession
from scheduler.audit.record import SYSTEM
from scheduler.kernel.clock import local_instant
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.actors import name_of
from scheduler.organisation.locations import find_location
from scheduler.organisation.permissions import Permission, Reach, reach
from scheduler.people.employees import find_employee
from scheduler.people.hold_employees import hold_employees
from scheduler.people.models import Employee
from scheduler.timekeeping.approve import APPROVABLE, approve
from scheduler.timekeeping.arrival import STARTS_JOB
from scheduler.timekeeping.correct import add_punch, void_punch
from scheduler.timekeeping.models import Duty, PunchKind, Timesheet, TimesheetState
from scheduler.timekeeping.refresh import refresh_present
from scheduler.timekeeping.reopen import reopen
from scheduler.timekeeping.sheet_duties import USUAL, deadlines
from scheduler.timekeeping.submit import submit
from scheduler.timekeeping.timesheets import timesheet_of_day
from scheduler.timekeeping.watch_time import watch_time

router = APIRouter()
DAY = timedelta(days=1)

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
        sheet = present_sheet(session, employee_id, monday)
        submit(session, sheet.id, expected_revision=revision, actor=access.actor)

    return changed_sheet(request, access, session, employee_id, monday, change)


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
        sheet = present_sheet(session, employee_id, monday)
        approve(session, sheet.id, expected_revision=revision, actor=access.actor)

    return changed_sheet(request, access, session, employee_id, monday, change)


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
        sheet = present_sheet(session, employee_id, monday)
        reopen(session, sheet.id, expected_revision=revision, reason=reason, actor=access.actor)

    return changed_sheet(request, access, session, employee_id, monday, change)


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
    location_id: Annotated[UUID | None, Form()] = None,
    job_role_id: Annotated[UUID | None, Form()] = None,
) -> Response:
    """Add a punch that somebody forgot, at a time on the wall clock of the person's location."""
    employee = find_employee(session, employee_id)
    zone = ZoneInfo(find_location(session, employee.location_id).zone)

    def change() -> None:
        add_punch(
            session,
            employee_id=employee_id,
            location_id=location_id or employee.location_id,
            at=local_instant(at.date(), at.hour * 60 + at.minute, zone),
            kind=kind,
            reason=reason,
            actor=access.actor,
            job_role_id=job_role_id if kind in STARTS_JOB else None,
        )

    return changed_sheet(request, access, session, employee_id, monday, change)


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
    return changed_sheet(
        request,
        access,
        session,
        employee_id,
        monday,
        lambda: void_punch(session, punch_id, reason=reason, actor=access.actor),
    )


def present_sheet(session: Session, employee_id: UUID, monday: date) -> Timesheet:
    """The timesheet of somebody that holds a day.

    Raises
    ------
    SchedulerError
        ``not_found``.
    """
    sheet = timesheet_of_day(session, employee_id, monday)
    if sheet is None:
        raise SchedulerError("not_found", what="timesheet of that person and day", id=str(monday))
    return sheet


def changed_sheet(
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
    return RedirectResponse(f"/timesheets/{employee_id}/{monday}?done=1", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    employee_id: UUID,
    monday: date,
    refused: SchedulerError | None = None,
) -> Response:
    employee = find_employee(session, employee_id)
    hold_employees(session, [employee_id])
    refresh_present(session, employee, monday, actor=SYSTEM)
    session.flush()
    watch_time(session, Reach(employee_id=employee_id))
    week = time_week(session, employee, find_location(session, employee.location_id).zone, monday)
    rights = _rights(access, week)
    return draw_after(
        request,
        "timesheet.html",
        access.principal,
        refused,
        section=_section(access, employee),
        week=week,
        before=week.starts_on - DAY,
        after=week.ends_on,
        address=f"/timesheets/{employee_id}/{week.starts_on}",
        state=STATES[week.state],
        kinds=[(kind.value, KINDS[kind]) for kind in PunchKind if kind is not PunchKind.VOID],
        **dict(zip(("punch_places", "punch_jobs"), choices(session, employee), strict=True)),
        done="done" in request.query_params,
        **_standing(session, week),
        pay=pay_of_week(session, week.sheet) if rights["can_see_pay"] and week.sheet else None,
        **rights,
    )


def _standing(session: Session, week: TimeWeek) -> dict[str, object]:
    """What people said of the timesheet so far."""
    sheet, zone = week.sheet, week.zone
    if sheet is None:
        return {
            "disputes": [],
            "disputed": False,
            "history": [],
            "lapse": None,
            "lapsed_days": (),
            "approved_by": "",
            "confirm_by": None,
        }
    lapse = lapse_of(session, sheet)
    rules = deadlines(session).get(sheet.location_id, USUAL)
    disputes = told_disputes(session, sheet, zone)
    return {
        "disputes": disputes,
        "disputed": any(each.is_open for each in disputes),
        "history": told_history(session, sheet, zone),
        "lapse": lapse,
        "lapsed_days": changed_days(lapse.days, zone) if lapse else (),
        "approved_by": _approvers(session, sheet),
        "confirm_by": rules.due_on(sheet, Duty.CONFIRM),
    }


def _approvers(session: Session, sheet: Timesheet) -> str:
    """Who approved it, and in whose name."""
    if sheet.approved_by is None:
        return ""
    lent = f" for {name_of(session, sheet.approved_for)}" if sheet.approved_for else ""
    return f"by {name_of(session, sheet.approved_by)}{lent}"


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
        "can_dispute": may(Permission.TIMESHEETS_SUBMIT) and week.sheet is not None,
        "can_decide": approves,
        "can_approve": approves and worked and week.state in APPROVABLE,
        "can_reopen": may(Permission.TIMESHEETS_APPROVE)
        and week.state in (TimesheetState.SUBMITTED, TimesheetState.APPROVED),
        "can_correct": may(Permission.PUNCHES_CORRECT),
        "can_see_pay": own or may(Permission.PAY_READ),
        "can_list": may(Permission.TIMESHEETS_APPROVE),
    }
