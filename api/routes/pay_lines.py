"""From an amount to its grounds, what a timesheet is worth, and what a roster costs before it is worked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.openapi import problems
from api.permissions import Access, allow
from api.schemas.pay_lines import LineGroundsView, RosterCostView, SheetPayView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.pay.line_grounds import grounds_of
from scheduler.pay.roster_cost import roster_cost
from scheduler.pay.sheet_pay import sheet_pay
from scheduler.rosters.versions import find_version
from scheduler.timekeeping.timesheets import find_timesheet

router = APIRouter(prefix="/v1", tags=["pay periods"])

MayReadPay = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MayPublish = Annotated[Access, Depends(allow(Permission.ROSTERS_PUBLISH))]


@router.get("/pay-lines/{pay_line_id}", summary="Follow a pay line to its grounds")
def get_pay_line(access: MayReadPay, session: ReadSession, pay_line_id: UUID) -> LineGroundsView:
    """How the amount comes about, the rule and the article that ask for it, the contract, and the punches."""
    return LineGroundsView.of(grounds_of(session, pay_line_id))


@router.get(
    "/timesheets/{timesheet_id}/pay",
    summary="Show what a timesheet is worth",
    responses=problems(HTTPStatus.CONFLICT),
)
def get_timesheet_pay(access: MayReadPay, session: ReadSession, timesheet_id: UUID) -> SheetPayView:
    """What payroll was handed, or what it would be handed now, by the law and agreements of the place."""
    return SheetPayView.of(sheet_pay(session, find_timesheet(session, timesheet_id)))


@router.get(
    "/roster-versions/{version_id}/cost",
    summary="Price a roster before it is worked",
    responses=problems(HTTPStatus.CONFLICT),
)
def get_roster_cost(access: MayPublish, session: ReadSession, version_id: UUID) -> RosterCostView:
    """The planned hours as they would be paid, with overtime and premiums, in sum, by pay code and by day."""
    return RosterCostView.of(roster_cost(session, find_version(session, version_id)))
