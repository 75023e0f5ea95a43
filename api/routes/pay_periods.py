"""What payroll is handed: periods, their close, their lines, and later corrections."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import select

from api.openapi import problems
from api.pagination import PageCursor, page_of
from api.permissions import Access, allow
from api.schemas.base import Page
from api.schemas.pay_periods import (
    NewPayPeriod,
    PayLinesView,
    PayPeriodView,
    PendingView,
    PeriodClosing,
    PeriodDifferencesView,
    SettlementReason,
    SettlementView,
    UnlockReason,
)
from api.transaction import ReadSession, WriteSession
from exports.payroll import CSV_MEDIA_TYPE, JSON_MEDIA_TYPE, to_csv, to_json
from scheduler.organisation.permissions import Permission
from scheduler.pay.close_period import close_period
from scheduler.pay.corrections import pending, settle
from scheduler.pay.lines import lines_of
from scheduler.pay.lock_period import lock_period, unlock_period
from scheduler.pay.models import PayPeriod
from scheduler.pay.period_differences import period_differences
from scheduler.pay.periods import find_period, period_for
from scheduler.people.pay_group_members import group_of_location

router = APIRouter(prefix="/v1", tags=["pay periods"])

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MayClose = Annotated[Access, Depends(allow(Permission.PAY_CLOSE))]


WITH_EVERYBODY = PeriodClosing()


@router.get("/locations/{location_id}/pay-periods", summary="List pay periods")
def get_pay_periods(
    access: MayRead,
    session: ReadSession,
    cursor: PageCursor,
    location_id: UUID,
    pay_group_id: Annotated[UUID | None, Query(description="Of this pay group only.")] = None,
) -> Page[PayPeriodView]:
    """The pay periods of a location, of all its pay groups or of one, newest records first."""
    periods = select(PayPeriod).where(PayPeriod.location_id == location_id)
    if pay_group_id is not None:
        periods = periods.where(PayPeriod.pay_group_id == pay_group_id)
    return page_of(
        session,
        periods,
        PayPeriod.id,
        cursor,
        lambda period: PayPeriodView.of(session, period),
        newest_first=True,
    )


@router.post("/locations/{location_id}/pay-periods", summary="Open a pay period")
def post_pay_period(
    access: MayClose, session: WriteSession, location_id: UUID, body: NewPayPeriod
) -> PayPeriodView:
    """The period of the location and pay group that contains a day, made if there is none yet.

    Its days are those of the group's calendar; without a group they are Monday to Sunday.
    """
    group = body.pay_group_id or group_of_location(session, location_id, body.day)
    return PayPeriodView.of(session, period_for(session, location_id, body.day, group))


@router.get("/pay-periods/{pay_period_id}", summary="Show a pay period")
def get_pay_period(access: MayRead, session: ReadSession, pay_period_id: UUID) -> PayPeriodView:
    """Whether it is open, locked or closed, when and by whom."""
    return PayPeriodView.of(session, find_period(session, pay_period_id))


@router.post("/pay-periods/{pay_period_id}/lock", summary="Lock a pay period")
def post_pay_period_lock(access: MayClose, session: WriteSession, pay_period_id: UUID) -> PayPeriodView:
    """From now on only payroll changes the time in it. Punches that clocks took down are still stored."""
    lock_period(session, pay_period_id, actor=access.actor)
    return PayPeriodView.of(session, find_period(session, pay_period_id))


@router.post("/pay-periods/{pay_period_id}/unlock", summary="Unlock a pay period")
def post_pay_period_unlock(
    access: MayClose, session: WriteSession, pay_period_id: UUID, body: UnlockReason
) -> PayPeriodView:
    """Everybody may change the time in it again that their role lets them change. 409 `period_not_locked`."""
    period = unlock_period(session, pay_period_id, reason=body.reason, actor=access.actor)
    return PayPeriodView.of(session, period)


@router.post("/pay-periods/{pay_period_id}/close", summary="Close a pay period")
def post_pay_period_close(
    access: MayClose, session: WriteSession, pay_period_id: UUID, body: PeriodClosing = WITH_EVERYBODY
) -> PayPeriodView:
    """What was approved becomes pay lines that never change.

    Timesheets that are late can be left out: once approved they are paid by the next close, by lines that
    point back. 409 `period_not_over` before its last day has passed, `period_not_ready` with every timesheet
    that stands in the way and why, `period_already_closed`.
    """
    closed = close_period(session, pay_period_id, without=body.without, actor=access.actor)
    return PayPeriodView.of(session, closed)


@router.get(
    "/pay-periods/{pay_period_id}/differences",
    summary="Compare a closed pay period with the one before",
    responses=problems(HTTPStatus.CONFLICT),
)
def get_pay_period_differences(
    access: MayRead, session: ReadSession, pay_period_id: UUID
) -> PeriodDifferencesView:
    """Minutes and money by pay code and by person, the biggest difference first. 409 while it is open."""
    return PeriodDifferencesView.of(period_differences(session, find_period(session, pay_period_id)))


class LineFormat(StrEnum):
    """Forms in which payroll can have the lines; all have the same columns."""

    JSON = "json"
    CSV = "csv"


@router.get(
    "/pay-periods/{pay_period_id}/lines",
    summary="Read the lines of a closed pay period",
    response_class=Response,
    responses={
        200: {
            "model": PayLinesView,
            "content": {"text/csv": {"schema": {"type": "string"}}},
            "description": "The lines, as JSON or as CSV (RFC 4180, UTF-8).",
        },
        **problems(HTTPStatus.CONFLICT),
    },
)
def get_pay_lines(
    access: MayRead,
    session: ReadSession,
    pay_period_id: UUID,
    format: Annotated[LineFormat, Query(description="`json` or `csv`.")] = LineFormat.JSON,  # noqa: A002 - the query's name
) -> Response:
    """Hours and worth by person, day and pay code: the same bytes for ever. 409 while the period is open."""
    lines = lines_of(session, pay_period_id)
    if format is LineFormat.JSON:
        return Response(to_json(lines), media_type=JSON_MEDIA_TYPE)
    period = find_period(session, pay_period_id)
    name = f"pay-lines-{period.starts_on}-{pay_period_id}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(to_csv(lines), media_type=CSV_MEDIA_TYPE, headers=headers)


@router.get(
    "/pay-periods/{pay_period_id}/corrections",
    summary="Show what a closed pay period lacks",
    responses=problems(HTTPStatus.CONFLICT),
)
def get_pay_corrections(access: MayRead, session: ReadSession, pay_period_id: UUID) -> PendingView:
    """What became known after the close and is not settled yet."""
    return PendingView.of(pending(session, pay_period_id))


@router.post(
    "/pay-periods/{pay_period_id}/corrections", status_code=201, summary="Correct a closed pay period"
)
def post_pay_corrections(
    access: MayClose, session: WriteSession, pay_period_id: UUID, body: SettlementReason
) -> SettlementView:
    """Adds the differences as new lines of the next open period; the closed one stays as it is."""
    settled = settle(session, pay_period_id, reason=body.reason, actor=access.actor)
    return SettlementView.of(session, settled)
