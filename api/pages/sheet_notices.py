"""What people read on their pages until it is done: what to confirm, to look at, to approve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from api.pages.formats import pay_days, short_day
from scheduler.kernel.clock import local_day, utc_now
from scheduler.organisation.permissions import Reach
from scheduler.timekeeping.approve import APPROVABLE
from scheduler.timekeeping.derive import zones
from scheduler.timekeeping.disputes import unended
from scheduler.timekeeping.models import (
    Dispute,
    DisputeAct,
    DisputeEvent,
    Duty,
    TimeEntry,
    Timesheet,
    TimesheetReminder,
    TimesheetState,
)
from scheduler.timekeeping.sheet_duties import USUAL, deadlines
from scheduler.timekeeping.sheet_history import lapses
from scheduler.timekeeping.sheet_list import SheetFilter, SheetLine, list_sheets

DAY = timedelta(days=1)
MOST_TOLD = 5
"""How many timesheets are told one by one."""


@dataclass(frozen=True, slots=True)
class SheetNotice:
    """What is said and where it leads; ``tone`` is ``warn`` where it is late or was reminded of."""

    text: str
    href: str
    tone: str = ""


def my_sheet_notices(session: Session, employee_id: UUID) -> list[SheetNotice]:
    """What somebody still has to do with his own timesheets, the oldest first."""
    mine = (Timesheet.employee_id == employee_id) & (Timesheet.state == TimesheetState.OPEN)
    lines = [line for line in list_sheets(session, SheetFilter(within=mine)) if Duty.CONFIRM in line.duties]
    lapsed = lapses(session, [line.sheet for line in lines])
    notices = [
        _to_confirm(line, lapsed=line.sheet.id in lapsed)
        for line in sorted(lines, key=lambda line: line.sheet.starts_on)
    ]
    if len(notices) > MOST_TOLD:
        more = f"{_many(len(notices) - MOST_TOLD)} more to confirm; open one and go on with “After”."
        notices = [*notices[:MOST_TOLD], SheetNotice(more, notices[MOST_TOLD].href)]
    return notices + _answered(session, employee_id)


def _to_confirm(line: SheetLine, *, lapsed: bool) -> SheetNotice:
    sheet, due_on = line.sheet, line.duties[Duty.CONFIRM]
    days = _days(sheet)
    said = (
        f"Your hours changed since you confirmed them: {days}." if lapsed else f"Confirm your hours: {days}."
    )
    late = Duty.CONFIRM in line.overdue
    said += f" {'That was due' if late else 'Due'} on {short_day(due_on)}."
    reminded_at = line.reminded_at.get(Duty.CONFIRM)
    if reminded_at is not None:
        said += f" You were reminded on {short_day(local_day(reminded_at, line.zone))}."
    tone = "warn" if late or lapsed or reminded_at else ""
    return SheetNotice(said, f"/timesheets/{sheet.employee_id}/{sheet.starts_on}", tone)


def _answered(session: Session, employee_id: UUID) -> list[SheetNotice]:
    answer = exists(
        select(DisputeEvent.id).where(
            DisputeEvent.dispute_id == Dispute.id, DisputeEvent.act == DisputeAct.ANSWERED
        )
    )
    query = (
        select(Timesheet)
        .join(Dispute, Dispute.timesheet_id == Timesheet.id)
        .where(Timesheet.employee_id == employee_id, unended(), answer)
        .order_by(Timesheet.starts_on)
    )
    return [
        SheetNotice(
            f"Your dispute was answered: {_days(sheet)}. Accept the answer, or take the dispute back.",
            f"/timesheets/{employee_id}/{sheet.starts_on}",
            "warn",
        )
        for sheet in session.scalars(query).unique()
    ]


def approver_notices(session: Session, within: Reach | None) -> list[SheetNotice]:
    """How many timesheets within reach should have been approved, were reminded of, or are disputed."""
    if within is None:
        return []
    reachable = within.criterion(Timesheet.location_id)
    late = _late_approvals(session, within)
    reminded = session.scalar(
        select(func.count(Timesheet.id.distinct()))
        .join(TimesheetReminder, TimesheetReminder.timesheet_id == Timesheet.id)
        .where(
            reachable,
            Timesheet.state.in_(sorted(APPROVABLE)),
            TimesheetReminder.duty == Duty.APPROVE,
        )
    )
    disputed = session.scalar(
        select(func.count(Timesheet.id.distinct()))
        .join(Dispute, Dispute.timesheet_id == Timesheet.id)
        .where(reachable, unended())
    )
    found = []
    if late:
        told = f" You were reminded of {reminded}." if reminded else ""
        href = "/timesheets/list?overdue=approve"
        found.append(SheetNotice(f"{_many(late)} should have been approved by now.{told}", href, "warn"))
    elif reminded:
        href = "/timesheets/list?state=submitted"
        found.append(SheetNotice(f"You were reminded to approve {_many(reminded)}.", href, "warn"))
    if disputed:
        found.append(SheetNotice(f"{_many(disputed)} disputed.", "/timesheets/list?disputes=open", "warn"))
    return found


def _late_approvals(session: Session, within: Reach) -> int:
    """How many with hours are not approved although their day has passed."""
    has_time = exists(select(TimeEntry.id).where(TimeEntry.timesheet_id == Timesheet.id))
    query = (
        select(Timesheet.location_id, Timesheet.ends_on, func.count(Timesheet.id))
        .where(
            within.criterion(Timesheet.location_id),
            Timesheet.state.in_(sorted(APPROVABLE)),
            Timesheet.ends_on <= utc_now().date() + DAY,
            has_time,
        )
        .group_by(Timesheet.location_id, Timesheet.ends_on)
    )
    due, zone_of, now = deadlines(session), zones(session), utc_now()

    def is_late(location_id: UUID, ends_on: date) -> bool:
        rules = due.get(location_id, USUAL)
        return rules.last_day(ends_on, Duty.APPROVE) < local_day(now, zone_of[location_id])

    return sum(count for place, ends_on, count in session.execute(query) if is_late(place, ends_on))


def _many(count: int) -> str:
    return f"{count} timesheet{'s' if count != 1 else ''}"


def _days(sheet: Timesheet) -> str:
    said = pay_days(sheet.starts_on, sheet.ends_on - DAY)
    return said[:1].lower() + said[1:] if said.startswith("Week") else said
